"""In the office that has the case: accepted or refused, given to somebody, extended, answered; corrected; or out."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from events.facts.grievance_values import (
    AnswerOutcome,
    EscalationReason,
    ExtensionReason,
    GrievanceKind,
    GrievanceTopic,
    RefusalReason,
)
from events.facts.grievances import (
    DeadlineExtended,
    DenunciationHandedOver,
    GrievanceAccepted,
    GrievanceAnswered,
    GrievanceCorrected,
    GrievanceRefused,
    GrievanceWithheld,
    HandlerAssigned,
    InterimReplied,
)
from events.facts.organisation import OfficeKind, OfficeReleased
from events.facts.values import Basis, Source
from projections.states.grievances import Stage
from services.decisions.grievances.receivers import Concerned
from services.decisions.grievances.routing import (
    BookGrievance,
    DetermineKind,
    EscalateGrievance,
    Part,
    SplitGrievance,
    TransferGrievance,
)
from services.decisions.grievances.settling import (
    AcceptGrievance,
    AnswerGrievance,
    AssignHandler,
    CorrectGrievance,
    ExtendDeadline,
    JudgedCase,
    RefuseGrievance,
    ReplyInterim,
    WithholdGrievance,
)
from services.intake.drafting import facts_of
from tests.given import Given, folded, named, noon, on
from tests.house_limits import adopting, entry
from tests.services.decisions.cases import (
    CASE,
    DOCUMENT,
    PHONE,
    PLACE,
    accepted,
    at_commune,
    booked,
    case_of,
    day,
    raising,
    receiving,
    step,
    told,
)
from tests.services.decisions.commune import (
    CELL,
    COLLEAGUE,
    COMMUNE,
    OFFICE,
    OTHER_COMMUNE,
    OTHER_OFFICE,
    PROVINCE,
    PROVINCIAL,
    SECRETARY,
    TWO,
)

BOOKED = booked(at_commune(told()))
ACCEPTED = accepted(BOOKED)


def test_a_case_is_accepted_once_its_kind_is_determined() -> None:
    BOOKED.at(day(3)).when(step(AcceptGrievance, day(3), unit=COMMUNE), OFFICE).then(
        GrievanceAccepted(grievance=CASE, holder=COMMUNE), unit=COMMUNE
    )
    command = receiving(day(0))
    known = {"grievance": command.id, "unit": COMMUNE}
    given = PLACE.at(day(0)).when(command, OFFICE).recorded().at(day(1))
    given.when(step(AcceptGrievance, day(1), **known), OFFICE).refused("kind_not_determined")
    determined = given.when(step(DetermineKind, day(1), **known, kind=GrievanceKind.COMPLAINT), OFFICE).recorded()
    determined.when(step(AcceptGrievance, day(1), **known), OFFICE).recorded()


def test_a_refusal_has_its_reason_and_must_still_be_told_to_the_household() -> None:
    refuse = step(RefuseGrievance, day(3), unit=COMMUNE, reason=RefusalReason.ALREADY_SETTLED)
    given = (
        BOOKED.at(day(3))
        .when(refuse, OFFICE)
        .then(GrievanceRefused(grievance=CASE, holder=COMMUNE, reason=RefusalReason.ALREADY_SETTLED))
    )
    assert (case_of(given).stage, case_of(given).outcome) == (Stage.ANSWERED, AnswerOutcome.NOT_ACCEPTED)


def test_whoever_handles_it_holds_an_office_there_and_is_not_the_one_concerned() -> None:
    officer = named("officer")
    given = BOOKED.at(day(3))
    given.when(step(AssignHandler, day(3), unit=COMMUNE, person=officer), OFFICE).then(
        HandlerAssigned(grievance=CASE, holder=COMMUNE, person=officer)
    )
    given.when(step(AssignHandler, day(3), unit=COMMUNE, person=COLLEAGUE), OFFICE).refused(
        "handler_without_office", person=COLLEAGUE, unit=COMMUNE
    )
    released = given.given(on(day(3), OfficeReleased(unit=COMMUNE, office=OfficeKind.SECRETARY, person=officer)))
    released.when(step(AssignHandler, day(3), unit=COMMUNE, person=officer), OFFICE).refused("handler_without_office")
    command = raising(about=(Concerned(COLLEAGUE),))
    known = {"grievance": command.id, "unit": COMMUNE}
    about = PLACE.at(day(0)).when(command, PHONE).recorded().at(day(1))
    taken = about.when(step(DetermineKind, day(1), **known, kind=GrievanceKind.CONCERN), OFFICE).recorded()
    taken = taken.when(step(BookGrievance, day(1), **known), OFFICE).recorded()
    taken.when(step(AssignHandler, day(2), **known, person=COLLEAGUE), OFFICE).refused(
        "conflict_of_interest", unit=COMMUNE, receiver=None
    )


def extend(when: int, until: date, clock: str = "resolution", **fields: Any) -> ExtendDeadline:
    told_of = {"unit": COMMUNE, "clock": clock, "until": until, "reason": ExtensionReason.COMPLEX, **fields}
    return step(ExtendDeadline, day(when), **told_of)


def complaint() -> Given:
    """A complaint of the commune, accepted on Tuesday 6 March 2018: 30 days end on Thursday 5 April."""
    kind = step(DetermineKind, day(2), unit=COMMUNE, kind=GrievanceKind.COMPLAINT)
    return accepted(BOOKED.when(kind, OFFICE).recorded()).at(day(10))


def test_a_limit_is_extended_by_a_document_as_far_as_its_rule_goes() -> None:
    """45 days from 6 March end on Friday 20 April 2018."""
    last = date(2018, 4, 20)
    given = complaint()
    assert case_of(given).last_day("accepted") == date(2018, 3, 6)
    given.when(extend(10, last), OFFICE).refused("basis_needed")
    given.when(extend(10, date(2018, 4, 5), basis=DOCUMENT), OFFICE).refused("not_an_extension", due=date(2018, 4, 5))
    given.when(extend(10, date(2018, 4, 21), basis=DOCUMENT), OFFICE).refused("extension_too_long", latest=last)
    after = given.when(extend(10, last, basis=DOCUMENT), OFFICE).then(
        DeadlineExtended(grievance=CASE, clock="resolution", until=last, reason=ExtensionReason.COMPLEX)
    )
    after.when(extend(11, last, basis=DOCUMENT), OFFICE).refused("not_an_extension", due=last)


def test_what_has_passed_is_extended_no_more_and_by_no_document_of_later_days() -> None:
    """Due on Thursday 5 April 2018, the 33rd day after the meeting."""
    due, last = date(2018, 4, 5), date(2018, 4, 20)
    complaint().at(day(33)).when(extend(33, last, basis=DOCUMENT), OFFICE).recorded()
    given = complaint().at(day(40))
    for source in Source:
        given.when(extend(34, last, basis=DOCUMENT, source=source), OFFICE).refused("limit_already_passed", due=due)
        later = Basis(number="13-CV/ĐU", issued_on=date(2018, 4, 6))
        given.when(extend(33, last, basis=later, source=source), OFFICE).refused("limit_already_passed", due=due)


def test_no_extension_is_entered_once_the_limit_has_passed_but_from_a_paper_with_its_date() -> None:
    due, last = date(2018, 4, 5), date(2018, 4, 20)
    given = complaint().at(day(34))
    dateless = Basis(number="12-CV/ĐU")
    for source in (Source.PHONE, Source.WEB, Source.SYSTEM):
        given.when(extend(33, last, basis=DOCUMENT, source=source), OFFICE).refused("limit_already_passed", due=due)
    for source in (Source.PAPER, Source.IMPORT):
        given.when(extend(33, last, basis=DOCUMENT, source=source), OFFICE).recorded()
        given.when(extend(33, last, basis=dateless, source=source), OFFICE).refused("limit_already_passed", due=due)


def test_an_extension_is_not_put_before_what_is_known_of_the_case_but_from_a_paper_with_its_date() -> None:
    """The office replied on the 20th day: an extension of the 19th is put back, though nothing turned on the 20th."""
    last = date(2018, 4, 20)
    reply = step(ReplyInterim, day(20), unit=COMMUNE, text="Đang xác minh")
    given = complaint().at(day(20)).when(reply, OFFICE).recorded().at(day(21))
    back, same = extend(19, last, basis=DOCUMENT), extend(20, last, basis=DOCUMENT)
    given.when(back, OFFICE).refused("extension_backdated", last=noon(day(20)))
    given.when(extend(19, last, basis=Basis(number="12"), source=Source.PAPER), OFFICE).refused("extension_backdated")
    given.when(same, OFFICE).recorded()
    given.when(extend(19, last, basis=DOCUMENT, source=Source.PAPER), OFFICE).recorded()


@pytest.mark.parametrize(
    ("clock", "latest"),
    [
        # At the commune from 4 March 2018: 90 days and 90 more end on Friday 31 August.
        ("level", date(2018, 8, 31)),
        # Received by the cell on 1 March 2018: 180 days and 180 more end on Sunday 24 February 2019, so on the Monday.
        ("total", date(2019, 2, 25)),
    ],
)
def test_a_limit_of_the_house_is_extended_by_its_length_once_more_and_no_further(clock: str, latest: date) -> None:
    given = complaint()
    for until in (latest + timedelta(days=1), date(2099, 1, 1)):
        given.when(extend(10, until, clock, basis=DOCUMENT), OFFICE).refused(
            "extension_too_long", latest=latest, article=None
        )
    after = given.when(extend(10, latest, clock, basis=DOCUMENT), OFFICE).recorded()
    again = after.when(extend(10, date(2099, 1, 1), clock, basis=DOCUMENT), OFFICE)
    again.refused("extension_too_long", latest=latest)


def test_a_limit_that_the_installation_set_is_extended_as_far_as_it_says() -> None:
    dated = {"valid_from": "2018-03-01", "issued_on": "2018-02-20"}
    ours = {"clock": "level", "kinds": ["complaint"], "limit": 40, **dated}
    given = complaint()
    for more, latest in (({}, date(2018, 5, 23)), ({"extended_limit": 50}, date(2018, 4, 23))):
        # From 4 March 2018 twice 40 days end on Wednesday 23 May, 50 days on Monday 23 April.
        with adopting(entry(**ours, **more)):
            given.when(extend(10, latest, "level", basis=DOCUMENT), OFFICE).recorded()
            given.when(extend(10, latest + timedelta(days=1), "level", basis=DOCUMENT), OFFICE).refused(
                "extension_too_long", latest=latest, article="12-QĐ/ĐU"
            )


def test_only_a_limit_that_runs_is_extended() -> None:
    given = complaint()
    given.when(extend(10, day(300), "first_answer", basis=DOCUMENT), OFFICE).refused("clock_not_running")
    given.when(extend(10, day(300), "no such limit", basis=DOCUMENT), OFFICE).refused("clock_unknown")
    of_then = Basis(number="11-CV/ĐU", issued_on=day(2))
    acceptance = extend(2, day(300), "complaint_acceptance", basis=of_then)
    kind = step(DetermineKind, day(2), unit=COMMUNE, kind=GrievanceKind.COMPLAINT)
    waiting = BOOKED.when(kind, OFFICE).recorded()
    waiting.when(acceptance, OFFICE).refused("extension_too_long", latest=date(2018, 3, 14))


def test_the_household_is_told_how_far_it_is() -> None:
    ACCEPTED.at(day(5)).when(step(ReplyInterim, day(5), unit=COMMUNE, text="Đang xác minh"), OFFICE).then(
        InterimReplied(grievance=CASE, holder=COMMUNE, text="Đang xác minh")
    )


def test_an_answer_is_one_in_substance() -> None:
    given = ACCEPTED.at(day(5))
    answer = step(AnswerGrievance, day(5), unit=COMMUNE, outcome=AnswerOutcome.PARTLY_RESOLVED, text="Đã đổ đá")
    given.when(answer, OFFICE).then(
        GrievanceAnswered(grievance=CASE, holder=COMMUNE, outcome=AnswerOutcome.PARTLY_RESOLVED, text="Đã đổ đá")
    )
    none = step(AnswerGrievance, day(5), unit=COMMUNE, outcome=AnswerOutcome.NOT_ACCEPTED)
    given.when(none, OFFICE).refused("outcome_is_a_refusal")


def test_what_was_recorded_wrongly_is_corrected() -> None:
    given = ACCEPTED.at(day(5))
    correct = step(
        CorrectGrievance, day(5), unit=COMMUNE, topic=GrievanceTopic.ROADS_AND_WATER, household=TWO, text="Khác"
    )
    after = given.when(correct, OFFICE).then(
        GrievanceCorrected(grievance=CASE, topic=GrievanceTopic.ROADS_AND_WATER, household=TWO, text="Khác")
    )
    assert (case_of(after).topic, case_of(after).household) == (GrievanceTopic.ROADS_AND_WATER, TWO)
    given.when(step(CorrectGrievance, day(5), unit=COMMUNE), OFFICE).refused("nothing_to_correct")
    stranger = step(CorrectGrievance, day(5), unit=COMMUNE, household=named("no household"))
    given.when(stranger, OFFICE).refused("household_unknown")


def test_nothing_happens_before_what_turned_the_case_last_but_notes_are_no_turn() -> None:
    reply = step(ReplyInterim, day(6), unit=COMMUNE)
    given = ACCEPTED.at(day(6)).when(reply, OFFICE).recorded().at(day(9))
    late = step(AnswerGrievance, day(5), unit=COMMUNE, outcome=AnswerOutcome.RESOLVED)
    given.when(late, OFFICE).recorded()
    before = step(AnswerGrievance, day(2), unit=COMMUNE, outcome=AnswerOutcome.RESOLVED)
    given.when(before, OFFICE).refused("before_last_step")


def withhold(**fields: Any) -> WithholdGrievance:
    said = {
        "unit": COMMUNE,
        "receipt": named("receipt"),
        "handed_to": PROVINCE,
        "number": "7/BN",
        "basis": DOCUMENT,
        **fields,
    }
    return step(WithholdGrievance, day(5), **said)


RECEIPT = DenunciationHandedOver(receipt=named("receipt"), received=day(-2), handed_to=PROVINCE, number="7/BN")


def test_a_denunciation_leaves_the_book_and_a_receipt_for_inspection_remains() -> None:
    given = ACCEPTED.at(day(5)).when(withhold(), OFFICE).then(GrievanceWithheld(grievance=CASE), RECEIPT)
    for asker in (SECRETARY, OFFICE):
        given.when(step(ReplyInterim, day(6), unit=asker.unit), asker).refused("grievance_unknown", grievance=CASE)
    assert folded(given.facts)[1][f"facts.receipt.{named('receipt')}"].receipt == named("receipt")


def test_no_envelope_leads_from_the_receipt_to_the_case() -> None:
    command = withhold(correlation=named("together"))
    outcome = ACCEPTED.at(day(5)).when(command, OFFICE)
    withheld, receipt = facts_of(command, outcome.result, OFFICE, "digest", 7)  # type: ignore[arg-type]
    assert withheld.causation == command.id
    assert receipt.id == named("receipt")
    assert (receipt.causation, receipt.correlation, receipt.basis, receipt.digest) == (None, None, None, "")
    assert (receipt.instant, receipt.seen, receipt.attachments) == (None, None, ())


def test_a_denunciation_goes_to_a_body_above_whom_it_is_about_and_its_receipt_is_new() -> None:
    ACCEPTED.at(day(5)).when(withhold(handed_to=named("no unit")), OFFICE).refused("unit_unknown")
    command = raising(about=(Concerned(COLLEAGUE),))
    given = PLACE.at(day(0)).when(command, PHONE).recorded().at(day(5))
    given.when(withhold(grievance=command.id, handed_to=OTHER_COMMUNE), OFFICE).refused(
        "conflict_of_interest", unit=OTHER_COMMUNE, receiver=PROVINCE
    )
    twice = ACCEPTED.given(on(day(4), RECEIPT, PROVINCE)).at(day(5))
    twice.when(withhold(), OFFICE).refused("receipt_exists", receipt=named("receipt"))


def test_only_an_office_takes_a_denunciation_out_and_what_a_cell_finds_it_sends_up() -> None:
    withheld = withhold(unit=CELL)
    told().at(day(5)).when(withheld, SECRETARY).refused("grievance_wrong_state", state="waiting", holder=CELL)
    at_commune(told()).at(day(5)).when(withhold(), OFFICE).recorded()


def test_by_a_document_and_to_an_office_that_is_not_below() -> None:
    given = ACCEPTED.at(day(5))
    given.when(withhold(basis=None), OFFICE).refused("basis_needed")
    given.when(withhold(handed_to=CELL), OFFICE).refused("not_an_office", unit=CELL)
    for beside in (COMMUNE, OTHER_COMMUNE):
        given.when(withhold(handed_to=beside), OFFICE).recorded()
    up = step(EscalateGrievance, day(4), unit=COMMUNE, reason=EscalationReason.BEYOND_COMPETENCE)
    above = given.at(day(4)).when(up, OFFICE).recorded().at(day(5))
    below = withhold(unit=PROVINCE, handed_to=COMMUNE)
    above.when(below, PROVINCIAL).refused("not_upwards", unit=COMMUNE)


def judged(*others: UUID, repeats: bool) -> tuple[JudgedCase, ...]:
    return tuple(JudgedCase(grievance=each, repeats=repeats) for each in others)


def test_what_was_split_is_withheld_as_a_whole_whichever_case_of_it_is_named_where_each_repeats_the_text() -> None:
    part = Part(topic=GrievanceTopic.LAND, text="Một phần", kind=GrievanceKind.PROPOSAL)
    split = step(SplitGrievance, day(3), unit=COMMUNE, parts=(part, part))
    given = booked(at_commune(told())).at(day(3)).when(split, OFFICE).recorded()
    one, other = case_of(given).parts
    again = step(SplitGrievance, day(4), unit=COMMUNE, grievance=other, parts=(part, part))
    given = given.at(day(4)).when(again, OFFICE).recorded().at(day(5))
    family = {CASE, one, other, *case_of(given, other).parts}
    assert len(family) == 5
    for each in family:
        wholes = {CASE} if each in (one, other) else {CASE, other} if each != CASE else set()
        others = judged(*sorted(family - wholes - {each}), repeats=True)
        outcome = given.when(withhold(grievance=each, others=others), OFFICE)
        assert {d.body.grievance for d in outcome.drafts() if isinstance(d.body, GrievanceWithheld)} == family
        assert [draft.body for draft in outcome.drafts() if draft.apart] == [RECEIPT]
        assert all(case_of(outcome.recorded(), grievance).stage is Stage.WITHHELD for grievance in family)


MIXED = step(
    SplitGrievance,
    day(3),
    unit=COMMUNE,
    parts=tuple(Part(topic=GrievanceTopic.LAND, text=f"Phần {n}", kind=GrievanceKind.PROPOSAL) for n in (1, 2)),
)


def mixed() -> tuple[Given, UUID, UUID]:
    """The commune splits the case; the second part goes up to the province."""
    given = booked(at_commune(told())).at(day(3)).when(MIXED, OFFICE).recorded()
    one, other = case_of(given).parts
    up = step(EscalateGrievance, day(4), unit=COMMUNE, grievance=other, reason=EscalationReason.BEYOND_COMPETENCE)
    return given.at(day(4)).when(up, OFFICE).recorded().at(day(5)), one, other


def test_a_part_whose_text_is_its_own_goes_on_where_it_stands_and_the_whole_goes_with_the_denunciation() -> None:
    given, one, other = mixed()
    command = withhold(grievance=one, others=judged(other, repeats=False))
    after = given.when(command, OFFICE).then(
        GrievanceWithheld(grievance=one), GrievanceWithheld(grievance=CASE), RECEIPT
    )
    assert [case_of(after, each).stage for each in (one, CASE, other)] == [
        Stage.WITHHELD,
        Stage.WITHHELD,
        Stage.WAITING,
    ]
    taken_up = step(BookGrievance, day(6), unit=PROVINCE, grievance=other)
    assert case_of(after.at(day(6)).when(taken_up, PROVINCIAL).recorded(), other).holder == PROVINCE


def test_of_every_other_part_it_is_said_whether_it_repeats_the_text() -> None:
    given, one, other = mixed()
    given.when(withhold(grievance=one), OFFICE).refused("parts_not_judged", count=1, parts=[other])
    for no_part in (CASE, one, named("another case")):
        others = (*judged(other, repeats=True), *judged(no_part, repeats=True))
        given.when(withhold(grievance=one, others=others), OFFICE).refused("not_a_part", grievance=no_part)
    repeated = given.when(withhold(grievance=one, others=judged(other, repeats=True)), OFFICE).recorded()
    assert case_of(repeated, other).stage is Stage.WITHHELD


def test_the_whole_of_a_part_that_repeats_the_text_goes_too() -> None:
    """The second part was split again; a part of that repeats what the first one says."""
    given, one, other = mixed()
    part = Part(topic=GrievanceTopic.LAND, text="Một phần", kind=GrievanceKind.PROPOSAL)
    again = step(SplitGrievance, day(5), unit=PROVINCE, grievance=other, parts=(part, part))
    given = given.when(again, PROVINCIAL).recorded().at(day(6))
    first, second = case_of(given, other).parts
    others = (*judged(other, second, repeats=False), *judged(first, repeats=True))
    after = given.when(withhold(grievance=one, others=others), OFFICE).recorded()
    gone = [each for each in (CASE, one, other, first, second) if case_of(after, each).stage is Stage.WITHHELD]
    assert gone == [CASE, one, other, first]


def test_what_an_office_does_not_know_of_it_does_not_judge_and_the_whole_goes_all_the_same() -> None:
    """The second part went to the office beside, which learns that it is a denunciation and knows of no other."""
    given = booked(at_commune(told())).at(day(3)).when(MIXED, OFFICE).recorded()
    one, other = case_of(given).parts
    sideways = step(TransferGrievance, day(4), unit=COMMUNE, grievance=other, to=OTHER_COMMUNE, basis=DOCUMENT)
    given = given.at(day(4)).when(sideways, OFFICE).recorded().at(day(5))
    beside = withhold(grievance=other, unit=OTHER_COMMUNE)
    after = given.when(beside, OTHER_OFFICE).then(
        GrievanceWithheld(grievance=other), GrievanceWithheld(grievance=CASE), RECEIPT
    )
    assert case_of(after, one).stage is Stage.WAITING
    knows = withhold(grievance=other, unit=OTHER_COMMUNE, others=judged(one, repeats=False))
    given.when(knows, OTHER_OFFICE).refused("not_a_part", grievance=one)
