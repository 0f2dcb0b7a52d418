"""Members: where each belongs with which status, on a day as known at a position."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.envelope import Fact
from events.facts.members import (
    LeavingReason,
    MemberAdmitted,
    MemberLeft,
    MemberStatus,
    MemberStatusChanged,
    MemberTransferred,
    ResidenceEnded,
    ResidenceIntroduced,
)
from events.facts.organisation import UnitFounded, UnitKind
from projections.registers import members
from projections.registers.members import Members, Membership, Movement
from projections.registers.organisation import Organisation
from projections.states.members import Member, apply_member
from tests.projections.archive_of import ArchiveOf, fact

PROVINCE, A, B, C = (UUID(int=number + (1 << 120)) for number in range(4))
DAYS = [date(2022, 1, 1) + timedelta(days=31 * month) for month in range(8)]
ACTIVE, EXEMPT = MemberStatus.ACTIVE, MemberStatus.EXEMPT


def units() -> list[Fact[Any]]:
    """A province with three cells."""
    founding = [UnitFounded(unit=PROVINCE, kind=UnitKind.PROVINCE, name="Tỉnh")]
    founding += [UnitFounded(unit=unit, kind=UnitKind.CELL, name="Thôn", parent=PROVINCE) for unit in (A, B, C)]
    return [fact(body, DAYS[0], body.unit) for body in founding]


@dataclass(frozen=True)
class Step:
    """One change of a membership."""

    what: str
    unit: UUID
    day: date
    status: MemberStatus
    until: date | None


steps = st.builds(
    Step,
    what=st.sampled_from(["admit", "transfer", "transfer", "status", "status", "leave", "introduce", "end"]),
    unit=st.sampled_from([A, B, C]),
    day=st.sampled_from(DAYS),
    status=st.sampled_from(MemberStatus),
    until=st.one_of(st.none(), st.sampled_from(DAYS)),
)


def fact_of(step: Step, person: UUID) -> Fact[Any]:
    body = {
        "admit": MemberAdmitted(person=person, unit=step.unit, status=step.status),
        "transfer": MemberTransferred(person=person, unit=step.unit, former_unit=A),
        "status": MemberStatusChanged(person=person, status=step.status, until=step.until),
        "leave": MemberLeft(person=person, unit=step.unit, reason=LeavingReason.LEFT),
        "introduce": ResidenceIntroduced(person=person, unit=step.unit),
        "end": ResidenceEnded(person=person, unit=step.unit),
    }[step.what]
    return fact(body, step.day, step.unit)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.lists(steps, max_size=9),
    newly=st.booleans(),
    chunk=st.integers(1, 6),
    asked=st.lists(st.tuples(st.integers(0, 10), st.sampled_from(DAYS)), min_size=5, max_size=12),
)
async def test_any_membership_is_answered_as_its_facts_say(
    archive: ArchiveOf, changes: list[Step], newly: bool, chunk: int, asked: list[tuple[int, date]]
) -> None:
    if archive.head == 0:
        await archive.record(*units())
    before, person = archive.head, uuid4()
    admission = fact(MemberAdmitted(person=person, unit=A, status=ACTIVE, newly=newly), DAYS[1], A)
    await archive.record(admission, *(fact_of(step, person) for step in changes))
    await archive.project([Organisation, Members], chunk)

    async with archive.asking(PROVINCE) as connection:
        for offset, day in asked:
            state: Member | None = None
            for recorded in archive.facts[before : before + offset]:
                state = apply_member(state, recorded.fact)
            found = await members.members(connection, [person], day, before + offset)
            if state is None or state.unit(day) is None:
                assert found == []
                continue
            (membership,) = found
            assert (membership.unit, membership.status) == (state.unit(day), state.status(day))
            assert membership.since <= day < membership.until
            assert set(membership.residences) == {r.unit for r in state.residences if r.span.holds(day)}
            in_cell = await members.of_units(connection, [membership.unit], day, before + offset, limit=10_000)
            assert membership in in_cell


async def test_an_exemption_entered_late_changes_the_past_only_as_known_later(archive: ArchiveOf) -> None:
    person = uuid4()
    before = await archive.record(*units(), fact(MemberAdmitted(person=person, unit=A, status=ACTIVE), DAYS[0], A))
    exempt = MemberStatusChanged(person=person, status=EXEMPT, until=DAYS[4])
    after = await archive.record(fact(exempt, DAYS[2], A))
    await archive.project([Organisation, Members])

    async with archive.asking(A) as connection:

        async def status(day: date, known_at: int) -> MemberStatus:
            ((found),) = await members.members(connection, [person], day, known_at)
            return found.status

        assert await status(DAYS[3], before) is ACTIVE
        assert await status(DAYS[3], after) is EXEMPT
        assert await status(DAYS[1], after) is ACTIVE
        assert await status(DAYS[4], after) is ACTIVE


async def test_members_of_cells_come_page_by_page_and_by_status(archive: ArchiveOf) -> None:
    people = sorted(uuid4() for _ in range(25))
    await archive.record(*units())
    head = await archive.record(
        *(
            fact(MemberAdmitted(person=p, unit=(A, B)[n % 2], status=(ACTIVE, EXEMPT)[n % 5 == 0]), DAYS[0], A)
            for n, p in enumerate(people)
        )
    )
    await archive.project([Organisation, Members])

    async with archive.asking(PROVINCE) as connection:
        found: list[Membership] = []
        while page := await members.of_units(
            connection, [A, B], DAYS[1], head, after=found[-1].person if found else None, limit=10
        ):
            assert len(page) <= 10
            found += page
        assert [membership.person for membership in found] == people
        exempt = await members.of_units(connection, [A, B], DAYS[1], head, [EXEMPT])
        assert [membership.person for membership in exempt] == people[::5]


async def test_who_was_admitted_and_who_left_in_a_year(archive: ArchiveOf) -> None:
    new, arrived, gone = uuid4(), uuid4(), uuid4()
    await archive.record(*units())
    head = await archive.record(
        fact(MemberAdmitted(person=new, unit=A, status=MemberStatus.PROBATIONARY, newly=True), DAYS[3], A),
        fact(MemberAdmitted(person=arrived, unit=A, status=ACTIVE), DAYS[3], A),
        fact(MemberAdmitted(person=gone, unit=A, status=ACTIVE), DAYS[0], A),
        fact(MemberLeft(person=gone, unit=A, reason=LeavingReason.DIED), DAYS[4], A),
    )
    await archive.project([Organisation, Members])

    async with archive.asking(A) as connection:
        year = (date(2022, 1, 1), date(2023, 1, 1))
        assert await members.admitted(connection, [A, B], *year, head) == [Movement(new, A, DAYS[3])]
        assert await members.departed(connection, [A, B], *year, head) == [Movement(gone, A, DAYS[4], "died")]
        assert await members.admitted(connection, [A], *year, 4) == []
        assert await members.departed(connection, [A], DAYS[5], year[1], head) == []
        assert await members.members(connection, [gone], DAYS[5], head) == []


async def test_members_with_their_second_cell_are_found_there(archive: ArchiveOf) -> None:
    person = uuid4()
    await archive.record(*units())
    head = await archive.record(
        fact(MemberAdmitted(person=person, unit=A, status=ACTIVE), DAYS[0], A),
        fact(ResidenceIntroduced(person=person, unit=B), DAYS[1], A),
        fact(ResidenceEnded(person=person, unit=B), DAYS[3], A),
    )
    await archive.project([Organisation, Members])

    async with archive.asking(PROVINCE) as connection:
        (found,) = await members.residents(connection, [B], DAYS[2], head)
        assert (found.person, found.unit, found.residences) == (person, A, [B])
        assert await members.residents(connection, [B], DAYS[3], head) == []
