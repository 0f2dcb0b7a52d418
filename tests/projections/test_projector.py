"""The projector: everything or nothing, parked facts in sight, and one projector at a time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

import pytest

from events.facts.members import MemberAdmitted, MemberStatus, MemberStatusChanged, MemberTransferred
from projections import projector
from projections.archive import reader
from projections.database import Connection, Role, connect
from projections.projector import Fenced, Folding, Projector
from projections.registers import REGISTERS, members
from projections.registers.members import Members
from projections.registers.organisation import Organisation
from tests.projections.archive_of import ArchiveOf, fact
from tests.projections.test_members import ACTIVE, DAYS, EXEMPT, PROVINCE, A, B, units


@asynccontextmanager
async def projector_connection(archive: ArchiveOf) -> AsyncIterator[Connection]:
    connection = await connect(archive.url, Role.PROJECTOR, "test")
    try:
        yield connection
    finally:
        await connection.close()


async def test_a_fact_that_does_not_fit_parks_its_member_and_nobody_else(archive: ArchiveOf) -> None:
    lost, found = uuid4(), uuid4()
    await archive.record(*units())
    parked_at = await archive.record(fact(MemberTransferred(person=lost, unit=B, former_unit=A), DAYS[1], A))
    head = await archive.record(
        fact(MemberAdmitted(person=lost, unit=A, status=ACTIVE), DAYS[0], A),
        fact(MemberAdmitted(person=found, unit=A, status=ACTIVE), DAYS[0], A),
        fact(MemberStatusChanged(person=found, status=EXEMPT), DAYS[2], A),
    )
    await archive.project(REGISTERS, chunk=2)

    async with archive.asking(A) as connection:
        quarantine = await connection.fetch("SELECT * FROM projection.quarantine ORDER BY register, position")
        waiting = [(row["register"], row["entity"], row["position"], row["reason"]) for row in quarantine]
        assert ("members_v1", lost, parked_at, "member_unknown") in waiting
        assert ("members_v1", lost, parked_at + 1, "waits_for_parked") in waiting
        assert {row["entity"] for row in quarantine if row["register"] == "members_v1"} == {lost}
        (member,) = await members.members(connection, [lost, found], DAYS[3], head)
        assert (member.person, member.status) == (found, EXEMPT)
    async with archive.asking(B) as connection:
        assert await connection.fetch("SELECT * FROM projection.quarantine") == []


async def test_what_is_parked_stays_parked_after_a_restart(archive: ArchiveOf) -> None:
    lost = uuid4()
    await archive.record(*units(), fact(MemberTransferred(person=lost, unit=B, former_unit=A), DAYS[1], A))
    await archive.project(REGISTERS)
    await archive.record(fact(MemberAdmitted(person=lost, unit=A, status=ACTIVE), DAYS[0], A))
    await archive.project(REGISTERS)

    async with archive.asking(PROVINCE) as connection:
        assert await members.members(connection, [lost], DAYS[3], archive.head) == []


async def test_a_second_projector_is_fenced_before_it_has_written_anything(archive: ArchiveOf) -> None:
    person = uuid4()
    await archive.record(*units(), fact(MemberAdmitted(person=person, unit=A, status=ACTIVE), DAYS[0], A))
    async with projector_connection(archive) as one, projector_connection(archive) as two:
        first, second = (Folding([Organisation(), Members()]) for _ in range(2))
        await first.open(one)
        await second.open(two)
        facts = await reader.after(one, 0, 100)
        async with one.transaction():
            await first.advance(one, facts, facts[-1].position)
        with pytest.raises(Fenced):
            async with two.transaction():
                await second.advance(two, facts, facts[-1].position)
        assert await second.open(two) == archive.head
    assert len(await archive.fetch("SELECT * FROM members_v1.standing WHERE person = $1", person)) == 1


async def test_a_batch_that_fails_half_way_leaves_nothing_and_is_folded_again(archive: ArchiveOf) -> None:
    person = uuid4()
    await archive.record(*units(), fact(MemberAdmitted(person=person, unit=A, status=ACTIVE), DAYS[0], A))
    async with projector_connection(archive) as connection:
        folding = Folding([Organisation(), Members()])
        await folding.open(connection)
        facts = await reader.after(connection, 0, 100)
        transaction = connection.transaction()
        await transaction.start()
        await folding.advance(connection, facts, facts[-1].position)
        await transaction.rollback()
        position = await folding.open(connection)
        assert position == 0
        async with connection.transaction():
            await folding.advance(connection, facts, facts[-1].position)
    assert len(await archive.fetch("SELECT * FROM members_v1.standing WHERE person = $1", person)) == 1


async def test_a_running_projector_follows_the_archive_on_its_notices(
    archive: ArchiveOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projector, "IDLE_SECONDS", 3600.0)
    async with projector_connection(archive) as connection, projector_connection(archive) as watching:
        stop, seen = asyncio.Event(), asyncio.Queue[int]()
        await watching.add_listener("soho_projected", lambda *said: seen.put_nowait(int(said[-1])))
        running = asyncio.create_task(Projector(connection, [register() for register in REGISTERS]).run(stop))
        try:
            person: UUID = uuid4()
            for batch in (units(), [fact(MemberAdmitted(person=person, unit=A, status=ACTIVE), DAYS[0], A)]):
                head = await archive.record(*batch)
                while await asyncio.wait_for(seen.get(), 30) < head:
                    pass
        finally:
            stop.set()
            await running
    async with archive.asking(A) as connection:
        (member,) = await members.members(connection, [person], DAYS[1], archive.head)
        assert member.status is MemberStatus.ACTIVE
