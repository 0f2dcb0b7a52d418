"""A small made-up province: two communes with their cells, a few members and households."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from events.facts.households import GroupFormed, HouseholdRegistered
from events.facts.members import MemberAdmitted, MemberStatus
from events.facts.organisation import CellKind, PersonRegistered, UnitFounded, UnitKind
from events.facts.values import Basis
from services.decisions.asking import Asker, Role
from services.decisions.command import Act, Command, Decision, Report
from tests.given import given, named, noon, on

START = date(2018, 1, 1)
SPRING = date(2018, 3, 1)
SUMMER = date(2018, 6, 1)
AUTUMN = date(2018, 9, 1)

PROVINCE, COMMUNE, OTHER_COMMUNE = named("province"), named("commune"), named("other commune")
CELL, SECOND_CELL, FAR_CELL = named("cell"), named("second cell"), named("far cell")
MEMBER, COLLEAGUE, NEIGHBOUR, STRANGER = named("member"), named("colleague"), named("neighbour"), named("stranger")
HOUSEHOLD, TWO, THREE, FAR_HOUSEHOLD = named("household"), named("two"), named("three"), named("far household")
GROUP = named("group")
BASIS = Basis(number="05-NQ/CB", issued_on=date(2018, 1, 3))


def _cell(cell: UUID, parent: UUID) -> UnitFounded:
    return UnitFounded(unit=cell, kind=UnitKind.CELL, name="Chi bộ bản", cell_kind=CellKind.VILLAGE, parent=parent)


UNITS = (
    on(START, UnitFounded(unit=PROVINCE, kind=UnitKind.PROVINCE, name="Tỉnh")),
    on(START, UnitFounded(unit=COMMUNE, kind=UnitKind.COMMUNE, name="Xã một", parent=PROVINCE)),
    on(START, UnitFounded(unit=OTHER_COMMUNE, kind=UnitKind.COMMUNE, name="Xã hai", parent=PROVINCE)),
    on(START, _cell(CELL, COMMUNE)),
    on(START, _cell(SECOND_CELL, COMMUNE)),
    on(START, _cell(FAR_CELL, OTHER_COMMUNE)),
)
PERSONS = tuple(
    on(START, PersonRegistered(person=person, name=f"s1:{person}"), unit)
    for person, unit in ((MEMBER, CELL), (COLLEAGUE, CELL), (NEIGHBOUR, SECOND_CELL), (STRANGER, FAR_CELL))
)
MEMBERS = tuple(
    on(START, MemberAdmitted(person=person, unit=unit, status=MemberStatus.ACTIVE))
    for person, unit in ((MEMBER, CELL), (COLLEAGUE, CELL), (NEIGHBOUR, SECOND_CELL), (STRANGER, FAR_CELL))
)
HOUSEHOLDS = tuple(
    on(START, HouseholdRegistered(household=household, unit=unit, head="s1:head"))
    for household, unit in ((HOUSEHOLD, CELL), (TWO, CELL), (THREE, CELL), (FAR_HOUSEHOLD, FAR_CELL))
)
ORGANISATION = given(*UNITS)
COMMUNITY = given(*UNITS, *PERSONS, *MEMBERS, *HOUSEHOLDS)
GROUPED = COMMUNITY.given(on(START, GroupFormed(group=GROUP, unit=CELL, name="Nhóm 1", households=(HOUSEHOLD, TWO))))

PROVINCIAL = Asker(role=Role.PROVINCIAL_OFFICE, unit=PROVINCE, client="web", person=named("provincial officer"))
OFFICE = Asker(role=Role.COMMUNE_OFFICE, unit=COMMUNE, client="web", person=named("officer"))
OTHER_OFFICE = Asker(role=Role.COMMUNE_OFFICE, unit=OTHER_COMMUNE, client="web", person=named("other officer"))
SECRETARY = Asker(role=Role.CELL_SECRETARY, unit=CELL, client="web", person=named("secretary"))
SECOND_SECRETARY = Asker(role=Role.CELL_SECRETARY, unit=SECOND_CELL, client="web", person=named("second secretary"))


def phone_of(member: UUID, cell: UUID) -> Asker:
    """The member himself, as his phone says."""
    return Asker(role=Role.MEMBER, unit=cell, client="phone", person=member)


D = TypeVar("D", bound=Decision)
R = TypeVar("R", bound=Report | Act)


def decide(kind: type[D], day: date, /, **fields: Any) -> D:
    """A decision that holds from the day."""
    return kind(id=_id(kind, day, fields), effective=day, **fields)


def report(kind: type[R], moment: date | datetime, /, **fields: Any) -> R:
    """A report or act of something done at the moment, or at noon of the day."""
    instant = moment if isinstance(moment, datetime) else noon(moment)
    return kind(id=_id(kind, instant, fields), instant=instant, **fields)


def _id(kind: type[Command], moment: date, fields: dict[str, Any]) -> UUID:
    return named(repr((kind.__name__, moment, fields)))
