"""Rounds: opened under the rulebook of the year, with who is present, and closed when everything is decided."""

from datetime import date, timedelta

import pytest

from events.facts.evaluations import (
    AttestationWithdrawn,
    CaseAttested,
    EligibilityOutcome,
    ObjectionAbout,
    ObjectionOutcome,
    RosterLine,
    RosterTaken,
    RoundClosed,
    RoundOpened,
    Rules,
    Subject,
    round_id,
)
from events.facts.members import (
    LeavingReason,
    MemberAdmitted,
    MemberLeft,
    MemberStatus,
    MemberStatusChanged,
    ResidenceIntroduced,
)
from events.facts.organisation import CellKind, UnitFounded, UnitKind, UnitMerged, UnitRenamed
from projections.states.rulebooks.library import library, rulebook_for
from projections.states.rulebooks.round_entries import Body
from services.decisions.evaluations import standing
from services.decisions.evaluations.objections import AnswerObjection, RaiseObjection
from services.decisions.evaluations.pools import FinaliseRatings
from services.decisions.evaluations.ratings import Rated
from services.decisions.evaluations.rounds import AttestCase, CloseRound, OpenRound, TakeRoster, WithdrawAttestation
from services.decisions.evaluations.steps import SelfAssess
from tests.given import Given, named, on
from tests.services.decisions.commune import (
    CELL,
    COLLEAGUE,
    COMMUNE,
    MEMBER,
    NEIGHBOUR,
    OFFICE,
    PROVINCE,
    PROVINCIAL,
    SECOND_CELL,
    SECOND_SECRETARY,
    SECRETARY,
    START,
    STRANGER,
    report,
)
from tests.services.decisions.rounds import (
    ALL_GOOD,
    BOOK,
    DECIDED,
    MET,
    OPENED,
    PAPER,
    PLACE,
    UNIT_GOOD,
    assessed,
    both_rated,
    command,
    deciding,
    finalised,
    neighbours_rated,
    on_pool,
    opened,
    rated,
    revising,
    round_of,
)

RULES = Rules(BOOK, rulebook_for(2018).digest)
CLASSIFY, REVIEW_ONLY, NOT_YET, EXEMPT = EligibilityOutcome
OF_CELL = {"round": round_id(CELL, 2018), "unit": CELL, "year": 2018}
OPENING = command(OpenRound, OPENED, rulebook=BOOK)


def present(*members: RosterLine) -> RosterTaken:
    return RosterTaken(**OF_CELL, outcome=CLASSIFY, members=tuple(sorted(members, key=lambda line: line.member)))


def test_a_cell_opens_its_round_with_everybody_present_that_day() -> None:
    body = RoundOpened(**OF_CELL, rules=RULES, subject=Subject.CELL, committee=COMMUNE, members_by=COMMUNE)
    roster = present(RosterLine(MEMBER, CLASSIFY), RosterLine(COLLEAGUE, CLASSIFY))
    PLACE.when(OPENING, SECRETARY).then(body, roster, unit=CELL)
    PLACE.when(OPENING, OFFICE).then(body, roster)
    PLACE.when(OPENING, SECOND_SECRETARY).refused("outside_your_unit", unit=CELL)


def test_what_the_rulebook_does_with_each_stands_on_the_roster_with_its_case() -> None:
    new, gone, guest = named("new"), named("gone"), named("guest")
    place = PLACE.given(
        on(START, MemberStatusChanged(person=MEMBER, status=MemberStatus.EXEMPT), CELL),
        on(date(2018, 8, 1), MemberAdmitted(person=new, unit=CELL, status=MemberStatus.PROBATIONARY, newly=True)),
        on(START, MemberAdmitted(person=gone, unit=CELL, status=MemberStatus.ACTIVE)),
        on(date(2018, 11, 30), MemberLeft(person=gone, unit=CELL, reason=LeavingReason.TRANSFERRED_OUT)),
        on(START, ResidenceIntroduced(person=NEIGHBOUR, unit=CELL)),
        on(START, MemberAdmitted(person=guest, unit=SECOND_CELL, status=MemberStatus.ACTIVE)),
    )
    lines = (
        RosterLine(MEMBER, EXEMPT, ("exempt",)),
        RosterLine(COLLEAGUE, CLASSIFY),
        RosterLine(new, REVIEW_ONLY, ("newly_admitted",)),
    )
    assert place.when(OPENING, SECRETARY).drafts()[1].body == present(*lines)


def test_members_of_a_cell_that_went_into_another_stand_on_its_roster() -> None:
    merged = PLACE.given(on(date(2018, 7, 1), UnitMerged(unit=SECOND_CELL, into=CELL)))
    lines = (RosterLine(each, CLASSIFY) for each in (MEMBER, COLLEAGUE, NEIGHBOUR))
    assert merged.when(OPENING, SECRETARY).drafts()[1].body == present(*lines)


def test_a_unit_has_one_round_a_year() -> None:
    place = opened()
    known = round_of(place)
    place.when(OPENING, OFFICE).refused(
        "round_exists", unit=CELL, year=2018, round=known.round, closed=None, clause="132-QĐ/TW", rulebook=BOOK
    )
    later = place.at(date(2019, 12, 31)).when(
        command(OpenRound, date(2019, 12, 1), year=2019, rulebook="132-hd21.v1"), SECRETARY
    )
    assert isinstance(later.drafts()[0].body, RoundOpened)


def test_a_round_is_under_a_rulebook_of_its_year() -> None:
    other = command(OpenRound, OPENED, rulebook="366-hd43.v1")
    told = {"rulebook": "366-hd43.v1", "year": 2018, "valid": BOOK, "first": 2025, "last": None}
    PLACE.when(other, SECRETARY).refused("rulebook_of_another_year", clause="366-QĐ/TW", **told)
    unknown = command(OpenRound, OPENED, rulebook="no-such.v1")
    PLACE.when(unknown, SECRETARY).refused("rulebook_unknown", rulebook="no-such.v1", valid=BOOK)


def test_what_a_province_lays_over_a_rulebook_holds_in_that_province_alone() -> None:
    """A province is known by its name of that day."""
    opening = command(OpenRound, date(2022, 12, 1), year=2022, rulebook="132-hd21.v1+kon-tum-2022.v1")
    later = PLACE.at(date(2022, 12, 31))
    told = {"unit": CELL, "province": "kon-tum", "valid": "132-hd21.v1", "clause": "72-KH/TU"}
    for name in ("Tỉnh Lai Châu", "Tỉnh Kon Tumo"):
        elsewhere = later.given(on(START, UnitRenamed(unit=PROVINCE, name=name)))
        elsewhere.when(opening, SECRETARY).refused("rulebook_of_another_province", **told)
    here = later.given(on(START, UnitRenamed(unit=PROVINCE, name="Đảng bộ tỉnh Kon Tum (giả định)")))
    here.when(opening, SECRETARY).recorded()
    # by the name of the day, and of today's province nothing follows for that year
    renamed = here.given(on(date(2025, 7, 1), UnitRenamed(unit=PROVINCE, name="Tỉnh Quảng Ngãi")))
    renamed.at(date(2025, 8, 1)).when(opening, SECRETARY).recorded()


def test_a_round_is_not_opened_before_its_year_nor_ahead_of_time() -> None:
    early = command(OpenRound, date(2018, 12, 31), year=2019, rulebook="132-hd21.v1")
    PLACE.when(early, SECRETARY).refused("before_the_year", day=date(2018, 12, 31), year=2019)
    PLACE.at(OPENED - timedelta(days=1)).when(OPENING, SECRETARY).refused("day_ahead", day=OPENED)


def test_committees_are_classified_by_the_unit_above_and_provinces_not_here() -> None:
    opening = command(OpenRound, OPENED, COMMUNE, rulebook=BOOK)
    found = PLACE.when(opening, OFFICE).drafts()
    body = found[0].body
    assert isinstance(body, RoundOpened)
    assert (body.subject, body.committee, body.members_by) == (Subject.COMMITTEE, PROVINCE, None)
    assert found[1].body == RosterTaken(
        round=round_id(COMMUNE, 2018), unit=COMMUNE, year=2018, outcome=CLASSIFY, members=()
    )
    above = command(OpenRound, OPENED, PROVINCE, rulebook=BOOK)
    PLACE.when(above, PROVINCIAL).refused("unit_not_classified", unit=PROVINCE, kind="province")


def test_a_cell_that_is_a_grass_roots_organisation_decides_about_its_own_members() -> None:
    cell = named("cell of the province")
    founded = UnitFounded(unit=cell, kind=UnitKind.CELL, name="Chi bộ", cell_kind=CellKind.AGENCY, parent=PROVINCE)
    body = PLACE.given(on(START, founded)).when(command(OpenRound, OPENED, cell, rulebook=BOOK), PROVINCIAL)
    opening = body.drafts()[0].body
    assert isinstance(opening, RoundOpened)
    assert (opening.subject, opening.committee, opening.members_by) == (Subject.COMMITTEE, PROVINCE, cell)


def test_a_unit_with_nobody_above_has_nobody_to_decide() -> None:
    alone = named("commune alone")
    place = PLACE.given(on(START, UnitFounded(unit=alone, kind=UnitKind.COMMUNE, name="Xã")))
    office = OFFICE.__class__(role=OFFICE.role, unit=alone, client="web", person=OFFICE.person)
    place.when(command(OpenRound, OPENED, alone, rulebook=BOOK), office).refused("no_superior_decides", unit=alone)


def test_every_rulebook_says_who_decides_about_members_cells_and_committees(monkeypatch: pytest.MonkeyPatch) -> None:
    for rulebook in library().in_force:
        for of in (Subject.CELL, Subject.COMMITTEE):
            assert standing.decider(rulebook, of, of)
            assert standing.decider(rulebook, Subject.MEMBER, of)
        assert standing.decider(rulebook, Subject.MEMBER, Subject.COMMITTEE).body is Body.GRASSROOTS_CELL
    monkeypatch.setattr("services.decisions.evaluations.rounds.decider", _nobody)
    PLACE.when(OPENING, SECRETARY).refused("nobody_decides", rulebook=BOOK)


def _nobody(rulebook: object, what: Subject, of: Subject) -> object:
    return standing.decider(rulebook_for(2018), Subject.LEADERSHIP, of)


def test_a_unit_founded_after_the_year_has_no_round_of_it() -> None:
    young = named("young cell")
    founded = UnitFounded(unit=young, kind=UnitKind.CELL, name="Chi bộ", cell_kind=CellKind.VILLAGE, parent=COMMUNE)
    place = PLACE.given(on(date(2019, 1, 1), founded)).at(date(2019, 1, 31))
    opening = command(OpenRound, date(2019, 1, 5), young, rulebook=BOOK)
    place.when(opening, OFFICE).refused("founded_after_year", unit=young, founded=date(2019, 1, 1), year=2018)


def test_who_came_after_the_year_is_on_no_roster_of_it() -> None:
    late = named("late")
    admitted = MemberAdmitted(person=late, unit=CELL, status=MemberStatus.PROBATIONARY, newly=True)
    place = PLACE.given(on(date(2019, 1, 2), admitted)).at(date(2019, 1, 31))
    roster = place.when(command(OpenRound, date(2019, 1, 5), rulebook=BOOK), SECRETARY).drafts()[1].body
    assert isinstance(roster, RosterTaken)
    assert late not in {line.member for line in roster.members}


def test_the_roster_is_taken_again_when_the_register_of_members_was_corrected() -> None:
    place = opened().given(on(date(2018, 11, 1), MemberStatusChanged(person=MEMBER, status=MemberStatus.EXEMPT), CELL))
    again = command(TakeRoster, date(2018, 12, 10))
    lines = (RosterLine(MEMBER, EXEMPT, ("exempt",)), RosterLine(COLLEAGUE, CLASSIFY))
    place.when(again, SECRETARY).then(present(*lines), unit=CELL)


def test_who_has_a_rating_stays_on_the_roster_wherever_he_is() -> None:
    left = MemberLeft(person=MEMBER, unit=CELL, reason=LeavingReason.TRANSFERRED_OUT)
    place = rated(opened()).given(on(date(2018, 12, 25), left, CELL))
    both = present(RosterLine(MEMBER, CLASSIFY), RosterLine(COLLEAGUE, CLASSIFY))
    for day in (date(2018, 12, 24), date(2018, 12, 28)):
        place.when(command(TakeRoster, day), SECRETARY).then(both)


def test_a_round_can_be_closed_when_a_rated_member_moved_and_an_unrated_one_died() -> None:
    """The roster taken again keeps the one and lets the other go, so that nobody is missing."""
    place = neighbours_rated(rated(opened()))
    left = MemberLeft(person=MEMBER, unit=CELL, reason=LeavingReason.TRANSFERRED_OUT)
    died = MemberLeft(person=COLLEAGUE, unit=CELL, reason=LeavingReason.DIED)
    place = place.given(on(date(2018, 12, 22), left, CELL), on(date(2018, 12, 23), died, CELL))
    place = place.when(command(SelfAssess, MET, level="good", marks=UNIT_GOOD), SECRETARY).recorded()
    final = on_pool(FinaliseRatings, day=date(2018, 12, 26))
    place.when(final, OFFICE).refused("pool_incomplete", missing=1, of=[COLLEAGUE])
    again = place.when(command(TakeRoster, date(2018, 12, 24)), SECRETARY)
    place = again.then(present(RosterLine(MEMBER, CLASSIFY)), unit=CELL)
    place = place.when(deciding(Rated(level="good")), OFFICE).recorded()
    place = finalised_cells(place).when(final, OFFICE).recorded()
    place.when(CLOSING, SECRETARY).then(RoundClosed(**OF_CELL), unit=CELL)


def test_nothing_is_done_in_a_round_that_was_not_opened() -> None:
    PLACE.when(command(TakeRoster, OPENED), SECRETARY).refused("round_unknown", unit=CELL, year=2018)


def test_nothing_of_a_round_lies_before_its_opening() -> None:
    early = command(SelfAssess, OPENED - timedelta(days=1), member=MEMBER, level="good", marks=ALL_GOOD)
    told = {"day": OPENED - timedelta(days=1), "opened": OPENED}
    opened().when(early, SECRETARY).refused("before_round", **told)
    opened().when(command(TakeRoster, OPENED - timedelta(days=1)), SECRETARY).refused("before_round", **told)


def test_a_case_is_attested_by_a_document_and_withdrawn() -> None:
    fields = {**OF_CELL, "member": MEMBER, "case": "leave_of_three_months"}
    attest = command(AttestCase, MET, member=MEMBER, case="leave_of_three_months", basis=PAPER)
    place = opened().when(attest, SECRETARY).then(CaseAttested(**fields), unit=CELL)
    withdraw = command(WithdrawAttestation, MET, member=MEMBER, case="leave_of_three_months")
    after = place.when(withdraw, SECRETARY).then(AttestationWithdrawn(**fields))
    after.when(withdraw, SECRETARY).refused("case_not_attested", case="leave_of_three_months")
    bare = command(AttestCase, MET, member=MEMBER, case="absent")
    opened().when(bare, SECRETARY).refused("basis_needed")
    unknown = command(AttestCase, MET, member=MEMBER, case="exempt", basis=PAPER)
    opened().when(unknown, SECRETARY).refused("case_not_attestable", case="exempt", rulebook=BOOK)
    stranger = command(AttestCase, MET, member=STRANGER, case="absent", basis=PAPER)
    opened().when(stranger, SECRETARY).refused("not_on_roster", person=STRANGER, unit=CELL)


CLOSING = command(CloseRound, date(2018, 12, 28))


def test_a_round_is_closed_when_all_are_rated_for_good_and_answered() -> None:
    opened().when(CLOSING, SECRETARY).refused("not_all_rated", count=3)
    one = rated(opened())
    one.when(CLOSING, SECRETARY).refused("not_all_rated", count=2, of=[COLLEAGUE, CELL])
    place = neighbours_rated(both_rated())
    own = command(SelfAssess, MET, level="good", marks=UNIT_GOOD)
    place = place.when(own, SECRETARY).recorded()
    place = place.when(deciding(Rated(level="good")), OFFICE).recorded()
    place.when(CLOSING, SECRETARY).refused("ratings_not_final", subjects=["cell", "member"])
    place = finalised(finalised_cells(place), Subject.MEMBER)
    objection = report(RaiseObjection, MET, unit=CELL, year=2018, member=MEMBER, about=ObjectionAbout.DOSSIER)
    place.when(objection, SECRETARY).recorded().when(CLOSING, SECRETARY).refused("objections_open", count=1)
    closed = place.when(CLOSING, SECRETARY).then(RoundClosed(**OF_CELL), unit=CELL)
    closed.when(CLOSING, SECRETARY).refused("round_closed", day=date(2018, 12, 28))
    closed.when(command(TakeRoster, date(2018, 12, 29)), SECRETARY).refused("round_closed", unit=CELL)


def final_round() -> Given:
    """Everything is done but closing it."""
    place = neighbours_rated(both_rated())
    place = place.when(command(SelfAssess, MET, level="good", marks=UNIT_GOOD), SECRETARY).recorded()
    place = place.when(deciding(Rated(level="good")), OFFICE).recorded()
    return finalised(finalised_cells(place), Subject.MEMBER)


def test_an_objection_that_was_upheld_is_followed_by_another_decision_before_the_round_is_closed() -> None:
    said = report(RaiseObjection, date(2018, 12, 22), unit=CELL, year=2018, member=MEMBER, about=ObjectionAbout.RATING)
    answer = command(
        AnswerObjection, date(2018, 12, 24), objection=said.id, outcome=ObjectionOutcome.UPHELD, basis=PAPER
    )
    place = final_round().when(said, SECRETARY).recorded().when(answer, OFFICE).recorded()
    told = {"count": 1, "objections": [said.id], "clause": "132-QĐ/TW", "rulebook": BOOK}
    place.when(CLOSING, SECRETARY).refused("revision_due", **told)
    before = place.when(revising("completed", day=date(2018, 12, 23)), OFFICE).recorded()
    before.when(CLOSING, SECRETARY).refused("revision_due", **told)
    revised = place.when(revising("completed", day=date(2018, 12, 24)), OFFICE).recorded()
    revised.when(CLOSING, SECRETARY).recorded()


def test_who_was_made_exempt_after_the_roster_is_counted_so_before_the_round_is_closed() -> None:
    attest = command(AttestCase, MET, member=COLLEAGUE, case="absent", basis=PAPER)
    place = neighbours_rated(rated(opened().when(attest, SECRETARY).recorded()))
    place = place.when(command(SelfAssess, MET, level="good", marks=UNIT_GOOD), SECRETARY).recorded()
    place = place.when(deciding(Rated(level="good")), OFFICE).recorded()
    place = finalised(finalised_cells(place), Subject.MEMBER)
    exempt = MemberStatusChanged(person=COLLEAGUE, status=MemberStatus.EXEMPT)
    later = place.given(on(date(2018, 12, 27), exempt, CELL))
    told = {"of": COLLEAGUE, "listed": "classify", "eligibility": "exempt", "rulebook": BOOK}
    later.when(CLOSING, SECRETARY).refused("roster_outdated", **told)
    again = later.when(command(TakeRoster, date(2018, 12, 28)), SECRETARY).recorded()
    again.when(CLOSING, SECRETARY).recorded()
    # who is merely not yet rated is counted so whether he was known as absent or not
    place.when(CLOSING, SECRETARY).recorded()


def finalised_cells(place: Given) -> Given:
    """The cell beside it rates itself too, and the commune makes the cells' levels final."""
    own = command(SelfAssess, MET, SECOND_CELL, level="good", marks=UNIT_GOOD)
    place = place.when(own, SECOND_SECRETARY).recorded()
    place = place.when(deciding(Rated(level="good"), unit=SECOND_CELL), OFFICE).recorded()
    return finalised(place, Subject.CELL)


def test_who_was_not_yet_classified_may_be_when_the_round_is_closed() -> None:
    attest = command(AttestCase, MET, member=COLLEAGUE, case="absent", basis=PAPER)
    place = opened().when(attest, SECRETARY).recorded()
    place = neighbours_rated(rated(place))
    own = command(SelfAssess, MET, level="good", marks=UNIT_GOOD)
    place = place.when(own, SECRETARY).recorded()
    place = place.when(deciding(Rated(level="good")), OFFICE).recorded()
    place = finalised(finalised_cells(place), Subject.MEMBER)
    place = place.when(CLOSING, SECRETARY).recorded()
    withdraw = command(WithdrawAttestation, DECIDED, member=COLLEAGUE, case="absent")
    place = place.when(withdraw, SECRETARY).recorded()
    rated(place, COLLEAGUE)
    assessed(place, COLLEAGUE)
