"""Rebuilding: the same rows, beside the live ones, and whatever happens meanwhile."""

import asyncio
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.facts.members import MemberAdmitted, MemberTransferred
from events.facts.visits import Purpose, VisitCorrected, VisitRecorded, VisitRetracted
from projections import building
from projections import rebuild as rebuilding
from projections.building import NotLive, RebuildRunning
from projections.database import Connection, Role, connect
from projections.projection import Projection
from projections.projector import Projector
from projections.rebuild import compare, rebuild
from projections.registers import REGISTERS, members
from projections.registers.members import Members
from projections.registers.visits import Visits
from tests.projections.archive_of import ArchiveOf, fact
from tests.projections.test_members import ACTIVE, DAYS, A, B, units
from tests.projections.test_trails import bodies

UNITS = 4
"""Facts about units that stand first; registers of members and visits pass them over when they count their chunks."""


def quietly(done: int, total: int) -> None:
    """Nobody watches."""


class Killed(Exception):
    """The rebuild was killed at this point."""


async def contents(archive: ArchiveOf, register: type[Projection]) -> dict[str, list[str]]:
    """Every row of every table of the live register, as text."""
    schema = register.live_schema()
    tables = await archive.fetch("SELECT tablename FROM pg_tables WHERE schemaname = $1 ORDER BY 1", schema)
    found = {}
    for (table,) in tables:
        rows = await archive.fetch(f"SELECT t::text FROM {schema}.{table} t")
        found[table] = sorted(row[0] for row in rows)
    quarantine = "SELECT entity, position, reason FROM projection.quarantine WHERE register = $1"
    found["quarantine"] = sorted(map(str, await archive.fetch(quarantine, schema)))
    return found


async def shape(archive: ArchiveOf, schema: str) -> list[tuple[Any, ...]]:
    """Indexes, constraints, policies and rights of a schema."""
    rows = await archive.fetch(
        """SELECT 'index', tablename, indexdef FROM pg_indexes WHERE schemaname = $1
           UNION ALL SELECT 'policy', tablename, coalesce(qual, '') FROM pg_policies WHERE schemaname = $1
           UNION ALL SELECT 'right', relname, relacl::text FROM pg_class WHERE relnamespace = $1::regnamespace""",
        schema,
    )
    return sorted(tuple(row) for row in rows)


async def leftovers(archive: ArchiveOf) -> list[str]:
    """Schemas and checkpoints beside the live ones."""
    rows = await archive.fetch(
        """SELECT nspname FROM pg_namespace WHERE nspname ~ '_v[0-9]+_'
           UNION ALL SELECT register FROM projection.checkpoint WHERE register !~ '_v[0-9]+$'"""
    )
    return [row[0] for row in rows]


async def some_members(archive: ArchiveOf, number: int = 30) -> None:
    """So many members, each transferred once, and one whom nobody had admitted."""
    await archive.record(*units(), fact(MemberTransferred(person=uuid4(), unit=B, former_unit=A), DAYS[1], A))
    for _ in range(number):
        person = uuid4()
        await archive.record(
            fact(MemberAdmitted(person=person, unit=A, status=ACTIVE), DAYS[0], A),
            fact(MemberTransferred(person=person, unit=B, former_unit=A), DAYS[2], B),
        )


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=st.lists(st.tuples(bodies, st.sampled_from(DAYS), st.sampled_from([A, B])), min_size=20, max_size=60))
async def test_every_rebuilt_register_equals_the_live_one(
    archive: ArchiveOf, story: list[tuple[Any, date, UUID]]
) -> None:
    if archive.head == 0:
        await archive.record(*units())
    await archive.record(*(fact(_unique(body), day, unit) for body, day, unit in story))
    await archive.project(REGISTERS, chunk=7)

    before = [await contents(archive, register) for register in REGISTERS]
    as_they_were = [await shape(archive, register.live_schema()) for register in REGISTERS]
    assert await compare(archive.url, REGISTERS, quietly) == []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "CHUNK", 5)
        await rebuild(archive.url, REGISTERS, quietly)
    assert [await contents(archive, register) for register in REGISTERS] == before
    assert [await shape(archive, register.live_schema()) for register in REGISTERS] == as_they_were
    assert await leftovers(archive) == []


async def test_visits_with_their_corrections_are_rebuilt_across_chunks(
    archive: ArchiveOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    await archive.record(*units())
    for number in range(40):
        visit = {"visit": uuid4(), "household": uuid4(), "member": uuid4(), "purpose": Purpose.REGULAR}
        await archive.record(fact(VisitRecorded(**visit), DAYS[1], A))
        if number % 3 == 0:
            await archive.record(fact(VisitCorrected(**visit), DAYS[2], A))
        if number % 4 == 0:
            visit.pop("purpose")
            await archive.record(fact(VisitRetracted(**visit, reason="did_not_happen"), DAYS[2], A))
    await archive.project(REGISTERS, chunk=11)
    before = await contents(archive, Visits)
    assert len(before["visit"]) == 40 + 14

    monkeypatch.setattr(building, "CHUNK", 7)
    told: list[tuple[int, int]] = []
    await rebuild(archive.url, [Visits], lambda done, total: told.append((done, total)))
    assert await contents(archive, Visits) == before
    assert [done for done, _ in told] == [*range(UNITS + 7, archive.head, 7), archive.head]
    assert {total for _, total in told} == {archive.head}


@pytest.mark.parametrize("completed", [1, 3])
async def test_a_rebuild_killed_in_the_middle_goes_on_where_it_stood(
    archive: ArchiveOf, monkeypatch: pytest.MonkeyPatch, completed: int
) -> None:
    await some_members(archive)
    await archive.project(REGISTERS)
    before = await contents(archive, Members)
    monkeypatch.setattr(building, "CHUNK", 10)

    def die(done: int, total: int) -> None:
        if done == UNITS + 10 * completed:
            raise Killed

    with pytest.raises(Killed):
        await rebuild(archive.url, [Members], die)
    assert await contents(archive, Members) == before
    told: list[int] = []
    await rebuild(archive.url, [Members], lambda done, total: told.append(done))
    assert told[0] == UNITS + 10 * (completed + 1)
    assert await contents(archive, Members) == before
    assert await leftovers(archive) == []


async def test_a_register_that_was_begun_alone_goes_on_where_it_stood_among_the_others(
    archive: ArchiveOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    await some_members(archive)
    await archive.project(REGISTERS)
    before = [await contents(archive, register) for register in REGISTERS]
    monkeypatch.setattr(building, "CHUNK", 10)

    def die(done: int, total: int) -> None:
        if done > 30:
            raise Killed

    with pytest.raises(Killed):
        await rebuild(archive.url, [Members], die)
    begun = await archive.fetch("SELECT 'members_v1_new.standing'::regclass::oid")
    told: list[int] = []
    await rebuild(archive.url, REGISTERS, lambda done, total: told.append(done))
    assert told[0] == 10
    assert told == sorted(told)
    assert await archive.fetch("SELECT 'members_v1.standing'::regclass::oid") == begun
    assert [await contents(archive, register) for register in REGISTERS] == before
    assert await leftovers(archive) == []


async def test_a_rebuild_killed_within_the_swap_has_swapped_no_register(
    archive: ArchiveOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    await some_members(archive, 3)
    await archive.project(REGISTERS)
    before = [await contents(archive, register) for register in REGISTERS]
    rename = rebuilding._rename

    async def die(connection: Connection, site: building.Site) -> None:
        if isinstance(site.register, Visits):
            raise Killed
        await rename(connection, site)

    with monkeypatch.context() as patch:
        patch.setattr(rebuilding, "_rename", die)
        with pytest.raises(Killed):
            await rebuild(archive.url, REGISTERS, quietly)
    generations = "SELECT DISTINCT generation FROM projection.checkpoint WHERE register ~ '_v[0-9]+$'"
    assert [tuple(row) for row in await archive.fetch(generations)] == [(1,)]
    assert [await contents(archive, register) for register in REGISTERS] == before
    await rebuild(archive.url, REGISTERS, quietly)
    assert [tuple(row) for row in await archive.fetch(generations)] == [(2,)]
    assert [await contents(archive, register) for register in REGISTERS] == before
    assert await leftovers(archive) == []


async def test_what_other_code_had_begun_is_begun_again(archive: ArchiveOf, monkeypatch: pytest.MonkeyPatch) -> None:
    await some_members(archive)
    await archive.project(REGISTERS)
    before = await contents(archive, Members)
    monkeypatch.setattr(building, "CHUNK", 10)

    def die(done: int, total: int) -> None:
        raise Killed

    with pytest.raises(Killed):
        await rebuild(archive.url, [Members], die)
    await _execute(archive, "COMMENT ON SCHEMA members_v1_new IS 'code of last month'")
    await _execute(archive, "UPDATE members_v1_new.standing SET status = 'wrong'")
    told: list[int] = []
    await rebuild(archive.url, [Members], lambda done, total: told.append(done))
    assert told[0] == UNITS + 10
    assert await contents(archive, Members) == before


async def test_a_rebuild_killed_between_the_swap_and_the_clearing_up_leaves_no_trace_after_the_next(
    archive: ArchiveOf,
) -> None:
    await some_members(archive, 3)
    await archive.project(REGISTERS)
    await _execute(archive, "CREATE SCHEMA members_v1_old AUTHORIZATION soho_projector")
    await rebuild(archive.url, [Members], quietly)
    assert await leftovers(archive) == []


async def test_two_rebuilds_of_one_register_at_a_time_are_refused(archive: ArchiveOf) -> None:
    await some_members(archive, 3)
    await archive.project(REGISTERS)
    reached, let_go = asyncio.Event(), asyncio.Event()
    swap = rebuilding._swap

    async def waiting(new: building.Building) -> None:
        reached.set()
        await let_go.wait()
        await swap(new)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rebuilding, "_swap", waiting)
        first = asyncio.create_task(rebuild(archive.url, [Members], quietly))
        await reached.wait()
        with pytest.raises(RebuildRunning, match="members_v1"):
            await rebuild(archive.url, [Members], quietly)
        with pytest.raises(RebuildRunning):
            await compare(archive.url, [Members], quietly)
        let_go.set()
        await first


async def test_a_register_that_was_never_built_cannot_be_rebuilt(archive: ArchiveOf) -> None:
    await _execute(archive, "DELETE FROM projection.checkpoint WHERE register = 'members_v1'")
    with pytest.raises(NotLive):
        await rebuild(archive.url, [Members], quietly)


async def test_quarantine_is_that_of_the_rebuilt_register(archive: ArchiveOf) -> None:
    await some_members(archive, 2)
    await archive.project(REGISTERS)
    stray = "INSERT INTO projection.quarantine VALUES ('members_v1', gen_random_uuid(), 2, 'x', 'x', gen_random_uuid())"
    await _execute(archive, stray)
    assert [(d.table, d.side) for d in await compare(archive.url, [Members], quietly)] == [("quarantine", "live")]
    await rebuild(archive.url, [Members], quietly)
    waiting = await archive.fetch("SELECT reason FROM projection.quarantine WHERE register = 'members_v1'")
    assert [row[0] for row in waiting] == ["member_unknown"]


async def test_a_row_changed_by_hand_is_found_and_named_and_mended(archive: ArchiveOf) -> None:
    await some_members(archive, 4)
    await archive.project(REGISTERS)
    before = await contents(archive, Members)
    (victim,) = await archive.fetch("SELECT person FROM members_v1.standing LIMIT 1")
    await _execute(archive, f"UPDATE members_v1.standing SET status = 'exempt' WHERE person = '{victim[0]}'")
    await _execute(archive, "DELETE FROM members_v1.transferred")

    found = await compare(archive.url, [Members], quietly)
    assert {(d.table, d.side) for d in found} == {
        ("standing", "live"),
        ("standing", "refolded"),
        ("transferred", "refolded"),
    }
    assert all(str(victim[0]) in d.row for d in found if d.table == "standing")
    assert await leftovers(archive) == []
    await rebuild(archive.url, [Members], quietly)
    assert await contents(archive, Members) == before


async def test_a_running_projector_goes_on_with_the_rebuilt_tables_and_misses_nothing(archive: ArchiveOf) -> None:
    await some_members(archive, 5)
    connection = await connect(archive.url, Role.PROJECTOR, "test")
    watching = await connect(archive.url, Role.PROJECTOR, "test")
    stop, seen, people = asyncio.Event(), asyncio.Queue[int](), [uuid4() for _ in range(40)]
    await watching.add_listener("soho_projected", lambda *said: seen.put_nowait(int(said[-1])))
    running = asyncio.create_task(Projector(connection, [register() for register in REGISTERS]).run(stop))

    async def keep_recording() -> None:
        for person in people:
            await archive.record(
                fact(MemberAdmitted(person=person, unit=A, status=ACTIVE), DAYS[0], A),
                fact(MemberTransferred(person=person, unit=B, former_unit=A), DAYS[2], B),
            )

    try:
        recording = asyncio.create_task(keep_recording())
        for together in ([Members], REGISTERS, [Members], REGISTERS):
            await rebuild(archive.url, together, quietly)
        await recording
        while await asyncio.wait_for(seen.get(), 30) < archive.head:
            pass
    finally:
        stop.set()
        await running
        await connection.close()
        await watching.close()
    async with archive.asking(B) as asking:
        found = await members.members(asking, people, DAYS[3], archive.head)
        assert {member.person for member in found} == set(people)
    assert await compare(archive.url, REGISTERS, quietly) == []
    checkpoints = await archive.fetch("SELECT DISTINCT position FROM projection.checkpoint")
    assert [row[0] for row in checkpoints] == [archive.head]
    (generation,) = await archive.fetch("SELECT generation FROM projection.checkpoint WHERE register = 'members_v1'")
    assert generation[0] == 5


async def test_a_reader_in_the_middle_of_a_question_neither_stops_a_swap_nor_fails(
    archive: ArchiveOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    await some_members(archive, 3)
    await archive.project(REGISTERS)
    swapped, swap = asyncio.Event(), rebuilding._swap

    async def telling(new: building.Building) -> None:
        await swap(new)
        swapped.set()

    monkeypatch.setattr(rebuilding, "_swap", telling)
    async with archive.asking(B) as connection:
        query = "SELECT count(*) FROM members_v1.standing"
        before = await connection.fetchval(query)
        rebuilt = asyncio.create_task(rebuild(archive.url, [Members], quietly))
        await asyncio.wait_for(swapped.wait(), 30)
        assert await connection.fetchval(query) == before
    await rebuilt


def _unique(body: Any) -> Any:
    """A visit's id is that of its command, so no two visits share one; examples that repeat each other would."""
    return msgspec.structs.replace(body, visit=uuid4()) if isinstance(body, VisitRecorded) else body


async def _execute(archive: ArchiveOf, command: str) -> None:
    connection = await asyncpg.connect(archive.url)
    try:
        await connection.execute(command)
    finally:
        await connection.close()
