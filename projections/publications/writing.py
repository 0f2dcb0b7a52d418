"""The bytes in which a table is released: the same for everybody and for ever."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from uuid import UUID

import msgspec

from events.facts.organisation import UnitKind
from events.facts.values import encode
from projections.publications.sheets import THRESHOLD, Cell, Sheet
from projections.publications.tables import Period, Table, Titles


class Unit(msgspec.Struct, frozen=True):
    """A unit that has a row, by its public name."""

    unit: UUID
    kind: UnitKind
    name: str


class Counted(msgspec.Struct, frozen=True):
    """A table as counted at a log position, with the units of its rows, highest first: exact, and for nobody to read.
    `incomplete` members, households or cases wait in quarantine and are counted as far as they are known."""

    position: int
    units: tuple[Unit, ...]
    sheet: Sheet
    incomplete: int = 0


class Heading(msgspec.Struct, frozen=True):
    """A column of a release."""

    name: str
    titles: Titles
    circumstances: bool


class Line(msgspec.Struct, frozen=True):
    """A unit's counts, by the columns; null where one is kept back."""

    unit: UUID
    kind: UnitKind
    name: str
    counts: tuple[int | None, ...]


class Release(msgspec.Struct, frozen=True):
    """A table as released. Counted on `day`, in the tree of that day (`tree`: SHA-256 over which units made up each
    row), as known at the log position `position`. By `period` it tells what was so on that day, what came in the month
    that ended with it, or what was then so of `year`. Counts of 1 to `smallest` - 1 about people's circumstances are
    kept back, and others with them: a null does not tell which of the two it is. `incomplete` members, households or
    cases were counted as far as they were known."""

    table: str
    version: int
    titles: Titles
    period: Period
    month: str
    year: int | None
    day: date
    released: date
    unit: UUID
    position: int
    tree: str
    incomplete: int
    smallest: int
    columns: tuple[Heading, ...]
    rows: tuple[Line, ...]


def written(
    table: Table, month: str, day: date, released: date, unit: UUID, counted: Counted, suppressed: frozenset[Cell]
) -> str:
    """The release as text; its bytes are those of UTF-8."""
    sheet = counted.sheet
    columns = tuple(Heading(column.name, column.titles, column.circumstances) for column in table.columns)
    rows = tuple(
        Line(
            each.unit,
            each.kind,
            each.name,
            tuple(
                None if (each.unit, column.name) in suppressed else sheet.value(each.unit, column)
                for column in sheet.columns
            ),
        )
        for each in counted.units
    )
    release = Release(
        table=table.name,
        version=table.version,
        titles=table.titles,
        period=table.period,
        month=month,
        year=table.year(month),
        day=day,
        released=released,
        unit=unit,
        position=counted.position,
        tree=tree_digest(sheet),
        incomplete=counted.incomplete,
        smallest=THRESHOLD,
        columns=columns,
        rows=rows,
    )
    return encode(release).decode()


def read(content: str) -> Release:
    """A release from its text."""
    return msgspec.json.decode(content, type=Release)


def kept_back(content: str) -> frozenset[Cell]:
    """The cells that a release does not show."""
    release = read(content)
    return frozenset(
        (row.unit, column.name)
        for row in release.rows
        for column, count in zip(release.columns, row.counts, strict=True)
        if count is None
    )


def tree_digest(sheet: Sheet) -> str:
    """SHA-256 over which units made up each row."""
    made_of = {str(unit): sorted(map(str, place.units)) for unit, place in sorted(sheet.places.items())}
    return sha256(encode(made_of)).hexdigest()
