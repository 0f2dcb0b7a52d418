"""What the tables count, by registers that facts were folded into: who is in, who is not, and where."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from events.envelope import Fact
from events.facts.assignments import HouseholdAssigned
from events.facts.evaluations import CapCount, Level, LevelCounts, RatingsFinalised, Subject
from events.facts.grievance_values import GrievanceKind, Person
from events.facts.grievances import (
    DenunciationHandedOver,
    GrievanceSplit,
    GrievanceWithheld,
    NamingTakenBack,
    PersonConcerned,
)
from events.facts.households import EconomicClass, EconomicClassReviewed, HouseholdRegistered
from events.facts.members import MemberAdmitted, MemberStatus
from projections.database import Role, connect
from projections.publications.counting import counted
from projections.publications.tables import tables
from projections.publications.writing import Counted
from projections.registers import REGISTERS
from tests.given import named
from tests.projections import grievance_cases as a
from tests.projections import test_evaluations as year
from tests.projections.archive_of import ArchiveOf, fact
from tests.projections.grievance_cases import CELL, COMMUNE, ELSEWHERE, FAR_CELL, MEMBER, OTHER_CELL, PROVINCE

MARCH = date(2022, 3, 31)
RAISED = date(2022, 3, 7)


async def count(archive: ArchiveOf, table: str, day: date, unit: UUID = PROVINCE) -> Counted:
    """The table as the decision gets it, which asks in its own role."""
    await archive.project(REGISTERS)
    connection = await connect(archive.url, Role.INTAKE, "test")
    try:
        return await counted(connection, tables()[table], unit, day, archive.head)
    finally:
        await connection.close()


def rows(found: Counted) -> dict[UUID, dict[str, int]]:
    """What each row would show if nothing were kept back; zeros left out."""
    return {
        each.unit: {c.name: n for c in found.sheet.columns if (n := found.sheet.value(each.unit, c))}
        for each in found.units
    }


def cases(**raised: tuple[UUID, GrievanceKind | None]) -> list[Fact[Any]]:
    return [a.raised(RAISED, named(name), unit, kind=kind) for name, (unit, kind) in raised.items()]


CONCERN, COMPLAINT = GrievanceKind.CONCERN, GrievanceKind.COMPLAINT


async def test_a_household_counts_by_its_class_and_by_who_is_responsible(archive: ArchiveOf) -> None:
    households = {named(f"household {number}"): CELL if number < 3 else FAR_CELL for number in range(4)}
    poor, covered = list(households)[:2], list(households)[1:2]
    await archive.record(
        *a.founded(),
        fact(MemberAdmitted(person=MEMBER, unit=CELL, status=MemberStatus.ACTIVE), a.FOUNDED, CELL),
        *(
            fact(HouseholdRegistered(household=h, unit=unit, head="s1:h"), a.FOUNDED, unit)
            for h, unit in households.items()
        ),
        *(
            fact(EconomicClassReviewed(household=h, year=2022, economic_class=EconomicClass.POOR), RAISED, CELL)
            for h in poor
        ),
        *(fact(HouseholdAssigned(assignment=named(str(h)), household=h, member=MEMBER), RAISED, CELL) for h in covered),
    )
    assert rows(await count(archive, "households", MARCH)) == {
        PROVINCE: {"households": 4, "poor": 2, "other": 2, "covered": 1, "uncovered": 3},
        COMMUNE: {"households": 3, "poor": 2, "other": 1, "covered": 1, "uncovered": 2},
        ELSEWHERE: {"households": 1, "other": 1, "uncovered": 1},
    }
    assert rows(await count(archive, "households", RAISED - timedelta(1)))[COMMUNE] == {
        "households": 3,
        "other": 3,
        "uncovered": 3,
    }


async def test_cases_count_by_kind_in_the_month_in_which_a_body_received_them(archive: ArchiveOf) -> None:
    told = cases(one=(CELL, CONCERN), two=(OTHER_CELL, COMPLAINT), three=(FAR_CELL, None), four=(PROVINCE, CONCERN))
    later = a.raised(date(2022, 4, 1), named("april"), CELL, kind=CONCERN)
    determined = a.determined(date(2022, 4, 4), CONCERN, named("three"))
    await archive.record(*a.founded(), *told, later, determined)
    assert rows(await count(archive, "grievances", MARCH)) == {
        PROVINCE: {"received": 4, "concern": 2, "complaint": 1, "undetermined": 1},
        COMMUNE: {"received": 2, "concern": 1, "complaint": 1},
        ELSEWHERE: {"received": 1, "undetermined": 1},
    }
    assert rows(await count(archive, "grievances", date(2022, 4, 30)))[PROVINCE] == {"received": 1, "concern": 1}


async def test_a_case_about_somebody_is_counted_nowhere(archive: ArchiveOf) -> None:
    """Not in the province either: less the communes, that would be the number of such cases. Nor in the month before
    anybody knew whom it is about."""
    secretary = a.SECRETARIES[CELL]
    who = (Person(secretary, COMMUNE),)
    named_later = PersonConcerned(grievance=named("later"), about=who, visible=COMMUNE, holder=COMMUNE)
    taken_back = NamingTakenBack(grievance=named("taken back"), cleared=(secretary,), visible=CELL, holder=CELL)
    await archive.record(
        *a.founded(),
        *cases(plain=(CELL, CONCERN), later=(CELL, CONCERN)),
        a.raised(RAISED, named("from the start"), COMMUNE, kind=COMPLAINT, about=who),
        a.raised(RAISED, named("taken back"), COMMUNE, kind=COMPLAINT, about=who),
        a.step(named_later, date(2022, 4, 2), unit=CELL),
        a.step(taken_back, date(2022, 3, 20), unit=COMMUNE),
    )
    expected = {"received": 2, "concern": 1, "complaint": 1}
    found = rows(await count(archive, "grievances", MARCH))
    assert (found[PROVINCE], found[COMMUNE]) == (expected, expected)


async def test_a_denunciation_is_counted_nowhere_and_its_receipt_neither(archive: ArchiveOf) -> None:
    receipt = DenunciationHandedOver(receipt=named("receipt"), received=RAISED, handed_to=PROVINCE, number="01")
    await archive.record(
        *a.founded(),
        *cases(plain=(CELL, CONCERN), denunciation=(CELL, CONCERN)),
        a.step(GrievanceWithheld(grievance=named("denunciation")), date(2022, 4, 2), unit=CELL),
        a.step(receipt, date(2022, 4, 2), unit=PROVINCE),
    )
    found = rows(await count(archive, "grievances", MARCH))
    assert found[PROVINCE] == found[COMMUNE] == {"received": 1, "concern": 1}


async def test_of_a_split_case_its_parts_count(archive: ArchiveOf) -> None:
    parts = [named("part one"), named("part two")]
    split = GrievanceSplit(grievance=named("whole"), parts=tuple(parts))
    await archive.record(
        *a.founded(),
        *cases(whole=(CELL, CONCERN)),
        *(a.raised(RAISED, part, CELL, kind=kind) for part, kind in zip(parts, (CONCERN, COMPLAINT), strict=True)),
        a.step(split, RAISED, hour=13, unit=CELL),
    )
    assert rows(await count(archive, "grievances", MARCH))[COMMUNE] == {"received": 2, "concern": 1, "complaint": 1}


async def test_a_rating_counts_in_the_year_after_once_it_is_final(archive: ArchiveOf) -> None:
    final = RatingsFinalised(
        pool=year.POOL,
        committee=year.COMMUNE,
        year=2018,
        subject=Subject.MEMBER,
        counts=(CapCount("all", LevelCounts(good=2), 0, True, True),),
    )
    await archive.record(
        *year.community(),
        year.opened(),
        year.roster(year.OPENED, member=year.CLASSIFY, other=year.CLASSIFY),
        year.rating(year.DECIDED, Level.GOOD),
        year.rating(year.DECIDED, Level.NOT_COMPLETED, year.OTHER),
    )
    march = date(2019, 3, 31)
    assert rows(await count(archive, "classification", march, year.COMMUNE)) == {year.COMMUNE: {}}
    await archive.record(fact(final, year.DECIDED + timedelta(1), year.COMMUNE))
    two = {"rated": 2, "good": 1, "not_completed": 1}
    assert rows(await count(archive, "classification", march, year.COMMUNE)) == {year.COMMUNE: two}
    assert rows(await count(archive, "classification", date(2020, 3, 31), year.COMMUNE)) == {year.COMMUNE: {}}


async def test_what_waits_in_quarantine_is_told_by_the_register_that_lacks_it(archive: ArchiveOf) -> None:
    """Told of a case that nobody raised: the table of grievances lacks it, that of members does not."""
    await archive.record(*a.founded(), a.booked(RAISED, COMMUNE))
    assert (await count(archive, "grievances", MARCH)).incomplete == 1
    assert (await count(archive, "members", MARCH)).incomplete == 0
