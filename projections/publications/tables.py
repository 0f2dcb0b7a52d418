"""Which tables may be released, as data: `projections/rules/publications`, a file for each table."""

from __future__ import annotations

from enum import Enum
from functools import cache
from importlib.resources import files
from typing import Annotated

import msgspec

from events.facts.organisation import UnitKind
from events.facts.publications import Month, TableName
from projections.publications.sheets import Column
from projections.rules import Certainty


class Titles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What people read, in both languages."""

    vi: str
    en: str


class Period(Enum):
    """What a release counts: what is so on the last day of its month; what came in that month; or, in one month of the
    year, what was so of the year before. Only of the first do two releases count the same people."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class TableColumn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A column: the categories that it adds up, and whether it is about people's circumstances. All columns that
    `follows` the same one have that as their sum, and are shown where it is."""

    name: TableName
    adds: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    circumstances: bool
    titles: Titles
    follows: TableName | None = None

    def column(self) -> Column:
        """As it is weighed."""
        return Column(self.name, self.adds, self.circumstances, self.follows)


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is released each month, from `first_month` on: columns, and the levels of units that have a row. A yearly
    table is released for the `month` of the year (1 to 12) alone."""

    name: TableName
    version: int
    titles: Titles
    source: str
    certainty: Certainty
    period: Period
    first_month: Month
    levels: tuple[UnitKind, ...]
    columns: Annotated[tuple[TableColumn, ...], msgspec.Meta(min_length=1)]
    month: Annotated[int, msgspec.Meta(ge=1, le=12)] | None = None

    def year(self, month: Month) -> int | None:
        """The year that a release for the month is about; None where it is about the month."""
        return int(month[:4]) - 1 if self.period is Period.YEAR else None


@cache
def tables() -> dict[str, Table]:
    """Every table that may be released, by name."""
    folder = files("projections.rules").joinpath("publications")
    read = msgspec.json.Decoder(Table).decode
    found = [read(file.read_bytes()) for file in folder.iterdir() if file.name.endswith(".json")]
    return {table.name: table for table in sorted(found, key=lambda table: table.name)}
