"""The one piece of SQL with which every register rolls up the tree."""

from __future__ import annotations

from projections.bitemporal import at


def below(unit: str, day: str, position: str) -> str:
    """SQL for the units at or below `unit` in the tree of the day as known at the position (merged ones included).

    The arguments are parameters or expressions. To be used as `IN (…)` or as a table with the column `unit`.
    """
    return (
        f"SELECT c.descendant AS unit FROM organisation_v1.closure c "  # noqa: S608
        f"WHERE c.ancestor = {unit} AND {at(day, position, 'c')}"
    )
