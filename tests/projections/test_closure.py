"""The closure equals the tree that is walked step by step, on any day, as known at any position."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from events.envelope import Fact, Recorded
from events.facts.organisation import UnitDissolved, UnitFounded, UnitKind, UnitMerged, UnitRenamed, UnitReparented
from projections.registers import organisation
from projections.registers.organisation import Organisation as Register
from projections.states.organisation import Organisation
from tests.projections.archive_of import ArchiveOf, fact

FIRST = date(2022, 1, 1)
DAYS = [FIRST + timedelta(days=30 * month) for month in range(8)]
UNITS = 6


@dataclass(frozen=True)
class Step:
    """One change of the tree; units are named by their number."""

    what: str
    unit: int
    other: int
    day: date


steps = st.builds(
    Step,
    what=st.sampled_from(["reparent", "reparent", "merge", "dissolve", "rename", "found"]),
    unit=st.integers(0, UNITS - 1),
    other=st.integers(0, UNITS - 1),
    day=st.sampled_from(DAYS),
)
foundings = st.lists(
    st.tuples(st.one_of(st.none(), st.integers(0, UNITS - 1)), st.sampled_from(DAYS[:4])),
    min_size=UNITS,
    max_size=UNITS,
)


def facts_of(founded: list[tuple[int | None, date]], changes: list[Step], ids: list[UUID]) -> list[Fact[Any]]:
    """The story as facts. Loops in the tree are left in: a wrong one must not hang or break the register."""
    found = []
    for number, (parent, day) in enumerate(founded):
        above = ids[parent] if parent is not None and parent < number else None
        body = UnitFounded(unit=ids[number], kind=UnitKind.CELL, name=str(number), parent=above)
        found.append(fact(body, day, ids[number]))
    for step in changes:
        unit, other = ids[step.unit], ids[step.other]
        if step.what == "found":
            unit = uuid4()
            ids.append(unit)
        elif unit == other:
            continue
        body = {
            "found": UnitFounded(unit=unit, kind=UnitKind.CELL, name="later", parent=other),
            "reparent": UnitReparented(unit=unit, parent=other),
            "merge": UnitMerged(unit=unit, into=other),
            "dissolve": UnitDissolved(unit=unit),
            "rename": UnitRenamed(unit=unit, name="renamed"),
        }[step.what]
        found.append(fact(body, step.day, unit))
    return found


def brute_force(facts: list[Recorded[Any]], known_at: int, day: date) -> dict[UUID, set[UUID]]:
    """Who stands at or below whom: every founded unit's chain, walked."""
    tree = Organisation()
    for recorded in facts:
        if recorded.position <= known_at:
            tree = tree.after(recorded.fact)
    below: dict[UUID, set[UUID]] = {}
    for unit in tree.units.values():
        if unit.founded <= day:
            for ancestor in tree.chain(unit.unit, day):
                below.setdefault(ancestor, set()).add(unit.unit)
    return below


@example(
    founded=[(None, DAYS[0]), (0, DAYS[1]), (1, DAYS[0]), *[(None, DAYS[0])] * 3],
    changes=[Step("reparent", 1, 0, DAYS[0])],
    chunk=1,
    asked=[(7, DAYS[0])],
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    founded=foundings,
    changes=st.lists(steps, max_size=10),
    chunk=st.integers(1, 12),
    asked=st.lists(
        st.tuples(
            st.integers(0, UNITS + 10), st.sampled_from([DAYS[0], *[d + timedelta(days=3) for d in DAYS], *DAYS])
        ),
        min_size=4,
        max_size=10,
    ),
)
async def test_the_closure_equals_the_tree_walked_step_by_step(
    archive: ArchiveOf,
    founded: list[tuple[int | None, date]],
    changes: list[Step],
    chunk: int,
    asked: list[tuple[int, date]],
) -> None:
    before = archive.head
    ids = [uuid4() for _ in range(UNITS)]
    await archive.record(*facts_of(founded, changes, ids))
    await archive.project([Register], chunk)
    own = archive.facts[before:]

    async with archive.asking() as connection:
        for offset, day in asked:
            expected = brute_force(own, before + offset, day)
            for unit in ids:
                found = await organisation.descendants(connection, unit, day, before + offset)
                assert len(found) == len(set(found))
                assert set(found) == expected.get(unit, set())


async def test_fifteen_hundred_units_founded_one_after_another_and_moved_together(archive: ArchiveOf) -> None:
    old, new, communes = uuid4(), uuid4(), [uuid4() for _ in range(100)]
    cells = {uuid4(): communes[number % 100] for number in range(1400)}
    founding = [UnitFounded(unit=unit, kind=UnitKind.PROVINCE, name="Tỉnh") for unit in (old, new)]
    founding += [UnitFounded(unit=unit, kind=UnitKind.COMMUNE, name="Xã", parent=old) for unit in communes]
    founding += [UnitFounded(unit=unit, kind=UnitKind.CELL, name="Thôn", parent=above) for unit, above in cells.items()]
    await archive.record(*(fact(body, FIRST, body.unit) for body in founding))
    head = await archive.record(fact(UnitMerged(unit=old, into=new), DAYS[5], old))
    await archive.project([Register], 4000)

    async with archive.asking() as connection:
        assert len(await organisation.descendants(connection, new, DAYS[5], head)) == 1502
        assert len(await organisation.descendants(connection, new, DAYS[4], head)) == 1
        assert len(await organisation.descendants(connection, old, DAYS[6], head)) == 1501
        assert len(await organisation.descendants(connection, new, DAYS[6], head - 1)) == 1
