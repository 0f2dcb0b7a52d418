"""What leaves the hierarchy: the provincial office releases a table for a month, once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

from events.catalogue import subject
from events.facts.publications import Month, PublicationReleased, TableName, series_id
from projections.publications.suppression import Released, suppressed
from projections.publications.tables import Period, Table, tables
from projections.publications.writing import kept_back, written
from projections.states.publications import Publication, Series, last_day
from services.decisions.asking import Asker, Role
from services.decisions.command import Command, Decision
from services.decisions.outcome import Decided, Refused
from services.decisions.view import CountsOf, View


class Release(Decision, frozen=True, kw_only=True, tag="publication.release"):
    """The table is released for the month, for everybody and for ever; small counts about people's circumstances are
    kept back. Only once the month is over, and once a month and table; a yearly table in its month, about the year
    before. `unit` is the province."""

    ALLOWED = frozenset({Role.PROVINCIAL_OFFICE})

    unit: UUID
    table: TableName
    month: Month

    def needs(self) -> Iterable[str]:
        return (subject("unit", self.unit), subject("publication", series_id(self.table)))

    def names_counts(self, states: Mapping[str, Any]) -> Iterable[CountsOf]:
        if self.table not in tables():
            return ()
        series: Series | None = states.get(subject("publication", series_id(self.table)))
        before = (_as_counted(self.table, release) for release in self._beside(series))
        return (CountsOf(self.table, self.unit, last_day(self.month)), *before)

    def decide(self, view: View, asker: Asker) -> Decided:
        unit = view.unit(self.unit, self.effective)
        view.must_cover(asker, self.unit)
        if unit.unit != asker.unit:
            raise Refused("not_the_whole_province", unit=self.unit, asker=asker.unit)
        table, day = self._table(), last_day(self.month)
        if self.effective > view.today:
            raise Refused("day_ahead", day=self.effective)
        if self.effective <= day:
            raise Refused("month_not_over", month=self.month, last=day)
        series = view.series(series_id(self.table)) or Series(series_id(self.table))
        known = series.of(self.month)
        if known is not None:
            raise Refused("already_released", table=self.table, month=self.month, released=known.released)
        counted = view.counted(CountsOf(self.table, self.unit, day))
        before = [_released(view, self.table, release) for release in self._beside(series)]
        kept = suppressed(counted.sheet, before)
        content = written(table, self.month, day, self.effective, self.unit, counted, kept)
        body = PublicationReleased(
            series=series.series,
            unit=self.unit,
            table=self.table,
            month=self.month,
            counted_at=counted.position,
            digest=sha256(content.encode()).hexdigest(),
            content=content,
        )
        return self.one(body, self.unit)

    def _table(self) -> Table:
        found = tables().get(self.table)
        if found is None:
            raise Refused("table_unknown", table=self.table, known=", ".join(tables()))
        if self.month < found.first_month:
            raise Refused("month_before_table", table=self.table, month=self.month, first=found.first_month)
        if found.month is not None and int(self.month[5:]) != found.month:
            raise Refused("not_the_month_of_table", table=self.table, month=self.month, wanted=found.month)
        return found

    def _beside(self, series: Series | None) -> tuple[Publication, ...]:
        """The releases that count the same people: of what came in a month or was so of a year, no two do."""
        if series is None or tables()[self.table].period is not Period.DAY:
            return ()
        return series.releases


def _as_counted(table: str, release: Publication) -> CountsOf:
    return CountsOf(table, release.unit, last_day(release.month), release.counted_at)


def _released(view: View, table: str, release: Publication) -> Released:
    return Released(view.counted(_as_counted(table, release)).sheet, kept_back(release.content))


COMMANDS: tuple[type[Command], ...] = (Release,)
