"""What commands that fold registers again have in common: progress, and what keeps them from it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import Progress as Bar

from projections.projection import Projection
from projections.rebuild import NotLive, Progress, RebuildRunning
from services.cli.failures import Stopped


def told(bar: Bar, name: str) -> Progress:
    """A row of the bar for the register, moved as its facts are folded."""
    task = bar.add_task(name, total=None)
    return lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def explaining(register: type[Projection]) -> Iterator[None]:
    """Raises `Stopped` where another one is at work on the register, or it was never built."""
    try:
        yield
    except RebuildRunning as running:
        raise Stopped(
            f"Sổ {register.name} đang được dựng lại hoặc đối chiếu ở nơi khác. Hãy chờ rồi chạy lại.",
            f"{running}. Wait for it, then try again.",
        ) from running
    except NotLive as missing:
        raise Stopped(
            f"Sổ {register.name} chưa từng được dựng. Hãy chạy `soho projector` (hoặc `soho up`) trước.",
            f"The register {register.name} has never been built. Run `soho projector` (or `soho up`) first.",
        ) from missing
