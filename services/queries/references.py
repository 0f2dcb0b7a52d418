"""Which ids a fact names, by what they stand for, and its readable body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import msgspec

from events.envelope import Fact
from services.queries.naming import unsealed
from services.queries.session import Session

UNITS = frozenset(
    {
        "unit",
        "former_unit",
        "parent",
        "former_parent",
        "into",
        "granted_by",
        "holder",
        "visible",
        "sender",
        "to",
        "handed_to",
    }
)
PERSONS = frozenset({"person", "member"})
GROUPS = frozenset({"group"})
HOUSEHOLDS = frozenset({"household", "households", "added", "removed"})
EITHER = frozenset({"target"})
"""A household or a group: nothing else in the fact tells which."""

MASKED = frozenset({"petitioner"})
MASK = "***"


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Ids that some facts name. What may be a household or a group is in both."""

    units: set[UUID] = field(default_factory=set)
    persons: set[UUID] = field(default_factory=set)
    households: set[UUID] = field(default_factory=set)
    groups: set[UUID] = field(default_factory=set)

    def add(self, fact: Fact[Any]) -> None:
        for name, ids in named_in(fact):
            if name in UNITS:
                self.units.update(ids)
            elif name in PERSONS:
                self.persons.update(ids)
            if name in HOUSEHOLDS or name in EITHER:
                self.households.update(ids)
            if name in GROUPS or name in EITHER:
                self.groups.update(ids)


def named_in(fact: Fact[Any]) -> Iterator[tuple[str, tuple[UUID, ...]]]:
    """The fields of the fact's body that hold ids of units, persons, households or groups, with these ids."""
    for name in fact.body.__struct_fields__:
        if name in UNITS or name in PERSONS or name in HOUSEHOLDS or name in GROUPS or name in EITHER:
            value = getattr(fact.body, name)
            if value is not None:
                yield name, value if isinstance(value, tuple) else (value,)


async def readable(session: Session, facts: Sequence[Fact[Any]]) -> list[dict[str, Any]]:
    """The bodies of the facts with sealed fields as text; None where the caller may not read them or they were
    erased. Of who told a grievance at the office is shown that there is somebody, not who it is."""
    sealed = [(fact.body.owner(name), name, getattr(fact.body, name)) for fact, name in _sealed_fields(facts)]
    texts = await unsealed(session, sealed)
    bodies = [msgspec.to_builtins(fact.body) for fact in facts]
    by_fact = {id(fact): body for fact, body in zip(facts, bodies, strict=True)}
    for (fact, name), text in zip(_sealed_fields(facts), texts, strict=True):
        if getattr(fact.body, name) is not None:
            by_fact[id(fact)][name] = text
    for body in bodies:
        body.update({name: MASK for name in MASKED if body.get(name) is not None})
    return bodies


def _sealed_fields(facts: Iterable[Fact[Any]]) -> Iterator[tuple[Fact[Any], str]]:
    return ((fact, name) for fact in facts for name in fact.body.SEALED if name not in MASKED)
