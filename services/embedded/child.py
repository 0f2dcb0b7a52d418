"""One child process: started tied to our life, its output kept in a file, stopped step by step."""

import asyncio
import contextlib
import os
import shutil
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from services.embedded import launch
from services.embedded.accounts import Account
from services.embedded.marks import ProcessMark

HOME_MARK = "SOHO_SUPERVISED_HOME"
LOG_BYTES = 10_000_000
LOGS_KEPT = 5
QUOTED_LINES = 20
QUOTED_BYTES = 8_000
# What a program needs from our environment to be found and loaded at all.
INHERITED = ("PATH", "LD_LIBRARY_PATH", "TMPDIR")


@dataclass(frozen=True, slots=True)
class Command:
    """What to run: `argv[0]` a full path or a name on PATH, `env` its whole environment, `log` its output's file.

    `death_signal` is what the process gets when we die without stopping it. With an `account` that is `dropped`
    it runs as that account.
    """

    argv: Sequence[str]
    env: Mapping[str, str]
    log: Path
    death_signal: signal.Signals = signal.SIGTERM
    account: Account | None = None


@dataclass(slots=True)
class Child:
    """A started child process, leader of its own session, so that a terminal's Ctrl-C reaches only the supervisor."""

    process: asyncio.subprocess.Process
    log: Path
    log_start: int
    mark: ProcessMark

    @property
    def exit_code(self) -> int | None:
        """None while it runs, negative when a signal ended it."""
        return self.process.returncode

    async def wait(self) -> int:
        """Wait for its end, then end whatever it left behind in its session; returns its exit code."""
        code = await self.process.wait()
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        return code

    async def stop(self, *steps: tuple[signal.Signals, float]) -> int:
        """Send each step's signal and wait its seconds for the end; then kill. Returns the exit code."""
        for number, seconds in steps:
            self.send(number)
            with contextlib.suppress(TimeoutError):
                return await asyncio.wait_for(self.wait(), seconds)
        self.send(signal.SIGKILL)
        return await self.wait()

    def send(self, number: signal.Signals) -> None:
        """Send a signal, unless it has ended."""
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(number)

    def last_lines(self) -> list[str]:
        """The last lines that it wrote since it was started."""
        return tail(self.log, self.log_start)


async def spawn(command: Command) -> Child:
    """Start a child process.

    The calling thread must outlive it: on Linux the death signal comes when that thread ends. Raises OSError.
    """
    account = command.account if command.account is not None and command.account.dropped else None
    rotate(command.log)
    output = os.open(command.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
    try:
        log_start = os.fstat(output).st_size
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",
            "-S",
            launch.__file__,
            str(os.getpid()),
            str(int(command.death_signal)),
            str(account.user if account else -1),
            str(account.group if account else -1),
            _full_path(command),
            *command.argv[1:],
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=dict(command.env),
            # Every account may stand in the root folder; ours may be closed to it.
            cwd="/" if account else None,
            start_new_session=True,
        )
    finally:
        os.close(output)
    return Child(process, command.log, log_start, _mark(process.pid))


def server_environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a server: nothing of ours that could hold a secret or change its behaviour."""
    inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return {**inherited, "LC_ALL": "C", HOME_MARK: str(home), **more}


def tail(path: Path, start: int = 0) -> list[str]:
    """The last lines of a text file after byte `start`; empty when there is no such file."""
    try:
        with path.open("rb") as file:
            end = file.seek(0, os.SEEK_END)
            file.seek(max(start, end - QUOTED_BYTES))
            return file.read().decode(errors="replace").splitlines()[-QUOTED_LINES:]
    except FileNotFoundError:
        return []


def rotate(log: Path) -> None:
    """Put a log that grew too long aside as `<name>.1` and so on; the oldest is dropped."""
    if not log.exists() or log.stat().st_size < LOG_BYTES:
        return
    for number in range(LOGS_KEPT - 1, 0, -1):
        older = log.with_name(f"{log.name}.{number}")
        if older.exists():
            older.replace(log.with_name(f"{log.name}.{number + 1}"))
    log.replace(log.with_name(f"{log.name}.1"))


def _mark(pid: int) -> ProcessMark:
    try:
        return ProcessMark.of(pid)
    except psutil.NoSuchProcess:
        # It ended at once; whoever waits for it will hear.
        return ProcessMark(pid, time.time())


def _full_path(command: Command) -> str:
    found = shutil.which(command.argv[0], path=command.env.get("PATH"))
    if found is None:
        raise FileNotFoundError(command.argv[0])
    return found
