"""A layout filled for a unit and year: its columns, its rows, and what it leaves empty."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from uuid import UUID

import msgspec

from projections.registers import organisation
from projections.rules import Certainty
from projections.states.layouts import Column, Kind, Layout, layouts
from services.queries.evaluations.layouts import cells, figures, people
from services.queries.evaluations.layouts.rows import Cell, HeadLine, Table
from services.queries.session import CannotAnswer, Session
from services.queries.units import must_be_known


class FilledColumn(msgspec.Struct, frozen=True):
    """A column as it is headed; `empty` says why Sổ Hộ has nothing for it."""

    heading: str
    number: str | None
    under: list[str]
    empty: str | None


class FilledRow(msgspec.Struct, frozen=True):
    """The values of a row, one for each column, as the form writes them. `empty` says why there are none."""

    depth: int
    cells: list[Cell]
    empty: str | None


class FilledLayout(msgspec.Struct, frozen=True):
    """An official table, filled as of the day. `form` is what it is taken from, `notes` what to know of it. Words in it
    are Vietnamese, as on the form."""

    layout: str
    title: str
    form: str
    source: str
    certainty: Certainty
    notes: list[str]
    unit: UUID
    name: str
    year: int
    as_of: date
    known_at: int
    head: list[HeadLine]
    columns: list[FilledColumn]
    rows: list[FilledRow]


FILLING: dict[Kind, Callable[[Session, UUID, int, Layout], Awaitable[Table]]] = {
    Kind.FIGURES: figures.table,
    Kind.MEMBERS: people.members,
    Kind.BALLOTS: people.ballots,
    Kind.CELLS: cells.table,
}


async def filled(session: Session, unit: UUID, name: str, year: int) -> FilledLayout:
    """The layout of that name. Raises `CannotAnswer` (not_found, layout_unknown, layout_too_large, not_a_cell)."""
    await must_be_known(session, unit)
    layout = layouts().get(name)
    if layout is None:
        raise CannotAnswer("layout_unknown", layout=name, known=", ".join(layouts()))
    (view,) = await organisation.units(session.connection, [unit], session.as_of, session.known_at)
    table = await FILLING[layout.kind](session, unit, year, layout)
    return FilledLayout(
        layout=layout.name,
        title=layout.title,
        form=layout.form,
        source=layout.source,
        certainty=layout.certainty,
        notes=list(layout.notes),
        unit=unit,
        name=view.name,
        year=year,
        as_of=session.as_of,
        known_at=session.known_at,
        head=table.head,
        columns=[_column(column) for column in layout.columns],
        rows=[FilledRow(row.depth, row.cells, row.empty) for row in table.rows],
    )


def _column(column: Column) -> FilledColumn:
    return FilledColumn(column.heading, column.number, list(column.under), column.empty)
