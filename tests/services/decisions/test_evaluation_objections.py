"""Objections against dossiers and ratings: recorded whatever happens, and answered by who decides."""

from datetime import date
from typing import Any

from events.facts.evaluations import (
    ObjectionAbout,
    ObjectionAnswered,
    ObjectionOutcome,
    ObjectionRaised,
    round_id,
)
from services.decisions.asking import Asker, Role
from services.decisions.evaluations.objections import AnswerObjection, RaiseObjection
from tests.given import named
from tests.services.decisions.commune import (
    CELL,
    COLLEAGUE,
    COMMUNE,
    MEMBER,
    OFFICE,
    OTHER_OFFICE,
    PROVINCIAL,
    SECOND_SECRETARY,
    SECRETARY,
    STRANGER,
    phone_of,
    report,
)
from tests.services.decisions.rounds import DECIDED, PAPER, PLACE, command, opened, rated

SAID = date(2018, 12, 22)
PHONE = phone_of(MEMBER, CELL)
OF_MEMBER = {"round": round_id(CELL, 2018), "unit": CELL, "year": 2018, "member": MEMBER}


def objecting(**fields: Any) -> RaiseObjection:
    told = {"unit": CELL, "year": 2018, "member": MEMBER, "about": ObjectionAbout.RATING, "text": "Chưa đúng", **fields}
    return report(RaiseObjection, SAID, **told)


def test_a_member_objects_to_his_rating() -> None:
    told = objecting()
    body = ObjectionRaised(**OF_MEMBER, objection=told.id, about=ObjectionAbout.RATING, text="Chưa đúng")
    place = rated(opened())
    place.when(told, PHONE).quietly().then(body, unit=CELL)
    place.when(told, phone_of(COLLEAGUE, CELL)).refused("not_your_review", person=MEMBER)
    place.when(told, SECOND_SECRETARY).refused("outside_your_unit", unit=CELL)
    assert place.when(told, SECRETARY).drafts()[0].performed_by == MEMBER


def test_an_objection_is_not_lost_because_there_is_no_rating_yet() -> None:
    opened().when(objecting(), PHONE).warned("not_rated_yet", of=MEMBER)
    opened().when(objecting(about=ObjectionAbout.DOSSIER), PHONE).quietly()


def test_an_objection_is_of_somebody_in_the_round() -> None:
    PLACE.when(objecting(), PHONE).refused("round_unknown", unit=CELL, year=2018)
    opened().when(objecting(member=STRANGER), SECRETARY).refused("not_on_roster", person=STRANGER)
    opened().when(objecting(member=None), SECRETARY).refused("text_only_of_members")
    opened().when(objecting(member=None, text=None), SECRETARY).warned("not_rated_yet", of=CELL)


def answering(objection: Any, **fields: Any) -> AnswerObjection:
    told = {"objection": objection, "outcome": ObjectionOutcome.DISMISSED, "basis": PAPER, **fields}
    found: AnswerObjection = command(AnswerObjection, date(2018, 12, 28), **told)
    return found


def test_the_body_that_decides_answers_by_a_document() -> None:
    told = objecting()
    place = rated(opened()).when(told, PHONE).recorded()
    body = ObjectionAnswered(**OF_MEMBER, objection=told.id, outcome=ObjectionOutcome.DISMISSED)
    after = place.when(answering(told.id), OFFICE).then(body, unit=CELL)
    after.when(answering(told.id), OFFICE).refused("objection_answered", objection=told.id, answer="dismissed")
    place.when(answering(told.id, basis=None), OFFICE).refused("basis_needed")
    for other in (OTHER_OFFICE, PROVINCIAL):
        place.when(answering(told.id), other).refused("not_competent", decides=COMMUNE)
    himself = Asker(role=Role.COMMUNE_OFFICE, unit=COMMUNE, client="web", person=MEMBER)
    place.when(answering(told.id), himself).refused("own_rating", person=MEMBER)
    early = command(AnswerObjection, DECIDED, objection=told.id, outcome=ObjectionOutcome.UPHELD, basis=PAPER)
    place.when(early, OFFICE).refused("before_objection", day=DECIDED, raised=SAID)
    place.when(answering(named("none")), OFFICE).refused("objection_unknown", objection=named("none"))
