"""Limits of the installation in the register: what they change, when it must be built anew, and who says so."""

import asyncio
import signal
from datetime import date
from pathlib import Path
from typing import Any

from events.facts.grievance_values import GrievanceKind
from projections.building import code
from projections.database import Role, connect, open_pool
from projections.rebuild import compare, rebuild
from projections.registers import REGISTERS, grievances
from projections.registers.grievances import Grievances, limits
from projections.states import house_limits
from services.decisions.asking import Asker
from services.decisions.asking import Role as Office
from services.intake import limits as following
from services.queries.grievances import files
from services.queries.session import Session
from services.reads.seen import Seen
from tests.given import named
from tests.house_limits import DOCUMENT, adopting, entry, file
from tests.projections import grievance_cases as a
from tests.projections.archive_of import ArchiveOf
from tests.projections.grievance_cases import COMMUNE, PROVINCE
from tests.services.cli.command import SOHO, environment
from tests.vaults import opened

EARLY, LATE = named("early"), named("late")
ASKED = date(2022, 6, 20)


async def given(archive: ArchiveOf) -> None:
    """Two proposals at the commune, accepted on 31/5/2022 and on 1/6/2022."""
    await archive.record(*a.founded())
    for number, (case, day) in enumerate(((EARLY, date(2022, 5, 31)), (LATE, date(2022, 6, 1))), 1):
        await archive.record(
            a.at_office(day, case, kind=GrievanceKind.PROPOSAL),
            a.booked(day, number=number, grievance=case),
            a.accepted(day, grievance=case),
        )
    await archive.project(REGISTERS)


async def dues(archive: ArchiveOf) -> dict[str, date | None]:
    async with archive.asking(PROVINCE) as connection:
        found = await grievances.clocks_of_cases(connection, [EARLY, LATE], ASKED, archive.head)
    return {
        name: next(run.due for run in found[case] if run.clock == "resolution")
        for name, case in (("early", EARLY), ("late", LATE))
    }


async def must_be_rebuilt(archive: ArchiveOf) -> bool:
    connection = await connect(archive.url, Role.PROJECTOR, "test")
    try:
        return await limits.must_be_rebuilt(connection)
    finally:
        await connection.close()


async def built_anew(archive: ArchiveOf) -> None:
    await rebuild(archive.url, [Grievances], lambda *_: None)


# 31/5 and 60 days is Saturday 30/7, so Monday 1/8. 1/6 and 60 days is Sunday 31/7, so Monday 1/8 too.
# 1/6 and 45 days is Saturday 16/7, so Monday 18/7.
PLAIN = {"early": date(2022, 8, 1), "late": date(2022, 8, 1)}
OURS = {"early": date(2022, 8, 1), "late": date(2022, 7, 18)}


async def test_a_limit_that_lets_something_end_on_another_day_asks_for_the_register_anew(archive: ArchiveOf) -> None:
    await given(archive)
    assert await dues(archive) == PLAIN
    assert not await must_be_rebuilt(archive)
    with adopting(entry()) as ours:
        assert await must_be_rebuilt(archive)
        assert await dues(archive) == PLAIN
        await built_anew(archive)
        assert await dues(archive) == OURS
        assert not await must_be_rebuilt(archive)
        assert await noted(archive) == ours.digest
        assert await compare(archive.url, [Grievances], lambda *_: None) == []
    # The file is gone again: what was due by it is noticed as well.
    assert await must_be_rebuilt(archive)
    await built_anew(archive)
    assert await dues(archive) == PLAIN


async def test_a_limit_of_a_day_to_come_is_noted_and_nothing_is_built_anew(archive: ArchiveOf) -> None:
    await given(archive)
    with adopting(entry(valid_from="2022-06-02")) as ours:
        assert not await must_be_rebuilt(archive)
        assert await noted(archive) == ours.digest
    with adopting(entry(), entry(clock="determine_kind", kinds=[None], valid_from="2022-06-02")):
        assert await must_be_rebuilt(archive)


async def test_what_folds_again_goes_by_the_limits_of_the_live_register(archive: ArchiveOf) -> None:
    await given(archive)
    with adopting(entry()):
        await built_anew(archive)
    connection = await connect(archive.url, Role.PROJECTOR, "test")
    with adopting():
        try:
            await limits.adopt_noted(connection)
        finally:
            await connection.close()
        assert house_limits.adopted().limits[0].document == DOCUMENT
        assert await compare(archive.url, [Grievances], lambda *_: None) == []


async def test_decisions_go_by_the_limits_of_the_register(archive: ArchiveOf) -> None:
    await given(archive)
    with adopting(entry()):
        await built_anew(archive)
    connection = await connect(archive.url, Role.INTAKE, "test")
    with adopting():
        try:
            await following.follow(connection)
            assert house_limits.adopted().limits[0].document == DOCUMENT
        finally:
            await connection.close()


async def test_a_projector_that_finds_another_file_builds_the_register_anew(archive: ArchiveOf, tmp_path: Path) -> None:
    await given(archive)
    path = tmp_path / "house-limits.json"
    path.write_bytes(file(entry()))
    process = await asyncio.create_subprocess_exec(
        *SOHO,
        "projector",
        env=environment(
            tmp_path,
            SOHO_DATABASE_URL=archive.url,
            SOHO_NATS_URL="nats://nobody@127.0.0.1:1",
            SOHO_HOUSE_LIMITS_FILE=str(path),
        ),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        assert process.stdout is not None
        said = b""
        async with asyncio.timeout(60):
            while b"projector.started" not in said:
                line = await process.stdout.readline()
                assert line, said
                said += line
        assert b"projection.house_limits_changed" in said
        assert await dues(archive) == OURS
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
    finally:
        if process.returncode is None:
            process.kill()


def test_a_rebuild_begun_by_other_limits_is_not_continued() -> None:
    plain = code()
    with adopting(entry()):
        assert code() != plain
    assert code() == plain


async def test_trace_and_case_file_name_the_document(archive: ArchiveOf) -> None:
    await given(archive)
    with adopting(entry(document="Số 7-QĐ/'ĐU'")):
        await built_anew(archive)
    early, late = await file_of(archive, EARLY), await file_of(archive, LATE)
    assert [each.document for each in late.house_limits] == ["Số 7-QĐ/'ĐU'"]
    (run,) = [clock for clock in late.trace.clocks if clock.clock == "resolution"]
    assert (run.document, run.days, run.certainty) == ("Số 7-QĐ/'ĐU'", 45, "house")
    assert {clock.document for clock in late.trace.clocks if clock.clock != "resolution"} == {None}
    assert early.house_limits == []
    assert {clock.document for clock in early.trace.clocks} == {None}


async def file_of(archive: ArchiveOf, case: Any) -> files.CaseFile:
    asker = Asker(role=Office.AUDITOR, unit=COMMUNE, client="test")
    async with (
        await open_pool(archive.url, Role.KEEPER, "test", 2) as pool,
        archive.asking(COMMUNE, role="auditor") as connection,
    ):
        keys = await opened(pool)
        session = Session(connection, asker, keys, "vi", ASKED, ASKED, archive.head, archive.head, Seen(), lambda: None)
        return await files.of(session, case)


async def noted(archive: ArchiveOf) -> str:
    (row,) = await archive.fetch("SELECT digest FROM access.house_limits()")
    return str(row[0])
