"""Where a case goes: booked in, concluded at the cell, up, sideways, back, or apart."""

from datetime import date

import pytest

from events.facts.grievance_values import (
    AnswerOutcome,
    CellConclusion,
    EscalationReason,
    GrievanceKind,
    GrievanceTopic,
    NoReceiver,
    Person,
    RefusalReason,
    ReturnReason,
    Way,
)
from events.facts.grievances import (
    CaseNumbered,
    ConcludedAtCell,
    GrievanceAccepted,
    GrievanceAnswered,
    GrievanceBooked,
    GrievanceEscalated,
    GrievanceRaised,
    GrievanceReturned,
    GrievanceSplit,
    GrievanceTransferred,
    InterimReplied,
    KindDetermined,
    PersonConcerned,
)
from events.facts.meetings import MeetingClosed
from events.facts.organisation import OfficeAppointed, OfficeKind, UnitDissolved, UnitKind, UnitMerged
from projections.states.clocks import runs
from projections.states.grievances import Stage
from services.decisions.asking import Asker, Role
from services.decisions.grievances.hearing import AcceptAnswer, CloseGrievance, ContestAnswer, WithdrawGrievance
from services.decisions.grievances.receivers import Concerned
from services.decisions.grievances.routing import (
    BookGrievance,
    ConcludeAtCell,
    DetermineKind,
    EscalateGrievance,
    NamePerson,
    Part,
    ReturnGrievance,
    SplitGrievance,
    TransferGrievance,
)
from services.decisions.grievances.settling import AcceptGrievance, AnswerGrievance, RefuseGrievance, ReplyInterim
from tests.given import Given, named, noon, on
from tests.services.decisions.cases import (
    CASE,
    DOCUMENT,
    MEETING,
    PHONE,
    PLACE,
    SYSTEM,
    accepted,
    answered,
    at_commune,
    booked,
    case_of,
    day,
    delivered,
    raising,
    receiving,
    step,
    told,
)
from tests.services.decisions.commune import (
    CELL,
    COLLEAGUE,
    COMMUNE,
    HOUSEHOLD,
    MEMBER,
    OFFICE,
    OTHER_COMMUNE,
    OTHER_OFFICE,
    PROVINCE,
    PROVINCIAL,
    SECOND_CELL,
    SECRETARY,
    START,
    STRANGER,
)

UP = EscalationReason.BEYOND_COMPETENCE


def escalate(when: int, unit: object, **fields: object) -> EscalateGrievance:
    return step(EscalateGrievance, day(when), unit=unit, reason=UP, **fields)


def conclude(conclusion: CellConclusion, when: int = 0, **fields: object) -> ConcludeAtCell:
    return step(ConcludeAtCell, day(when), unit=CELL, meeting=MEETING, conclusion=conclusion, **fields)


def concluded(conclusion: CellConclusion) -> ConcludedAtCell:
    return ConcludedAtCell(grievance=CASE, meeting=MEETING, conclusion=conclusion)


def test_the_chair_explains_it_takes_it_on_or_sends_it_up() -> None:
    explained = conclude(CellConclusion.EXPLAINED, text="Đã giải thích")
    told().when(explained, SECRETARY).then(
        concluded(CellConclusion.EXPLAINED),
        GrievanceAnswered(grievance=CASE, holder=CELL, outcome=AnswerOutcome.EXPLAINED, text="Đã giải thích"),
        unit=CELL,
    )
    told().when(conclude(CellConclusion.CELL_SOLVES), SECRETARY).then(
        concluded(CellConclusion.CELL_SOLVES), GrievanceAccepted(grievance=CASE, holder=CELL)
    )
    told().when(conclude(CellConclusion.ESCALATED), SECRETARY).then(
        concluded(CellConclusion.ESCALATED),
        GrievanceEscalated(grievance=CASE, sender=CELL, reason=UP, to=COMMUNE),
    )
    straight = told().when(conclude(CellConclusion.ESCALATED, to=PROVINCE), SECRETARY).recorded()
    assert case_of(straight).holder == PROVINCE


def test_the_chair_concludes_at_an_open_meeting_that_has_begun() -> None:
    over = told().given(on(noon(day(0)), MeetingClosed(unit=CELL, meeting=MEETING)))
    over.when(conclude(CellConclusion.EXPLAINED), SECRETARY).refused("meeting_not_open", meeting=MEETING)
    told().when(conclude(CellConclusion.EXPLAINED, -1), SECRETARY).refused("before_meeting", held=day(0))
    extra = conclude(CellConclusion.CELL_SOLVES, text="Thừa")
    told().when(extra, SECRETARY).refused("text_only_for_explained")
    told().when(conclude(CellConclusion.EXPLAINED, to=COMMUNE), SECRETARY).refused("receiver_only_for_escalated")


def test_an_office_books_in_what_comes_to_it_under_its_next_number() -> None:
    before = PLACE.at(day(0)).when(receiving(day(0)), OFFICE).recorded()
    given = at_commune(told(before)).at(day(2))
    given.when(step(BookGrievance, day(2), unit=COMMUNE), OFFICE).then(
        GrievanceBooked(grievance=CASE, holder=COMMUNE, year=2018, number=2),
        CaseNumbered(unit=COMMUNE, year=2018, number=2),
        unit=COMMUNE,
    )


def test_what_comes_back_to_an_office_keeps_its_number() -> None:
    at_province = booked(at_commune(told())).at(day(3)).when(escalate(3, COMMUNE), OFFICE).recorded()
    back = step(ReturnGrievance, day(4), unit=PROVINCE, reason=ReturnReason.TO_BE_SOLVED_BELOW)
    given = (
        at_province.at(day(4))
        .when(back, PROVINCIAL)
        .then(GrievanceReturned(grievance=CASE, sender=PROVINCE, to=COMMUNE, reason=ReturnReason.TO_BE_SOLVED_BELOW))
    )
    assert case_of(given).stage is Stage.WAITING
    given.at(day(5)).when(step(BookGrievance, day(5), unit=COMMUNE), OFFICE).then(
        GrievanceBooked(grievance=CASE, holder=COMMUNE, year=2018, number=1)
    )


def test_the_kind_goes_by_content_and_only_a_complaint_is_a_second_or_a_remote_one() -> None:
    given = booked(at_commune(told()))
    complaint = step(DetermineKind, day(2), unit=COMMUNE, kind=GrievanceKind.COMPLAINT, second=True, remote=True)
    given.when(complaint, OFFICE).then(
        KindDetermined(grievance=CASE, kind=GrievanceKind.COMPLAINT, second=True, remote=True)
    )
    proposal = step(DetermineKind, day(2), unit=COMMUNE, kind=GrievanceKind.PROPOSAL, remote=True)
    given.when(proposal, OFFICE).refused("only_for_complaints")


def test_a_mixed_case_goes_on_as_several_each_with_the_first_receipt_and_the_time_it_has_stood_here() -> None:
    given = booked(at_commune(told())).at(day(3))
    parts = (
        Part(topic=GrievanceTopic.LAND, text="Về đất", kind=GrievanceKind.COMPLAINT),
        Part(
            topic=GrievanceTopic.ROADS_AND_WATER, text="Về đường", kind=GrievanceKind.PROPOSAL, petitioner="Người thử"
        ),
    )
    outcome = given.when(step(SplitGrievance, day(3), unit=COMMUNE, parts=parts), OFFICE)
    split, *raised = [draft.body for draft in outcome.drafts()]
    assert isinstance(split, GrievanceSplit)
    for id_, part, body in zip(split.parts, parts, raised, strict=True):
        assert body == GrievanceRaised(
            grievance=id_,
            way=Way.MEMBER,
            visible=CELL,
            received=day(-2),
            topic=part.topic,
            text=part.text,
            holder=COMMUNE,
            kind=part.kind,
            household=HOUSEHOLD,
            member=MEMBER,
            petitioner=part.petitioner,
            part_of=CASE,
            stood_since=day(1),
        )
    after = outcome.recorded()
    assert case_of(after).stage is Stage.SPLIT
    for id_ in split.parts:
        after.at(day(4)).when(step(BookGrievance, day(4), unit=COMMUNE, grievance=id_), OFFICE).recorded()


def test_it_goes_to_the_next_unit_above_or_directly_to_one_further_up_and_not_sideways() -> None:
    told().at(day(1)).when(escalate(1, CELL), SECRETARY).then(
        GrievanceEscalated(grievance=CASE, sender=CELL, reason=UP, to=COMMUNE), unit=CELL
    )
    direct = told().at(day(1)).when(escalate(1, CELL, to=PROVINCE), SECRETARY).recorded()
    assert case_of(direct).holder == PROVINCE
    beside = conclude(CellConclusion.ESCALATED, to=OTHER_COMMUNE)
    for up in (escalate(1, CELL, to=OTHER_COMMUNE), beside):
        told().at(day(1)).when(up, SECRETARY).refused("not_upwards", unit=OTHER_COMMUNE)
    given = at_commune(told()).at(day(2))
    given.when(escalate(2, COMMUNE, to=SECOND_CELL), OFFICE).refused("not_an_office", unit=SECOND_CELL)
    given.when(escalate(2, COMMUNE, to=COMMUNE), OFFICE).refused("already_there", unit=COMMUNE)
    given.when(escalate(2, COMMUNE, to=named("no unit")), OFFICE).refused("unit_unknown", unit=named("no unit"))
    above = given.when(escalate(2, COMMUNE), OFFICE).recorded().at(day(3))
    above.when(escalate(3, PROVINCE, to=COMMUNE), PROVINCIAL).refused("not_upwards", unit=COMMUNE)


def test_above_the_highest_there_is_nobody_and_it_stays_in_sight_with_the_reason() -> None:
    at_province = at_commune(told()).at(day(2)).when(escalate(2, COMMUNE), OFFICE).recorded()
    given = (
        at_province.at(day(3))
        .when(escalate(3, PROVINCE), PROVINCIAL)
        .then(
            GrievanceEscalated(grievance=CASE, sender=PROVINCE, reason=UP, to=None, no_receiver=NoReceiver.NO_SUPERIOR)
        )
    )
    case = case_of(given)
    assert (case.holder, case.stage, case.no_receiver) == (PROVINCE, Stage.WAITING, NoReceiver.NO_SUPERIOR)
    settled = accepted(booked(given, PROVINCIAL, PROVINCE, 4), PROVINCIAL, PROVINCE, 5)
    assert case_of(settled).no_receiver is None


def test_a_case_about_a_person_goes_neither_to_him_nor_below_him() -> None:
    command = raising(about=(Concerned(COLLEAGUE), Concerned(STRANGER)))
    given = PLACE.at(day(0)).when(command, PHONE).recorded().at(day(1))
    known = {"grievance": command.id, "unit": PROVINCE, "basis": DOCUMENT}
    for unit in (COMMUNE, OTHER_COMMUNE):
        sideways = step(TransferGrievance, day(1), **known, to=unit)
        given.when(sideways, PROVINCIAL).refused("conflict_of_interest", unit=unit, receiver=None)
    one = raising(about=(Concerned(COLLEAGUE),))
    single = PLACE.at(day(0)).when(one, PHONE).recorded().at(day(1))
    aside = step(TransferGrievance, day(1), grievance=one.id, unit=COMMUNE, basis=DOCUMENT, to=OTHER_COMMUNE)
    single.when(aside, OFFICE).refused("conflict_of_interest", unit=OTHER_COMMUNE, receiver=PROVINCE)


def test_what_turns_out_to_be_about_a_person_leaves_his_unit() -> None:
    name = step(NamePerson, day(0), unit=CELL, about=(Concerned(COLLEAGUE),))
    given = (
        told()
        .when(name, SECRETARY)
        .then(PersonConcerned(grievance=CASE, about=(Person(COLLEAGUE, COMMUNE),), visible=COMMUNE, holder=COMMUNE))
    )
    case = case_of(given)
    assert (case.stage, case.sender, case.holder) == (Stage.WAITING, CELL, COMMUNE)
    given.when(name, SECRETARY).refused("grievance_unknown")
    back = step(ReturnGrievance, day(1), unit=COMMUNE, reason=ReturnReason.FILE_INCOMPLETE)
    given.at(day(1)).when(back, OFFICE).refused("conflict_of_interest", unit=CELL, receiver=PROVINCE)


def test_a_person_named_above_whom_the_holder_stands_leaves_it_where_it_is() -> None:
    name = step(NamePerson, day(3), unit=COMMUNE, about=(Concerned(COLLEAGUE),))
    given = accepted(booked(at_commune(told()))).when(name, OFFICE).recorded()
    case = case_of(given)
    assert (case.stage, case.holder, case.visible) == (Stage.ACCEPTED, COMMUNE, COMMUNE)
    more = step(NamePerson, day(4), unit=COMMUNE, about=(Concerned(STRANGER),))
    after = given.at(day(4)).when(more, OFFICE).recorded()
    assert case_of(after).about == (Person(COLLEAGUE, COMMUNE), Person(STRANGER, OTHER_COMMUNE))
    assert case_of(after).holder == PROVINCE


def test_somebody_known_to_stand_high_is_not_brought_lower_by_being_named_again() -> None:
    first = step(NamePerson, day(2), unit=COMMUNE, about=(Concerned(named("officer")),))
    given = at_commune(told()).at(day(2)).when(first, OFFICE).recorded()
    assert case_of(given).about == (Person(named("officer"), PROVINCE),)
    again = step(NamePerson, day(3), unit=PROVINCE, about=(Concerned(named("officer"), CELL),))
    assert case_of(given.at(day(3)).when(again, PROVINCIAL).recorded()).holder == PROVINCE


def test_about_somebody_of_the_highest_unit_nobody_has_it_any_more() -> None:
    name = step(NamePerson, day(2), unit=COMMUNE, about=(Concerned(named("x"), PROVINCE),))
    given = at_commune(told()).at(day(2)).when(name, OFFICE).recorded()
    case = case_of(given)
    assert (case.holder, case.no_receiver) == (None, NoReceiver.CONFLICT_OF_INTEREST)
    for asker in (SECRETARY, OFFICE, PROVINCIAL, SYSTEM):
        given.when(step(BookGrievance, day(3), unit=asker.unit), asker).refused("grievance_unknown")


def test_sideways_only_by_a_document_and_never_down_to_a_cell() -> None:
    given = booked(at_commune(told())).at(day(3))
    without = step(TransferGrievance, day(3), unit=COMMUNE, to=OTHER_COMMUNE)
    given.when(without, OFFICE).refused("basis_needed")
    cell = step(TransferGrievance, day(3), unit=COMMUNE, to=CELL, basis=DOCUMENT)
    given.when(cell, OFFICE).refused("not_an_office", unit=CELL)
    by_document = step(TransferGrievance, day(3), unit=COMMUNE, to=OTHER_COMMUNE, basis=DOCUMENT)
    given.when(by_document, OFFICE).then(
        GrievanceTransferred(grievance=CASE, sender=COMMUNE, to=OTHER_COMMUNE), unit=COMMUNE
    )


def test_back_only_to_who_sent_it() -> None:
    back = step(ReturnGrievance, day(2), unit=COMMUNE, reason=ReturnReason.FILE_INCOMPLETE)
    given = at_commune(told()).at(day(2)).when(back, OFFICE).recorded()
    assert (case_of(given).holder, case_of(given).sender) == (CELL, COMMUNE)
    command = receiving(day(1))
    own = PLACE.at(day(2)).when(command, OFFICE).recorded()
    nobody = step(ReturnGrievance, day(2), unit=COMMUNE, reason=ReturnReason.FILE_INCOMPLETE, grievance=command.id)
    own.when(nobody, OFFICE).refused("nobody_sent_it")


NEW_OFFICE = Asker(role=Role.COMMUNE_OFFICE, unit=OTHER_COMMUNE, client="web", person=named("other officer"))


def test_the_successor_of_a_merged_holder_goes_on_where_that_had_come_to() -> None:
    given = booked(at_commune(told())).given(on(day(3), UnitMerged(unit=COMMUNE, into=OTHER_COMMUNE))).at(day(4))
    determine = {"kind": GrievanceKind.PROPOSAL}
    given.when(step(DetermineKind, day(4), unit=COMMUNE, **determine), OFFICE).refused(
        "your_unit_ended", successor=OTHER_COMMUNE
    )
    given.when(step(DetermineKind, day(4), unit=COMMUNE, **determine), NEW_OFFICE).refused(
        "not_the_holder", holder=OTHER_COMMUNE, state="booked"
    )
    after = given.when(step(DetermineKind, day(4), unit=OTHER_COMMUNE, **determine), NEW_OFFICE).recorded()
    assert case_of(after).stage is Stage.BOOKED
    up = step(EscalateGrievance, day(5), unit=OTHER_COMMUNE, reason=UP)
    after.at(day(5)).when(up, NEW_OFFICE).then(
        GrievanceEscalated(grievance=CASE, sender=OTHER_COMMUNE, reason=UP, to=PROVINCE)
    )


def test_what_goes_to_a_unit_that_has_gone_into_another_goes_to_that_one() -> None:
    merged = told(PLACE.given(on(START, UnitMerged(unit=COMMUNE, into=OTHER_COMMUNE)))).at(day(1))
    merged.when(escalate(1, CELL, to=COMMUNE), SECRETARY).then(
        GrievanceEscalated(grievance=CASE, sender=CELL, reason=UP, to=OTHER_COMMUNE)
    )
    merged.when(escalate(1, CELL), SECRETARY).then(
        GrievanceEscalated(grievance=CASE, sender=CELL, reason=UP, to=OTHER_COMMUNE)
    )


def test_nothing_goes_to_a_unit_that_was_dissolved() -> None:
    gone = at_commune(told()).given(on(day(2), UnitDissolved(unit=SECOND_CELL))).at(day(2))
    sideways = step(TransferGrievance, day(2), unit=COMMUNE, to=SECOND_CELL, basis=DOCUMENT)
    gone.when(sideways, OFFICE).refused("unit_not_then", unit=SECOND_CELL)


def test_the_commune_acts_for_a_dissolved_cell() -> None:
    given = told().given(on(day(1), UnitDissolved(unit=CELL))).at(day(2))
    given.when(escalate(2, CELL), SECRETARY).refused("your_unit_ended", unit=CELL, successor=None)
    given.when(escalate(2, CELL), OFFICE).refused("not_the_holder", holder=COMMUNE)
    assert case_of(booked(given)).holder == COMMUNE


def test_what_a_dissolved_cell_had_arrives_at_the_commune_on_the_day_on_which_that_takes_it_over() -> None:
    """Received on Thursday 1 March 2018, taken over on Monday the 12th: ten working days end on Monday the 26th, 90
    days on Sunday 10 June and so on Monday the 11th. The 180 days of the whole go on from 1 March, to 28 August."""
    given = told().given(on(day(1), UnitDissolved(unit=CELL))).at(day(9))
    interim = step(ReplyInterim, day(9), unit=COMMUNE)
    after = given.when(interim, OFFICE).then(
        GrievanceTransferred(grievance=CASE, sender=CELL, to=COMMUNE),
        InterimReplied(grievance=CASE, holder=COMMUNE),
        unit=COMMUNE,
    )
    case = case_of(after)
    assert (case.holder, case.stage, case.sender) == (COMMUNE, Stage.WAITING, CELL)
    levels = {CELL: UnitKind.CELL, COMMUNE: UnitKind.COMMUNE}
    found = {(run.clock, run.unit): (run.started, run.ended, run.due) for run in runs(case, levels.__getitem__)}
    assert found["level", CELL][:2] == (date(2018, 3, 1), date(2018, 3, 12))
    assert found["level", COMMUNE] == (date(2018, 3, 12), None, date(2018, 6, 11))
    assert found["first_answer", COMMUNE] == (date(2018, 3, 12), None, date(2018, 3, 26))
    assert found["total", CELL] == (date(2018, 3, 1), None, date(2018, 8, 28))
    after.at(day(10)).when(step(BookGrievance, day(10), unit=COMMUNE), OFFICE).then(
        GrievanceBooked(grievance=CASE, holder=COMMUNE, year=2018, number=1),
        CaseNumbered(unit=COMMUNE, year=2018, number=1),
    )


def test_what_a_dissolved_office_had_accepted_must_be_accepted_again_and_what_it_answered_stays_answered() -> None:
    def gone(given: Given) -> Given:
        return given.given(on(day(11), UnitDissolved(unit=COMMUNE))).at(day(12))

    settling = accepted(booked(at_commune(told())))
    answer = step(AnswerGrievance, day(12), unit=PROVINCE, outcome=AnswerOutcome.RESOLVED)
    gone(settling).when(answer, PROVINCIAL).refused("grievance_wrong_state", state="waiting", holder=PROVINCE)
    assert case_of(booked(gone(settling), PROVINCIAL, PROVINCE, 12)).stage is Stage.BOOKED
    told_it = gone(delivered(answered(settling, when=9), 10)).when(step(AcceptAnswer, day(12)), PHONE).recorded()
    ended = told_it.when(step(CloseGrievance, day(12), unit=PROVINCE), PROVINCIAL).recorded()
    assert (case_of(ended).stage, case_of(ended).holder) == (Stage.CLOSED, PROVINCE)


def test_of_two_handlers_at_once_one_wins_and_the_other_is_told_how_it_stands_now() -> None:
    given = booked(at_commune(told())).at(day(3))
    accepts = step(AcceptGrievance, day(3), unit=COMMUNE)
    refuses = step(RefuseGrievance, day(3), unit=COMMUNE, reason=RefusalReason.NOT_ELIGIBLE)
    given.when(refuses, OFFICE).recorded()
    accepted_first = given.when(accepts, OFFICE).recorded()
    accepted_first.when(refuses, OFFICE).refused("grievance_wrong_state", state="accepted", holder=COMMUNE)
    transfers = step(TransferGrievance, day(3), unit=COMMUNE, to=OTHER_COMMUNE, basis=DOCUMENT)
    gone = given.when(transfers, OFFICE).recorded()
    gone.when(escalate(3, COMMUNE), OFFICE).refused("not_the_holder", state="waiting", holder=OTHER_COMMUNE)
    gone.at(day(4)).when(step(BookGrievance, day(4), unit=OTHER_COMMUNE), OTHER_OFFICE).recorded()


@pytest.mark.parametrize("office", [OfficeKind.SECRETARY, OfficeKind.INSPECTION_OFFICER])
def test_whoever_holds_any_office_of_the_holder_lifts_the_case_above_it(office: OfficeKind) -> None:
    place = PLACE.given(on(START, OfficeAppointed(unit=COMMUNE, office=office, person=COLLEAGUE)))
    name = step(NamePerson, day(2), unit=COMMUNE, about=(Concerned(COLLEAGUE),))
    assert case_of(at_commune(told(place)).at(day(2)).when(name, OFFICE).recorded()).holder == PROVINCE


def test_whom_one_part_is_about_all_of_a_mixed_case_is_about() -> None:
    part = Part(topic=GrievanceTopic.LAND, text="Một phần", kind=GrievanceKind.PROPOSAL)
    split = step(SplitGrievance, day(0), unit=CELL, parts=(part, part))
    given = told().when(split, SECRETARY).recorded()
    one, other = case_of(given).parts
    up = step(EscalateGrievance, day(1), unit=CELL, grievance=one, reason=UP)
    given = given.at(day(1)).when(up, SECRETARY).recorded().at(day(2))
    name = step(NamePerson, day(2), unit=COMMUNE, grievance=one, about=(Concerned(COLLEAGUE),))
    about = (Person(COLLEAGUE, COMMUNE),)
    after = given.when(name, OFFICE).then(
        *(PersonConcerned(grievance=each, about=about, visible=COMMUNE, holder=COMMUNE) for each in (one, CASE, other))
    )
    assert [case_of(after, each).stage for each in (one, CASE, other)] == [Stage.WAITING, Stage.SPLIT, Stage.WAITING]
    for each in (one, CASE, other):
        after.when(step(WithdrawGrievance, day(3), grievance=each), SECRETARY).refused("grievance_unknown")


def test_what_is_settled_is_taken_out_of_sight_of_whom_it_is_about_and_stays_settled() -> None:
    """The cell had explained it on Saturday 3 March 2018: no clock but the one of telling the household runs on."""
    explained = told().when(conclude(CellConclusion.EXPLAINED), SECRETARY).recorded().at(day(4))
    name = step(NamePerson, day(4), unit=CELL, about=(Concerned(COLLEAGUE),))
    given = explained.when(name, SECRETARY).recorded()
    case = case_of(given)
    assert (case.stage, case.holder, case.visible) == (Stage.ANSWERED, COMMUNE, COMMUNE)
    running = {
        run.clock
        for run in runs(case, lambda unit: UnitKind.CELL if unit == CELL else UnitKind.COMMUNE)
        if not run.ended
    }
    assert running == {"delivery", "total"}
    contested = delivered(given, 5).at(day(6)).when(step(ContestAnswer, day(6)), PHONE).recorded()
    assert (case_of(contested).stage, case_of(contested).holder) == (Stage.WAITING, COMMUNE)
