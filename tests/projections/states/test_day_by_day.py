"""What a member's standings, a household's belongings and a group's places say equals asking each day by itself."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from events.envelope import Fact
from events.facts.households import (
    DissolutionReason,
    EconomicClass,
    EconomicClassReviewed,
    GroupChanged,
    GroupDissolved,
    GroupFormed,
    HouseholdDissolved,
    HouseholdMoved,
    HouseholdRegistered,
)
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
from projections.states.households import Household, apply_group, apply_household
from projections.states.members import Member, apply_member
from tests.given import named, on

FIRST = date(2018, 1, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(12)]
UNITS = [named("first cell"), named("second cell")]
PERSON, HOUSEHOLD, GROUP = named("person"), named("household"), named("group")
HOUSEHOLDS = [named("one"), named("two")]

days = st.sampled_from(DAYS[:-1])
units = st.sampled_from(UNITS)
statuses = st.sampled_from(MemberStatus)


def admitted(day: date, unit: UUID, status: MemberStatus) -> Fact[Any]:
    return on(day, MemberAdmitted(person=PERSON, unit=unit, status=status))


def status_changed(day: date, status: MemberStatus, length: int | None) -> Fact[Any]:
    until = None if length is None else day + timedelta(days=length)
    return on(day, MemberStatusChanged(person=PERSON, status=status, until=until))


admissions = st.builds(admitted, days, units, statuses)
transfers = st.builds(lambda d, u: on(d, MemberTransferred(person=PERSON, unit=u, former_unit=UNITS[0])), days, units)
changes = st.builds(status_changed, days, statuses, st.none() | st.integers(1, 5))
leavings = st.builds(lambda d, u: on(d, MemberLeft(person=PERSON, unit=u, reason=LeavingReason.LEFT)), days, units)
introductions = st.builds(lambda d, u: on(d, ResidenceIntroduced(person=PERSON, unit=u)), days, units)
endings = st.builds(lambda d, u: on(d, ResidenceEnded(person=PERSON, unit=u)), days, units)
memberships = st.builds(
    lambda first, rest: [first, *rest],
    admissions,
    st.lists(admissions | transfers | changes | leavings | introductions | endings, max_size=8),
)

moves = st.builds(lambda d, u: on(d, HouseholdMoved(household=HOUSEHOLD, unit=u, former_unit=UNITS[0])), days, units)
reviews = st.builds(
    lambda d, c: on(d, EconomicClassReviewed(household=HOUSEHOLD, year=2018, economic_class=c)),
    days,
    st.sampled_from(EconomicClass),
)
dissolutions = st.builds(
    lambda d: on(d, HouseholdDissolved(household=HOUSEHOLD, reason=DissolutionReason.MOVED_AWAY)), days
)
registrations = st.builds(
    lambda d, u: on(d, HouseholdRegistered(household=HOUSEHOLD, unit=u, head="s1:head")), days, units
)
households = st.builds(
    lambda first, rest: [first, *rest], registrations, st.lists(moves | reviews | dissolutions, max_size=8)
)


def latest(recorded: list[tuple[date, Any, date | None]], day: date) -> Any:
    """Of what was said to hold on the day, what begins last; of that, what was recorded last."""
    covering = [(since, value) for since, value, until in recorded if since <= day and (until is None or day < until)]
    return max(enumerate(covering), key=lambda one: (one[1][0], one[0]))[1][1] if covering else None


def fold_member(facts: list[Fact[Any]]) -> Member:
    member = None
    for fact in facts:
        member = apply_member(member, fact)
    assert member is not None
    return member


@given(memberships)
def test_standings_equal_asking_day_by_day(facts: list[Fact[Any]]) -> None:
    cells, said = [], []
    for fact in facts:
        match fact.body:
            case MemberAdmitted(unit=unit, status=status):
                cells.append((fact.effective, unit, None))
                said.append((fact.effective, status, None))
            case MemberTransferred(unit=unit):
                cells.append((fact.effective, unit, None))
            case MemberLeft():
                cells.append((fact.effective, None, None))
            case MemberStatusChanged(status=status, until=until):
                said.append((fact.effective, status, until))
    member = fold_member(facts)
    standings = member.standings()
    for day in DAYS:
        unit = latest(cells, day)
        status = latest(said, day) or MemberStatus.ACTIVE
        assert (member.unit(day), member.status(day)) == (unit, status)
        holding = [(s.unit, s.status) for s in standings if s.since <= day < s.until]
        assert holding == ([] if unit is None else [(unit, status)])
        assert member.assignable(day) == (
            unit is not None and status in (MemberStatus.ACTIVE, MemberStatus.PROBATIONARY)
        )
    _joined([(s.since, s.until, (s.unit, s.status)) for s in standings])


@given(memberships)
def test_spans_of_residence_are_never_empty_and_end_with_their_ending(facts: list[Fact[Any]]) -> None:
    member = fold_member(facts)
    assert all(residence.span.since < residence.span.until for residence in member.residences)
    last = facts[-1]
    if isinstance(last.body, ResidenceEnded):
        assert not any(r.unit == last.body.unit and r.span.holds(last.effective) for r in member.residences)
    if isinstance(last.body, MemberLeft):
        assert all(residence.span.until <= last.effective for residence in member.residences)


@given(households)
def test_belongings_equal_asking_day_by_day(facts: list[Fact[Any]]) -> None:
    cells: list[tuple[date, UUID | None, None]] = []
    classes: list[tuple[date, EconomicClass, None]] = []
    household: Household | None = None
    for fact in facts:
        household = apply_household(household, fact)
        match fact.body:
            case HouseholdRegistered(unit=unit) | HouseholdMoved(unit=unit):
                cells.append((fact.effective, unit, None))
            case HouseholdDissolved():
                cells.append((fact.effective, None, None))
            case EconomicClassReviewed(economic_class=economic_class):
                classes.append((fact.effective, economic_class, None))
    assert household is not None
    belongings = household.belongings()
    for day in DAYS:
        unit = latest(cells, day)
        assert household.unit(day) == unit
        holding = [(b.unit, b.economic_class) for b in belongings if b.since <= day < b.until]
        assert holding == ([] if unit is None else [(unit, latest(classes, day))])
    _joined([(b.since, b.until, (b.unit, b.economic_class)) for b in belongings])
    assert household.latest_unit() in UNITS


group_days = st.sampled_from(DAYS[1:])
group_changes = st.lists(st.tuples(group_days, st.sampled_from(HOUSEHOLDS), st.booleans()), max_size=8)


@given(group_changes, st.none() | group_days)
def test_a_groups_households_equal_joining_and_leaving_day_by_day(
    changed: list[tuple[date, UUID, bool]], dissolved: date | None
) -> None:
    group = apply_group(
        None, on(FIRST, GroupFormed(group=GROUP, unit=UNITS[0], name="Nhóm", households=(HOUSEHOLDS[0],)))
    )
    inside, joined = {(HOUSEHOLDS[0], day) for day in DAYS}, set[tuple[UUID, date]]()
    if dissolved is not None:
        group = apply_group(group, on(dissolved, GroupDissolved(group=GROUP)))
        inside = {(household, day) for household, day in inside if day < dissolved}
    for day, household, joins in changed:
        later = {each for each in DAYS if each >= day}
        if joins:
            if any(p.household == household and p.span.until > day for p in group.places) or not group.span.holds(day):
                continue
            group = apply_group(group, on(day, GroupChanged(group=GROUP, added=(household,))))
            inside |= {(household, each) for each in later if group.span.holds(each)}
            joined.add((household, day))
        elif household in group.households(day):
            group = apply_group(group, on(day, GroupChanged(group=GROUP, removed=(household,))))
            rejoined = min((each for who, each in joined if who == household and each > day), default=None)
            inside -= {(household, each) for each in later if rejoined is None or each < rejoined}
            joined.discard((household, day))  # who joins and leaves on one day was never inside
    for day in DAYS:
        assert group.households(day) == {household for household, inside_on in inside if inside_on == day}
    assert all(place.span.since < place.span.until for place in group.places)


def _joined(spans: list[tuple[date, date, Any]]) -> None:
    """The spans are in order, none is empty, none overlap, and equal neighbours are one."""
    for since, until, _ in spans:
        assert since < until
    for (_, until, value), (since, _, following) in pairwise(spans):
        assert until <= since
        assert until < since or value != following
