"""Households searched by a part of the head's name, typed with or without diacritics, in what the caller sees.

The index in memory only proposes. Each household proposed is looked up in the caller's own session, under row-level
security and on the day and position asked about, opened there and compared again: what is not so there is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import islice
from typing import Annotated
from uuid import UUID

import msgspec

from events.facts.households import EconomicClass
from events.text import UnreadableText, normalised
from projections.registers import heads, households, organisation
from projections.tree import those_below
from services.decisions.asking import Role
from services.names.at_hand import HeadsAtHand, NotReadYet
from services.names.folding import folded
from services.names.index import Match
from services.queries.naming import Named, look_up, unsealed
from services.queries.session import CannotAnswer, Session

SHORTEST, LONGEST = 2, 100
"""Letters and spaces of what is searched, after folding."""
LONGEST_TYPED = 1_000
MOST_PROPOSED = 2_000
"""Households looked up at once. The first time it is a page of them; where few are so on the day, more each time."""

OWN_CELL = "SELECT $1 IN (SELECT access.own_cells())"


class Searching(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is searched: a part of a head's name, below a unit, on a day (today, if not given) as known at a position,
    time or day. `after` is `next` of the page before."""

    unit: UUID
    name: Annotated[str, msgspec.Meta(max_length=LONGEST_TYPED)]
    as_of: date | None = None
    known_at: Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)] | str | None = None
    after: UUID | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 20


class HouseholdFound(msgspec.Struct, frozen=True):
    """A household whose head's name fits, in its cell on the day. The address is null where none was recorded."""

    household: UUID
    head: str
    address: str | None
    unit: Named
    economic_class: EconomicClass | None


class HouseholdsFound(msgspec.Struct, frozen=True):
    """A page of households, in the order of their heads' names. `next` is the household after which the next page
    begins."""

    unit: UUID
    as_of: date
    known_at: int
    households: list[HouseholdFound]
    next: UUID | None


class _Place(msgspec.Struct, frozen=True):
    """Where is searched: at and below the unit, in these cells. None: in whichever, since nothing stands above it. Of a
    province it is quicker to ask of those found whether they stand below than to fetch thousands."""

    unit: UUID
    cells: frozenset[bytes] | None


class _Opened(msgspec.Struct, frozen=True):
    """A household as the caller's session has it, opened."""

    view: households.HouseholdView
    head: str
    address: str | None


async def by_name(session: Session, at_hand: HeadsAtHand, asked: Searching) -> HouseholdsFound:
    """A page of what is searched. Raises `CannotAnswer` (unreadable_text, name_not_searchable, not_found,
    names_not_read_yet, search_changed)."""
    part = _searched(asked.name)
    place = await _place(session, asked.unit)
    try:
        index = await at_hand.at(await heads.stand(session.connection))
    except NotReadYet:
        raise CannotAnswer("names_not_read_yet") from None
    after = None if asked.after is None else await _end_of(session, place, asked.after)
    proposed = index.matching(part, place.cells, after)
    found: list[_Opened] = []
    size = asked.limit
    while len(found) < asked.limit and (matches := list(islice(proposed, size))):
        found += await _confirmed(session, place, matches)
        size = min(2 * size, MOST_PROPOSED)
    page = found[: asked.limit]
    session.seen.households.update(each.view.household for each in page)
    names = await look_up(session, units={each.view.unit for each in page})
    lines = [
        HouseholdFound(
            household=each.view.household,
            head=each.head,
            address=each.address,
            unit=names.unit(each.view.unit, session.as_of),
            economic_class=each.view.economic_class,
        )
        for each in page
    ]
    following = lines[-1].household if len(lines) == asked.limit else None
    return HouseholdsFound(asked.unit, session.as_of, session.known_at, lines, following)


def _searched(name: str) -> str:
    """The name as it is compared."""
    try:
        part = folded(normalised(name))
    except UnreadableText as failure:
        raise CannotAnswer("unreadable_text", field="name", character=str(failure)) from None
    if not SHORTEST <= len(part) <= LONGEST:
        raise CannotAnswer("name_not_searchable", least=SHORTEST, most=LONGEST)
    return part


async def _place(session: Session, unit: UUID) -> _Place:
    """A unit of the caller's scope; of a member a cell of his own. Raises `CannotAnswer` (not_found)."""
    if session.asker.role is not Role.MEMBER:
        await session.must_be_in_scope(unit)
    elif unit != session.asker.unit and not await session.connection.fetchval(OWN_CELL, unit):
        raise CannotAnswer("not_found")
    known = await organisation.units(session.connection, [unit], session.as_of, session.known_at)
    if not known:
        raise CannotAnswer("not_found")
    if known[0].parent is None:
        return _Place(unit, None)
    below = await organisation.descendants(session.connection, unit, session.as_of, session.known_at)
    return _Place(unit, frozenset(each.bytes for each in below))


async def _end_of(session: Session, place: _Place, household: UUID) -> tuple[str, UUID]:
    """Where the page ended that the household was the last of, in the order of names."""
    for opened in await _opened(session, place, [household]):
        return folded(opened.head), household
    raise CannotAnswer("search_changed")


async def _confirmed(session: Session, place: _Place, matches: Sequence[Match]) -> list[_Opened]:
    """Those of the matches that are so in the session, in their order."""
    ids = list({match.household for match in matches})
    opened = {each.view.household: each for each in await _opened(session, place, ids)}
    found = ((match, opened.get(match.household)) for match in matches)
    return [
        each
        for match, each in found
        if each is not None and (match.unit, match.head) == (each.view.unit, folded(each.head))
    ]


async def _opened(session: Session, place: _Place, ids: Sequence[UUID]) -> list[_Opened]:
    """Those of the households that the caller sees in that place on the day, and can be opened."""
    views = await households.households(session.connection, ids, session.as_of, session.known_at)
    below = await _below(session, place, list({view.unit for view in views}))
    views = [view for view in views if view.unit in below]
    texts = await unsealed(
        session,
        [(view.household, "head", view.head) for view in views]
        + [(view.household, "address", view.address) for view in views],
    )
    opened = zip(views, texts[: len(views)], texts[len(views) :], strict=True)
    return [_Opened(view, head, address) for view, head, address in opened if head is not None]


async def _below(session: Session, place: _Place, units: Sequence[UUID]) -> set[UUID]:
    """Those of the units that are in the place."""
    if place.cells is not None:
        return {unit for unit in units if unit.bytes in place.cells}
    return await those_below(session.connection, place.unit, session.as_of, session.known_at, units)
