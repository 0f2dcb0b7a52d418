"""The reflexive transitive closure of the dated tree: who stands at or below whom, from which day to which."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from events.calendar import FOREVER
from projections.states.organisation import Unit
from projections.states.timeline import Span, boundaries, spans, united

Above = tuple[UUID, date, date]
"""The unit itself or one above it, since, until."""


def superiors(unit: Unit) -> list[Above]:
    """The units directly above over time; of a merged unit its successor."""
    days = boundaries(unit.parents)
    if unit.absorbed_into is not None:
        days.add(unit.ended)
    found: list[Above] = []
    for span in spans(days):
        superior = unit.superior(span.since)
        if superior is None:
            continue
        if found and found[-1][0] == superior and found[-1][2] == span.since:
            found[-1] = (superior, found[-1][1], span.until)
        else:
            found.append((superior, span.since, span.until))
    return found


class Tree:
    """All units with what is directly above and below them. Changes unit by unit."""

    def __init__(self) -> None:
        self._superiors: dict[UUID, list[Above]] = {}
        self._founded: dict[UUID, date] = {}
        self._below: dict[UUID, set[UUID]] = {}

    def put(self, unit: Unit) -> None:
        """Takes the unit in as it is now."""
        for superior, _, _ in self._superiors.get(unit.unit, ()):
            self._below[superior].discard(unit.unit)
        self._superiors[unit.unit] = superiors(unit)
        self._founded[unit.unit] = unit.founded
        for superior, _, _ in self._superiors[unit.unit]:
            self._below.setdefault(superior, set()).add(unit.unit)

    def subtree(self, unit: UUID) -> set[UUID]:
        """The unit and all that ever stood below it: nobody else's ancestors change with it."""
        found, waiting = {unit}, [unit]
        while waiting:
            new = self._below.get(waiting.pop(), set()) - found
            found |= new
            waiting += new
        return found

    def above(self, unit: UUID) -> list[Above]:
        """The unit and each unit above it with the spans in which it stood there, from the unit's founding on."""
        if unit not in self._founded:
            return []
        days: dict[UUID, list[Span]] = {}
        for ancestor, since, until in self._climb(unit):
            days.setdefault(ancestor, []).append(Span(since, until))
        return [(ancestor, span.since, span.until) for ancestor, every in days.items() for span in united(every)]

    def _climb(self, unit: UUID) -> Iterator[Above]:
        steps: list[tuple[UUID, date, date, tuple[UUID, ...]]] = [(unit, self._founded[unit], FOREVER, ())]
        while steps:
            current, since, until, passed = steps.pop()
            if current in passed or current not in self._superiors:
                continue
            yield current, since, until
            for superior, began, ended in self._superiors[current]:
                window = max(since, began), min(until, ended)
                if window[0] < window[1]:
                    steps.append((superior, *window, (*passed, current)))
