"""Who becomes responsible for which household or group, until when, and what may be put right afterwards."""

from datetime import date
from uuid import UUID

from events.facts.assignments import (
    AssignmentCorrected,
    AssignmentEnded,
    AssignmentRetracted,
    EndingReason,
    GroupAssigned,
    HouseholdAssigned,
    HouseholdNotified,
    NoticeChannel,
    RetractionReason,
)
from events.facts.households import DissolutionReason, GroupDissolved, HouseholdDissolved, HouseholdMoved
from events.facts.members import (
    LeavingReason,
    MemberAdmitted,
    MemberLeft,
    MemberStatus,
    MemberStatusChanged,
    MemberTransferred,
    ResidenceIntroduced,
)
from projections.states.assignments import Target
from services.decisions.assignments import (
    AssignGroup,
    AssignHousehold,
    CorrectAssignment,
    EndAssignment,
    NotifyHousehold,
    RetractAssignment,
)
from tests.given import Given, folded, named, on
from tests.services.decisions.commune import (
    AUTUMN,
    CELL,
    COLLEAGUE,
    COMMUNITY,
    FAR_CELL,
    FAR_HOUSEHOLD,
    GROUP,
    GROUPED,
    HOUSEHOLD,
    MEMBER,
    NEIGHBOUR,
    OFFICE,
    OTHER_OFFICE,
    PROVINCIAL,
    SECOND_CELL,
    SECOND_SECRETARY,
    SECRETARY,
    SPRING,
    START,
    STRANGER,
    SUMMER,
    TWO,
    decide,
)

ONE, ANOTHER = named("assignment one"), named("assignment two")
NEWCOMER = named("newcomer")
OPEN = COMMUNITY.given(on(SPRING, HouseholdAssigned(assignment=ONE, household=HOUSEHOLD, member=MEMBER), CELL))
DATED = COMMUNITY.given(
    on(SPRING, HouseholdAssigned(assignment=ONE, household=HOUSEHOLD, member=MEMBER, until=SUMMER), CELL)
)
ABOUT = {"assignment": ONE, "target": HOUSEHOLD}


def assign(day: date, member: UUID = MEMBER, household: UUID = HOUSEHOLD, until: date | None = None) -> AssignHousehold:
    return decide(AssignHousehold, day, assignment=ANOTHER, member=member, household=household, until=until)


def end(day: date, reason: EndingReason = EndingReason.AT_OWN_REQUEST) -> EndAssignment:
    return decide(EndAssignment, day, **ABOUT, reason=reason)


def correct(since: date, until: date | None = None) -> CorrectAssignment:
    return decide(CorrectAssignment, AUTUMN, **ABOUT, since=since, until=until)


def target(recorded: Given) -> Target:
    found: Target = folded(recorded.facts)[1][f"facts.assignment.{HOUSEHOLD}"]
    return found


def test_a_member_becomes_responsible_for_a_household() -> None:
    COMMUNITY.when(assign(SPRING), SECRETARY).quietly().then(
        HouseholdAssigned(assignment=ANOTHER, household=HOUSEHOLD, member=MEMBER), unit=CELL
    )


def test_a_household_may_have_several_members_and_a_member_several_households() -> None:
    OPEN.when(assign(SPRING, member=COLLEAGUE), SECRETARY).recorded()
    OPEN.when(assign(SPRING, household=TWO), SECRETARY).recorded()


def test_a_member_becomes_responsible_for_a_group() -> None:
    command = decide(AssignGroup, SPRING, assignment=ONE, member=MEMBER, group=GROUP, until=AUTUMN)
    body = GroupAssigned(assignment=ONE, group=GROUP, member=MEMBER, until=AUTUMN)
    GROUPED.when(command, SECRETARY).then(body, unit=CELL)
    GROUPED.load(MEMBER, 18).when(command, SECRETARY).quietly()
    GROUPED.load(MEMBER, 19).when(command, SECRETARY).warned("load_high", person=MEMBER, load=21, limit=20)
    dissolved = GROUPED.given(on(SPRING, GroupDissolved(group=GROUP), CELL))
    dissolved.when(command, SECRETARY).refused("group_not_then", group=GROUP, day=SPRING)
    before = decide(AssignGroup, START, assignment=ONE, member=MEMBER, group=GROUP)
    dissolved.when(before, SECRETARY).recorded()
    COMMUNITY.when(command, SECRETARY).refused("group_unknown", group=GROUP)


def test_member_and_household_must_be_there_on_the_day() -> None:
    nobody, nothing = named("nobody"), named("nothing")
    COMMUNITY.when(assign(SPRING, member=nobody), SECRETARY).refused("member_unknown", person=nobody)
    COMMUNITY.when(assign(SPRING, household=nothing), SECRETARY).refused("household_unknown", household=nothing)
    early = date(2017, 12, 31)
    COMMUNITY.when(assign(early), SECRETARY).refused("household_not_then", household=HOUSEHOLD, day=early)
    COMMUNITY.when(assign(SPRING, household=FAR_HOUSEHOLD), SECRETARY).refused("outside_your_unit")
    COMMUNITY.when(assign(SPRING), SECOND_SECRETARY).refused("outside_your_unit", unit=None)


def test_a_commune_sends_a_member_of_another_cell_and_a_cell_does_not() -> None:
    sent = assign(SPRING, member=NEIGHBOUR)
    COMMUNITY.when(sent, OFFICE).warned("member_of_another_cell", person=NEIGHBOUR, unit=SECOND_CELL)
    COMMUNITY.when(sent, SECRETARY).refused("outside_your_unit", unit=None)
    moved = COMMUNITY.given(on(SUMMER, MemberTransferred(person=MEMBER, unit=SECOND_CELL, former_unit=CELL)))
    moved.when(assign(date(2018, 5, 31), until=SUMMER), SECRETARY).quietly()
    moved.when(assign(SUMMER), OFFICE).warned("member_of_another_cell", unit=SECOND_CELL)


def test_probationary_members_are_assigned_and_suspended_ones_are_not() -> None:
    probationary = COMMUNITY.given(on(START, MemberStatusChanged(person=MEMBER, status=MemberStatus.PROBATIONARY)))
    probationary.when(assign(SPRING), SECRETARY).quietly()
    suspended = COMMUNITY.given(on(START, MemberStatusChanged(person=MEMBER, status=MemberStatus.SUSPENDED)))
    suspended.when(assign(SPRING), SECRETARY).refused("member_not_assignable", member_status="suspended", day=SPRING)


def test_a_stranger_is_told_neither_status_nor_absence_of_a_member_household_or_group() -> None:
    away = assign(SPRING, member=STRANGER)
    exempt = COMMUNITY.given(on(START, MemberStatusChanged(person=STRANGER, status=MemberStatus.EXEMPT)))
    exempt.when(away, SECRETARY).refused("outside_your_unit", unit=None)
    exempt.when(away, PROVINCIAL).refused("member_not_assignable", person=STRANGER)
    left = COMMUNITY.given(on(START, MemberLeft(person=STRANGER, unit=FAR_CELL, reason=LeavingReason.LEFT)))
    left.when(away, SECRETARY).refused("outside_your_unit", unit=None)
    gone = COMMUNITY.given(on(START, HouseholdDissolved(household=HOUSEHOLD, reason=DissolutionReason.MOVED_AWAY)))
    gone.when(assign(SPRING), SECOND_SECRETARY).refused("outside_your_unit", unit=None)
    gone.when(assign(SPRING), SECRETARY).refused("household_not_then", household=HOUSEHOLD)
    dissolved = GROUPED.given(on(START, GroupDissolved(group=GROUP), CELL))
    to_group = decide(AssignGroup, SPRING, assignment=ONE, member=MEMBER, group=GROUP)
    dissolved.when(to_group, SECOND_SECRETARY).refused("outside_your_unit", unit=None)


def test_a_high_load_is_told_and_not_refused() -> None:
    COMMUNITY.load(MEMBER, 19).when(assign(SPRING), SECRETARY).quietly().recorded()
    COMMUNITY.load(MEMBER, 20).when(assign(SPRING), SECRETARY).warned("load_high", load=21, limit=20).recorded()


def test_the_same_member_and_household_never_overlap() -> None:
    OPEN.when(assign(AUTUMN), SECRETARY).refused("already_assigned", assignment=ONE, since=SPRING, person=MEMBER)
    OPEN.when(assign(START), SECRETARY).refused("already_assigned")
    OPEN.when(assign(START, until=SPRING), SECRETARY).recorded()
    DATED.when(assign(SUMMER), SECRETARY).recorded()
    DATED.when(assign(date(2018, 5, 31)), SECRETARY).refused("already_assigned")
    COMMUNITY.when(assign(SPRING, until=SPRING), SECRETARY).refused("ends_before_it_begins", since=SPRING, until=SPRING)


def test_who_has_a_household_directly_is_told_when_a_group_gives_it_to_him_again_and_it_counts_once() -> None:
    direct = on(SPRING, HouseholdAssigned(assignment=ONE, household=HOUSEHOLD, member=MEMBER, until=AUTUMN), CELL)
    held = GROUPED.given(direct)
    to_group = decide(AssignGroup, SUMMER, assignment=ANOTHER, member=MEMBER, group=GROUP)
    held.when(to_group, SECRETARY).warned("also_directly", person=MEMBER, household=HOUSEHOLD).recorded()
    held.load(MEMBER, 19).when(to_group, SECRETARY).warned("also_directly", household=HOUSEHOLD)
    assert [w.code for w in held.load(MEMBER, 19).when(to_group, SECRETARY).warnings()] == ["also_directly"]
    held.load(MEMBER, 20).when(to_group, SECRETARY).warned("load_high", load=21)
    held.when(decide(AssignGroup, AUTUMN, assignment=ANOTHER, member=MEMBER, group=GROUP), SECRETARY).quietly()
    another = decide(AssignGroup, SUMMER, assignment=ANOTHER, member=COLLEAGUE, group=GROUP)
    held.when(another, SECRETARY).quietly()


def test_an_assignment_has_an_id_of_its_own() -> None:
    again = decide(AssignHousehold, SPRING, assignment=ONE, member=COLLEAGUE, household=HOUSEHOLD)
    OPEN.when(again, SECRETARY).refused("assignment_exists", assignment=ONE)


def test_an_assignment_ends_and_begins_again_on_the_same_day() -> None:
    ended = OPEN.when(end(SUMMER), SECRETARY).then(
        AssignmentEnded(assignment=ONE, target=HOUSEHOLD, member=MEMBER, reason=EndingReason.AT_OWN_REQUEST), unit=CELL
    )
    again = ended.when(assign(SUMMER), SECRETARY).recorded()
    assert [a.assignment for a in target(again).responsible(date(2018, 5, 31))] == [ONE]
    assert [a.assignment for a in target(again).responsible(SUMMER)] == [ANOTHER]


def test_what_is_over_or_not_yet_begun_does_not_end() -> None:
    DATED.when(end(SUMMER), SECRETARY).refused("assignment_over", assignment=ONE, until=SUMMER)
    DATED.when(end(date(2018, 5, 31)), SECRETARY).recorded()
    OPEN.when(end(date(2018, 2, 28)), SECRETARY).refused("ends_before_it_begins", since=SPRING)
    OPEN.when(end(SUMMER), SECOND_SECRETARY).refused("outside_your_unit", unit=None)
    DATED.when(end(SUMMER), SECOND_SECRETARY).refused("outside_your_unit", unit=None)
    COMMUNITY.when(end(SUMMER), SECRETARY).refused("assignment_unknown", assignment=ONE)


def test_an_ending_recorded_late_shortens_what_had_ended_later() -> None:
    ended = OPEN.when(end(AUTUMN), SECRETARY).recorded()
    earlier = ended.when(end(SUMMER, EndingReason.MEMBER_EXEMPT), SECRETARY).recorded()
    found = target(earlier).find(ONE)
    assert found is not None
    assert found.span is not None
    assert (found.span.until, found.ended) == (SUMMER, EndingReason.MEMBER_EXEMPT)


def test_what_ends_on_its_first_day_never_held() -> None:
    ended = OPEN.when(end(SPRING), SECRETARY).recorded()
    assert target(ended).responsible(SPRING) == []
    ended.when(end(SPRING), SECRETARY).refused("assignment_taken_back", assignment=ONE)
    ended.when(assign(SPRING), SECRETARY).recorded()


def test_dates_are_corrected_without_overlap() -> None:
    OPEN.when(correct(START, SUMMER), SECRETARY).then(
        AssignmentCorrected(assignment=ONE, target=HOUSEHOLD, member=MEMBER, since=START, until=SUMMER), unit=CELL
    )
    later = on(AUTUMN, HouseholdAssigned(assignment=ANOTHER, household=HOUSEHOLD, member=MEMBER), CELL)
    two = DATED.given(later)
    two.when(correct(SPRING, AUTUMN), SECRETARY).recorded()
    two.when(correct(SPRING, date(2018, 9, 2)), SECRETARY).refused("already_assigned", assignment=ANOTHER, since=AUTUMN)
    two.when(correct(SPRING), SECRETARY).refused("already_assigned")
    OPEN.when(correct(SUMMER, SUMMER), SECRETARY).refused("ends_before_it_begins")
    OPEN.when(correct(START), SECOND_SECRETARY).refused("outside_your_unit")
    COMMUNITY.when(correct(START), SECRETARY).refused("assignment_unknown")


def test_a_correction_stays_within_the_life_of_the_household_or_group() -> None:
    OPEN.when(correct(date(2017, 12, 31)), SECRETARY).refused("household_not_then", household=HOUSEHOLD)
    grouped = GROUPED.given(on(SPRING, GroupAssigned(assignment=ONE, group=GROUP, member=MEMBER), CELL))
    wrong = decide(CorrectAssignment, AUTUMN, assignment=ONE, target=GROUP, since=date(2017, 12, 31))
    grouped.when(wrong, SECRETARY).refused("group_not_then", group=GROUP)
    right = decide(CorrectAssignment, AUTUMN, assignment=ONE, target=GROUP, since=START)
    grouped.when(right, SECRETARY).recorded()


def test_a_correction_begins_on_a_day_on_which_the_member_may_be_assigned() -> None:
    admitted = on(SPRING, MemberAdmitted(person=NEWCOMER, unit=CELL, status=MemberStatus.ACTIVE))
    exempt = on(SUMMER, MemberStatusChanged(person=NEWCOMER, status=MemberStatus.EXEMPT, until=AUTUMN))
    assigned = on(AUTUMN, HouseholdAssigned(assignment=ONE, household=HOUSEHOLD, member=NEWCOMER), CELL)
    given = COMMUNITY.given(admitted, exempt, assigned)
    given.when(correct(START), SECRETARY).refused("not_a_member_then", person=NEWCOMER, day=START)
    given.when(correct(SUMMER), SECRETARY).refused("member_not_assignable", person=NEWCOMER, member_status="exempt")
    given.when(correct(SPRING, SUMMER), SECRETARY).quietly().recorded()
    late = on(AUTUMN, MemberStatusChanged(person=NEWCOMER, status=MemberStatus.EXEMPT))
    given.given(late).when(correct(AUTUMN, date(2018, 12, 1)), SECRETARY).recorded()


def test_a_correction_to_a_day_in_another_cell_is_for_who_has_both() -> None:
    came = COMMUNITY.given(
        on(SUMMER, MemberTransferred(person=NEIGHBOUR, unit=CELL, former_unit=SECOND_CELL)),
        on(AUTUMN, HouseholdAssigned(assignment=ONE, household=HOUSEHOLD, member=NEIGHBOUR), CELL),
    )
    came.when(correct(SPRING), SECRETARY).refused("outside_your_unit", unit=None)
    came.when(correct(SPRING), OFFICE).warned("member_of_another_cell", person=NEIGHBOUR, unit=SECOND_CELL).recorded()


def test_a_correction_reopens_what_had_ended_by_mistake() -> None:
    ended = OPEN.when(end(SUMMER), SECRETARY).recorded()
    reopened = ended.when(correct(SPRING), SECRETARY).recorded()
    found = target(reopened).find(ONE)
    assert found is not None
    assert found.ended is None
    assert target(reopened).responsible(AUTUMN) == [found]


def test_what_was_recorded_by_mistake_is_taken_back_once() -> None:
    retract = decide(RetractAssignment, SUMMER, **ABOUT, reason=RetractionReason.WRONG_MEMBER)
    body = AssignmentRetracted(assignment=ONE, target=HOUSEHOLD, member=MEMBER, reason=RetractionReason.WRONG_MEMBER)
    after = OPEN.when(retract, SECRETARY).then(body, unit=CELL)
    assert target(after).responsible(SPRING) == []
    after.when(retract, SECRETARY).refused("assignment_taken_back", assignment=ONE)
    after.when(correct(START), SECRETARY).refused("assignment_taken_back")
    after.when(assign(SPRING), SECRETARY).recorded()
    OPEN.when(retract, OTHER_OFFICE).refused("outside_your_unit")


def test_a_household_is_told_while_the_assignment_holds() -> None:
    notify = decide(NotifyHousehold, SPRING, **ABOUT, channel=NoticeChannel.IN_PERSON)
    body = HouseholdNotified(assignment=ONE, target=HOUSEHOLD, member=MEMBER, channel=NoticeChannel.IN_PERSON)
    after = OPEN.when(notify, SECRETARY).then(body, unit=CELL)
    assert [a.notified for a in target(after).assignments] == [SPRING]
    late = decide(NotifyHousehold, SUMMER, **ABOUT, channel=NoticeChannel.LETTER)
    DATED.when(late, SECRETARY).refused("assignment_over")
    OPEN.when(notify, SECOND_SECRETARY).refused("outside_your_unit")


def test_when_a_household_moves_its_assignment_waits_for_who_gave_it_or_has_the_household_now() -> None:
    moved = OPEN.given(on(SUMMER, HouseholdMoved(household=HOUSEHOLD, unit=SECOND_CELL, former_unit=CELL)))
    assert [a.assignment for a in target(moved).responsible(SUMMER)] == [ONE]
    gone = end(SUMMER, EndingReason.HOUSEHOLD_MOVED)
    body = AssignmentEnded(assignment=ONE, target=HOUSEHOLD, member=MEMBER, reason=EndingReason.HOUSEHOLD_MOVED)
    moved.when(gone, SECRETARY).then(body, unit=CELL)
    moved.when(gone, SECOND_SECRETARY).then(body, unit=CELL)
    moved.when(end(date(2018, 5, 31)), SECOND_SECRETARY).refused("outside_your_unit")
    moved.when(gone, OTHER_OFFICE).refused("outside_your_unit")
    moved.when(assign(SUMMER, member=NEIGHBOUR), SECOND_SECRETARY).quietly().recorded()
    dissolved = moved.given(on(AUTUMN, HouseholdDissolved(household=HOUSEHOLD, reason=DissolutionReason.MOVED_AWAY)))
    dissolved.when(end(AUTUMN, EndingReason.HOUSEHOLD_MOVED), SECOND_SECRETARY).recorded()


def test_a_former_cell_gives_a_household_to_nobody_beyond_the_day_of_the_move() -> None:
    moved = COMMUNITY.given(on(SUMMER, HouseholdMoved(household=HOUSEHOLD, unit=FAR_CELL, former_unit=CELL)))
    for asker in (SECRETARY, OFFICE):
        moved.when(assign(SPRING), asker).refused("must_end_by", by=SUMMER)
        moved.when(assign(SPRING, until=date(2018, 6, 2)), asker).refused("must_end_by", by=SUMMER)
        moved.when(assign(SPRING, until=SUMMER), asker).quietly().recorded()
    moved.when(assign(SPRING), PROVINCIAL).recorded()
    COMMUNITY.at(SPRING).given(*moved.facts[-1:]).when(assign(SPRING), SECRETARY).recorded()


def test_a_former_cell_gives_its_member_nothing_beyond_the_day_of_his_transfer() -> None:
    transferred = on(SUMMER, MemberTransferred(person=MEMBER, unit=FAR_CELL, former_unit=CELL))
    moved = COMMUNITY.given(transferred)
    moved.when(assign(SPRING), SECRETARY).refused("must_end_by", by=SUMMER)
    moved.when(assign(SPRING, until=SUMMER), SECRETARY).quietly().recorded()
    stayed = moved.given(on(SUMMER, ResidenceIntroduced(person=MEMBER, unit=CELL)))
    stayed.when(assign(SPRING), SECRETARY).quietly().recorded()


def test_a_correction_by_a_former_cell_adds_nothing_beyond_the_move() -> None:
    move = on(SUMMER, HouseholdMoved(household=HOUSEHOLD, unit=SECOND_CELL, former_unit=CELL))
    moved = OPEN.given(move)
    ended = moved.when(end(AUTUMN, EndingReason.HOUSEHOLD_MOVED), SECOND_SECRETARY).recorded()
    ended.when(correct(SPRING), SECRETARY).refused("must_end_by", by=SUMMER)
    ended.when(correct(START, AUTUMN), SECRETARY).recorded()
    moved.when(correct(START), SECRETARY).recorded()
    moved.when(correct(SUMMER), SECRETARY).refused("outside_your_unit")
