"""How far a long measurement is: a line now and then, on standard error."""

from __future__ import annotations

import time

from rich.console import Console

CONSOLE = Console(stderr=True)
EVERY = 20.0
"""Seconds between two lines."""


class Progress:
    """Of one part of a measurement, which counts up to `total` facts (None: nobody knows)."""

    def __init__(self, what: str, total: int | None = None) -> None:
        self._what, self._total = what, total
        self._started = self._told = time.perf_counter()

    def at(self, done: int) -> None:
        """So many are done."""
        now = time.perf_counter()
        if now - self._told < EVERY:
            return
        self._told = now
        total = "" if self._total is None else f" of {self._total:,}"
        CONSOLE.print(f"  {self._what}: {done:,}{total} facts after {now - self._started:.0f} s")
