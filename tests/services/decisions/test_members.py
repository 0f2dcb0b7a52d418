"""Memberships: admitted, transferred, exempt for a time, gone; the second cell at the residence."""

from datetime import date

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
from events.facts.organisation import PersonRegistered, UnitMerged
from projections.states.members import Member
from services.decisions.assignments import AssignHousehold
from services.decisions.members import (
    AdmitMember,
    ChangeMemberStatus,
    EndResidence,
    IntroduceAtResidence,
    RecordLeaving,
    TransferMember,
)
from tests.given import Given, folded, named, on
from tests.services.decisions.commune import (
    AUTUMN,
    BASIS,
    CELL,
    COMMUNE,
    COMMUNITY,
    FAR_CELL,
    HOUSEHOLD,
    MEMBER,
    OFFICE,
    ORGANISATION,
    OTHER_COMMUNE,
    OTHER_OFFICE,
    PROVINCIAL,
    SECOND_CELL,
    SECRETARY,
    SPRING,
    START,
    SUMMER,
    decide,
)

LEAVE = {"person": MEMBER, "reason": LeavingReason.TRANSFERRED_OUT}


def member(recorded: Given) -> Member:
    found: Member = folded(recorded.facts)[1][f"facts.member.{MEMBER}"]
    return found


def assign(day: date) -> AssignHousehold:
    return decide(AssignHousehold, day, assignment=named(f"assignment {day}"), member=MEMBER, household=HOUSEHOLD)


def test_a_registered_person_is_admitted() -> None:
    registered = ORGANISATION.given(on(START, PersonRegistered(person=MEMBER, name="s1:name"), CELL))
    command = decide(AdmitMember, SPRING, person=MEMBER, unit=CELL, status=MemberStatus.PROBATIONARY, newly=True)
    body = MemberAdmitted(person=MEMBER, unit=CELL, status=MemberStatus.PROBATIONARY, newly=True)
    after = registered.when(command, OFFICE).quietly().then(body, unit=CELL)
    assert member(after).admitted == SPRING
    ORGANISATION.when(command, OFFICE).refused("person_unknown", person=MEMBER)
    registered.when(decide(AdmitMember, SPRING, person=MEMBER, unit=COMMUNE), OFFICE).refused(
        "not_a_cell", unit=COMMUNE
    )


def test_nobody_is_a_member_twice_whichever_was_recorded_first() -> None:
    elsewhere = decide(AdmitMember, SPRING, person=MEMBER, unit=FAR_CELL)
    COMMUNITY.when(elsewhere, PROVINCIAL).refused("already_a_member", person=MEMBER, unit=CELL, since=START)
    COMMUNITY.when(elsewhere, OTHER_OFFICE).refused("outside_your_unit", unit=None)
    before = decide(AdmitMember, date(2017, 12, 31), person=MEMBER, unit=CELL)
    older = ORGANISATION.given(
        on(START, PersonRegistered(person=MEMBER, name="s1:name"), CELL),
        on(AUTUMN, MemberAdmitted(person=MEMBER, unit=CELL, status=MemberStatus.ACTIVE)),
    )
    older.when(decide(AdmitMember, SUMMER, person=MEMBER, unit=CELL), OFFICE).refused("already_a_member", since=AUTUMN)
    older.when(before, OFFICE).refused("unit_not_then", unit=CELL)


def test_who_left_may_come_back_from_that_very_day_on() -> None:
    left = COMMUNITY.given(on(SUMMER, MemberLeft(person=MEMBER, unit=CELL, reason=LeavingReason.LEFT)))
    left.when(decide(AdmitMember, date(2018, 5, 31), person=MEMBER, unit=CELL), OFFICE).refused("already_a_member")
    back = left.when(decide(AdmitMember, SUMMER, person=MEMBER, unit=SECOND_CELL, newly=True), OFFICE).recorded()
    assert member(back).unit(SUMMER) == SECOND_CELL
    assert member(back).unit(date(2018, 5, 31)) == CELL
    assert member(back).admitted == SUMMER
    assert member(back).left is None


def test_a_member_goes_to_another_cell() -> None:
    command = decide(TransferMember, SPRING, person=MEMBER, unit=SECOND_CELL)
    body = MemberTransferred(person=MEMBER, unit=SECOND_CELL, former_unit=CELL)
    after = COMMUNITY.when(command, OFFICE).then(body, unit=SECOND_CELL)
    after.when(command, OFFICE).refused("already_there", unit=SECOND_CELL)
    away = decide(TransferMember, SPRING, person=MEMBER, unit=FAR_CELL)
    COMMUNITY.when(away, OFFICE).refused("outside_your_unit", unit=FAR_CELL)
    COMMUNITY.when(away, PROVINCIAL).recorded()
    COMMUNITY.when(decide(TransferMember, SPRING, person=named("nobody"), unit=CELL), OFFICE).refused("member_unknown")


def test_a_transfer_recorded_late_lies_before_one_recorded_early() -> None:
    moved = COMMUNITY.given(on(AUTUMN, MemberTransferred(person=MEMBER, unit=FAR_CELL, former_unit=CELL)))
    late = decide(TransferMember, SPRING, person=MEMBER, unit=SECOND_CELL)
    after = moved.when(late, OFFICE).then(MemberTransferred(person=MEMBER, unit=SECOND_CELL, former_unit=CELL))
    cells = {START: CELL, SPRING: SECOND_CELL, date(2018, 8, 31): SECOND_CELL, AUTUMN: FAR_CELL}
    assert {day: member(after).unit(day) for day in cells} == cells


def test_an_exemption_needs_its_document() -> None:
    exempt = {"person": MEMBER, "status": MemberStatus.EXEMPT}
    COMMUNITY.when(decide(ChangeMemberStatus, SPRING, **exempt), SECRETARY).refused("basis_needed")
    command = decide(ChangeMemberStatus, SPRING, **exempt, granted_by=COMMUNE, basis=BASIS)
    body = MemberStatusChanged(person=MEMBER, status=MemberStatus.EXEMPT, granted_by=COMMUNE)
    exempted = COMMUNITY.when(command, SECRETARY).then(body, unit=CELL)
    exempted.when(assign(SPRING), SECRETARY).refused("member_not_assignable", person=MEMBER, member_status="exempt")
    exempted.when(assign(date(2018, 2, 28)), SECRETARY).recorded()
    nowhere = decide(ChangeMemberStatus, SPRING, **exempt, granted_by=named("nowhere"), basis=BASIS)
    COMMUNITY.when(nowhere, SECRETARY).refused("unit_unknown", unit=named("nowhere"))


def test_a_temporary_exemption_ends_by_itself() -> None:
    away = {"person": MEMBER, "status": MemberStatus.TEMPORARILY_EXEMPT, "basis": BASIS}
    after = COMMUNITY.when(decide(ChangeMemberStatus, SPRING, **away, until=AUTUMN), SECRETARY).recorded()
    after.when(assign(date(2018, 8, 31)), SECRETARY).refused("member_not_assignable")
    after.when(assign(AUTUMN), SECRETARY).recorded()
    back = decide(ChangeMemberStatus, SUMMER, person=MEMBER, status=MemberStatus.ACTIVE)
    returned = after.when(back, SECRETARY).recorded()
    returned.when(assign(SUMMER), SECRETARY).recorded()
    returned.when(assign(SPRING), SECRETARY).refused("member_not_assignable")
    COMMUNITY.when(decide(ChangeMemberStatus, SPRING, **away, until=SPRING), SECRETARY).refused("ends_before_it_begins")


def test_after_a_temporary_exemption_a_probationary_member_is_probationary_again() -> None:
    probationary = COMMUNITY.given(on(START, MemberStatusChanged(person=MEMBER, status=MemberStatus.PROBATIONARY)))
    away = decide(
        ChangeMemberStatus,
        SPRING,
        person=MEMBER,
        status=MemberStatus.TEMPORARILY_EXEMPT,
        until=SUMMER,
        basis=BASIS,
    )
    assert member(probationary.when(away, OFFICE).recorded()).status(SUMMER) is MemberStatus.PROBATIONARY


def test_a_membership_ends_on_its_day() -> None:
    after = COMMUNITY.when(decide(RecordLeaving, SUMMER, **LEAVE), OFFICE).then(
        MemberLeft(person=MEMBER, unit=CELL, reason=LeavingReason.TRANSFERRED_OUT), unit=CELL
    )
    after.when(decide(RecordLeaving, SUMMER, **LEAVE), OFFICE).refused("not_a_member_then", person=MEMBER, day=SUMMER)
    after.when(assign(SUMMER), SECRETARY).refused("not_a_member_then", person=MEMBER, day=SUMMER)
    after.when(assign(date(2018, 5, 31)), SECRETARY).recorded()
    COMMUNITY.when(decide(RecordLeaving, SUMMER, **LEAVE), OTHER_OFFICE).refused("outside_your_unit", unit=None)


def test_nobody_leaves_before_a_transfer_that_is_on_record() -> None:
    moved = COMMUNITY.given(on(AUTUMN, MemberTransferred(person=MEMBER, unit=SECOND_CELL, former_unit=CELL)))
    moved.when(decide(RecordLeaving, SUMMER, **LEAVE), OFFICE).refused("later_change", since=AUTUMN)
    moved.when(decide(RecordLeaving, AUTUMN, **LEAVE), OFFICE).recorded()


def test_nobody_leaves_before_a_leaving_that_is_on_record() -> None:
    left = COMMUNITY.given(on(AUTUMN, MemberLeft(person=MEMBER, unit=CELL, reason=LeavingReason.DIED)))
    left.when(decide(RecordLeaving, SUMMER, **LEAVE), OFFICE).refused("later_change", since=AUTUMN)


def test_a_former_cell_changes_the_status_of_its_own_time_only() -> None:
    moved = COMMUNITY.given(on(SUMMER, MemberTransferred(person=MEMBER, unit=FAR_CELL, former_unit=CELL)))
    suspended = {"person": MEMBER, "status": MemberStatus.SUSPENDED, "basis": BASIS}
    open_ended = decide(ChangeMemberStatus, SPRING, **suspended)
    too_long = decide(ChangeMemberStatus, SPRING, **suspended, until=date(2018, 6, 2))
    for asker in (SECRETARY, OFFICE):
        moved.when(open_ended, asker).refused("must_end_by", by=SUMMER)
        moved.when(too_long, asker).refused("must_end_by", by=SUMMER)
        after = moved.when(decide(ChangeMemberStatus, SPRING, **suspended, until=SUMMER), asker).recorded()
        assert [member(after).status(day) for day in (SPRING, SUMMER)] == [MemberStatus.SUSPENDED, MemberStatus.ACTIVE]
    assert member(moved.when(open_ended, PROVINCIAL).recorded()).status(AUTUMN) is MemberStatus.SUSPENDED


def test_who_still_has_the_member_decides_openly_about_him() -> None:
    suspend = decide(ChangeMemberStatus, SPRING, person=MEMBER, status=MemberStatus.SUSPENDED, basis=BASIS)
    planned = COMMUNITY.at(SPRING).given(on(SUMMER, MemberTransferred(person=MEMBER, unit=FAR_CELL, former_unit=CELL)))
    planned.when(suspend, SECRETARY).recorded()
    taken_back = planned.given(on(SUMMER, MemberTransferred(person=MEMBER, unit=CELL, former_unit=FAR_CELL)))
    taken_back.at(AUTUMN).when(suspend, SECRETARY).recorded()
    left = COMMUNITY.given(
        on(SUMMER, MemberLeft(person=MEMBER, unit=CELL, reason=LeavingReason.TRANSFERRED_OUT)),
        on(AUTUMN, MemberAdmitted(person=MEMBER, unit=FAR_CELL, status=MemberStatus.ACTIVE)),
    )
    again = left.when(suspend, SECRETARY).recorded()
    assert [member(again).status(day) for day in (SPRING, AUTUMN)] == [MemberStatus.SUSPENDED, MemberStatus.ACTIVE]


def test_a_former_office_places_nobody_in_a_cell_of_residence() -> None:
    moved = COMMUNITY.given(on(SUMMER, MemberTransferred(person=MEMBER, unit=FAR_CELL, former_unit=CELL)))
    introduce = decide(IntroduceAtResidence, SPRING, person=MEMBER, unit=SECOND_CELL)
    moved.when(introduce, OFFICE).refused("later_change", since=SUMMER)
    moved.when(introduce, PROVINCIAL).recorded()


def test_a_member_takes_part_at_his_residence_and_is_given_households_there() -> None:
    introduce = decide(IntroduceAtResidence, SPRING, person=MEMBER, unit=FAR_CELL)
    after = COMMUNITY.when(introduce, PROVINCIAL).then(ResidenceIntroduced(person=MEMBER, unit=FAR_CELL), unit=FAR_CELL)
    far = decide(AssignHousehold, SPRING, assignment=named("far"), member=MEMBER, household=named("far household"))
    after.when(far, OTHER_OFFICE).quietly().recorded()
    COMMUNITY.when(far, OTHER_OFFICE).refused("outside_your_unit", unit=None)
    after.when(introduce, PROVINCIAL).refused("already_there", unit=FAR_CELL)
    after.when(decide(IntroduceAtResidence, START, person=MEMBER, unit=FAR_CELL), PROVINCIAL).refused("already_there")
    own = decide(IntroduceAtResidence, SPRING, person=MEMBER, unit=CELL)
    COMMUNITY.when(own, OFFICE).refused("already_there", unit=CELL)
    COMMUNITY.when(introduce, OFFICE).refused("outside_your_unit", unit=FAR_CELL)
    nobody = decide(IntroduceAtResidence, SPRING, person=named("nobody"), unit=FAR_CELL)
    COMMUNITY.when(nobody, OTHER_OFFICE).refused("member_unknown")


def test_a_cell_of_residence_helps_itself_to_nobodys_member() -> None:
    introduce = decide(IntroduceAtResidence, SPRING, person=MEMBER, unit=FAR_CELL)
    COMMUNITY.when(introduce, OTHER_OFFICE).refused("outside_your_unit", unit=None)
    introduced = COMMUNITY.given(on(START, ResidenceIntroduced(person=MEMBER, unit=FAR_CELL)))
    introduced.when(introduce, OTHER_OFFICE).refused("outside_your_unit", unit=None)
    left = COMMUNITY.given(on(SPRING, MemberLeft(person=MEMBER, unit=CELL, reason=LeavingReason.LEFT)))
    left.when(introduce, OTHER_OFFICE).refused("outside_your_unit", unit=None)
    left.when(introduce, PROVINCIAL).refused("not_a_member_then", person=MEMBER)


def test_a_stranger_is_not_told_who_left_nor_who_takes_part_where() -> None:
    left = COMMUNITY.given(on(SPRING, MemberLeft(person=MEMBER, unit=CELL, reason=LeavingReason.LEFT)))
    left.when(decide(RecordLeaving, SUMMER, **LEAVE), OTHER_OFFICE).refused("outside_your_unit", unit=None)
    left.when(decide(RecordLeaving, SUMMER, **LEAVE), OFFICE).refused("not_a_member_then", person=MEMBER)
    activate = decide(ChangeMemberStatus, START, person=MEMBER, status=MemberStatus.ACTIVE)
    left.when(activate, OTHER_OFFICE).refused("outside_your_unit", unit=None)
    end = decide(EndResidence, SUMMER, person=MEMBER, unit=FAR_CELL)
    COMMUNITY.when(end, OFFICE).refused("outside_your_unit", unit=FAR_CELL)


def test_the_part_at_the_residence_ends() -> None:
    introduced = COMMUNITY.given(on(SPRING, ResidenceIntroduced(person=MEMBER, unit=FAR_CELL)))
    end = {"person": MEMBER, "unit": FAR_CELL}
    after = introduced.when(decide(EndResidence, SUMMER, **end), OTHER_OFFICE).then(ResidenceEnded(**end))
    assert member(after).units(date(2018, 5, 31)) == {CELL, FAR_CELL}
    assert member(after).units(SUMMER) == {CELL}
    after.when(decide(EndResidence, SUMMER, **end), OTHER_OFFICE).refused("not_in_residence_cell", unit=FAR_CELL)
    introduced.when(decide(EndResidence, START, **end), OTHER_OFFICE).refused("not_in_residence_cell", day=START)
    again = after.when(decide(IntroduceAtResidence, SUMMER, **end), PROVINCIAL).recorded()
    assert member(again).units(SUMMER) == {CELL, FAR_CELL}
    same_day = introduced.when(decide(EndResidence, SPRING, **end), OTHER_OFFICE).recorded()
    assert member(same_day).residences == ()


def test_an_ending_recorded_late_leaves_a_later_residence_alone() -> None:
    twice = COMMUNITY.given(
        on(START, ResidenceIntroduced(person=MEMBER, unit=FAR_CELL)),
        on(SUMMER, ResidenceEnded(person=MEMBER, unit=FAR_CELL)),
        on(AUTUMN, ResidenceIntroduced(person=MEMBER, unit=FAR_CELL)),
    )
    after = twice.when(decide(EndResidence, SPRING, person=MEMBER, unit=FAR_CELL), OTHER_OFFICE).recorded()
    assert [FAR_CELL in member(after).units(day) for day in (START, SPRING, AUTUMN)] == [True, False, True]


def test_who_left_is_in_no_cell_of_residence_either() -> None:
    introduced = COMMUNITY.given(on(SPRING, ResidenceIntroduced(person=MEMBER, unit=FAR_CELL)))
    after = introduced.when(decide(RecordLeaving, SUMMER, **LEAVE), OFFICE).recorded()
    assert member(after).units(SUMMER) == set()
    assert member(after).units(date(2018, 5, 31)) == {CELL, FAR_CELL}


def test_after_a_merger_of_cells_a_member_counts_as_the_successors() -> None:
    merged = COMMUNITY.given(on(SUMMER, UnitMerged(unit=CELL, into=SECOND_CELL)))
    merged.when(assign(SUMMER), OFFICE).quietly().recorded()
    merged.when(decide(TransferMember, SUMMER, person=MEMBER, unit=CELL), OFFICE).refused("unit_not_then", unit=CELL)
    merged.when(decide(TransferMember, SUMMER, person=MEMBER, unit=SECOND_CELL), OFFICE).recorded()


def test_a_merged_communes_office_admits_nobody_any_more() -> None:
    merged = COMMUNITY.given(on(SUMMER, UnitMerged(unit=OTHER_COMMUNE, into=COMMUNE)))
    left = merged.given(on(SUMMER, MemberLeft(person=MEMBER, unit=CELL, reason=LeavingReason.LEFT)))
    admit = decide(AdmitMember, SUMMER, person=MEMBER, unit=FAR_CELL)
    left.when(admit, OTHER_OFFICE).refused("your_unit_ended", successor=COMMUNE)
    left.when(admit, OFFICE).recorded()
