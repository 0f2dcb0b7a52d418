"""The facts behind the figures of a dossier: for whoever may see the dossier, the member himself among them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from events.envelope import Fact
from events.facts.meetings import AttendanceCorrected, CellMeetingHeld
from projections.evidence import reading
from projections.evidence.figures import Dossier, Figure, figures
from projections.trails.history import Entry, seen_of
from services.queries.history import History, page
from services.queries.session import CannotAnswer, Session


async def of_member(session: Session, person: UUID, year: int, figure: str | None, after: int, limit: int) -> History:
    """The facts that the member's dossier of the year is counted from, or those of one of its figures, as known at the
    position. Raises `CannotAnswer` (not_found; invalid_parameter, where the dossier has no such figure).

    Of a meeting's attendance only his own line is told. What is sealed opens where the caller may also read the fact
    by itself: a dossier reaches further than that, into cells of the past.
    """
    read = await reading.facts_seen(session.connection, (person, year), session.known_at)
    if read is None:
        raise CannotAnswer("not_found")
    found, counted = read
    wanted = None if figure is None else _positions(found.dossier, figure)
    entries = [
        Entry(told.position, told.recorded_ns, _of(person, told.fact))
        for told in counted
        if told.position > after and (wanted is None or told.position in wanted)
    ]
    session.seen.persons.add(person)
    session.seen.grievances.update(
        entry.fact.body.grievance for entry in entries[:limit] if hasattr(entry.fact.body, "grievance")
    )
    positions = [entry.position for entry in entries[:limit]]
    return await page(session, entries, limit, set(positions) - await seen_of(session.connection, positions))


def _positions(dossier: Dossier, name: str) -> frozenset[int]:
    known: Mapping[str, Figure] = dict(figures(dossier))
    if name not in known:
        raise CannotAnswer("invalid_parameter", field="figure")
    return frozenset(known[name].positions)


def _of(person: UUID, fact: Fact[Any]) -> Fact[Any]:
    """The fact, of a list of who came to a meeting with his own line alone."""
    if not isinstance(fact.body, CellMeetingHeld | AttendanceCorrected):
        return fact
    own = tuple(line for line in fact.body.attendance if line.member == person)
    return replace(fact, body=replace(fact.body, attendance=own))
