"""The organisation as it was on a day and as it was known at a position."""

from datetime import date
from uuid import UUID, uuid4

from events.facts.organisation import (
    CellKind,
    OfficeActing,
    OfficeAppointed,
    OfficeKind,
    OfficeReleased,
    PersonRegistered,
    UnitDissolved,
    UnitFounded,
    UnitKind,
    UnitMerged,
    UnitRenamed,
    UnitReparented,
)
from projections.registers import organisation
from projections.registers.organisation import Organisation
from tests.projections.archive_of import ArchiveOf, fact

START, SPRING, SUMMER, AUTUMN = date(2022, 1, 1), date(2022, 4, 1), date(2022, 7, 1), date(2022, 10, 1)
SECRETARY, MEMBER = OfficeKind.SECRETARY, OfficeKind.COMMITTEE_MEMBER


def founded(kind: UnitKind, name: str, parent: UUID | None = None, day: date = START) -> tuple[UUID, object]:
    unit = uuid4()
    cell_kind = CellKind.VILLAGE if kind is UnitKind.CELL else None
    return unit, fact(UnitFounded(unit=unit, kind=kind, name=name, cell_kind=cell_kind, parent=parent), day, unit)


async def test_a_renamed_unit_bears_its_name_of_the_day_as_known_at_the_position(archive: ArchiveOf) -> None:
    commune, founding = founded(UnitKind.COMMUNE, "Xã Suối Vàng")
    before = await archive.record(founding)
    after = await archive.record(fact(UnitRenamed(unit=commune, name="Xã Suối Bạc"), SPRING, commune))
    await archive.project([Organisation])

    async with archive.asking() as connection:

        async def name(day: date, known_at: int) -> str:
            (unit,) = await organisation.units(connection, [commune], day, known_at)
            return unit.name

        assert await name(START, after) == "Xã Suối Vàng"
        assert await name(SPRING, after) == "Xã Suối Bạc"
        assert await name(SPRING, before) == "Xã Suối Vàng"
        assert await organisation.units(connection, [commune], date(2021, 12, 31), after) == []
        assert await organisation.units(connection, [commune], START, before - 1) == []


async def test_what_stood_under_a_merged_unit_stands_under_its_successor(archive: ArchiveOf) -> None:
    province, first = founded(UnitKind.PROVINCE, "Tỉnh")
    old, second = founded(UnitKind.COMMUNE, "Xã cũ", province)
    new, third = founded(UnitKind.COMMUNE, "Xã mới", province)
    cell, fourth = founded(UnitKind.CELL, "Thôn 1", old)
    before = await archive.record(first, second, third, fourth)
    after = await archive.record(fact(UnitMerged(unit=old, into=new), SUMMER, old))
    await archive.project([Organisation])

    async with archive.asking() as connection:
        assert set(await organisation.descendants(connection, new, SUMMER, after)) == {new, old, cell}
        assert set(await organisation.descendants(connection, new, SPRING, after)) == {new}
        assert set(await organisation.descendants(connection, new, SUMMER, before)) == {new}
        assert [u.unit for u in await organisation.chain(connection, cell, SUMMER, after)] == [cell, old, new, province]
        assert [u.unit for u in await organisation.chain(connection, cell, SPRING, after)] == [cell, old, province]
        assert [u.unit for u in await organisation.children(connection, new, SUMMER, after)] == [cell]
        assert {u.unit for u in await organisation.children(connection, province, SUMMER, after)} == {new}
        (merged,) = await organisation.units(connection, [old], AUTUMN, after)
        assert (merged.standing, merged.absorbed_into, merged.ended) == ("merged", new, SUMMER)
        (still,) = await organisation.units(connection, [old], SPRING, after)
        assert still.standing == "existing"


async def test_the_line_of_a_unit_reaches_both_ways_with_its_days(archive: ArchiveOf) -> None:
    a, first = founded(UnitKind.COMMUNE, "A")
    b, second = founded(UnitKind.COMMUNE, "B")
    c, third = founded(UnitKind.COMMUNE, "C")
    other, fourth = founded(UnitKind.COMMUNE, "D")
    into_b = await archive.record(first, second, third, fourth, fact(UnitMerged(unit=a, into=b), SPRING, a))
    into_c = await archive.record(fact(UnitMerged(unit=b, into=c), SUMMER, b))
    await archive.project([Organisation])

    async with archive.asking() as connection:
        line = [(u.unit, u.ended, u.absorbed_into) for u in await organisation.lineage(connection, b, into_c)]
        assert line == [(a, SPRING, b), (b, SUMMER, c), (c, None, None)]
        earlier = [(u.unit, u.ended) for u in await organisation.lineage(connection, b, into_b)]
        assert earlier == [(a, SPRING), (b, None)]
        assert [u.unit for u in await organisation.lineage(connection, other, into_c)] == [other]


async def test_a_dissolved_unit_keeps_its_place_and_says_so(archive: ArchiveOf) -> None:
    commune, first = founded(UnitKind.COMMUNE, "Xã")
    cell, second = founded(UnitKind.CELL, "Trạm y tế", commune)
    head = await archive.record(first, second, fact(UnitDissolved(unit=cell), SUMMER, cell))
    await archive.project([Organisation])

    async with archive.asking() as connection:
        (gone,) = await organisation.units(connection, [cell], AUTUMN, head)
        assert (gone.standing, gone.parent) == ("dissolved", commune)
        assert cell in await organisation.descendants(connection, commune, AUTUMN, head)
        assert await organisation.children(connection, commune, AUTUMN, head) == []


async def test_a_reparented_subtree_moves_whole_and_only_from_its_day(archive: ArchiveOf) -> None:
    province, first = founded(UnitKind.PROVINCE, "Tỉnh")
    district, second = founded(UnitKind.DISTRICT, "Huyện", province)
    commune, third = founded(UnitKind.COMMUNE, "Xã", district)
    cell, fourth = founded(UnitKind.CELL, "Thôn", commune)
    move = UnitReparented(unit=commune, parent=province, former_parent=district)
    await archive.record(first, second, third, fourth)
    head = await archive.record(fact(move, SUMMER, commune))
    await archive.project([Organisation], chunk=1)

    async with archive.asking() as connection:
        assert set(await organisation.descendants(connection, district, SPRING, head)) == {district, commune, cell}
        assert set(await organisation.descendants(connection, district, SUMMER, head)) == {district}
        everything = {province, district, commune, cell}
        assert set(await organisation.descendants(connection, province, SUMMER, head)) == everything
        assert set(await organisation.descendants(connection, province, SPRING, head)) == everything


async def test_who_was_secretary_on_a_day(archive: ArchiveOf) -> None:
    commune, founding = founded(UnitKind.COMMUNE, "Xã")
    one, two, three = uuid4(), uuid4(), uuid4()
    head = await archive.record(
        founding,
        fact(OfficeAppointed(unit=commune, office=SECRETARY, person=one), START, commune),
        fact(OfficeAppointed(unit=commune, office=MEMBER, person=one), START, commune),
        fact(OfficeAppointed(unit=commune, office=MEMBER, person=two), START, commune),
        fact(OfficeActing(unit=commune, office=SECRETARY, person=two, until=SUMMER), SPRING, commune),
        fact(OfficeReleased(unit=commune, office=SECRETARY, person=one), SUMMER, commune),
        fact(OfficeAppointed(unit=commune, office=SECRETARY, person=three), AUTUMN, commune),
    )
    await archive.project([Organisation])

    async with archive.asking(commune) as connection:

        async def held(day: date, known_at: int = head) -> list[tuple[str, UUID, bool]]:
            found = await organisation.offices(connection, commune, day, known_at)
            return [(tenure.office, tenure.person, tenure.acting) for tenure in found if tenure.office == "secretary"]

        assert await held(START) == [("secretary", one, False)]
        assert await held(SPRING) == [("secretary", two, True), ("secretary", one, False)]
        assert await held(SUMMER) == []
        assert await held(AUTUMN) == [("secretary", three, False)]
        assert await held(AUTUMN, head - 2) == [("secretary", one, False)]
        committee = await organisation.offices(connection, commune, START, head)
        assert {t.person for t in committee if t.office == "committee_member"} == {one, two}
        assert [(t.office, t.since) for t in await organisation.offices_of(connection, two, head)] == [
            ("committee_member", START),
            ("secretary", SPRING),
        ]


async def test_who_is_appointed_twice_or_while_acting_holds_the_office_once(archive: ArchiveOf) -> None:
    commune, founding = founded(UnitKind.COMMUNE, "Xã")
    person = uuid4()
    head = await archive.record(
        founding,
        fact(OfficeActing(unit=commune, office=SECRETARY, person=person, until=AUTUMN), START, commune),
        fact(OfficeAppointed(unit=commune, office=SECRETARY, person=person), SPRING, commune),
        fact(OfficeAppointed(unit=commune, office=SECRETARY, person=person), SUMMER, commune),
    )
    await archive.project([Organisation])

    async with archive.asking(commune) as connection:
        for day, acting in ((START, True), (SPRING, False), (SUMMER, False), (AUTUMN, False)):
            (tenure,) = await organisation.offices(connection, commune, day, head)
            assert (tenure.person, tenure.acting) == (person, acting)


async def test_a_persons_name_is_the_one_last_registered_by_then(archive: ArchiveOf) -> None:
    commune, founding = founded(UnitKind.COMMUNE, "Xã")
    person = uuid4()
    first = await archive.record(
        founding, fact(PersonRegistered(person=person, name="s1:one", contact="s1:phone"), START, commune)
    )
    second = await archive.record(fact(PersonRegistered(person=person, name="s1:two"), SPRING, commune))
    await archive.project([Organisation])

    async with archive.asking(commune) as connection:
        assert (await organisation.persons(connection, [person, uuid4()], first))[person].name == "s1:one"
        known = await organisation.persons(connection, [person], second)
        assert (known[person].name, known[person].contact) == ("s1:two", "s1:phone")
    async with archive.asking(uuid4()) as connection:
        assert await organisation.persons(connection, [person], second) == {}
