"""Histories: gapless, in the order of the log, and only what concerns."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.catalogue import stored
from events.envelope import Fact, Recorded
from events.facts.assignments import (
    AssignmentCorrected,
    AssignmentEnded,
    AssignmentRetracted,
    EndingReason,
    GroupAssigned,
    HouseholdAssigned,
    HouseholdNotified,
    NoticeChannel,
    PlanAdopted,
    RetractionReason,
)
from events.facts.households import (
    EconomicClass,
    EconomicClassReviewed,
    GroupChanged,
    GroupDissolved,
    GroupFormed,
    HouseholdMoved,
    HouseholdRegistered,
)
from events.facts.meetings import CellMeetingHeld
from events.facts.members import MemberAdmitted, MemberStatus, MemberTransferred, ResidenceIntroduced
from events.facts.organisation import OfficeAppointed, OfficeKind, UnitMerged, UnitReparented
from events.facts.visits import Purpose, VisitCorrected, VisitDisputed, VisitRecorded
from projections.registers import REGISTERS
from projections.trails import history
from projections.trails.history import Entry
from tests.projections.archive_of import ArchiveOf, fact
from tests.projections.test_members import DAYS, PROVINCE, A, B, C, units

HOUSEHOLDS = [UUID(int=number + (2 << 120)) for number in range(3)]
GROUPS = [UUID(int=number + (3 << 120)) for number in range(2)]
MEMBERS = [UUID(int=number + (4 << 120)) for number in range(2)]


def positions(entries: list[Entry]) -> list[int]:
    return [entry.position for entry in entries]


def naming(facts: list[Recorded[Any]], key: UUID) -> list[int]:
    """Positions of all facts in whose stored body the id stands, anywhere."""
    return [r.position for r in facts if str(key).encode() in stored(r.fact).split(b'"body":')[1]]


bodies = st.one_of(
    st.builds(
        VisitRecorded,
        visit=st.uuids(),
        household=st.sampled_from(HOUSEHOLDS),
        member=st.sampled_from(MEMBERS),
        purpose=st.sampled_from(Purpose),
    ),
    st.builds(
        HouseholdAssigned,
        assignment=st.uuids(),
        household=st.sampled_from(HOUSEHOLDS),
        member=st.sampled_from(MEMBERS),
    ),
    st.builds(
        HouseholdMoved,
        household=st.sampled_from(HOUSEHOLDS),
        unit=st.sampled_from([A, B, C]),
        former_unit=st.sampled_from([A, B, C]),
    ),
    st.builds(
        EconomicClassReviewed,
        household=st.sampled_from(HOUSEHOLDS),
        year=st.just(2022),
        economic_class=st.sampled_from(EconomicClass),
    ),
    st.builds(
        GroupChanged,
        group=st.sampled_from(GROUPS),
        added=st.lists(st.sampled_from(HOUSEHOLDS), max_size=3).map(tuple),
        removed=st.lists(st.sampled_from(HOUSEHOLDS), max_size=3).map(tuple),
    ),
    st.builds(GroupAssigned, assignment=st.uuids(), group=st.sampled_from(GROUPS), member=st.sampled_from(MEMBERS)),
    st.builds(
        MemberTransferred,
        person=st.sampled_from(MEMBERS),
        unit=st.sampled_from([A, B, C]),
        former_unit=st.sampled_from([A, B, C]),
    ),
    st.builds(ResidenceIntroduced, person=st.sampled_from(MEMBERS), unit=st.sampled_from([A, B, C])),
    st.builds(
        OfficeAppointed,
        unit=st.sampled_from([A, B, C]),
        office=st.sampled_from(OfficeKind),
        person=st.sampled_from(MEMBERS),
    ),
    st.builds(
        PlanAdopted, plan=st.uuids(), unit=st.sampled_from([A, B, C]), year=st.just(2022), assignments=st.just(1)
    ),
    st.builds(CellMeetingHeld, meeting=st.uuids(), unit=st.sampled_from([A, B, C]), attendance=st.just(())),
    st.builds(UnitReparented, unit=st.sampled_from([A, B, C]), parent=st.just(PROVINCE), former_parent=st.just(C)),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    story=st.lists(
        st.tuples(bodies, st.sampled_from(DAYS), st.sampled_from([A, B, C]), st.sampled_from([None, *MEMBERS])),
        max_size=25,
    ),
    chunk=st.integers(1, 30),
)
async def test_nothing_that_names_a_household_member_or_unit_is_missing_from_its_history(
    archive: ArchiveOf, story: list[tuple[Any, date, UUID, UUID | None]], chunk: int
) -> None:
    if archive.head == 0:
        await archive.record(*units())
    await archive.record(*(fact(body, day, unit, performer) for body, day, unit, performer in story))
    await archive.project(REGISTERS, chunk)
    half = archive.head // 2

    async with archive.asking(PROVINCE) as connection:
        for known_at, after in ((archive.head, 0), (half, 0), (archive.head, half)):
            known = [recorded for recorded in archive.facts if after < recorded.position <= known_at]
            for household in HOUSEHOLDS:
                told = await history.of_household(connection, household, known_at, after)
                assert positions(told) == sorted(set(positions(told)))
                assert positions([entry for entry in told if entry.through is None]) == naming(known, household)
            for group in GROUPS:
                assert positions(await history.of_group(connection, group, known_at, after)) == naming(known, group)
            for member in MEMBERS:
                did = [r.position for r in known if r.fact.performed_by == member]
                told = await history.of_member(connection, member, known_at, after)
                assert positions(told) == sorted({*naming(known, member), *did})
            for unit in (PROVINCE, A, B, C):
                assert positions(await history.of_unit(connection, unit, known_at, after)) == naming(known, unit)


async def test_a_history_gives_each_fact_back_as_it_was_recorded(archive: ArchiveOf) -> None:
    household, member = HOUSEHOLDS[0], MEMBERS[0]
    story = [
        fact(HouseholdRegistered(household=household, unit=A, head="s1:head"), DAYS[0], A),
        fact(HouseholdAssigned(assignment=uuid4(), household=household, member=member), DAYS[1], A),
    ]
    await archive.record(*units(), *story)
    await archive.project(REGISTERS)

    async with archive.asking(A) as connection:
        told = await history.of_household(connection, household, archive.head)
        assert [entry.fact for entry in told] == story
        assert [entry.recorded_ns for entry in told] == [recorded.recorded_ns for recorded in archive.facts[-2:]]


class GroupStory:
    """Household 0 is in the group from day 2 up to day 5; household 1 all the time."""

    def __init__(self) -> None:
        self.facts: list[Fact[Any]] = []
        self.group = GROUPS[0]
        self.tell(GroupFormed(group=self.group, unit=A, name="Nhóm", households=(HOUSEHOLDS[1],)), 0)
        self.tell(GroupChanged(group=self.group, added=(HOUSEHOLDS[0],)), 2)
        self.tell(GroupChanged(group=self.group, removed=(HOUSEHOLDS[0],)), 5)

    def tell(self, body: Any, month: int) -> UUID:
        """Records it on the first day of the month; returns the fact's id."""
        self.facts.append(fact(body, DAYS[month], A))
        return self.facts[-1].id

    def assigned(self, month: int, until: int | None = None) -> UUID:
        assignment = uuid4()
        last = None if until is None else DAYS[until]
        self.tell(GroupAssigned(assignment=assignment, group=self.group, member=MEMBERS[0], until=last), month)
        return assignment

    async def told(self, archive: ArchiveOf, household: UUID = HOUSEHOLDS[0]) -> list[Fact[Any]]:
        """What the household's history tells through the group."""
        await archive.record(*units(), *self.facts)
        await archive.project(REGISTERS)
        async with archive.asking(A) as connection:
            told = await history.of_household(connection, household, archive.head)
            return [entry.fact for entry in told if entry.through == self.group]


async def test_an_assignment_of_the_group_made_meanwhile_is_told(archive: ArchiveOf) -> None:
    story = GroupStory()
    story.assigned(3)
    assert await story.told(archive) == story.facts[-1:]


async def test_an_assignment_made_before_the_household_joined_is_told_when_it_still_held(archive: ArchiveOf) -> None:
    story = GroupStory()
    assignment = story.assigned(1)
    told = {"assignment": assignment, "target": story.group, "member": MEMBERS[0]}
    story.tell(HouseholdNotified(**told, channel=NoticeChannel.LETTER), 1)
    story.tell(AssignmentEnded(**told, reason=EndingReason.PLAN_CHANGED), 7)
    assert await story.told(archive) == story.facts[-3:]


async def test_assignments_over_before_it_joined_or_made_after_it_left_are_not_told(archive: ArchiveOf) -> None:
    story = GroupStory()
    story.assigned(0, until=2)
    story.assigned(5)
    assert await story.told(archive) == []
    assert len(story.facts) == 5


async def test_an_assignment_corrected_into_its_time_is_told_with_what_was_believed_before(archive: ArchiveOf) -> None:
    story = GroupStory()
    assignment = story.assigned(6)
    told = {"assignment": assignment, "target": story.group, "member": MEMBERS[0]}
    story.tell(AssignmentCorrected(**told, since=DAYS[4]), 6)
    story.tell(AssignmentRetracted(**told, reason=RetractionReason.WRONG_MEMBER), 7)
    assert await story.told(archive) == story.facts[-3:]


async def test_the_end_of_a_group_is_told_to_who_was_still_in_it(archive: ArchiveOf) -> None:
    story = GroupStory()
    story.tell(GroupDissolved(group=story.group), 7)
    assert story.facts[-1] in await story.told(archive, HOUSEHOLDS[1])


async def test_who_lost_a_household_sees_that_it_left(archive: ArchiveOf) -> None:
    household = HOUSEHOLDS[0]
    move = HouseholdMoved(household=household, unit=B, former_unit=A)
    await archive.record(
        *units(),
        fact(HouseholdRegistered(household=household, unit=A, head="s1:head"), DAYS[0], A),
        fact(move, DAYS[3], B),
        fact(EconomicClassReviewed(household=household, year=2022, economic_class=EconomicClass.POOR), DAYS[4], B),
    )
    await archive.project(REGISTERS)

    async with archive.asking(A) as connection:
        told = await history.of_household(connection, household, archive.head)
        assert [type(entry.fact.body) for entry in told] == [HouseholdRegistered, HouseholdMoved]
    async with archive.asking(B) as connection:
        assert len(await history.of_household(connection, household, archive.head)) == 3


async def test_a_unit_that_took_another_in_has_that_in_its_history(archive: ArchiveOf) -> None:
    await archive.record(*units(), fact(UnitMerged(unit=B, into=A), DAYS[3], B))
    await archive.project(REGISTERS)

    async with archive.asking(A) as connection:
        told = await history.of_unit(connection, A, archive.head)
        assert [type(entry.fact.body).__name__ for entry in told] == ["UnitFounded", "UnitMerged"]


async def test_what_changed_between_two_days_comes_in_the_order_of_the_days(archive: ArchiveOf) -> None:
    person = MEMBERS[0]
    visit = {"visit": uuid4(), "household": HOUSEHOLDS[0], "member": person}
    await archive.record(
        *units(),
        fact(MemberAdmitted(person=person, unit=A, status=MemberStatus.ACTIVE), DAYS[0], A),
        fact(VisitRecorded(**visit, purpose=Purpose.REGULAR), DAYS[4], A),
        fact(VisitCorrected(**visit, purpose=Purpose.INFORM), DAYS[3], A),
        fact(VisitDisputed(**visit), DAYS[5], A),
    )
    await archive.project(REGISTERS)

    async with archive.asking(A) as connection:
        told = await history.of_member(connection, person, archive.head)
        changed = history.between(told, DAYS[1], DAYS[5])
        assert [type(entry.fact.body) for entry in changed] == [VisitCorrected, VisitRecorded]
        assert history.between(told, DAYS[5] + timedelta(days=1), date.max) == []
