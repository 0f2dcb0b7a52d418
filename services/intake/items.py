"""Submitted items on their way through intake, and which of them may be recorded together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from events.catalogue import boundary
from events.envelope import Fact
from events.log.limits import LARGEST_BATCH
from projections.states.organisation import Organisation
from services.decisions.asking import Asker
from services.decisions.command import Command
from services.decisions.outcome import Decided
from services.intake.results import Duplicate, Recorded, Result


class Item(msgspec.Struct):
    """One submitted item on its way: what was sent, by whom, and what becomes of it."""

    asker: Asker
    raw: bytes
    command: Command | None = None
    digest: str = ""
    result: Result | None = None
    further: frozenset[str] = frozenset()

    def needs(self) -> set[str]:
        """Subjects of the boundaries that deciding about it looks at."""
        return set() if self.command is None else {*self.asker.needs(), *self.command.needs(), *self.further}

    def follow(self, states: Mapping[str, Any], organisation: Organisation) -> None:
        """Takes in what follows from the states found so far."""
        if self.command is not None:
            self.further |= frozenset(self.command.follows(states, organisation))


class Accepted(NamedTuple):
    """An item that may be recorded, with what was decided and the facts it comes to."""

    item: Item
    decided: Decided
    facts: list[Fact[Any]]


def answer_twins(items: list[Item]) -> None:
    """An item sent twice at once is recorded once."""
    recorded = {
        item.result.id: (item.digest, item.result.position) for item in items if isinstance(item.result, Recorded)
    }
    for item in items:
        if item.result is None and item.command is not None and item.command.id in recorded:
            digest, position = recorded[item.command.id]
            if digest == item.digest:
                item.result = Duplicate(item.command.id, position)


def independent(accepted: list[Accepted]) -> bool:
    """Whether no decision looked at what another one of the same pass had just decided."""
    changed: set[str] = set()
    decided: set[UUID] = set()
    for one in accepted:
        if one.item.command is None or not changed.isdisjoint(one.item.needs()):
            return False
        if not decided.isdisjoint(one.item.command.names_facts()):
            return False
        decided.update(fact.id for fact in one.facts)
        changed.update(boundary(fact.body) for fact in one.facts)
        if any(name.startswith("facts.unit.") for name in changed):
            return len(accepted) == 1
    return True


def batches(accepted: list[Accepted]) -> list[list[Accepted]]:
    """What was accepted, cut so that each part fits one atomic batch."""
    batches: list[list[Accepted]] = []
    size = LARGEST_BATCH
    for one in accepted:
        if size + len(one.facts) > LARGEST_BATCH:
            batches.append([])
            size = 0
        batches[-1].append(one)
        size += len(one.facts)
    return batches
