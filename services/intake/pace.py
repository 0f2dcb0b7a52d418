"""Which way of appending is the faster now: each fact by itself, or all of a pass as one atomic batch.

That depends on the disk. Where a sync is dear, a batch shares it; where it costs nothing, a batch only adds what the
server spends on it. So it is learnt from what both took lately.
"""

from __future__ import annotations

WEIGHT = 0.1
"""How much the last append counts against all before it."""
FORGETTING = 0.999
"""How fast the way not taken becomes worth another try."""
EACH_IN_BATCH = 15e-6
"""Seconds that a fact adds to a batch, beside what every batch costs."""

CLEARLY = 1.5
"""By how much a batch must be the faster: what an append by itself takes includes waiting for others."""


class Pace:
    """Seconds of an append by itself and of a batch, as they were lately; at first, of an ordinary disk."""

    def __init__(self) -> None:
        self._apart = 1 / 3_000
        self._batch = 6e-3

    def batch_pays(self, appends: int) -> bool:
        """Whether so many are clearly faster together."""
        return appends * self._apart > CLEARLY * (self._batch + appends * EACH_IN_BATCH)

    def apart_took(self, appends: int, seconds: float) -> None:
        self._apart += WEIGHT * (seconds / appends - self._apart)
        self._batch *= FORGETTING

    def batch_took(self, appends: int, seconds: float) -> None:
        self._batch += WEIGHT * (max(0.0, seconds - appends * EACH_IN_BATCH) - self._batch)
        self._apart *= FORGETTING
