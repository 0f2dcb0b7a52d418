"""What two rulebooks say differently, and what a look through all of them finds."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

import msgspec

from projections.rules import Certainty
from projections.states.rulebooks.books import Rulebook
from projections.states.rulebooks.entries import Entry, Provenance
from projections.states.rulebooks.library import Library

PROVENANCE = frozenset(Provenance.__struct_fields__)


class Difference(msgspec.Struct, frozen=True):
    """An entry, by section and name, that only one of two rulebooks has (the other side is None) or that says something
    else in each."""

    section: str
    name: str
    before: Entry | None
    after: Entry | None


def differences(before: Rulebook, after: Rulebook) -> list[Difference]:
    """What differs in substance; that only clause, source or certainty do is none."""
    old = {(section, entry.name): entry for section, entry in before.entries()}
    new = {(section, entry.name): entry for section, entry in after.entries()}
    return [
        Difference(section, name, old.get((section, name)), new.get((section, name)))
        for section, name in {**old, **new}
        if _substance(old.get((section, name))) != _substance(new.get((section, name)))
    ]


def _substance(value: Any) -> Any:
    """The value without where it comes from."""
    if isinstance(value, Provenance):
        fields = (field for field in value.__struct_fields__ if field not in PROVENANCE)
        return {field: _substance(getattr(value, field)) for field in fields}
    return value


class FindingKind(Enum):
    """What can be wrong with a library that reads well."""

    CHANGED = "changed"
    NOT_REGISTERED = "not_registered"
    GONE = "gone"
    GAP = "gap"


class Finding(msgspec.Struct, frozen=True):
    """What is wrong, and of which rulebook (by its citation) or year."""

    kind: FindingKind
    of: str


def findings(library: Library, registered: Mapping[str, str]) -> list[Finding]:
    """Rulebooks that are not what the register of digests noted, that it does not know, or that are gone; and years
    without a rulebook."""
    digests = {rulebook.citation: rulebook.digest for rulebook in library.every}
    found = []
    for citation, digest in digests.items():
        if citation not in registered:
            found.append(Finding(FindingKind.NOT_REGISTERED, citation))
        elif registered[citation] != digest:
            found.append(Finding(FindingKind.CHANGED, citation))
    found += [Finding(FindingKind.GONE, citation) for citation in registered if citation not in digests]
    return found + [Finding(FindingKind.GAP, str(year)) for year in library.gaps()]


def by_certainty(rulebook: Rulebook) -> dict[Certainty, list[str]]:
    """Paths of everything in a rulebook that has a source, by how certain it is."""
    found: dict[Certainty, list[str]] = {}
    for path, provenance in rulebook.provenances():
        found.setdefault(provenance.certainty, []).append(path)
    return found
