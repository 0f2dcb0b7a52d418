"""Who may speak for an office: the person who holds it today, or acts in it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from events.facts.organisation import OfficeActing, OfficeAppointed, OfficeKind, OfficeReleased
from services.decisions.asking import Asker, Role
from services.decisions.organisation import RenameUnit
from services.decisions.outcome import Decided, Refused
from services.decisions.view import View
from tests.given import Given, Outcome, folded, named, on
from tests.services.decisions.commune import (
    AUTUMN,
    CELL,
    COLLEAGUE,
    COMMUNE,
    COMMUNITY,
    MEMBER,
    PROVINCE,
    SECOND_CELL,
    SPRING,
    START,
    SUMMER,
    decide,
)

SECRETARY = Asker(Role.CELL_SECRETARY, CELL, "web", MEMBER, "secretary")
ANYTHING = decide(RenameUnit, SPRING, unit=CELL, name="Chi bộ")
DAY = timedelta(days=1)


def appointed(person: UUID, unit: UUID = CELL, office: OfficeKind = OfficeKind.SECRETARY, day: date = SPRING) -> Any:
    return on(day, OfficeAppointed(unit=unit, office=office, person=person))


def speaking(before: Given, asker: Asker, day: date) -> Outcome:
    """Whether the asker may speak in his role on the day, whatever he has to say."""
    organisation, states = folded(before.facts)
    needed = {name: states.get(name) for name in asker.needs()}
    view = View(organisation, needed, {}, {}, before.at(day).moment, 20)
    try:
        view.must_hold(asker)
    except Refused as refusal:
        return Outcome(before, ANYTHING, refusal)
    return Outcome(before, ANYTHING, Decided(()))


def test_a_secretary_speaks_from_his_first_day_to_the_day_before_his_release() -> None:
    held = COMMUNITY.given(
        appointed(MEMBER), on(AUTUMN, OfficeReleased(unit=CELL, office=OfficeKind.SECRETARY, person=MEMBER))
    )
    for day, may in ((SPRING - DAY, False), (SPRING, True), (AUTUMN - DAY, True), (AUTUMN, False)):
        found = speaking(held, SECRETARY, day)
        if may:
            found.quietly()
        else:
            found.refused("your_office_not_held", office="secretary", unit=CELL, day=day)


def test_who_acts_in_an_office_speaks_for_it_beside_its_holder_while_he_acts() -> None:
    acting = OfficeActing(unit=CELL, office=OfficeKind.SECRETARY, person=COLLEAGUE, until=AUTUMN)
    held = COMMUNITY.given(appointed(MEMBER), on(SUMMER, acting))
    deputy = Asker(Role.CELL_SECRETARY, CELL, "web", COLLEAGUE, "secretary")
    for day, may in ((SUMMER - DAY, False), (SUMMER, True), (AUTUMN - DAY, True), (AUTUMN, False)):
        found = speaking(held, deputy, day)
        if may:
            found.quietly()
        else:
            found.refused("your_office_not_held", day=day)
        speaking(held, SECRETARY, day).quietly()


def test_an_office_is_held_in_its_unit_by_its_holder_and_is_no_other_office() -> None:
    held = COMMUNITY.given(appointed(MEMBER))
    for other in (
        Asker(Role.CELL_SECRETARY, SECOND_CELL, "web", MEMBER, "secretary"),
        Asker(Role.CELL_SECRETARY, CELL, "web", COLLEAGUE, "secretary"),
        Asker(Role.CELL_SECRETARY, CELL, "web", MEMBER, "deputy_secretary"),
        Asker(Role.COMMUNE_OFFICE, COMMUNE, "web", MEMBER, "secretary"),
        Asker(Role.PROVINCIAL_OFFICE, PROVINCE, "web", MEMBER, "secretary"),
    ):
        speaking(held, other, SUMMER).refused("your_office_not_held", unit=other.unit)


@pytest.mark.parametrize("role", [Role.CELL_SECRETARY, Role.COMMUNE_OFFICE, Role.PROVINCIAL_OFFICE])
@pytest.mark.parametrize(("person", "office"), [(None, None), (MEMBER, None), (None, "secretary"), (MEMBER, "king")])
def test_an_office_is_spoken_for_by_a_named_person_in_a_named_office(
    role: Role, person: UUID | None, office: str | None
) -> None:
    asker = Asker(role, CELL, "web", person, office)
    speaking(COMMUNITY.given(appointed(MEMBER)), asker, SUMMER).refused("your_office_needed", role=role.value)


def test_a_committee_member_of_a_cell_is_not_its_secretary_but_works_in_a_committees_office() -> None:
    office = OfficeKind.COMMITTEE_MEMBER
    held = COMMUNITY.given(appointed(MEMBER, CELL, office), appointed(MEMBER, COMMUNE, office))
    speaking(held, Asker(Role.CELL_SECRETARY, CELL, "web", MEMBER, "committee_member"), SUMMER).refused(
        "your_office_needed"
    )
    speaking(held, Asker(Role.COMMUNE_OFFICE, COMMUNE, "web", MEMBER, "committee_member"), SUMMER).quietly()


def test_members_systems_and_auditors_need_no_office() -> None:
    for asker in (
        Asker(Role.MEMBER, CELL, "phone", MEMBER),
        Asker(Role.SYSTEM, PROVINCE, "import"),
        Asker(Role.AUDITOR, PROVINCE, "audit", named("auditor")),
    ):
        speaking(COMMUNITY, asker, START).quietly()


def test_the_holders_of_an_office_on_a_day_begin_with_who_acts_in_it() -> None:
    acting = OfficeActing(unit=CELL, office=OfficeKind.SECRETARY, person=COLLEAGUE, until=AUTUMN)
    _, states = folded(COMMUNITY.given(appointed(MEMBER), on(SUMMER, acting)).facts)
    (offices,) = (states[name] for name in SECRETARY.needs())
    found = {
        day: [tenure.person for tenure in offices.holders(OfficeKind.SECRETARY, day)]
        for day in (START, SPRING, SUMMER, AUTUMN)
    }
    assert found == {START: [], SPRING: [MEMBER], SUMMER: [COLLEAGUE, MEMBER], AUTUMN: [MEMBER]}
    assert offices.holders(OfficeKind.DEPUTY_SECRETARY, SUMMER) == []
