"""How much the processors work for the programs and servers of a benchmark."""

from __future__ import annotations

import psutil


class Work:
    """Seconds of CPU since it was made: what others do on the machine is not in it, nor what those took that have ended
    since."""

    def __init__(self) -> None:
        self._before = _taken()

    def seconds(self) -> float:
        return sum(taken - self._before.get(pid, 0.0) for pid, taken in _taken().items())


def _taken() -> dict[int, float]:
    times = {process.pid: process.cpu_times() for process in psutil.Process().children(recursive=True)}
    return {pid: each.user + each.system for pid, each in times.items()}
