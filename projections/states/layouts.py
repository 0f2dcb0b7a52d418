"""Layouts of the tables in which a classification is reported: official headings, and what each column is filled with.

A layout is data (`projections/rules/layouts`), with its source and how certain it is. A column or row that Sổ Hộ has
nothing for stays empty and says why.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from functools import cache
from importlib.resources import files
from typing import Annotated

import msgspec

from events.facts.organisation import CellKind
from projections.rules import Certainty

Text = Annotated[str, msgspec.Meta(min_length=1)]
Name = Annotated[str, msgspec.Meta(pattern="^[a-z0-9_]+$")]


class LayoutInvalid(ValueError):
    """A layout's file cannot be used; says which one and why."""


class Kind(Enum):
    """What the rows of a layout are: figures, members, cells, or members with the ballots on them."""

    FIGURES = "figures"
    MEMBERS = "members"
    CELLS = "cells"
    BALLOTS = "ballots"


class Filling(Enum):
    """What a column is filled with. `of` beside it says which: a group of criteria, or a level."""

    HEADING = "heading"
    FIGURE = "figure"
    INDEX = "index"
    NAME = "name"
    PARTY_OFFICE = "party_office"
    CELL = "cell"
    SELF_POINTS = "self_points"
    SELF_TOTAL = "self_total"
    APPRAISED_TOTAL = "appraised_total"
    PROPOSED = "proposed"
    LEVEL = "level"
    MEMBERS = "members"
    GOOD_OR_BETTER = "good_or_better"
    ALLOWED = "allowed"
    EXCELLENT = "excellent"
    SHARE = "share"
    VERDICT = "verdict"
    VOTES = "votes"
    AVERAGE = "average"


FILLINGS = {
    Kind.FIGURES: {Filling.HEADING, Filling.FIGURE},
    Kind.MEMBERS: {
        Filling.INDEX,
        Filling.NAME,
        Filling.PARTY_OFFICE,
        Filling.CELL,
        Filling.SELF_POINTS,
        Filling.SELF_TOTAL,
        Filling.APPRAISED_TOTAL,
        Filling.PROPOSED,
        Filling.LEVEL,
    },
    Kind.CELLS: {
        Filling.INDEX,
        Filling.CELL,
        Filling.MEMBERS,
        Filling.GOOD_OR_BETTER,
        Filling.ALLOWED,
        Filling.EXCELLENT,
        Filling.SHARE,
        Filling.VERDICT,
    },
    Kind.BALLOTS: {
        Filling.INDEX,
        Filling.NAME,
        Filling.PARTY_OFFICE,
        Filling.VOTES,
        Filling.AVERAGE,
        Filling.PROPOSED,
    },
}
"""Kind → what its columns may be filled with."""

OF = frozenset({Filling.SELF_POINTS, Filling.VOTES})


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """A column under its heading, and under those that it shares with its neighbours (`under`, the outermost first).

    `number` is its official one. A figure is that of the cells of these kinds, or of all. Without `fills` the column is
    left empty, for the reason in `empty`.
    """

    heading: Text
    number: Text | None = None
    under: tuple[Text, ...] = ()
    fills: Filling | None = None
    of: Name | None = None
    cell_kinds: tuple[CellKind, ...] = ()
    empty: Text | None = None

    def __post_init__(self) -> None:
        if (self.fills is None) == (self.empty is None):
            raise ValueError(f"column {self.heading}: either what fills it, or why it is empty")
        if (self.fills in OF) != (self.of is not None):
            raise ValueError(f"column {self.heading}: `of` goes with points and votes")
        if self.cell_kinds and self.fills is not Filling.FIGURE:
            raise ValueError(f"column {self.heading}: only figures are of kinds of cells")


class Figure(Enum):
    """A number that a row shows. `classified`: present and not exempt; `full` and `probationary`: by status."""

    PRESENT = "present"
    FULL = "full"
    PROBATIONARY = "probationary"
    EXEMPT = "exempt"
    CLASSIFIED = "classified"
    NOT_YET = "not_yet"
    RATED = "rated"
    EXCELLENT = "excellent"
    GOOD = "good"
    COMPLETED = "completed"
    NOT_COMPLETED = "not_completed"
    CASE = "case"
    GROUND = "ground"
    OTHER_GROUNDS = "other_grounds"


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """A row of figures; `depth` is how far it stands under the one before. `of` names the case of the roster, or the
    ground."""

    heading: Text
    depth: Annotated[int, msgspec.Meta(ge=0, le=3)] = 0
    shows: Figure | None = None
    of: Name | None = None
    empty: Text | None = None

    def __post_init__(self) -> None:
        if self.shows is not None and self.empty is not None:
            raise ValueError(f"row {self.heading}: either what it shows, or why it is empty")
        if (self.shows in (Figure.CASE, Figure.GROUND)) != (self.of is not None):
            raise ValueError(f"row {self.heading}: `of` goes with cases and grounds")


class Layout(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """A table as it is reported: `form` is the form or document that it is taken from. `rows` are those of figures;
    other tables have a row for each member or cell."""

    name: Name
    title: Text
    form: Text
    source: Text
    certainty: Certainty
    kind: Kind
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = ()
    notes: tuple[Text, ...] = ()

    def __post_init__(self) -> None:
        if (self.kind is Kind.FIGURES) != bool(self.rows):
            raise ValueError(f"{self.name}: figures, and only they, have rows in the file")
        wrong = [c.heading for c in self.columns if c.fills is not None and c.fills not in FILLINGS[self.kind]]
        if wrong:
            raise ValueError(f"{self.name}: columns of another kind of table: {', '.join(wrong)}")


@cache
def layouts() -> dict[str, Layout]:
    """Every layout by its name. Raises `LayoutInvalid`."""
    return {layout.name: layout for layout in _read()}


def _read() -> Iterator[Layout]:
    folder = files("projections.rules").joinpath("layouts")
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        try:
            layout = msgspec.json.decode(file.read_bytes(), type=Layout)
        except msgspec.DecodeError as wrong:
            raise LayoutInvalid(f"{file.name}: {wrong}") from wrong
        if file.name != f"{layout.name}.json":
            raise LayoutInvalid(f"{file.name}: bears the name {layout.name}; file and layout have one name")
        yield layout
