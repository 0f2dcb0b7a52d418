"""Rows that hold from one fact of a case up to another.

The facts of a case come in order, and its acts happen in order: a fact that claims an earlier instant than the one
before counts as of the same instant. So what is known of a case at a position, as it stood on a day, is what its first
facts say, up to the last one that was both recorded and had happened by then. A row begins with a fact
(`from_position`, `from_at`) and ends with the one by which it is so no longer (`to_position`, `to_at`); it holds
when the first lies before, and the second does not lie before in both respects.
"""

from __future__ import annotations

from typing import Any

from projections.bitemporal import UNKNOWN_YET

KEY = ("grievance", "from_position", "ordinal")
BOUNDS = ("from_at", "to_position", "to_at")
RIGHTS = ("right_visible", "right_holder", "right_member", "right_about")

RIGHTS_COLUMNS = "right_visible uuid NOT NULL, right_holder uuid, right_member uuid, right_about uuid[] NOT NULL"
"""Who may see the case today: the same on every row of the case (see `access.case_rule`)."""

Row = tuple[Any, ...]
"""The values of a row, in the order of its table's own columns."""


class Table:
    """A table of such rows: its own columns, as name → SQL type. `parted` puts the few rows of open cases that hold
    now apart from all the others, by the column `live`, so that lists of today read nothing else."""

    def __init__(self, name: str, columns: dict[str, str], parted: bool = False) -> None:
        self.name = name
        self.columns = columns
        self.parted = parted
        self.names = (*KEY, *BOUNDS, *columns, *(("live",) if parted else ()), *RIGHTS)

    def create(self, schema: str) -> str:
        """The table, with its parts, under the rule of cases."""
        others = "".join(f"{name} {kind}, " for name, kind in self.columns.items())
        live = "live boolean NOT NULL, " if self.parted else ""
        parts = ""
        if self.parted:
            parts = "".join(
                f"CREATE TABLE {schema}.{self.name}_{part} PARTITION OF {schema}.{self.name} FOR VALUES IN ({value});"
                for part, value in (("live", "true"), ("past", "false"))
            )
        return f"""
            CREATE TABLE {schema}.{self.name} (
                grievance uuid NOT NULL, from_position bigint NOT NULL, ordinal int NOT NULL,
                from_at timestamptz NOT NULL, to_position bigint NOT NULL, to_at timestamptz NOT NULL,
                {others}{live}{RIGHTS_COLUMNS},
                PRIMARY KEY (grievance, from_position, ordinal{", live" if self.parted else ""}),
                CHECK (from_position < to_position AND from_at <= to_at)
            ){" PARTITION BY LIST (live)" if self.parted else ""};
            {parts}
            SELECT access.protect_case('{schema}.{self.name}');"""

    def close(self, schema: str) -> str:
        """SQL that ends rows: arrays of the key's columns, of the position and of the instant."""
        live = ", live = false" if self.parted else ""
        return f"""UPDATE {schema}.{self.name} t SET to_position = c.position, to_at = c.at{live}
                   FROM unnest($1::uuid[], $2::bigint[], $3::int[], $4::bigint[], $5::timestamptz[])
                       c (grievance, from_position, ordinal, position, at)
                   WHERE t.grievance = c.grievance AND t.from_position = c.from_position AND t.ordinal = c.ordinal
                     AND t.to_position = {UNKNOWN_YET}"""  # noqa: S608


def held(day: str, position: str, alias: str) -> str:
    """SQL condition: the row is what is known at `position` of how it stood at the end of `day` (expressions)."""
    a, end = alias, day_end(day)
    return (
        f"{a}.from_position <= {position} AND {a}.from_at < {end} "
        f"AND ({a}.to_position > {position} OR {a}.to_at >= {end})"
    )


def day_end(day: str) -> str:
    """SQL for the instant at which the day is over in Viet Nam."""
    return f"((({day})::date + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh')"
