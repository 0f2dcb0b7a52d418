"""Random histories of a small province: late, corrected, retracted, moved, merged, and now and then impossible."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any
from uuid import UUID

from events.envelope import Fact, Recorded
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
from events.facts.values import Body
from tests.projections.archive_of import fact
from tests.projections.coverage_model import Model

BEGINNING = date(2021, 1, 1)
DAYS = [
    *(date(2021, month, 1) for month in (1, 3, 6, 9, 12)),
    date(2021, 12, 31),
    *(date(2022, month, 1) for month in (1, 2, 5, 8)),
    date(2023, 1, 1),
]
YEARS = [2021, 2022, 2023]
IMPOSSIBLE = 0.004
"""How often a fact that cannot be applied is let in."""


def _ids(kind: int, number: int) -> list[UUID]:
    return [UUID(int=(kind << 64) + index) for index in range(1, number + 1)]


PROVINCE, EAST, WEST = _ids(1, 3)
CELLS, PERSONS, HOUSEHOLDS, GROUPS = _ids(2, 4), _ids(3, 5), _ids(4, 6), _ids(5, 4)
UNITS = [PROVINCE, EAST, WEST, *CELLS]


def _founded(unit: UUID, kind: UnitKind, parent: UUID | None) -> Fact[Any]:
    cell_kind = CellKind.VILLAGE if kind is UnitKind.CELL else None
    return fact(UnitFounded(unit=unit, kind=kind, name="Đơn vị", cell_kind=cell_kind, parent=parent), BEGINNING, unit)


def history(seed: int, length: int) -> list[Fact[Any]]:
    """The first facts of the history with this seed: `length` of them after the tree was founded."""
    random = Random(seed)
    facts = [_founded(PROVINCE, UnitKind.PROVINCE, None)]
    facts += [_founded(commune, UnitKind.COMMUNE, PROVINCE) for commune in (EAST, WEST)]
    facts += [_founded(cell, UnitKind.CELL, EAST if cell != CELLS[3] else WEST) for cell in CELLS]
    model = Model()
    for position, known in enumerate(facts, 1):
        model.take(Recorded(position, 0, known))
    made = 0
    while made < length:
        body = random.choice(KINDS)(random, model)
        if body is None:
            continue
        new = fact(body, random.choice(DAYS), getattr(body, "unit", None) or random.choice(CELLS))
        if model.applies(new) or random.random() < IMPOSSIBLE:
            facts.append(new)
            model.take(Recorded(len(facts), 0, new))
            made += 1
    return facts


Make = Callable[[Random, Model], Body | None]


def _member(random: Random, model: Model) -> Body:
    status = random.choice([MemberStatus.ACTIVE, MemberStatus.ACTIVE, *MemberStatus])
    return MemberAdmitted(person=random.choice(PERSONS), unit=random.choice(CELLS), status=status)


def _transfer(random: Random, model: Model) -> Body:
    return MemberTransferred(person=random.choice(PERSONS), unit=random.choice(CELLS), former_unit=random.choice(CELLS))


def _status(random: Random, model: Model) -> Body:
    until = random.choice([None, *DAYS])
    return MemberStatusChanged(person=random.choice(PERSONS), status=random.choice(list(MemberStatus)), until=until)


def _leaving(random: Random, model: Model) -> Body:
    reason = random.choice(list(LeavingReason))
    return MemberLeft(person=random.choice(PERSONS), unit=random.choice(CELLS), reason=reason)


def _residence(random: Random, model: Model) -> Body:
    kind = random.choice([ResidenceIntroduced, ResidenceIntroduced, ResidenceEnded])
    return kind(person=random.choice(PERSONS), unit=random.choice(CELLS))


def _household(random: Random, model: Model) -> Body:
    return HouseholdRegistered(household=random.choice(HOUSEHOLDS), unit=random.choice(CELLS), head="s1:")


def _move(random: Random, model: Model) -> Body:
    return HouseholdMoved(
        household=random.choice(HOUSEHOLDS), unit=random.choice(CELLS), former_unit=random.choice(CELLS)
    )


def _review(random: Random, model: Model) -> Body:
    year, economic_class = random.choice(YEARS), random.choice(list(EconomicClass))
    return EconomicClassReviewed(household=random.choice(HOUSEHOLDS), year=year, economic_class=economic_class)


def _recognition(random: Random, model: Model) -> Body:
    kind = random.choice([HouseholdLeftPoverty, CulturalFamilyRecognised])
    return kind(household=random.choice(HOUSEHOLDS), year=random.choice(YEARS))


def _dissolution(random: Random, model: Model) -> Body:
    return HouseholdDissolved(household=random.choice(HOUSEHOLDS), reason=DissolutionReason.MOVED_AWAY)


def _group(random: Random, model: Model) -> Body:
    some = tuple(random.sample(HOUSEHOLDS, random.randint(0, 4)))
    return GroupFormed(group=random.choice(GROUPS), unit=random.choice(CELLS), name="Nhóm", households=some)


def _regrouping(random: Random, model: Model) -> Body:
    added, removed = (tuple(random.sample(HOUSEHOLDS, random.randint(0, 2))) for _ in range(2))
    return GroupChanged(group=random.choice(GROUPS), added=added, removed=removed)


def _ungrouping(random: Random, model: Model) -> Body | None:
    return GroupDissolved(group=random.choice(GROUPS)) if random.random() < 0.3 else None


def _assignment(random: Random, model: Model) -> Body:
    new, member = UUID(int=random.getrandbits(128)), random.choice(PERSONS)
    until = random.choice([None, None, *DAYS])
    if random.random() < 0.5:
        return GroupAssigned(assignment=new, group=random.choice(GROUPS), member=member, until=until)
    return HouseholdAssigned(assignment=new, household=random.choice(HOUSEHOLDS), member=member, until=until)


def _reassignment(random: Random, model: Model) -> Body | None:
    every = [(target.target, a) for target in model.targets.values() for a in target.assignments]
    if not every:
        return None
    target, a = random.choice(every)
    which: dict[str, Any] = {"assignment": a.assignment, "target": target, "member": a.member}
    match random.randint(0, 3):
        case 0:
            return AssignmentRetracted(reason=RetractionReason.ENTERED_TWICE, **which)
        case 1:
            return AssignmentCorrected(since=random.choice(DAYS), until=random.choice([None, *DAYS]), **which)
    return AssignmentEnded(reason=EndingReason.PLAN_CHANGED, **which)


def _reform(random: Random, model: Model) -> Body | None:
    moves = [
        UnitMerged(unit=CELLS[0], into=CELLS[1]),
        UnitReparented(unit=CELLS[2], parent=WEST),
        UnitMerged(unit=WEST, into=EAST),
    ]
    return random.choice(moves) if random.random() < 0.2 else None


KINDS: list[Make] = [
    *[_member, _household, _assignment] * 4,
    *[_group, _reassignment, _status, _leaving] * 2,
    *[_transfer, _residence, _move, _review, _recognition, _dissolution, _regrouping, _ungrouping, _reform],
]
