"""Naming a process so that another one with the same number is not taken for it."""

import msgspec
import psutil

# The kernel counts starts from boot; a corrected clock moves the computed time by as much.
CLOCK_TOLERANCE_SECONDS = 5.0


class ProcessMark(msgspec.Struct, frozen=True):
    """A process: its number and when it started (seconds since 1970)."""

    pid: int
    started: float

    @classmethod
    def of(cls, pid: int) -> "ProcessMark":
        """The mark of a living process. Raises psutil.NoSuchProcess."""
        return cls(pid, psutil.Process(pid).create_time())

    def alive(self) -> bool:
        """Whether this very process still runs."""
        try:
            process = psutil.Process(self.pid)
            return (
                abs(process.create_time() - self.started) < CLOCK_TOLERANCE_SECONDS
                and process.status() != psutil.STATUS_ZOMBIE
            )
        except psutil.NoSuchProcess:
            return False
