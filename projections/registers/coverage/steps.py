"""The rows that follow from an entry: step by step what a member, household or group counts as."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from events.facts.members import MemberStatus
from projections.bitemporal import Row, Table
from projections.registers.coverage.entries import Entry, Holding
from projections.registers.coverage.intervals import Changes, flags, stepped, union, values, within
from projections.states.members import Member
from projections.states.timeline import Span

MEMBER_STEP = Table(
    "member_step", ("person",), {"unit": "uuid NOT NULL", "status": "text NOT NULL", "holds": "boolean NOT NULL"}
)
RESIDENCE_STEP = Table("residence_step", ("person", "unit"), {"status": "text NOT NULL", "holds": "boolean NOT NULL"})
# What may change about a household apart from its cell has a table each: one fact then moves one row or two, and not
# the whole product of cell, class, coverage and recognitions.
HOUSEHOLD_STEP = Table("household_step", ("household",), {"unit": "uuid NOT NULL"})
COVERED_STEP = Table("covered_step", ("household",), {"unit": "uuid NOT NULL"})
CLASS_STEP = Table("class_step", ("household",), {"unit": "uuid NOT NULL", "economic_class": "text NOT NULL"})
LEFT_POVERTY_STEP = Table("left_poverty_step", ("household",), {"unit": "uuid NOT NULL"})
CULTURAL_STEP = Table("cultural_step", ("household",), {"unit": "uuid NOT NULL"})
GROUP_STEP = Table("group_step", ("group_id",), {"unit": "uuid NOT NULL", "assigned": "boolean NOT NULL"})

TABLES = (
    MEMBER_STEP,
    RESIDENCE_STEP,
    HOUSEHOLD_STEP,
    COVERED_STEP,
    CLASS_STEP,
    LEFT_POVERTY_STEP,
    CULTURAL_STEP,
    GROUP_STEP,
)


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
    key, classes = household.household, list(stepped(values(household.classes)))
    covered = entry.covered()
    if entry.places:
        covered = union((*covered, *(span for p in entry.places for day in p.days for span in within(day, p.covered))))
    for since, until, (unit,) in stepped(values(household.cells)):
        if unit is None:
            continue
        home = Span(since, until)
        yield HOUSEHOLD_STEP, (key, since, until, unit)
        for began, ended, (economic_class,) in classes:
            for span in within(home, (Span(began, ended),)):
                yield CLASS_STEP, (key, span.since, span.until, unit, economic_class.value)
        for span in within(home, covered):
            yield COVERED_STEP, (key, span.since, span.until, unit)
        for table, recognised in ((LEFT_POVERTY_STEP, household.left_poverty), (CULTURAL_STEP, household.cultural)):
            for year in dict.fromkeys(recognised):
                for span in within(home, (Span(date(year, 1, 1), date(year + 1, 1, 1)),)):
                    yield table, (key, span.since, span.until, unit)


def _group(entry: Entry) -> Iterator[tuple[Table, Row]]:
    group = entry.group
    assert group is not None
    for since, until, (exists, held) in stepped(flags(union((group.span,))), flags(entry.covered())):
        if exists:
            yield GROUP_STEP, (group.group, since, until, group.unit, bool(held))
