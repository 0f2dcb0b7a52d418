"""Whether the evidence of a decision can be worked out again, and what was recorded since. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from enum import Enum
from uuid import UUID

import msgspec

from events.facts.evaluations import Evidence
from projections.evidence.digests import Told
from projections.evidence.figures import Dossier, Figure, figures
from projections.evidence.units import UnitDossier


class Verdict(Enum):
    """What came of working a decision's evidence out again at its position.

    `same`: from the same facts the same result. `computation_differs`: the facts are the same, and something else comes
    out of them (or the builder of that version is no longer there). `facts_differ`: the archive does not say what it
    said then.
    """

    SAME = "same"
    COMPUTATION_DIFFERS = "computation_differs"
    FACTS_DIFFER = "facts_differ"


class ErasedFields(msgspec.Struct, frozen=True):
    """Sealed fields of one name that nobody reads any more: how many (`count`), under the keys of how many (`owners`)
    of one kind (`of`: person, household or grievance). The facts around them count as before."""

    field: str
    of: str
    count: int
    owners: int


class FigureChange(msgspec.Struct, frozen=True):
    """A figure that says something else now."""

    figure: str
    before: int
    after: int


class Later(msgspec.Struct, frozen=True):
    """A fact recorded after the decision that bears on the same year, and the figures that are counted from it."""

    position: int
    figures: tuple[str, ...]


class Since(msgspec.Struct, frozen=True):
    """What was changed after the decision: figures, and the facts by which."""

    changes: tuple[FigureChange, ...]
    facts: tuple[Later, ...]


def verdict(stored: Evidence, again: Evidence) -> Verdict:
    """The decision's evidence beside that which was worked out now."""
    if stored.facts != again.facts:
        return Verdict.FACTS_DIFFER
    same = (stored.builder, stored.result) == (again.builder, again.result)
    return Verdict.SAME if same else Verdict.COMPUTATION_DIFFERS


def owners(counted: Iterable[Told]) -> set[UUID]:
    """Under whose keys something is sealed in these facts."""
    return {owner for _, _, owner in _sealed(counted)}


def erased(counted: Iterable[Told], ended: Collection[UUID]) -> tuple[ErasedFields, ...]:
    """What of the facts nobody reads any more, since these keys have ended."""
    fields = Counter[tuple[str, str]]()
    whose: dict[tuple[str, str], set[UUID]] = {}
    for field, of, owner in _sealed(counted):
        if owner in ended:
            fields[of, field] += 1
            whose.setdefault((of, field), set()).add(owner)
    return tuple(ErasedFields(field, of, fields[of, field], len(whose[of, field])) for of, field in sorted(fields))


def _sealed(counted: Iterable[Told]) -> Iterator[tuple[str, str, UUID]]:
    """Name of each sealed field that holds something, what its owner is, and the owner."""
    for told in counted:
        body = told.fact.body
        for field, owner in body.SEALED.items():
            if getattr(body, field) is not None:
                yield field, "person" if owner == "member" else owner, body.owner(field)


def since(then: Dossier | UnitDossier, now: Dossier | UnitDossier, position: int) -> Since:
    """What the decision of the position did not know. Both dossiers are as people may see them today."""
    before = dict(figures(then))
    changes: list[FigureChange] = []
    opens: dict[int, list[str]] = {}
    for name, figure in figures(now):
        earlier = before.get(name, Figure(0))
        if earlier.value != figure.value:
            changes.append(FigureChange(name, earlier.value, figure.value))
        for at in figure.positions:
            if at > position:
                opens.setdefault(at, []).append(name)
    return Since(tuple(changes), tuple(Later(at, tuple(names)) for at, names in sorted(opens.items())))
