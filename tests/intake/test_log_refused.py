"""Intake takes nothing into a log that the archive does not follow, and its watch outlives whatever fails."""

from __future__ import annotations

import asyncpg
import pytest
from structlog.testing import capture_logs

from projections.database import Role, connect
from services.decisions.asking import Role as CallerRole
from services.intake import archive_watch
from services.intake.archive_watch import ArchiveWatch
from tests.faults.scratch import eventually
from tests.installation import Installation
from tests.intake.in_process import another_api
from tests.projections.archive_of import ArchiveOf, fact
from tests.projections.conftest import archive, registers_template  # noqa: F401
from tests.projections.test_members import DAYS, units
from tests.services.http.world import World, command


@pytest.fixture(autouse=True)
def watchful(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_watch, "LOOK_EVERY_SECONDS", 0.05)


async def test_nothing_is_taken_while_an_alarm_is_open(common_world: World, installation: Installation) -> None:
    office = common_world.asker(CallerRole.PROVINCIAL_OFFICE, common_world.here)
    item = command("organisation.found_unit", unit=common_world.province, kind="province", name="Tỉnh thử")
    admin = await asyncpg.connect(installation.endpoints.admin_url)
    try:
        async with another_api(installation) as other, other.client(office) as client:

            async def answers(status: int) -> bool:
                return (await client.post("/v1/commands", json=item)).status_code == status

            assert await answers(422)
            await admin.execute("INSERT INTO archive.alarm (code, position, message) VALUES ('gap', 1, 'test')")
            await eventually(lambda: answers(503))
            told = await client.post("/v1/batches", json=[item])
            assert (told.status_code, told.json()["code"]) == (503, "log_refused")
            await admin.execute("UPDATE archive.alarm SET ended_at = now()")
            await eventually(lambda: answers(422))
    finally:
        await admin.execute("DELETE FROM archive.alarm")
        await admin.close()


async def test_a_log_that_ends_before_the_archive_is_refused(archive: ArchiveOf) -> None:  # noqa: F811
    await archive.record(*[fact(unit.body, DAYS[0]) for unit in units()[:2]])
    last = 1

    async def last_position() -> int:
        return last

    watch = ArchiveWatch(lambda: connect(archive.url, Role.INTAKE, "test"), last_position)
    await watch.start()
    try:
        assert watch.log_refused
        last = 2

        async def accepted() -> bool:
            return not watch.log_refused

        await eventually(accepted)
    finally:
        await watch.close()


async def test_the_watch_goes_on_whatever_fails(archive: ArchiveOf) -> None:  # noqa: F811
    async def last_position() -> int:
        return 0

    watch = ArchiveWatch(lambda: connect(archive.url, Role.INTAKE, "test"), last_position)
    await watch.start()
    try:
        with capture_logs() as logs:
            await archive.fetch("ALTER TABLE projection.checkpoint RENAME TO elsewhere")

            async def failed() -> bool:
                return any(entry.get("kind") == "UndefinedTableError" for entry in logs)

            await eventually(failed)
        await archive.fetch("ALTER TABLE projection.elsewhere RENAME TO checkpoint")
        await archive.record(fact(units()[0].body, DAYS[0]))

        async def seen() -> bool:
            return watch.archived == 1

        await eventually(seen)
    finally:
        await watch.close()
