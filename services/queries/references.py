"""Which ids a fact names, by what they stand for, and its readable body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

import msgspec
from msgspec import inspect

from events.envelope import Fact
from events.facts.values import Body
from projections.registers import grievances
from services.queries.masking import MASK
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
        "committee",
        "members_by",
    }
)
PERSONS = frozenset({"person", "member"})
GROUPS = frozenset({"group"})
HOUSEHOLDS = frozenset({"household", "households", "added", "removed"})
EITHER = frozenset({"target"})
"""A household or a group: nothing else in the fact tells which."""
SUBJECTS = frozenset({"subject"})
"""A person or a household."""

CASES = frozenset({"part_of", "parts"})
"""Other grievances than the one that the fact is about: named to nobody who may not know of them."""

CASE = "grievance"
"""The field with the grievance that a fact is about, whose key seals what was told."""

MASKED = frozenset({"petitioner"})
CONTACTS = frozenset({"contact"})
"""Masked wherever a fact is read: shown on the card, to who may see it there."""

CLEARED = frozenset({"cleared"})
"""Persons whose names are not put beside the fact."""


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
            elif name in PERSONS or name in SUBJECTS:
                self.persons.update(ids)
            if name in HOUSEHOLDS or name in EITHER or name in SUBJECTS:
                self.households.update(ids)
            if name in GROUPS or name in EITHER:
                self.groups.update(ids)


def named_in(fact: Fact[Any]) -> Iterator[tuple[str, tuple[UUID, ...]]]:
    """The fields of the fact's body that hold ids of units, persons, households or groups, with these ids. Of a rating
    neither the group in which it counts nor what is classified is an id."""
    body: type[Body] = type(fact.body)
    for name in _naming(body):
        value = getattr(fact.body, name)
        ids = value if isinstance(value, tuple) else (value,)
        if all(isinstance(each, UUID) for each in ids):
            yield name, ids


@cache
def _naming(body: type[Body]) -> tuple[str, ...]:
    """The fields of such facts that may hold ids of units, persons, households or groups."""
    naming = UNITS | PERSONS | HOUSEHOLDS | GROUPS | EITHER | SUBJECTS
    return tuple(name for name in body.__struct_fields__ if name in naming)


async def readable(session: Session, facts: Sequence[Fact[Any]]) -> list[dict[str, Any]]:
    """The bodies of the facts with sealed fields as text; None where the caller may not read them or they were
    erased. Of who told a grievance at the office is shown that there is somebody, not who it is; of other grievances
    only those that the caller may know of."""
    sealed = [(fact.body.owner(name), name, getattr(fact.body, name)) for fact, name in _sealed_fields(facts)]
    texts = await unsealed(session, sealed)
    bodies = [msgspec.to_builtins(fact.body) for fact in facts]
    by_fact = {id(fact): body for fact, body in zip(facts, bodies, strict=True)}
    for (fact, name), text in zip(_sealed_fields(facts), texts, strict=True):
        if getattr(fact.body, name) is not None:
            by_fact[id(fact)][name] = MASK if text is not None and name in CONTACTS else text
    for body in bodies:
        body.update({name: MASK for name in MASKED if body.get(name) is not None})
    unknown = await unknown_cases(session, facts)
    for fact, body in zip(facts, bodies, strict=True):
        body.update(_without(fact, unknown))
    _see(session, facts, texts, unknown)
    return bodies


async def erased_in(
    session: Session, facts: Sequence[Fact[Any]], bodies: Sequence[Mapping[str, Any]]
) -> list[list[str]]:
    """For each fact the names of its fields that nobody reads any more, since the key was destroyed. The `bodies` are
    those made readable: what was opened needs no asking."""
    closed = [
        [name for name in fact.body.SEALED if getattr(fact.body, name) is not None and body.get(name) in (None, MASK)]
        for fact, body in zip(facts, bodies, strict=True)
    ]
    owners = {fact.body.owner(name) for fact, names in zip(facts, closed, strict=True) for name in names}
    gone = await session.keys.destroyed(owners) if owners else set[UUID]()
    return [
        [name for name in names if fact.body.owner(name) in gone] for fact, names in zip(facts, closed, strict=True)
    ]


def _see(session: Session, facts: Sequence[Fact[Any]], texts: Sequence[str | None], unknown: Set[UUID]) -> None:
    """Whom the facts tell of, at any depth, and the grievances of which something sealed was opened."""
    for fact in facts:
        for name, id_ in _ids_in(fact.body):
            if name in PERSONS or name in CLEARED or name in SUBJECTS:
                session.seen.persons.add(id_)
            if name in HOUSEHOLDS or name in EITHER or name in SUBJECTS:
                session.seen.households.add(id_)
            if name == CASE or (name in CASES and id_ not in unknown):
                session.seen.grievances.add(id_)
    opened = zip(_sealed_fields(facts), texts, strict=True)
    of_cases = (fact.body for (fact, name), text in opened if text and fact.body.SEALED[name] == CASE)
    session.seen.opened.update(body.grievance for body in of_cases)


async def unknown_cases(session: Session, facts: Iterable[Fact[Any]]) -> set[UUID]:
    """The other grievances that the facts name and the caller may not know of."""
    named = {id_ for fact in facts for ids in _cases_in(fact).values() for id_ in ids}
    return named - await grievances.known(session.connection, named) if named else named


def _ids_in(value: Any, name: str = "") -> Iterator[tuple[str, UUID]]:
    """All ids in the value, each with the name of the field that holds it."""
    if isinstance(value, UUID):
        yield name, value
    elif isinstance(value, tuple):
        for inner in value:
            yield from _ids_in(inner, name)
    elif isinstance(value, msgspec.Struct):
        for field_name in _with_ids(type(value)):
            yield from _ids_in(getattr(value, field_name), field_name)


@cache
def _with_ids(struct: type[msgspec.Struct]) -> tuple[str, ...]:
    """The fields of such a thing in which ids may be, at any depth."""
    told = inspect.type_info(struct)
    assert isinstance(told, inspect.StructType)
    return tuple(field.name for field in told.fields if _may_hold_ids(field.type))


def _may_hold_ids(told: inspect.Type) -> bool:
    if isinstance(told, inspect.UnionType):
        return any(map(_may_hold_ids, told.types))
    if isinstance(told, inspect.Metadata):
        return _may_hold_ids(told.type)
    if isinstance(told, inspect.VarTupleType):
        return _may_hold_ids(told.item_type)
    if isinstance(told, inspect.StructType):
        return bool(_with_ids(told.cls))
    return isinstance(told, inspect.UUIDType)


def _without(fact: Fact[Any], unknown: Set[UUID]) -> dict[str, Any]:
    """The fields in which the fact names other grievances, without those."""
    found: dict[str, Any] = {}
    for name, ids in _cases_in(fact).items():
        left = [str(id_) for id_ in ids if id_ not in unknown]
        found[name] = left if isinstance(getattr(fact.body, name), tuple) else next(iter(left), None)
    return found


def _cases_in(fact: Fact[Any]) -> dict[str, tuple[UUID, ...]]:
    values = {name: getattr(fact.body, name) for name in CASES.intersection(fact.body.__struct_fields__)}
    return {
        name: value if isinstance(value, tuple) else (value,) for name, value in values.items() if value is not None
    }


def _sealed_fields(facts: Iterable[Fact[Any]]) -> Iterator[tuple[Fact[Any], str]]:
    return ((fact, name) for fact in facts for name in fact.body.SEALED if name not in MASKED)
