"""Who holds an office today sees, from there and below, no case about himself: as the decisions say, in every row."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.calendar import today
from events.envelope import Fact
from events.facts.grievance_values import Person
from events.facts.grievances import GrievanceWithheld, NamingTakenBack, PersonConcerned
from events.facts.organisation import (
    OfficeActing,
    OfficeAppointed,
    OfficeKind,
    OfficeReleased,
    UnitDissolved,
    UnitFounded,
    UnitKind,
    UnitMerged,
)
from projections.rebuild import compare
from projections.registers import REGISTERS, grievances
from projections.registers.grievances import Grievances
from services.decisions.asking import Asker, Role
from services.decisions.grievances.standing import sees
from services.decisions.view import View
from tests.given import folded, mandates_of, named, noon, offices_of
from tests.projections import grievance_cases as a
from tests.projections.archive_of import ArchiveOf, fact
from tests.projections.grievance_cases import CASE, CELL, COMMUNE, ELSEWHERE, FAR_CELL, OTHER_CELL, PROVINCE
from tests.projections.test_grievance_access import seen
from tests.projections.test_grievance_access import sees as units_that_see

RAISED, LATER = date(2022, 3, 7), date(2022, 3, 14)
HE = named("he")
ABOUT_HIM = (Person(person=HE, above=COMMUNE),)
DEPUTY = OfficeKind.DEPUTY_SECRETARY


def appointed(unit: UUID, since: date = LATER, person: UUID = HE) -> Fact[Any]:
    return fact(OfficeAppointed(unit=unit, office=DEPUTY, person=person), since, unit)


async def told(archive: ArchiveOf, *facts: Fact[Any]) -> None:
    """A case about him stands at the commune, above his cell."""
    about_him = a.raised(RAISED, visible=COMMUNE, holder=COMMUNE, about=ABOUT_HIM)
    await archive.record(*a.founded(), about_him, *facts)
    await archive.project(REGISTERS)


@pytest.mark.parametrize(
    ("unit", "seeing"),
    [
        (CELL, {COMMUNE, PROVINCE}),
        (OTHER_CELL, {COMMUNE, PROVINCE}),
        (COMMUNE, {PROVINCE}),
        (FAR_CELL, {PROVINCE}),
        (ELSEWHERE, {PROVINCE}),
        (PROVINCE, set()),
    ],
)
async def test_only_units_above_every_office_that_he_holds_today_see_it(
    archive: ArchiveOf, unit: UUID, seeing: set[UUID]
) -> None:
    await told(archive, appointed(unit))
    assert await units_that_see(archive) == seeing
    assert await seen(archive, **a.inspecting(PROVINCE)) == {CASE}
    assert await seen(archive, **a.inspecting(COMMUNE)) == ({CASE} if COMMUNE in seeing else set())
    assert await seen(archive, person=a.MEMBER) == {CASE}


@pytest.mark.parametrize(
    ("end", "seeing"),
    [
        (UnitMerged(unit=ELSEWHERE, into=COMMUNE), {PROVINCE}),
        (UnitDissolved(unit=ELSEWHERE), set()),
        (UnitDissolved(unit=FAR_CELL), {PROVINCE}),
    ],
)
async def test_an_office_of_a_unit_that_ended_counts_where_that_now_stands(
    archive: ArchiveOf, end: Any, seeing: set[UUID]
) -> None:
    """What a dissolved commune did is the province's, of which he is then one."""
    await told(archive, appointed(end.unit), fact(end, LATER + timedelta(days=1), end.unit))
    assert await units_that_see(archive) == seeing


async def test_an_office_counts_from_its_first_day_and_up_to_its_end(archive: ArchiveOf) -> None:
    now = today()
    tomorrow = now + timedelta(days=1)
    await told(archive, appointed(COMMUNE, tomorrow))
    assert await units_that_see(archive) == {COMMUNE, PROVINCE}
    acting = OfficeActing(unit=COMMUNE, office=OfficeKind.SECRETARY, person=HE, until=tomorrow)
    await archive.record(fact(acting, now - timedelta(days=3), COMMUNE))
    await archive.project(REGISTERS)
    assert await units_that_see(archive) == {PROVINCE}
    await archive.record(fact(OfficeReleased(unit=COMMUNE, office=OfficeKind.SECRETARY, person=HE), now, COMMUNE))
    await archive.project(REGISTERS)
    assert await units_that_see(archive) == {COMMUNE, PROVINCE}


async def test_it_stands_in_the_queue_of_the_unit_above_whatever_his_office_is(archive: ArchiveOf) -> None:
    await told(archive, appointed(COMMUNE))

    async def queued(unit: UUID, day: date, role: str = "") -> list[tuple[UUID, str]]:
        async with archive.asking(unit, asker=a.INSPECTORS[unit], role=role) as connection:
            found = await grievances.unroutable(connection, unit, day, archive.head, None, 10)
        return [(each.case.grievance, each.reason) for each in found]

    assert await queued(PROVINCE, LATER - timedelta(days=1)) == []
    assert await queued(PROVINCE, LATER) == [(CASE, "officer_concerned")]
    assert await queued(COMMUNE, LATER) == []
    await archive.record(appointed(PROVINCE, LATER + timedelta(days=1)))
    await archive.project(REGISTERS)
    assert await queued(PROVINCE, LATER + timedelta(days=1)) == []
    assert await queued(PROVINCE, LATER + timedelta(days=1), "inspection") == [(CASE, "officer_concerned")]


async def test_an_office_above_the_unit_that_has_the_case_is_a_reason_as_well(archive: ArchiveOf) -> None:
    """He comes to the commune while a case about him, a member of the far cell, stands at the cell."""
    about = (Person(person=HE, above=CELL),)
    await archive.record(*a.founded(), a.raised(RAISED, about=about), appointed(COMMUNE))
    await archive.project(REGISTERS)
    assert await units_that_see(archive) == {PROVINCE}
    async with archive.asking(PROVINCE) as connection:
        (found,) = await grievances.unroutable(connection, PROVINCE, LATER, archive.head, None, 10)
    assert (found.case.unit, found.reason) == (CELL, "officer_concerned")


async def test_whom_cases_are_about_is_kept_as_the_facts_say(archive: ArchiveOf) -> None:
    other = named("other case")
    concerned = PersonConcerned(grievance=other, about=ABOUT_HIM, visible=COMMUNE, holder=COMMUNE)
    back = NamingTakenBack(grievance=CASE, cleared=(HE,), visible=CELL, holder=COMMUNE)
    await told(archive, a.raised(RAISED, other), a.step(concerned, LATER))
    query = "SELECT grievance, person, above FROM grievances_v1.concerned"
    assert {tuple(row) for row in await archive.fetch(query)} == {(CASE, HE, COMMUNE), (other, HE, COMMUNE)}
    await archive.record(a.step(back, LATER), a.step(GrievanceWithheld(grievance=other), LATER))
    await archive.project(REGISTERS)
    assert await archive.fetch(query) == []
    assert await compare(archive.url, [Grievances], lambda *_: None) == []


UNITS = (PROVINCE, COMMUNE, ELSEWHERE, CELL, OTHER_CELL, FAR_CELL)
ABOVE: dict[UUID, UUID | None] = {PROVINCE: None, COMMUNE: PROVINCE, ELSEWHERE: PROVINCE, CELL: COMMUNE}
ABOVE |= {OTHER_CELL: COMMUNE, FAR_CELL: ELSEWHERE}
ENDS = {
    "merged": (UnitMerged(unit=ELSEWHERE, into=COMMUNE), ELSEWHERE),
    "dissolved": (UnitDissolved(unit=FAR_CELL), FAR_CELL),
    "gone into another": (UnitMerged(unit=OTHER_CELL, into=FAR_CELL), OTHER_CELL),
}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    offices=st.lists(st.tuples(st.sampled_from(UNITS), st.booleans()), max_size=3),
    belongs=st.lists(st.sampled_from(UNITS), min_size=1, max_size=2),
    end=st.sampled_from([None, *ENDS]),
    standing=st.sampled_from([PROVINCE, COMMUNE, ELSEWHERE]),
    beside=st.booleans(),
    before=st.sampled_from([PROVINCE, COMMUNE, ELSEWHERE]),
    mandated=st.lists(st.sampled_from([*UNITS, None]), min_size=len(UNITS), max_size=len(UNITS)),
)
async def test_who_sees_a_row_is_who_sees_the_case_when_deciding(
    archive: ArchiveOf,
    offices: list[tuple[UUID, bool]],
    belongs: list[UUID],
    end: str | None,
    standing: UUID,
    beside: bool,
    before: UUID,
    mandated: list[UUID | None],
) -> None:
    """One or two persons, some of whom come to offices, in a province that is founded anew for each example, with
    another one `beside` it or none. The inspection of each unit has a mandate, for the case itself where it is for no
    unit. Another case is about the first person as he belonged to a unit before."""
    # Those of the examples before would be other topmost units: then nobody stands above all others.
    await archive.fetch("DELETE FROM organisation_v1.unit")
    fresh, second = {unit: uuid4() for unit in UNITS}, uuid4()
    persons = [uuid4() for _ in belongs]
    about = tuple(
        Person(person=person, above=fresh[above] if (above := ABOVE[unit]) else None)
        for person, unit in zip(persons, belongs, strict=True)
    )
    case, inspectors = uuid4(), {unit: uuid4() for unit in UNITS}
    mandates = [
        a.mandated(fresh[PROVINCE], (inspectors[unit],), units=(fresh[over],))
        if over
        else a.mandated(fresh[PROVINCE], (inspectors[unit],), units=(), cases=(case,))
        for unit, over in zip(UNITS, mandated, strict=True)
    ]
    told_ = [
        *(moved(one, fresh) for one in a.founded()[: len(UNITS)]),
        *(
            (fact(UnitFounded(unit=second, kind=UnitKind.PROVINCE, name="Tỉnh bên"), a.FOUNDED, second),)
            if beside
            else ()
        ),
        a.raised(RAISED, case, visible=fresh[standing], holder=fresh[standing], about=about),
        a.raised(
            RAISED,
            uuid4(),
            visible=fresh[before],
            holder=fresh[before],
            about=(Person(person=persons[0], above=fresh[before]),),
        ),
        *(appointed(fresh[unit], LATER, persons[-1 if last else 0]) for unit, last in offices),
        *(() if end is None else (moved(fact(ENDS[end][0], LATER, ENDS[end][1]), fresh),)),
        *mandates,
    ]
    await archive.record(*told_)
    await archive.project(REGISTERS)
    assert await archive.fetch("SELECT * FROM projection.quarantine") == []
    organisation, states = folded(told_)
    moment = noon(today())
    view = View(organisation, states, {}, {}, moment, 20, offices_of=offices_of(states, persons, today()))
    state = states[f"facts.grievance.{case}"]
    for unit, role in product(UNITS, (Role.COMMUNE_OFFICE, Role.INSPECTION)):
        if organisation.units[fresh[unit]].ended <= today():
            continue
        asker = Asker(role=role, unit=fresh[unit], client="test", person=inspectors[unit])
        found = case in await seen(archive, unit=fresh[unit], role=role.value, asker=asker.person)
        assert found == sees(view, asker, state, mandates_of(states, asker)), (unit, role)


def moved(one: Fact[Any], fresh: dict[UUID, UUID]) -> Fact[Any]:
    """The fact about the units of this example."""
    replaced = {
        name: fresh[value]
        for name in one.body.__struct_fields__
        if isinstance(value := getattr(one.body, name), UUID) and value in fresh
    }
    return msgspec.structs.replace(
        one, id=uuid4(), unit=fresh.get(one.unit, one.unit), body=msgspec.structs.replace(one.body, **replaced)
    )
