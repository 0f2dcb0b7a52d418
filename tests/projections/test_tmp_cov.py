"""Coverage agrees with a slow model in memory, whatever happened and in whatever order it became known."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.envelope import Fact
from events.facts.assignments import (
    AssignmentCorrected,
    AssignmentEnded,
    AssignmentRetracted,
    EndingReason,
    GroupAssigned,
    HouseholdAssigned,
    RetractionReason,
)
from events.facts.households import (
    CulturalFamilyRecognised,
    DissolutionReason,
    EconomicClass,
    EconomicClassReviewed,
    GroupChanged,
    GroupDissolved,
    GroupFormed,
    HouseholdDissolved,
    HouseholdLeftPoverty,
    HouseholdMoved,
    HouseholdRegistered,
)
from events.facts.members import (
    LeavingReason,
    MemberAdmitted,
    MemberLeft,
    MemberStatus,
    MemberStatusChanged,
    MemberTransferred,
    ResidenceEnded,
    ResidenceIntroduced,
)
from events.facts.organisation import CellKind, UnitFounded, UnitKind, UnitMerged, UnitReparented
from projections.registers.coverage import (
    GROUP_LISTS,
    HOUSEHOLD_LISTS,
    MEMBER_LISTS,
    Coverage,
    Summary,
    coverage,
    groups_in,
    households_in,
    members_in,
)
from projections.registers.organisation import Organisation
from tests.projections.archive_of import ArchiveOf, fact
from tests.projections.coverage_model import Model


class QuickEras(Coverage):
    """Eras so short that a small history has several."""

    era: ClassVar[int] = 8


def ids(kind: int, number: int) -> list[UUID]:
    return [UUID(int=(kind << 64) + index) for index in range(1, number + 1)]


PROVINCE, EAST, WEST = ids(1, 3)
CELLS = ids(2, 4)
PERSONS, HOUSEHOLDS, GROUPS, ASSIGNMENTS = ids(3, 4), ids(4, 5), ids(5, 2), ids(6, 8)
BEGINNING = date(2021, 1, 1)
DAYS = [
    *(date(2021, month, 1) for month in (1, 3, 6, 9, 12)),
    date(2021, 12, 31),
    *(date(2022, month, 1) for month in (1, 2, 5, 8)),
    date(2023, 1, 1),
]

days = st.sampled_from(DAYS)
ends = st.one_of(st.none(), days)
cells, persons, households = st.sampled_from(CELLS), st.sampled_from(PERSONS), st.sampled_from(HOUSEHOLDS)
groups, assignments = st.sampled_from(GROUPS), st.sampled_from(ASSIGNMENTS)
several = st.lists(households, max_size=3).map(tuple)
years = st.sampled_from([2021, 2022, 2023])


def body(kind: Any, **fields: Any) -> st.SearchStrategy[Any]:
    return st.builds(kind, **fields)


known = {"assignment": assignments, "member": persons}
BODIES = st.one_of(
    body(MemberAdmitted, person=persons, unit=cells, status=st.sampled_from(MemberStatus), newly=st.booleans()),
    body(MemberAdmitted, person=persons, unit=cells, status=st.just(MemberStatus.ACTIVE), newly=st.booleans()),
    body(MemberTransferred, person=persons, unit=cells, former_unit=cells),
    body(MemberStatusChanged, person=persons, status=st.sampled_from(MemberStatus), until=ends),
    body(MemberLeft, person=persons, unit=cells, reason=st.sampled_from(LeavingReason)),
    body(ResidenceIntroduced, person=persons, unit=cells),
    body(ResidenceEnded, person=persons, unit=cells),
    body(HouseholdMoved, household=households, unit=cells, former_unit=cells),
    body(EconomicClassReviewed, household=households, year=years, economic_class=st.sampled_from(EconomicClass)),
    body(HouseholdLeftPoverty, household=households, year=years),
    body(CulturalFamilyRecognised, household=households, year=years),
    body(HouseholdDissolved, household=households, reason=st.sampled_from(DissolutionReason)),
    body(GroupFormed, group=groups, unit=cells, name=st.just("Nhóm"), households=several),
    body(GroupChanged, group=groups, added=several, removed=several),
    body(GroupDissolved, group=groups),
    *[body(HouseholdAssigned, household=households, until=ends, **known)] * 3,
    *[body(GroupAssigned, group=groups, until=ends, **known)] * 3,
    *(
        body(AssignmentEnded, target=target, reason=st.just(EndingReason.PLAN_CHANGED), **known)
        for target in (households, groups)
    ),
    *(body(AssignmentCorrected, target=target, since=days, until=ends, **known) for target in (households, groups)),
    *(
        body(AssignmentRetracted, target=target, reason=st.just(RetractionReason.ENTERED_TWICE), **known)
        for target in (households, groups)
    ),
)
MOVES = st.one_of(
    body(UnitMerged, unit=st.just(CELLS[0]), into=st.just(CELLS[1])),
    body(UnitReparented, unit=st.just(CELLS[2]), parent=st.just(WEST)),
    body(UnitMerged, unit=st.just(WEST), into=st.just(EAST)),
)


def beginning() -> list[Fact[Any]]:
    """The tree, and everybody and everything in it, so that most of what follows can be applied."""

    def founded(unit: UUID, kind: UnitKind, parent: UUID | None) -> Fact[Any]:
        cell_kind = CellKind.VILLAGE if kind is UnitKind.CELL else None
        body = UnitFounded(unit=unit, kind=kind, name="Đơn vị", cell_kind=cell_kind, parent=parent)
        return fact(body, BEGINNING, unit)

    return [
        founded(PROVINCE, UnitKind.PROVINCE, None),
        founded(EAST, UnitKind.COMMUNE, PROVINCE),
        founded(WEST, UnitKind.COMMUNE, PROVINCE),
        *(founded(cell, UnitKind.CELL, EAST if index < 3 else WEST) for index, cell in enumerate(CELLS)),
        *(
            fact(HouseholdRegistered(household=h, unit=CELLS[i % 4], head="s1:"), DAYS[i], CELLS[i % 4])
            for i, h in enumerate(HOUSEHOLDS)
        ),
        *(
            fact(MemberAdmitted(person=p, unit=CELLS[i], status=MemberStatus.ACTIVE), DAYS[i], CELLS[i])
            for i, p in enumerate(PERSONS[:3])
        ),
    ]


@st.composite
def histories(draw: st.DrawFn) -> list[Fact[Any]]:
    later = draw(st.lists(st.tuples(BODIES, days, cells), min_size=5, max_size=40))
    moves = draw(st.lists(st.tuples(MOVES, days), max_size=2, unique_by=lambda move: move[0].unit))
    facts = [fact(what, day, cell) for what, day, cell in later]
    for what, day in moves:
        facts.insert(draw(st.integers(0, len(facts))), fact(what, day, what.unit))
    return beginning() + facts


async def _renew(archive: ArchiveOf) -> None:
    await archive.fetch("DELETE FROM projection.quarantine")
    await archive.fetch("DELETE FROM projection.checkpoint")


async def _contents(archive: ArchiveOf) -> dict[str, list[Any]]:
    tables = await archive.fetch(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'coverage_v1' AND tablename <> 'state'"
    )
    return {
        name: sorted(map(tuple, await archive.fetch(f"SELECT t::text FROM coverage_v1.{name} t"))) for (name,) in tables
    }


@settings(
    max_examples=500,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data(), history=histories())
async def test_every_count_and_its_list_agree_with_the_model(
    archive: ArchiveOf, data: st.DataObject, history: list[Fact[Any]]
) -> None:
    await archive.fetch("TRUNCATE archive.message")
    archive.facts.clear()
    await archive.record(*history)
    await _renew(archive)
    await archive.project([Organisation, QuickEras], chunk=1000)
    at_once = await _contents(archive)
    await _renew(archive)
    await archive.project([Organisation, QuickEras], chunk=data.draw(st.integers(1, 7)))
    assert await _contents(archive) == at_once

    asked = data.draw(st.lists(st.tuples(days, st.integers(0, archive.head + 1)), min_size=4, max_size=4))
    async with archive.asking(unit=PROVINCE) as connection:
        for as_of, known_at in [*asked, (DAYS[-1], archive.head)]:
            model = Model(archive.facts, known_at)
            for unit in (PROVINCE, EAST, WEST, *CELLS):
                if unit not in model.organisation.units:
                    continue
                found = await coverage(connection, unit, as_of, known_at)
                assert found.counts == model.counts(unit, as_of), (unit, as_of, known_at)
                assert found.incomplete == model.incomplete(unit, as_of)
                await _lists_agree(connection, found)


async def _lists_agree(connection: Any, found: Summary) -> None:
    where, counts = (found.unit, found.as_of, found.known_at), found.counts
    for names, question, whole in (
        (MEMBER_LISTS, members_in, counts.members),
        (HOUSEHOLD_LISTS, households_in, counts.households),
        (GROUP_LISTS, groups_in, counts.groups),
    ):
        sizes = {name: len(await question(connection, *where, name, None, 1000)) for name in names}
        assert sizes.pop("all") == whole
        for name, size in sizes.items():
            assert size == _number(counts, whole, names, name), name


def _number(counts: Any, whole: int, names: Any, name: str) -> int:
    if names is GROUP_LISTS:
        return counts.groups_assigned if name == "assigned" else whole - counts.groups_assigned
    if name == "unassigned":
        return int(counts.eligible - counts.assigned)
    if name == "uncovered":
        return int(counts.households - counts.covered)
    return int(getattr(counts, name))
