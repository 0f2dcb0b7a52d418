"""The rows that follow from an entry: step by step what a member, household or group counts as."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from events.facts.members import MemberStatus
from projections.bitemporal import Row, Table
from projections.registers.coverage.entries import Entry
from projections.registers.coverage.intervals import flags, stepped, union, values, within
from projections.states.households import Group, Household
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


def steps(entry: Entry, beside: Entry) -> Iterator[tuple[Table, Row]]:
    """What an entry counts as, span by span, as believed now: without what follows from what `beside` has as well."""
    if entry.member is not None:
        yield from _member(entry.member, entry, beside)
    if entry.household is not None:
        yield from _household(entry.household, entry, beside)
    if entry.group is not None and not (entry.group is beside.group and _same_assignments(entry, beside)):
        yield from _group(entry.group, entry)


def _same_assignments(entry: Entry, beside: Entry) -> bool:
    return entry.target is beside.target and entry.present is beside.present and entry.places is beside.places


def _member(member: Member, entry: Entry, beside: Entry) -> Iterator[tuple[Table, Row]]:
    same = member is beside.member
    cells, statuses = values(member.cells), values(member.statuses)
    if not same or entry.holdings.days != beside.holdings.days:
        for since, until, (unit, status, holds) in stepped(cells, statuses, flags(entry.holdings.days)):
            if unit is not None:
                kept = status or MemberStatus.ACTIVE
                yield MEMBER_STEP, (member.person, since, until, unit, kept.value, bool(holds))
    if same and entry.holdings is beside.holdings:
        return
    for unit in dict.fromkeys(residence.unit for residence in member.residences):
        here = flags(union(r.span for r in member.residences if r.unit == unit))
        held = flags(entry.holdings.of(unit))
        for since, until, (resides, cell, status, holds) in stepped(here, cells, statuses, held):
            if resides and cell is not None:
                kept = status or MemberStatus.ACTIVE
                yield RESIDENCE_STEP, (member.person, unit, since, until, kept.value, bool(holds))


def _household(household: Household, entry: Entry, beside: Entry) -> Iterator[tuple[Table, Row]]:
    key, other = household.household, beside.household
    homes = [
        (Span(since, until), unit) for since, until, (unit,) in stepped(values(household.cells)) if unit is not None
    ]
    if other is None or household.cells is not other.cells:
        other = None
        for home, unit in homes:
            yield HOUSEHOLD_STEP, (key, home.since, home.until, unit)
    if other is None or not _same_assignments(entry, beside):
        covered = entry.covered()
        if entry.places:
            through = (span for place in entry.places for day in place.days for span in within(day, place.covered))
            covered = union((*covered, *through))
        for home, unit in homes:
            for span in within(home, covered):
                yield COVERED_STEP, (key, span.since, span.until, unit)
    if other is None or household.classes is not other.classes:
        for since, until, (economic_class,) in stepped(values(household.classes)):
            for home, unit in homes:
                for span in within(home, (Span(since, until),)):
                    yield CLASS_STEP, (key, span.since, span.until, unit, economic_class.value)
    left_before, cultural_before = (other.left_poverty, other.cultural) if other is not None else ((), ())
    for table, recognised, before in (
        (LEFT_POVERTY_STEP, household.left_poverty, left_before),
        (CULTURAL_STEP, household.cultural, cultural_before),
    ):
        for year in dict.fromkeys(recognised):
            if year not in before:
                for home, unit in homes:
                    for span in within(home, (Span(date(year, 1, 1), date(year + 1, 1, 1)),)):
                        yield table, (key, span.since, span.until, unit)


def _group(group: Group, entry: Entry) -> Iterator[tuple[Table, Row]]:
    for since, until, (exists, held) in stepped(flags(union((group.span,))), flags(entry.covered())):
        if exists:
            yield GROUP_STEP, (group.group, since, until, group.unit, bool(held))
