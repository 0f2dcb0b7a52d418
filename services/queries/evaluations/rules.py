"""What a rulebook says of what is shown: entries by their names, caps held against pools."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from events.facts.evaluations import Level, LevelCounts, Subject
from projections.registers.evaluations import PoolCounts
from projections.rules import Certainty
from projections.states.rulebooks.books import Rulebook
from projections.states.rulebooks.entries import Base, Cap, Entry
from projections.states.rulebooks.library import NoRulebook, by_digest
from projections.states.rulebooks.readings import ShareReading, cap
from services.queries.naming import Named, look_up
from services.queries.session import Session


class RuleLine(msgspec.Struct, frozen=True):
    """An entry of the rulebook by its name. Without text, clause and certainty where the rulebook is not known here."""

    name: str
    text: str | None = None
    clause: str | None = None
    certainty: Certainty | None = None


class CapSide(msgspec.Struct, frozen=True):
    """A cap read over one base: how many it counts, how many of them may be excellent, how many are."""

    base: Base
    counted: int
    allowed: int
    excellent: int
    within: bool


class CapLine(msgspec.Struct, frozen=True):
    """The cap on the excellent held against one group of a committee's ratings, by the base that the rulebook names
    (`reading`) and by the other one (`other`).

    `exceeded` is a warning; `disagree` says that it depends on the base whether the cap is kept. `percent` is the share
    that holds: that of the rulebook, or the one `authorised` by the document. `group` is a kind of cell, or "all".
    """

    committee: Named
    subject: Subject
    group: str
    ratings: LevelCounts
    rule: RuleLine
    percent: int
    reading: CapSide
    other: CapSide
    disagree: bool
    exceeded: bool
    authorised: int | None
    document: str | None
    finalised: date | None


def known_rulebook(digest: str) -> Rulebook | None:
    """The very rulebook; None where this version of Sổ Hộ does not have it."""
    try:
        return by_digest(digest)
    except NoRulebook:
        return None


def rule_line(entry: Entry) -> RuleLine:
    return RuleLine(entry.name, entry.text, entry.clause, entry.certainty)


def rule_lines(entries: Iterable[Entry], names: Sequence[str]) -> list[RuleLine]:
    """The entries of these names, in the order of the names."""
    by_name = {entry.name: entry for entry in entries}
    return [rule_line(by_name[name]) if name in by_name else RuleLine(name) for name in names]


def ground_lines(rulebook: Rulebook | None, names: Sequence[str]) -> list[RuleLine]:
    """Grounds of a rating: what makes it "not completed", and conditions that were not met."""
    return rule_lines((*rulebook.conditions, *rulebook.grounds) if rulebook else (), names)


async def cap_lines(session: Session, pools: Sequence[PoolCounts]) -> list[CapLine]:
    """The cap held against each of the pools that their rulebook caps."""
    names = await look_up(session, units={pool.committee for pool in pools})
    found = []
    for pool in pools:
        rulebook, subject = known_rulebook(pool.digest), Subject(pool.subject)
        counts = LevelCounts(**{level.value: getattr(pool, level.value) for level in Level})
        held = None if rulebook is None else cap(rulebook, subject, counts, pool.authorised)
        if held is None:
            continue
        line = CapLine(
            committee=names.unit(pool.committee, session.as_of),
            subject=subject,
            group=pool.group,
            ratings=counts,
            rule=rule_line(held.cap),
            percent=held.percent,
            reading=_side(held.cap, held.reading),
            other=_side(held.cap, held.other, other=True),
            disagree=held.disagree,
            exceeded=not held.within,
            authorised=pool.authorised,
            document=pool.document,
            finalised=pool.finalised,
        )
        found.append(line)
    return found


def _side(rule: Cap, share: ShareReading, other: bool = False) -> CapSide:
    base = next(base for base in Base if (base is rule.base.counts) != other)
    return CapSide(base, share.base, share.allowed, share.excellent, share.within)
