"""What a dossier says. Every number opens to the positions of the facts that it was counted from.

No level and no score is among it, and nothing sealed: people read it and decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

import msgspec

Positions = tuple[int, ...]
"""Positions in the log, rising."""


class Figure(msgspec.Struct, frozen=True):
    """A number, and where in the log the facts are that it was counted from: those that say no as well as those that
    say yes (the end of an assignment, a visit taken back)."""

    value: int
    positions: Positions = ()


class AssignmentLine(msgspec.Struct, frozen=True):
    """An assignment by its days in the year: from `since`, up to and without `until`; None where it held on the last
    day that is counted. One that was taken back has none."""

    assignment: UUID
    target: UUID
    is_group: bool
    since: date | None
    until: date | None
    days: int
    positions: Positions


class HouseholdLine(msgspec.Struct, frozen=True):
    """A household that he held in the year, directly or through groups: on how many days, and in how many whole months
    (`months`), how many of these had the visits that are asked for (`visited`), and all visits that he made to it."""

    household: UUID
    days: int
    months: int
    visited: int
    visits: int
    positions: Positions


class Assignments(msgspec.Struct, frozen=True):
    """What he held: on how many days anything at all, each household on how many days (every day and household once),
    how many households and groups."""

    days: Figure
    household_days: Figure
    households: Figure
    groups: Figure
    lines: tuple[AssignmentLine, ...]


class Visits(msgspec.Struct, frozen=True):
    """His visits of the year: `made`, of these `nobody_home`, `elsewhere` (to a household that he did not hold that
    day), and last `attested` or `disputed` by the household. `months`: whole months of households held; `visited`: of
    these with the visits that are asked for."""

    made: Figure
    nobody_home: Figure
    elsewhere: Figure
    attested: Figure
    disputed: Figure
    months: Figure
    visited: Figure
    households: tuple[HouseholdLine, ...]


class ReportLine(msgspec.Struct, frozen=True):
    """A month in a cell for which a report was due, or came."""

    unit: UUID
    month: date
    due: bool
    delivered_on: date | None
    late: bool
    concluded: bool
    positions: Positions


class Reports(msgspec.Struct, frozen=True):
    """His monthly reports of the year, as `projections.registers.meetings.reports` counts them."""

    due: Figure
    delivered: Figure
    late: Figure
    concluded: Figure
    lines: tuple[ReportLine, ...]


class Attendance(msgspec.Struct, frozen=True):
    """To which meetings of his cells in the year he came, as was said last."""

    present: Figure
    excused: Figure
    unexcused: Figure


class GrievanceLine(msgspec.Struct, frozen=True):
    """A household's trouble that he carried: the day of its word, the day on which that reached the log, and the first
    day of the cell's conclusion, of an answer, and of its delivery; `escalated` when it first went up. A `part` is what
    a mixed case was split into."""

    grievance: UUID
    household: UUID | None
    part: bool
    told: date
    recorded: date
    concluded: date | None
    escalated: date | None
    answered: date | None
    delivered: date | None
    positions: Positions


class Grievances(msgspec.Struct, frozen=True):
    """The cases that he raised in the year for households (a mixed one counts once in `raised`), and how many of them,
    or of their parts, came how far."""

    raised: Figure
    concluded: Figure
    escalated: Figure
    answered: Figure
    delivered: Figure
    lines: tuple[GrievanceLine, ...]


class Outcomes(msgspec.Struct, frozen=True):
    """What was recognised for the year of households that he held on the day (on the year's nearest, where that lies
    outside of it). `reviewed` are those that the review of the year put into a class, and into which. Each household
    counts once, by what was recorded last."""

    left_poverty: Figure
    cultural: Figure
    reviewed: Figure
    poor: Figure
    near_poor: Figure
    average: Figure
    better_off: Figure


class StatusLine(msgspec.Struct, frozen=True):
    """A change of his membership in the year: which type of fact, from which day on, to which status or unit."""

    type: str
    day: date
    status: str | None
    unit: UUID | None
    position: int


class Recording(msgspec.Struct, frozen=True):
    """How the year came into the log: what was recorded `late`, and what was `corrected` or `retracted`."""

    late: Figure
    corrected: Figure
    retracted: Figure


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """The evidence for one member and year, counted up to and with the day `until`."""

    member: UUID
    year: int
    until: date
    assignments: Assignments
    visits: Visits
    reports: Reports
    attendance: Attendance
    grievances: Grievances
    outcomes: Outcomes
    changes: tuple[StatusLine, ...]
    recording: Recording


def ordered(positions: Iterable[int]) -> Positions:
    """Each once, rising."""
    return tuple(sorted(set(positions)))


def figures(of: msgspec.Struct, part: str = "") -> Iterator[tuple[str, Figure]]:
    """Every figure of a dossier by its dotted name, in the order of the fields; the lines have none."""
    for name in of.__struct_fields__:
        value = getattr(of, name)
        if isinstance(value, Figure):
            yield part + name, value
        elif isinstance(value, msgspec.Struct):
            yield from figures(value, f"{name}.")


def opened(of: msgspec.Struct) -> Positions:
    """Positions of every fact that counted for anything in the dossier."""
    return ordered(position for _, figure in figures(of) for position in figure.positions)
