"""Who sees what: row-level security answers without any WHERE of ours."""

from datetime import date
from uuid import UUID, uuid4

import asyncpg
import pytest

from events.calendar import today
from events.envelope import Fact
from events.facts.assignments import GroupAssigned, HouseholdAssigned
from events.facts.households import GroupFormed, HouseholdMoved, HouseholdRegistered
from events.facts.members import MemberAdmitted, MemberStatus, MemberTransferred
from events.facts.organisation import (
    OfficeAppointed,
    OfficeKind,
    PersonRegistered,
    UnitDissolved,
    UnitFounded,
    UnitKind,
    UnitMerged,
    UnitReparented,
)
from events.facts.values import Body
from events.facts.visits import Purpose, VisitRecorded
from projections.registers import REGISTERS
from tests.projections.archive_of import ArchiveOf, fact

DAY, LATER = date(2022, 1, 1), date(2022, 6, 1)

NOT_SCOPED = {("organisation_v1", "unit"), ("organisation_v1", "closure"), ("coverage_v1", "eras")}
"""The structure without persons, and how coverage is added up: readable by everybody."""


class Commune:
    """Two communes with a cell each; in each cell a person, a member, a household, an assignment and a visit."""

    def __init__(self) -> None:
        self.province, self.commune, self.elsewhere = uuid4(), uuid4(), uuid4()
        self.cell, self.other_cell = uuid4(), uuid4()
        self.person, self.other_person = uuid4(), uuid4()
        self.household, self.other_household = uuid4(), uuid4()

    def facts(self) -> list[Fact[Body]]:
        found = [fact(UnitFounded(unit=self.province, kind=UnitKind.PROVINCE, name="Tỉnh"), DAY, self.province)]
        for unit, kind, above in (
            (self.commune, UnitKind.COMMUNE, self.province),
            (self.elsewhere, UnitKind.COMMUNE, self.province),
            (self.cell, UnitKind.CELL, self.commune),
            (self.other_cell, UnitKind.CELL, self.elsewhere),
        ):
            found.append(fact(UnitFounded(unit=unit, kind=kind, name="Tên", parent=above), DAY, above))
        for cell, person, household in (
            (self.cell, self.person, self.household),
            (self.other_cell, self.other_person, self.other_household),
        ):
            assigned = HouseholdAssigned(assignment=uuid4(), household=household, member=person)
            visited = VisitRecorded(visit=uuid4(), household=household, member=person, purpose=Purpose.REGULAR)
            for body in (
                PersonRegistered(person=person, name="s1:name"),
                OfficeAppointed(unit=cell, office=OfficeKind.SECRETARY, person=person),
                MemberAdmitted(person=person, unit=cell, status=MemberStatus.ACTIVE, newly=True),
                HouseholdRegistered(household=household, unit=cell, head="s1:head"),
                assigned,
                visited,
            ):
                found.append(fact(body, DAY, cell))
        return found


async def visible(archive: ArchiveOf, unit: UUID | None = None, person: UUID | None = None) -> dict[str, set[UUID]]:
    """Units, households and persons in all rows of all scoped tables that the caller may read: no WHERE anywhere."""
    found: dict[str, set[UUID]] = {"unit": set(), "household": set(), "person": set()}
    columns = {"household": "household", "target": "household", "person": "person", "member": "person", "unit": "unit"}
    async with archive.asking(unit, person) as connection:
        tables = await connection.fetch(
            """SELECT table_schema, table_name FROM information_schema.table_privileges
               WHERE grantee = 'soho_reader' AND privilege_type = 'SELECT' AND table_schema LIKE '%_v1'"""
        )
        assert len(tables) > 12
        for schema, table in tables:
            if (schema, table) in NOT_SCOPED:
                continue
            for row in await connection.fetch(f"SELECT * FROM {schema}.{table}"):
                for column, kind in columns.items():
                    if row.get(column) is not None:
                        found[kind].add(row[column])
    return found


async def test_a_commune_sees_its_own_rows_and_none_of_its_neighbours(archive: ArchiveOf) -> None:
    here = Commune()
    await archive.record(*here.facts())
    await archive.project(REGISTERS)

    for unit in (here.commune, here.cell):
        seen = await visible(archive, unit)
        assert seen["household"] == {here.household}
        assert seen["person"] == {here.person}
        assert seen["unit"] <= {here.commune, here.cell, here.province}
    assert (await visible(archive, here.province))["household"] == {here.household, here.other_household}
    nobody = {"unit": set(), "household": set(), "person": set()}
    assert await visible(archive) == nobody
    assert await visible(archive, uuid4()) == nobody


async def test_every_table_that_a_reader_may_read_is_under_row_security_but_the_named_few(
    archive: ArchiveOf,
) -> None:
    unprotected = await archive.fetch(
        """SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE n.nspname LIKE '%\\_v1' AND c.relkind = 'r' AND NOT c.relrowsecurity
             AND has_table_privilege('soho_reader', c.oid, 'SELECT')"""
    )
    assert {tuple(row) for row in unprotected} <= NOT_SCOPED


async def test_a_member_sees_himself_and_the_households_given_to_him_today(archive: ArchiveOf) -> None:
    here = Commune()
    await archive.record(*here.facts())
    await archive.project(REGISTERS)

    seen = await visible(archive, person=here.person)
    assert seen["person"] == {here.person}
    assert seen["household"] == {here.household}


async def test_everybody_sees_the_names_of_the_units_above_his_own(archive: ArchiveOf) -> None:
    here = Commune()
    await archive.record(*here.facts())
    await archive.project(REGISTERS)

    async with archive.asking(here.cell) as connection:
        assert await connection.fetchval("SELECT count(*) FROM organisation_v1.unit") == 5


async def test_todays_holder_sees_the_whole_history_and_the_former_one_his_own_period(archive: ArchiveOf) -> None:
    here = Commune()
    await archive.record(*here.facts())
    moved = HouseholdMoved(household=here.household, unit=here.other_cell, former_unit=here.cell)
    await archive.record(
        fact(moved, LATER, here.other_cell),
        fact(
            MemberTransferred(person=here.person, unit=here.other_cell, former_unit=here.cell), LATER, here.other_cell
        ),
    )
    await archive.project(REGISTERS)

    query = "SELECT unit, valid_to FROM households_v1.household WHERE household = $1 AND known_to > $2 ORDER BY 2"
    async with archive.asking(here.other_cell) as connection:
        rows = await connection.fetch(query, here.household, archive.head)
        assert [row["unit"] for row in rows] == [here.cell, here.other_cell]
        visits = await connection.fetchval("SELECT count(*) FROM visits_v1.visit")
        assert visits == 2
        standing = "SELECT DISTINCT unit FROM members_v1.standing WHERE person = $1"
        assert {row[0] for row in await connection.fetch(standing, here.person)} == {here.cell, here.other_cell}
    async with archive.asking(here.cell) as connection:
        rows = await connection.fetch(query, here.household, archive.head)
        assert [(row["unit"], row["valid_to"]) for row in rows] == [(here.cell, LATER)]
        assert {row[0] for row in await connection.fetch(standing, here.person)} == {here.cell}


async def test_a_move_that_is_still_to_come_takes_no_sight_away(archive: ArchiveOf) -> None:
    here = Commune()
    tomorrow = date.fromordinal(today().toordinal() + 1)
    moves = [
        (here.cell, here.other_cell, LATER),
        (here.other_cell, here.commune, tomorrow),
    ]
    await archive.record(*here.facts())
    await archive.record(
        *(
            fact(HouseholdMoved(household=here.household, unit=to, former_unit=former), day, to)
            for former, to, day in moves
        )
    )
    await archive.project(REGISTERS)

    async with archive.asking(here.other_cell) as connection:
        owners = "SELECT DISTINCT unit FROM households_v1.household WHERE household = $1"
        assert here.cell in {row[0] for row in await connection.fetch(owners, here.household)}


async def test_scope_is_todays_tree_whatever_day_is_asked_about(archive: ArchiveOf) -> None:
    here = Commune()
    await archive.record(*here.facts())
    move = UnitReparented(unit=here.cell, parent=here.elsewhere, former_parent=here.commune)
    await archive.record(fact(move, LATER, here.cell))
    await archive.project(REGISTERS)

    assert (await visible(archive, here.elsewhere))["household"] == {here.household, here.other_household}
    assert (await visible(archive, here.commune))["household"] == set()


async def test_a_successor_sees_what_its_merged_predecessors_had(archive: ArchiveOf) -> None:
    here = Commune()
    await archive.record(*here.facts())
    await archive.record(fact(UnitMerged(unit=here.commune, into=here.elsewhere), LATER, here.commune))
    await archive.project(REGISTERS)

    assert (await visible(archive, here.elsewhere))["household"] == {here.household, here.other_household}
    assert (await visible(archive, here.cell))["household"] == {here.household}


async def test_a_unit_that_has_ended_sees_nothing_any_more(archive: ArchiveOf) -> None:
    here, tomorrow = Commune(), date.fromordinal(today().toordinal() + 1)
    nobody = {"unit": set(), "household": set(), "person": set()}
    await archive.record(*here.facts())
    await archive.record(
        fact(UnitMerged(unit=here.commune, into=here.elsewhere), LATER, here.commune),
        fact(UnitDissolved(unit=here.other_cell), LATER, here.other_cell),
        fact(UnitDissolved(unit=here.cell), tomorrow, here.cell),
    )
    await archive.project(REGISTERS)

    assert await visible(archive, here.commune) == nobody
    assert await visible(archive, here.other_cell) == nobody
    assert (await visible(archive, here.cell))["household"] == {here.household}


async def test_a_household_that_moved_away_is_not_seen_through_its_old_place_in_a_group(archive: ArchiveOf) -> None:
    here, group, left = Commune(), uuid4(), uuid4()
    await archive.record(
        *here.facts(),
        fact(HouseholdRegistered(household=left, unit=here.cell, head="s1:head"), DAY, here.cell),
        fact(GroupFormed(group=group, unit=here.cell, name="Nhóm", households=(left,)), DAY, here.cell),
        fact(GroupAssigned(assignment=uuid4(), group=group, member=here.person), DAY, here.cell),
    )
    await archive.project(REGISTERS)
    heads = "SELECT household FROM households_v1.household"
    async with archive.asking(person=here.person) as connection:
        assert {row[0] for row in await connection.fetch(heads)} == {here.household, left}

    moved = HouseholdMoved(household=left, unit=here.other_cell, former_unit=here.cell)
    await archive.record(fact(moved, LATER, here.other_cell))
    await archive.project(REGISTERS)
    async with archive.asking(person=here.person) as connection:
        assert {row[0] for row in await connection.fetch(heads)} == {here.household}

    await archive.record(fact(UnitMerged(unit=here.cell, into=here.other_cell), LATER, here.cell))
    await archive.project(REGISTERS)
    async with archive.asking(person=here.person) as connection:
        assert {row[0] for row in await connection.fetch(heads)} == {here.household, left}


async def test_the_archive_opens_only_to_who_sees_a_trail_of_the_message(archive: ArchiveOf) -> None:
    here = Commune()
    await archive.record(*here.facts())
    await archive.project(REGISTERS)

    async with archive.asking(here.cell) as connection:
        seen = {row[0] for row in await connection.fetch("SELECT position FROM trails_v1.message")}
        mine = (here.cell, here.person, here.household)
        assert seen == {
            recorded.position
            for recorded in archive.facts
            if recorded.fact.unit == here.cell or any(str(key) in repr(recorded.fact.body) for key in mine)
        }
    async with archive.asking(here.province) as connection:
        assert await connection.fetchval("SELECT count(*) FROM trails_v1.message") == archive.head
    async with archive.asking(here.province) as connection:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.fetchval("SELECT count(*) FROM archive.message")
    async with archive.asking() as connection:
        assert await connection.fetchval("SELECT count(*) FROM trails_v1.message") == 0


async def test_a_cell_reads_the_name_of_its_member_whom_the_commune_registered(archive: ArchiveOf) -> None:
    commune, person = Commune(), uuid4()
    registered = fact(PersonRegistered(person=person, name="s1:name"), DAY, commune.commune)
    admitted = MemberAdmitted(person=person, unit=commune.cell, status=MemberStatus.ACTIVE)
    await archive.record(*commune.facts(), registered, fact(admitted, DAY, commune.cell))
    await archive.project(REGISTERS)
    for unit, sees in ((commune.cell, True), (commune.other_cell, False)):
        async with archive.asking(unit) as connection:
            named = await connection.fetchval("SELECT true FROM organisation_v1.person WHERE person = $1", person)
        assert bool(named) is sees


async def test_a_former_cell_does_not_read_what_is_registered_elsewhere_later(archive: ArchiveOf) -> None:
    here = Commune()
    moved = MemberTransferred(person=here.person, unit=here.other_cell, former_unit=here.cell)
    anew = PersonRegistered(person=here.person, name="s1:name", contact="s1:contact")
    await archive.record(*here.facts(), fact(moved, LATER, here.other_cell), fact(anew, LATER, here.other_cell))
    await archive.project(REGISTERS)
    for unit, contacts in ((here.cell, {None}), (here.commune, {None}), (here.other_cell, {None, "s1:contact"})):
        async with archive.asking(unit) as connection:
            rows = await connection.fetch("SELECT contact FROM organisation_v1.person WHERE person = $1", here.person)
        assert {row[0] for row in rows} == contacts
