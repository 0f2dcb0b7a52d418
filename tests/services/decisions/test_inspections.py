"""Mandates of inspection teams: who gives them, for what and how long, and what an inspection does under one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given as given_by
from hypothesis import strategies as st

from events.facts.inspections import MandateEnded, MandateEnding, MandateExtended, MandateGiven
from events.facts.organisation import OfficeKind, PersonRegistered, UnitMerged, UnitReparented
from events.facts.values import Basis, Source
from projections.states.inspections import lacking
from projections.states.mandate_rules import VERSIONS, rules_on
from projections.states.timeline import Span
from services.decisions.asking import Asker, Role
from services.decisions.grievances.inspecting import ReferOutside, TakeBackNaming
from services.decisions.grievances.receivers import Concerned
from services.decisions.grievances.routing import NamePerson
from services.decisions.inspections import EndMandate, ExtendMandate, GiveMandate
from tests.given import Given, named, on
from tests.services.decisions.cases import CASE, DOCUMENT, HIGHEST, PLACE, at_commune, day, step, told
from tests.services.decisions.commune import (
    CELL,
    COMMUNE,
    FAR_CELL,
    NEIGHBOUR,
    OFFICE,
    OTHER_COMMUNE,
    OTHER_OFFICE,
    PROVINCE,
    PROVINCIAL,
    SECOND_CELL,
    START,
    decide,
)

FIRST, LAST = date(2018, 4, 2), date(2018, 6, 29)
LATEST = date(2019, 4, 1)
"""The 365th day: 29 days of April, then 31, 30, 31, 31, 30, 31, 30, 31, 31, 28 and 31 (364), and the first of April."""

DECISION = Basis(number="14-QĐ/ĐU", issued_on=date(2018, 3, 30), issuer="Đảng ủy xã")
ONE, TWO = named("one who inspects"), named("another who inspects")
ONE_DAY = timedelta(days=1)
TEAM = Asker(role=Role.INSPECTION, unit=PROVINCE, client="web", person=ONE)

KNOWN = at_commune(told(PLACE)).given(
    *(on(START, PersonRegistered(person=person, name=f"s1:{person}"), PROVINCE) for person in (ONE, TWO)),
    on(START, PersonRegistered(person=OFFICE.person, name="s1:officer"), COMMUNE),  # type: ignore[arg-type]
)
"""A case stands at the commune; two persons are known who hold no mandate."""


def giving(first: date = FIRST, **fields: Any) -> GiveMandate:
    told_ = {"team": (ONE, TWO), "cases": (CASE,), "until": LAST, "basis": DECISION, **fields}
    return decide(GiveMandate, first, **told_)


def given_to(place: Given = KNOWN, command: GiveMandate | None = None, asker: Asker = OFFICE) -> tuple[Given, UUID]:
    """What is recorded when the commune has given the mandate on the day before it begins, and its id."""
    command = command or giving()
    return place.at(FIRST - ONE_DAY).when(command, asker).recorded(), command.id


def test_a_committee_lets_a_team_inspect_a_case_and_a_unit_up_to_a_day() -> None:
    command = giving(units=(CELL,))
    KNOWN.at(FIRST).when(command, OFFICE).then(
        MandateGiven(mandate=command.id, unit=COMMUNE, team=(ONE, TWO), cases=(CASE,), units=(CELL,), until=LAST),
        unit=COMMUNE,
    )


def test_it_may_begin_later_but_not_earlier_unless_it_is_entered_from_the_signed_paper() -> None:
    KNOWN.at(FIRST - 9 * ONE_DAY).when(giving(basis=_signed(FIRST - 9 * ONE_DAY)), OFFICE).recorded()
    late = KNOWN.at(FIRST + ONE_DAY)
    late.when(giving(), OFFICE).refused("mandate_backdated", first=FIRST)
    late.when(giving(source=Source.PAPER), OFFICE).recorded()
    late.when(giving(source=Source.PAPER, basis=_signed(FIRST + ONE_DAY)), OFFICE).refused("mandate_backdated")
    KNOWN.at(FIRST).when(giving(basis=_signed(FIRST + ONE_DAY)), OFFICE).refused("mandate_backdated", first=FIRST)


def _signed(on_: date | None) -> Basis:
    return Basis(number="14-QĐ/ĐU", issued_on=on_)


@pytest.mark.parametrize("basis", [None, _signed(None)])
def test_it_names_its_decision_with_number_and_day(basis: Basis | None) -> None:
    KNOWN.at(FIRST).when(giving(basis=basis), OFFICE).refused("basis_needed")


def test_it_holds_a_year_at_most_and_never_ends_before_it_begins() -> None:
    now = KNOWN.at(FIRST)
    now.when(giving(until=FIRST), OFFICE).recorded()
    now.when(giving(until=FIRST - ONE_DAY), OFFICE).refused("ends_before_it_begins", since=FIRST)
    now.when(giving(until=LATEST), OFFICE).recorded()
    now.when(giving(until=LATEST + ONE_DAY), OFFICE).refused("mandate_too_long", latest=LATEST, longest=365)


def test_the_rules_cover_every_day_and_none_counts_past_the_last_day_there_is() -> None:
    assert [rules.valid_from for rules in VERSIONS] == sorted({date.min, *(r.valid_from for r in VERSIONS)})
    assert rules_on(FIRST).latest(FIRST) == LATEST
    assert rules_on(date.max).latest(date.max) == date.max


def test_it_says_what_is_inspected_each_thing_once() -> None:
    now = KNOWN.at(FIRST)
    now.when(giving(cases=()), OFFICE).refused("mandate_about_nothing")
    for twice in ({"team": (ONE, ONE)}, {"cases": (CASE, CASE)}, {"units": (CELL, CELL)}):
        now.when(giving(**twice), OFFICE).refused("listed_twice")


def test_the_team_are_known_persons() -> None:
    KNOWN.at(FIRST).when(giving(team=(ONE, named("nobody"))), OFFICE).refused("person_unknown", person=named("nobody"))


def test_only_what_stands_at_or_below_the_committee_is_its_to_have_inspected() -> None:
    now = KNOWN.at(FIRST)
    for unit in (FAR_CELL, OTHER_COMMUNE, PROVINCE, named("no unit")):
        now.when(giving(units=(unit,)), OFFICE).refused("outside_your_unit", unit=unit)
    now.when(giving(), OTHER_OFFICE).refused("grievance_unknown", grievance=CASE)
    now.when(giving(cases=(named("no case"),)), OFFICE).refused("grievance_unknown")
    now.when(giving(units=(PROVINCE,)), PROVINCIAL).recorded()
    ended = now.given(on(FIRST, UnitMerged(unit=SECOND_CELL, into=CELL)))
    ended.when(giving(units=(SECOND_CELL,)), OFFICE).refused("unit_not_then", unit=SECOND_CELL)


def test_neither_a_cell_nor_a_program_nor_an_inspection_gives_mandates() -> None:
    for kind in (GiveMandate, ExtendMandate, EndMandate):
        assert {Role.COMMUNE_OFFICE, Role.PROVINCIAL_OFFICE} == kind.ALLOWED
    inspector = Asker(Role.COMMUNE_OFFICE, COMMUNE, "web", TWO, OfficeKind.INSPECTION_OFFICER.value)
    now = KNOWN.at(FIRST)
    now.when(giving(team=(ONE,)), inspector).refused("inspection_gives_none", office="inspection_officer")
    given_, mandate = given_to(command=giving(team=(ONE,)))
    extending = decide(ExtendMandate, FIRST, mandate=mandate, until=LATEST, basis=DECISION)
    given_.at(FIRST).when(extending, inspector).refused("inspection_gives_none")


def test_nobody_lets_himself_inspect_nor_goes_on_inspecting_by_his_own_word() -> None:
    with_him = giving(team=(ONE, OFFICE.person))
    KNOWN.at(FIRST).when(with_him, OFFICE).refused("own_mandate")
    given_, mandate = given_to(command=with_him, asker=PROVINCIAL)
    extending = decide(ExtendMandate, FIRST, mandate=mandate, until=LATEST, basis=DECISION)
    given_ = given_.at(FIRST)
    given_.when(extending, PROVINCIAL).recorded()
    below, own = given_to(command=giving(team=(ONE, PROVINCIAL.person)), place=KNOWN.given(_registered(PROVINCIAL)))
    own_extending = decide(ExtendMandate, FIRST, mandate=own, until=LATEST, basis=DECISION)
    below.at(FIRST).when(own_extending, PROVINCIAL).refused("own_mandate")
    below.at(FIRST).when(own_extending, OFFICE).recorded()


def _registered(asker: Asker) -> Any:
    assert asker.person is not None
    return on(START, PersonRegistered(person=asker.person, name="s1:officer"), asker.unit)


def _about(given_: Given, person: UUID, when: int, unit: UUID | None = None) -> Given:
    """The commune learns that its case is about the person, who belongs to the unit."""
    naming = step(NamePerson, day(when), unit=COMMUNE, about=(Concerned(person, unit),))
    return given_.at(day(when)).when(naming, OFFICE).recorded()


def test_who_a_case_is_about_neither_has_it_inspected_nor_inspects_it() -> None:
    now = _about(KNOWN, ONE, 3, SECOND_CELL).at(FIRST)
    now.when(giving(), OFFICE).refused("team_member_concerned", person=ONE, grievance=CASE)
    now.when(giving(team=(TWO,)), OFFICE).recorded()
    himself = Asker(Role.PROVINCIAL_OFFICE, PROVINCE, "web", ONE)
    now.when(giving(team=(TWO,)), himself).refused("grievance_unknown", grievance=CASE)


def test_who_a_case_turns_out_to_be_about_neither_extends_nor_ends_its_inspection() -> None:
    given_, mandate = given_to()
    extending = decide(ExtendMandate, FIRST, mandate=mandate, until=LATEST, basis=DECISION)
    ending = decide(EndMandate, FIRST, mandate=mandate, reason=MandateEnding.WITHDRAWN)
    about_two = _about(given_, TWO, 29, SECOND_CELL).at(FIRST)
    himself = Asker(Role.COMMUNE_OFFICE, COMMUNE, "web", TWO)
    for command in (extending, ending):
        about_two.when(command, himself).refused("mandate_unknown", mandate=mandate)
    about_two.when(extending, OFFICE).refused("team_member_concerned", person=TWO)
    about_two.when(ending, OFFICE).then(MandateEnded(mandate=mandate, reason=MandateEnding.WITHDRAWN), unit=COMMUNE)


def test_it_is_extended_while_it_holds_by_a_document_and_within_the_same_year() -> None:
    given_, mandate = given_to()

    def extending(on_: date, until: date = LATEST, **fields: Any) -> ExtendMandate:
        return decide(ExtendMandate, on_, mandate=mandate, until=until, **{"basis": DECISION, **fields})

    now = given_.at(LAST)
    now.when(extending(LAST), OFFICE).then(MandateExtended(mandate=mandate, until=LATEST), unit=COMMUNE)
    now.when(extending(LAST, LATEST + ONE_DAY), OFFICE).refused("mandate_too_long", latest=LATEST)
    now.when(extending(LAST, LAST), OFFICE).refused("extends_nothing", due=LAST)
    now.when(extending(LAST, basis=None), OFFICE).refused("basis_needed")
    now.when(extending(LAST - ONE_DAY), OFFICE).refused("mandate_backdated", first=LAST - ONE_DAY)
    now.when(extending(LAST), OTHER_OFFICE).refused("mandate_unknown", mandate=mandate)
    over = given_.at(LAST + ONE_DAY)
    over.when(extending(LAST + ONE_DAY), OFFICE).refused("mandate_over", last=LAST)
    over.when(extending(LAST), OFFICE).refused("mandate_over", last=LAST)
    # Signed in time, and entered a day late.
    over.when(extending(LAST, source=Source.PAPER), OFFICE).recorded()


def test_it_is_ended_from_a_day_on_and_is_over_then() -> None:
    given_, mandate = given_to()

    def ending(on_: date, **fields: Any) -> EndMandate:
        return decide(EndMandate, on_, mandate=mandate, reason=MandateEnding.CONCLUDED, **fields)

    middle = date(2018, 5, 4)
    ended = given_.at(middle).when(ending(middle), OFFICE).recorded()
    ended.when(ending(middle), OFFICE).refused("mandate_over", last=middle - ONE_DAY)
    given_.at(middle).when(ending(middle - ONE_DAY), OFFICE).refused("mandate_backdated")
    given_.at(middle).when(ending(LAST + ONE_DAY), OFFICE).refused("mandate_over", last=LAST)
    given_.at(middle).when(ending(middle), PROVINCIAL).recorded()
    unknown = decide(EndMandate, middle, mandate=named("none"), reason=MandateEnding.CONCLUDED)
    given_.at(middle).when(unknown, OFFICE).refused("mandate_unknown", mandate=named("none"))


# What an inspection does under a mandate.


def _clearing(when: date, **fields: Any) -> TakeBackNaming:
    return step(TakeBackNaming, when, **{"cleared": (NEIGHBOUR,), "basis": DOCUMENT, **fields})


NAMED = _about(KNOWN, NEIGHBOUR, 3)
"""The case at the commune is about somebody of the second cell."""


def test_without_a_mandate_an_inspection_does_nothing() -> None:
    NAMED.at(FIRST).when(_clearing(FIRST), TEAM).refused("mandate_needed")


@pytest.mark.parametrize(
    "scope",
    [{"cases": (CASE,)}, {"cases": (), "units": (COMMUNE,)}, {"cases": (CASE,), "units": (FAR_CELL,)}],
)
def test_under_a_mandate_for_the_case_or_for_where_it_stands_it_acts(scope: dict[str, Any]) -> None:
    given_, _ = given_to(NAMED, giving(**scope), PROVINCIAL)
    given_.at(FIRST - ONE_DAY).when(_clearing(FIRST - ONE_DAY), TEAM).refused("mandate_not_yet", first=FIRST)
    for when in (FIRST, LAST):
        given_.at(when).when(_clearing(when), TEAM).recorded()
    after = LAST + ONE_DAY
    given_.at(after).when(_clearing(after), TEAM).refused("mandate_expired", last=LAST)


def test_a_mandate_for_something_else_gives_no_case() -> None:
    given_, _ = given_to(NAMED, giving(cases=(), units=(SECOND_CELL, FAR_CELL)), PROVINCIAL)
    given_.at(FIRST).when(_clearing(FIRST), TEAM).refused("grievance_unknown", grievance=CASE)
    nowhere = _clearing(FIRST, grievance=named("no case"))
    given_.at(FIRST).when(nowhere, TEAM).refused("grievance_unknown")


def test_what_was_done_under_a_mandate_is_entered_from_its_paper_when_that_is_over() -> None:
    given_, _ = given_to(NAMED)
    late = given_.at(LAST + 9 * ONE_DAY)
    late.when(_clearing(LAST), TEAM).refused("mandate_expired", last=LAST)
    late.when(_clearing(LAST, source=Source.PAPER), TEAM).recorded()
    late.when(_clearing(LAST, source=Source.PAPER, basis=_signed(LAST + ONE_DAY)), TEAM).refused("mandate_expired")
    late.when(_clearing(LAST + ONE_DAY, source=Source.PAPER), TEAM).refused("mandate_expired", last=LAST)
    late.when(_clearing(FIRST - ONE_DAY, source=Source.PAPER), TEAM).refused("mandate_not_yet", first=FIRST)


def test_no_act_is_put_back_to_before_the_mandate() -> None:
    given_, _ = given_to(NAMED)
    given_.at(FIRST).when(_clearing(FIRST - ONE_DAY), TEAM).refused("mandate_not_yet", first=FIRST)


def test_a_mandate_that_was_ended_gives_nothing_from_that_day_on() -> None:
    given_, mandate = given_to(NAMED)
    middle = date(2018, 5, 4)
    ending = decide(EndMandate, middle, mandate=mandate, reason=MandateEnding.WITHDRAWN)
    ended = given_.at(middle).when(ending, OFFICE).recorded()
    ended.at(middle).when(_clearing(middle), TEAM).refused("mandate_expired", last=middle - ONE_DAY)


def test_a_unit_that_left_the_committee_is_not_inspected_by_its_mandate_any_more() -> None:
    given_, _ = given_to(KNOWN, giving(cases=(), units=(CELL,)))
    given_.at(FIRST).when(_clearing(FIRST), TEAM).refused("person_not_named")
    gone = given_.given(on(FIRST, UnitReparented(unit=CELL, parent=OTHER_COMMUNE, former_parent=COMMUNE)))
    gone.at(FIRST).when(_clearing(FIRST), TEAM).refused("grievance_unknown")


def test_about_the_highest_office_the_highest_inspection_acts_under_a_mandate_for_all_of_it() -> None:
    stuck = _about(KNOWN, HIGHEST, 3)
    given_, _ = given_to(stuck, giving(cases=(), units=(PROVINCE,)), PROVINCIAL)
    outside = step(ReferOutside, FIRST, receiver="Cơ quan ở trung ương", basis=DOCUMENT)
    given_.at(FIRST).when(outside, TEAM).recorded()
    beneath = Asker(role=Role.INSPECTION, unit=COMMUNE, client="web", person=ONE)
    given_.at(FIRST).when(outside, beneath).refused("grievance_unknown")
    # Nobody who gives mandates knows of such a case, so none names it.
    stuck.at(FIRST).when(giving(), PROVINCIAL).refused("grievance_unknown", grievance=CASE)


DAYS = st.integers(0, 12).map(lambda number: date(2018, 4, 1) + number * ONE_DAY)


@given_by(spans=st.lists(st.tuples(DAYS, DAYS), max_size=4), asked=DAYS)
def test_what_is_missing_on_a_day_is_told_by_the_next_or_the_last_mandate(
    spans: list[tuple[date, date]], asked: date
) -> None:
    """Against the days themselves, one by one."""
    held = {since + number * ONE_DAY for since, until in spans for number in range((until - since).days)}
    firsts = [since for since, until in spans if since < until and since > asked]
    found = lacking([Span(*span) for span in spans], asked)
    assert (found is None) == (asked in held)
    if found is not None:
        assert found.next == min(firsts, default=None)
        at_once = {since for since, until in spans if until <= since <= asked}
        assert found.last == max(at_once | {each for each in held if each < asked}, default=None)
