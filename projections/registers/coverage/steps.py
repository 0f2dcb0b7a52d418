"""The rows that follow from an entry: step by step what a member, household or group counts as."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from events.facts.members import MemberStatus
from projections.bitemporal import Row, Table
from projections.registers.coverage.entries import Entry, Holding
from projections.registers.coverage.intervals import Changes, flags, stepped, union, values, within, years
from projections.states.members import Member

MEMBER_STEP = Table(
    "member_step", ("person",), {"unit": "uuid NOT NULL", "status": "text NOT NULL", "holds": "boolean NOT NULL"}
)
RESIDENCE_STEP = Table("residence_step", ("person", "unit"), {"status": "text NOT NULL", "holds": "boolean NOT NULL"})
HOUSEHOLD_STEP = Table(
    "household_step",
    ("household",),
    {
        "unit": "uuid NOT NULL",
        "economic_class": "text",
        "covered": "boolean NOT NULL",
        "left_poverty": "boolean NOT NULL",
        "cultural": "boolean NOT NULL",
    },
)
GROUP_STEP = Table("group_step", ("group_id",), {"unit": "uuid NOT NULL", "assigned": "boolean NOT NULL"})


def steps(entry: Entry) -> Iterator[tuple[Table, Row]]:
    """What an entry counts as, span by span, as believed now."""
    if entry.member is not None:
        yield from _member(entry.member, entry.holdings)
    if entry.household is not None:
        yield from _household(entry)
    if entry.group is not None:
        yield from _group(entry)


def _held(holdings: Iterable[Holding]) -> Changes:
    return flags(union(part for holding in holdings for part in within(holding.span, holding.exists)))


def _member(member: Member, holdings: tuple[Holding, ...]) -> Iterator[tuple[Table, Row]]:
    cells, statuses = values(member.cells), values(member.statuses)
    for since, until, (unit, status, holds) in stepped(cells, statuses, _held(holdings)):
        if unit is not None:
            kept = status or MemberStatus.ACTIVE
            yield MEMBER_STEP, (member.person, since, until, unit, kept.value, bool(holds))
    for unit in dict.fromkeys(residence.unit for residence in member.residences):
        here = flags(union(r.span for r in member.residences if r.unit == unit))
        held = _held(holding for holding in holdings if holding.unit == unit)
        for since, until, (resides, cell, status, holds) in stepped(here, cells, statuses, held):
            if resides and cell is not None:
                kept = status or MemberStatus.ACTIVE
                yield RESIDENCE_STEP, (member.person, unit, since, until, kept.value, bool(holds))


def _household(entry: Entry) -> Iterator[tuple[Table, Row]]:
    household = entry.household
    assert household is not None
    covered = entry.covered()
    if entry.places:
        covered = union((*covered, *(span for p in entry.places for day in p.days for span in within(day, p.covered))))
    for since, until, (unit, economic_class, held, left, cultural) in stepped(
        values(household.cells),
        values(household.classes),
        flags(covered),
        flags(years(household.left_poverty)) if household.left_poverty else [],
        flags(years(household.cultural)) if household.cultural else [],
    ):
        if unit is not None:
            level = economic_class.value if economic_class is not None else None
            what = (unit, level, bool(held), bool(left), bool(cultural))
            yield HOUSEHOLD_STEP, (household.household, since, until, *what)


def _group(entry: Entry) -> Iterator[tuple[Table, Row]]:
    group = entry.group
    assert group is not None
    for since, until, (exists, held) in stepped(flags(union((group.span,))), flags(entry.covered())):
        if exists:
            yield GROUP_STEP, (group.group, since, until, group.unit, bool(held))
