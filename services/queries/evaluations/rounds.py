"""A unit's round of a year: by which rules, who is in it, what was done about each, and what follows from it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec

from events.facts.evaluations import Level, Subject
from events.facts.organisation import UnitKind
from projections.registers import evaluations, organisation
from projections.registers.evaluations import LineView, RoundView
from projections.registers.organisation import UnitView
from projections.states.rulebooks.books import Rulebook
from projections.states.rulebooks.readings import derived_level
from services.queries.evaluations.cards import LineCard, line_cards
from services.queries.evaluations.rules import CapLine, RuleLine, cap_lines, known_rulebook, rule_line
from services.queries.naming import Named, look_up
from services.queries.session import Session
from services.queries.units import must_be_known


class RoundCard(msgspec.Struct, frozen=True):
    """The round itself, under the rulebook by its citation and digest. `subject` is what the unit is classified as."""

    round: UUID
    rulebook: str
    digest: str
    subject: Subject
    decided_by: Named
    members_decided_by: Named | None
    opened: date
    roster_day: date | None
    closed: date | None


class Below(msgspec.Struct, frozen=True):
    """A member or unit that is rated lower than a rule asks for."""

    of: Named
    level: Level


class ObstacleLine(msgspec.Struct, frozen=True):
    """A rule that keeps the unit from `level`: how many reach `asked`, how many would have to, and who does not."""

    rule: RuleLine
    level: Level
    asked: Level
    reached: int
    needed: int
    below: list[Below]


class DerivedLevel(msgspec.Struct, frozen=True):
    """The highest level that the ratings of its members, or of the units directly below, allow the unit. It is a limit
    and no rating. `rated` counts those ratings."""

    highest: Level
    rated: int
    obstacles: list[ObstacleLine]


class Classification(msgspec.Struct, frozen=True):
    """A unit's year as of the day. Without a round, nothing was opened by then. `caps` are those of the ratings that
    the unit itself decides."""

    unit: UUID
    name: str
    as_of: date
    known_at: int
    year: int
    round: RoundCard | None
    own: LineCard | None
    members: list[LineCard]
    derived: DerivedLevel | None
    caps: list[CapLine]


async def classification(session: Session, unit: UUID, year: int) -> Classification:
    """The unit's year. Raises `CannotAnswer` (not_found)."""
    await must_be_known(session, unit)
    connection, day, known_at = session.connection, session.as_of, session.known_at
    (view,) = await organisation.units(connection, [unit], day, known_at)
    found = (await evaluations.rounds(connection, [unit], year, day, known_at)).get(unit)
    pools = await evaluations.pools(connection, unit, year, day, known_at, own=True)
    answer = Classification(unit, view.name, day, known_at, year, None, None, [], None, await cap_lines(session, pools))
    if found is None:
        return answer
    rulebook = known_rulebook(found.digest)
    lines = await evaluations.lines(connection, [found.round], day, known_at)
    cards = await line_cards(session, lines, {found.round: rulebook})
    return msgspec.structs.replace(
        answer,
        round=await _card(session, found),
        own=next((card for card in cards if card.member is None), None),
        members=[card for card in cards if card.member is not None],
        derived=await _derived(session, view, found, rulebook, lines),
    )


async def _card(session: Session, found: RoundView) -> RoundCard:
    names = await look_up(session, units={found.committee, found.members_by or found.committee})
    day = session.as_of
    return RoundCard(
        round=found.round,
        rulebook=found.rulebook,
        digest=found.digest,
        subject=Subject(found.subject),
        decided_by=names.unit(found.committee, day),
        members_decided_by=names.unit(found.members_by, day) if found.members_by else None,
        opened=found.opened,
        roster_day=found.roster_day,
        closed=found.closed,
    )


async def _derived(
    session: Session, view: UnitView, found: RoundView, rulebook: Rulebook | None, lines: list[LineView]
) -> DerivedLevel | None:
    """None where the rulebook derives nothing for such a unit, or nobody is rated."""
    if rulebook is None:
        return None
    of_members = view.kind == UnitKind.CELL.value
    if not of_members:
        lines = await _directly_below(session, view.unit, found.year)
    rated = (line for line in lines if line.level and (line.member is not None) == of_members)
    ratings = {line.member or line.unit: Level(line.level) for line in rated}
    derived = derived_level(rulebook, Subject(found.subject), ratings)
    if derived is None:
        return None
    who = {each for obstacle in derived.obstacles for each in obstacle.below}
    names = await look_up(session, persons=who if of_members else (), units=() if of_members else who)
    obstacles = [
        ObstacleLine(
            rule=rule_line(obstacle.rule),
            level=obstacle.rule.level,
            asked=obstacle.rule.reached,
            reached=obstacle.reached,
            needed=obstacle.needed,
            below=[
                Below(names.person(each) if of_members else names.unit(each, session.as_of), ratings[each])
                for each in sorted(obstacle.below)
            ],
        )
        for obstacle in derived.obstacles
    ]
    return DerivedLevel(derived.highest, len(ratings), obstacles)


async def _directly_below(session: Session, unit: UUID, year: int) -> list[LineView]:
    connection, day, known_at = session.connection, session.as_of, session.known_at
    children = [child.unit for child in await organisation.children(connection, unit, day, known_at)]
    rounds = await evaluations.rounds(connection, children, year, day, known_at)
    return await evaluations.lines(connection, [found.round for found in rounds.values()], day, known_at)
