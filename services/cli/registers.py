"""What commands that fold registers again have in common: progress, and what keeps them from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.progress import Progress as Bar

from projections.building import NotLive, Progress, RebuildRunning
from projections.database import Role, connect
from projections.projection import Projection
from projections.registers.grievances import limits
from services.cli.failures import Stopped


def told(bar: Bar, registers: Sequence[type[Projection]]) -> Progress:
    """A row of the bar for the registers, moved as the slowest of them folds its facts."""
    task = bar.add_task(", ".join(register.name for register in registers), total=None)
    return lambda done, total: bar.update(task, completed=done, total=total)


async def same_limits(url: str) -> None:
    """From now on this command folds by the limits that the live registers go by: only the projector adopts others."""
    connection = await connect(url, Role.PROJECTOR, "command")
    try:
        await limits.adopt_noted(connection)
    finally:
        await connection.close()


@contextmanager
def explaining() -> Iterator[None]:
    """Raises `Stopped` where another one is at work on a register, or it was never built."""
    try:
        yield
    except RebuildRunning as running:
        raise Stopped(
            f"Sổ {running.register.name} đang được dựng lại hoặc đối chiếu ở nơi khác. Hãy chờ rồi chạy lại.",
            f"{running}. Wait for it, then try again.",
        ) from running
    except NotLive as missing:
        raise Stopped(
            f"Sổ {missing.register.name} chưa từng được dựng. Hãy chạy `soho projector` (hoặc `soho up`) trước.",
            f"The register {missing.register.name} has never been built. Run `soho projector` (or `soho up`) first.",
        ) from missing
