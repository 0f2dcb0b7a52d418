"""Which tables may be released, as data: `projections/rules/publications`, a file for each table."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Annotated

import msgspec

from events.facts.organisation import UnitKind
from events.facts.publications import Month, TableName
from projections.publications.suppression import Column
from projections.rules import Certainty


class Titles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What people read, in both languages."""

    vi: str
    en: str


class TableColumn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A column: the categories that it adds up, and whether it is about people's circumstances."""

    name: TableName
    adds: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    circumstances: bool
    titles: Titles

    def column(self) -> Column:
        """As it is weighed."""
        return Column(self.name, self.adds, self.circumstances)


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is released each month, from `first_month` on: columns, and the levels of units that have a row."""

    name: TableName
    version: int
    titles: Titles
    source: str
    certainty: Certainty
    first_month: Month
    levels: tuple[UnitKind, ...]
    columns: Annotated[tuple[TableColumn, ...], msgspec.Meta(min_length=1)]


@cache
def tables() -> dict[str, Table]:
    """Every table that may be released, by name."""
    folder = files("projections.rules").joinpath("publications")
    read = msgspec.json.Decoder(Table).decode
    found = [read(file.read_bytes()) for file in folder.iterdir() if file.name.endswith(".json")]
    return {table.name: table for table in sorted(found, key=lambda table: table.name)}
