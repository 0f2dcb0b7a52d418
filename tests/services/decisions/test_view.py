"""What decisions see beyond their boundaries, when something decided beside them has changed it."""

from __future__ import annotations

from datetime import date

from events.calendar import now
from events.catalogue import subject
from events.facts.organisation import OfficeKind
from events.identifiers import uuid7
from projections.states.organisation import Offices, Organisation, Tenure
from projections.states.timeline import Span
from services.decisions.view import View

PERSON, RELEASED, HELD, NEW = uuid7(), uuid7(), uuid7(), uuid7()


def test_offices_held_are_those_of_the_register_as_what_is_decided_beside_has_changed_them() -> None:
    """The register has an office in two units; beside it he was released from one, and appointed in a third."""
    today = now().date()
    tenure = Tenure(PERSON, OfficeKind.SECRETARY, Span(date(2018, 1, 1)))
    offices = [
        Offices(RELEASED, (Tenure(PERSON, OfficeKind.SECRETARY, Span(date(2018, 1, 1), today)),)),
        Offices(NEW, (Tenure(uuid7(), OfficeKind.SECRETARY, Span(date(2018, 1, 1))), tenure)),
    ]
    states = {subject("office", each.unit): each for each in offices}
    view = View(Organisation(), states, {}, {}, now(), 20, offices_of={PERSON: [RELEASED, HELD]})
    assert view.offices_of(PERSON) == [HELD, NEW]
    assert view.offices_of(uuid7()) == []
