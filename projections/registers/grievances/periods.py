"""Rows that hold from one fact of a case up to another.

The facts of a case are taken in the order in which they happened. What turns a case happens in the order of the log:
where it claims an earlier instant than the turn before, it counts as of the same instant. So what is known of a case at
a position, as it stood on a day, is what its facts say up to the last one that was both recorded and had happened by
then. A row begins with a fact (`from_position`, `from_at`) and ends with the one by which it is so no longer
(`to_position`, `to_at`): it holds when the first lies before, and the second does not lie before in both respects.

A note may be entered late, when the case has turned since (a reply to the household, an extended limit). Then all rows
of the case are void from its position on (`void_position`), and the whole story is told anew from that position.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from projections.bitemporal import UNKNOWN_YET

KEY = ("grievance", "from_position", "ordinal")
BOUNDS = ("from_at", "to_position", "to_at", "void_position")
RIGHTS = ("right_visible", "right_holder", "right_member", "right_about", "right_above")

RIGHTS_COLUMNS = (
    "right_visible uuid NOT NULL, right_holder uuid, right_member uuid, right_about uuid[], right_above uuid[]"
)
"""Who may see the case today: the same on every row of the case (see `access.case_rule`). The lists of a case that is
about nobody are NULL: every row that is met is asked for that, and looking into an empty list takes far longer."""

PARTS = ("live", "settled", "past")

Row = tuple[Any, ...]
"""The values of a row, in the order of its table's own columns."""


class Table:
    """A table of such rows: its own columns, as name → SQL type.

    `is_open` tells of a row's values whether its case is open. Where it is given, rows stand in three parts, so that
    lists of today read little: `live`, those that hold now and are open; `settled`, the others that hold now; `past`.
    """

    def __init__(self, name: str, columns: dict[str, str], is_open: Callable[[Row], bool] | None = None) -> None:
        self.name = name
        self.columns = columns
        self.is_open = is_open
        self.names = (*KEY, *BOUNDS, *columns, *(("part",) if is_open else ()), *RIGHTS)

    def create(self, schema: str) -> str:
        """The table, with its parts, under the rule of cases. What every question looks at stands first in a row:
        nothing behind it is then unpacked."""
        others = "".join(f"{name} {kind}, " for name, kind in self.columns.items())
        part, parts = "", ""
        if self.is_open:
            part = "part text NOT NULL, "
            parts = "".join(
                f"CREATE TABLE {schema}.{self.name}_{name} PARTITION OF {schema}.{self.name} FOR VALUES IN ('{name}');"
                for name in PARTS
            )
        return f"""
            CREATE TABLE {schema}.{self.name} (
                grievance uuid NOT NULL, from_position bigint NOT NULL, ordinal int NOT NULL,
                from_at timestamptz NOT NULL, to_position bigint NOT NULL, to_at timestamptz NOT NULL,
                void_position bigint NOT NULL, {RIGHTS_COLUMNS}, {part}{others}
                PRIMARY KEY (grievance, from_position, ordinal{", part" if self.is_open else ""}),
                CHECK (from_position <= to_position AND from_at <= to_at AND from_position < void_position)
            ){" PARTITION BY LIST (part)" if self.is_open else ""};
            {parts}
            SELECT access.protect_case('{schema}.{self.name}');"""

    def close(self, schema: str) -> str:
        """SQL that ends rows: arrays of the key's columns, of the position and of the instant."""
        past = ", part = 'past'" if self.is_open else ""
        return f"""UPDATE {schema}.{self.name} t SET to_position = c.position, to_at = c.at{past}
                   FROM unnest($1::uuid[], $2::bigint[], $3::int[], $4::bigint[], $5::timestamptz[])
                       c (grievance, from_position, ordinal, position, at)
                   WHERE t.grievance = c.grievance AND t.from_position = c.from_position AND t.ordinal = c.ordinal
                     AND t.to_position = {UNKNOWN_YET}"""  # noqa: S608

    def void(self, schema: str) -> str:
        """SQL that makes rows void: arrays of grievances, and of the positions from which on that is so."""
        past = ", part = 'past'" if self.is_open else ""
        return f"""UPDATE {schema}.{self.name} t SET void_position = c.position{past}
                   FROM unnest($1::uuid[], $2::bigint[]) c (grievance, position)
                   WHERE t.grievance = c.grievance AND t.void_position = {UNKNOWN_YET}"""  # noqa: S608


def held(day: str, position: str, alias: str) -> str:
    """SQL condition: the row is what is known at `position` of how it stood at the end of `day` (expressions)."""
    a, end = alias, day_end(day)
    return (
        f"{a}.from_position <= {position} AND {a}.from_at < {end} "
        f"AND ({a}.to_position > {position} OR {a}.to_at >= {end}) AND {position} < {a}.void_position"
    )


def day_end(day: str) -> str:
    """SQL for the instant at which the day is over in Viet Nam."""
    return f"((({day})::date + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh')"
