"""The tables of grievances, and what a case says in them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime, time
from itertools import pairwise
from typing import Any
from uuid import UUID

import msgspec

from events.calendar import VIETNAM, local_date
from events.facts.grievance_values import Person
from projections.registers.grievances.periods import RIGHTS, RIGHTS_COLUMNS, Row, Table
from projections.states import clocks
from projections.states.clocks import MOVES, LevelOf, Run
from projections.states.grievances import OPEN, Case
from projections.states.house_limits import adopted

_OPEN = frozenset(stage.value for stage in OPEN)


def _is_open(step: Row) -> bool:
    return step[0] in _OPEN


STEP = Table(
    "step",
    {
        "stage": "text NOT NULL",
        "unit": "uuid NOT NULL",
        "level": "text NOT NULL",
        "reopened": "int NOT NULL",
        "contested": "int NOT NULL",
        "due": "date",
        "statutory_due": "date",
        "received": "date NOT NULL",
        "no_receiver": "text",
        "holder": "uuid",
        "handler": "uuid",
        "sender": "uuid",
        "visible": "uuid NOT NULL",
        "kind": "text",
        "second": "boolean NOT NULL",
        "remote": "boolean NOT NULL",
        "topic": "text NOT NULL",
        "way": "text NOT NULL",
        "household": "uuid",
        "member": "uuid",
        "outcome": "text",
        "closing": "text",
        "accepted_by_household": "boolean NOT NULL",
        "year": "int",
        "number": "int",
    },
    is_open=_is_open,
)
HOP = Table(
    "hop",
    {
        "place": "int NOT NULL",
        "unit": "uuid NOT NULL",
        "level": "text NOT NULL",
        "kind": "text",
        "arrived": "timestamptz NOT NULL",
        "departed": "timestamptz",
        "ended_by": "text",
    },
)
CLOCK = Table(
    "clock",
    {
        "clock": "text NOT NULL",
        "version": "text NOT NULL",
        "variant": "smallint NOT NULL",
        "hop": "int NOT NULL",
        "unit": "uuid NOT NULL",
        "level": "text NOT NULL",
        "started": "date NOT NULL",
        "ended": "date",
        "due": "date",
        "latest": "date",
        "provisional": "boolean NOT NULL",
        "extended": "boolean NOT NULL",
        "house": "text",
    },
)
"""What the rule says is not among it: `clock`, `version` and `variant` tell which rule (see `VARIANTS`). `hop` is the
`place` of the hop in which it started, or after which, where the household had been told. `house` is the limit that the
installation set over it (a `HouseLimit` as JSON)."""
TABLES = (STEP, HOP, CLOCK)


FACT = ("position", "grievance", "at", "meeting", "conclusion", *RIGHTS)
OF_CASES = (*(table.name for table in TABLES), "fact")
CONCERNED = ("grievance", "person", "above")
RECEIPT = ("receipt", "received", "handed_to", "number")

NOBODY = UUID(int=0)
"""In place of the unit above who belongs to the highest one."""

DONE = frozenset({"delivered", "withdrawn", "split", "closed", "referred_outside"})
"""With these the unit has done what was asked of it."""


def create_others(schema: str) -> str:
    """The facts of each case, through which the archive opens, with what a cell meeting concluded; receipts; whom cases
    are about, each with the lowest unit above him, for the rights of today (see `access.not_below`); the levels of
    units; and the limits of the installation by which the clocks are counted: one row."""
    return f"""
        CREATE TABLE {schema}.fact (position bigint PRIMARY KEY, grievance uuid NOT NULL, at timestamptz NOT NULL,
            meeting uuid, conclusion text, {RIGHTS_COLUMNS});
        CREATE INDEX ON {schema}.fact (grievance, position);
        SELECT access.protect_case('{schema}.fact');
        SELECT access.open_cases('{schema}.fact');
        CREATE TABLE {schema}.receipt (receipt uuid NOT NULL, received date NOT NULL, handed_to uuid NOT NULL,
            number text NOT NULL);
        SELECT access.protect_receipts('{schema}.receipt');
        CREATE TABLE {schema}.concerned (grievance uuid NOT NULL, person uuid NOT NULL, above uuid NOT NULL,
            PRIMARY KEY (grievance, person));
        CREATE TABLE {schema}.level (unit uuid PRIMARY KEY, level text NOT NULL);
        CREATE TABLE {schema}.house_limits (digest text PRIMARY KEY, content text NOT NULL);
        INSERT INTO {schema}.house_limits VALUES ({_quoted(adopted().digest)}, {_quoted(adopted().text)});"""  # noqa: S608


def _quoted(text: str) -> str:
    """The text as SQL has it."""
    return "'" + text.replace("'", "''") + "'"


def index(schema: str) -> str:
    """Indexes that only readers need. Those of the past have both ends of a period: what a list of an earlier
    day leaves out is then left out without reading its rows."""
    return f"""
        CREATE INDEX ON {schema}.fact (meeting) WHERE meeting IS NOT NULL;
        CREATE INDEX ON {schema}.step_live (due, grievance) WHERE due IS NOT NULL;
        CREATE INDEX ON {schema}.step_live (received, grievance);
        CREATE INDEX ON {schema}.step_settled (received, grievance);
        CREATE INDEX ON {schema}.step_past (to_at, from_at);
        CREATE INDEX ON {schema}.step_past (to_position, from_position);
        CREATE INDEX ON {schema}.step (unit);
        CREATE INDEX ON {schema}.step (unit) WHERE no_receiver IS NOT NULL;
        CREATE INDEX ON {schema}.step (unit) WHERE right_about IS NOT NULL;
        CREATE INDEX ON {schema}.step (visible);
        CREATE INDEX ON {schema}.step (household) WHERE household IS NOT NULL;
        CREATE INDEX ON {schema}.step (member) WHERE member IS NOT NULL;
        CREATE INDEX ON {schema}.step (handler) WHERE handler IS NOT NULL;
        CREATE INDEX ON {schema}.step (year, number) WHERE number IS NOT NULL;
        CREATE INDEX ON {schema}.concerned (person);
        CREATE INDEX ON {schema}.concerned (above) INCLUDE (person);
        CREATE INDEX ON {schema}.hop (departed, unit) WHERE departed IS NOT NULL;"""


def rows(case: Case, level_of: LevelOf) -> list[tuple[Table, Row]]:
    """What the case says, in the order in which it came about."""
    found = clocks.runs(case, level_of)
    kind = case.kind.value if case.kind else None
    been = list(hops(case))
    firsts = [first for first, *_ in been]
    hopping = ((HOP, (place, unit, level_of(unit).value, kind, *times)) for place, (_, unit, *times) in enumerate(been))
    running = ((CLOCK, _clock(run, bisect_right(firsts, run.moment) - 1, level_of)) for run in found)
    return [(STEP, _step(case, found, level_of)), *hopping, *running]


def _step(case: Case, found: tuple[Run, ...], level_of: LevelOf) -> Row:
    unit = case.holder or case.visible
    year, number = _number(case, unit) or (None, None)
    late = [
        (run.due, run.statutory)
        for run in found
        if run.ended is None and run.due is not None and run.clock not in clocks.HOUSEHOLDS
    ]
    return (
        case.stage.value,
        unit,
        level_of(unit).value,
        case.times("reopened"),
        case.times("contested"),
        min((due for due, _ in late), default=None),
        min((due for due, statutory in late if statutory), default=None),
        case.received,
        case.no_receiver.value if case.no_receiver else None,
        case.holder,
        case.handler,
        case.sender,
        case.visible,
        case.kind.value if case.kind else None,
        case.second,
        case.remote,
        case.topic.value,
        case.way.value,
        case.household,
        case.member,
        case.outcome.value if case.outcome else None,
        case.closing.value if case.closing else None,
        case.accepted_by_household,
        year,
        number,
    )


def _number(case: Case, unit: UUID) -> tuple[int, int] | None:
    """Year and number in the books of the unit where the case stands; where it had not, in those of what went into it:
    such a case did not move, and nobody books it in anew."""
    if unit in case.numbers:
        return case.numbers[unit]
    for before, moment in reversed([*pairwise(case.moments)]):
        if moment.event == "booked" and moment.unit is not None:
            return case.numbers.get(moment.unit)
        if moment.event in MOVES and moment.unit != before.unit:
            return None
    return None


def _clock(run: Run, hop: int, level_of: LevelOf) -> Row:
    return (
        run.clock,
        run.version,
        run.variant,
        hop,
        run.unit,
        level_of(run.unit).value,
        run.started,
        run.ended,
        run.due,
        run.latest,
        run.provisional,
        run.extended,
        None if run.house is None else msgspec.json.encode(run.house).decode(),
    )


def hops(case: Case) -> Iterator[tuple[int, UUID, datetime, datetime | None, str | None]]:
    """The units that had the case, each from its arrival until it left or the household was told (None: it is there),
    with the event by which that ended, and first the place of the moment by which it arrived. A report arrives when a
    body receives it, however long ago it was told."""
    here: tuple[int, UUID, datetime] | None = None
    at = datetime.min.replace(tzinfo=VIETNAM)
    for number, moment in enumerate(case.moments):
        at, unit = max(at, moment.at), moment.unit
        arrives = moment.event in ("raised", "reopened") or (moment.event in MOVES and here and here[1] != unit)
        if here is not None and (arrives or moment.event in DONE):
            yield *here, max(at, here[2]), moment.event
            here = None
        if arrives:
            here = number, unit, _received(case, at) if moment.event == "raised" else at
    if here is not None:
        yield *here, None, None


def _received(case: Case, at: datetime) -> datetime:
    """The instant from which a body had it: when it was told, or the beginning of the day on which it was received."""
    if local_date(at) >= case.received:
        return at
    return datetime.combine(case.received, time(), VIETNAM)


def lowest_above(person: Person) -> UUID:
    """The lowest unit above the person; `NOBODY` where there is none."""
    return person.above or NOBODY


def rights(case: Case) -> tuple[Any, ...]:
    """Who may see the case, in the order of the columns."""
    about = [person.person for person in case.about] or None
    above = [lowest_above(person) for person in case.about] or None
    return case.visible, case.holder, case.member, about, above
