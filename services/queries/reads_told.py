"""What of a read may be told to whom: nothing in it, and nothing missing, tells of a case that he may not know of.

A read of cases names its persons and households because of these cases. Whoever does not know all of them is told of
those alone whom a case that he knows of involves; otherwise a list with one known case on it would tell who else is in
one.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any, NamedTuple
from uuid import UUID


class Known(NamedTuple):
    """Whom and what the caller may know of: persons, households, and cases with the household, member and handlers that
    each involves."""

    persons: Set[UUID]
    households: Set[UUID]
    cases: Mapping[UUID, Set[UUID]]


class Told(NamedTuple):
    """A read, and those in its answer of whom the caller is told."""

    row: Any
    persons: list[UUID]
    households: list[UUID]
    grievances: list[UUID]


def tells_of(row: Any, subject: UUID, cases: Mapping[UUID, Set[UUID]]) -> bool:
    """Whether it may be told that the read was one of the subject: a person, household or case that is in its answer
    and that the caller knows of."""
    asked = row["grievances"]
    if not asked or subject in asked:
        return True
    if len(asked) == 1:
        return asked[0] in cases
    return any(subject in cases.get(case, ()) for case in asked)


def told(row: Any, known: Known) -> Told | None:
    """What may be told of a read where nobody in particular was asked about; None: nothing."""
    persons, households = (
        sorted(id_ for id_ in ids & set(row[name]) if tells_of(row, id_, known.cases))
        for name, ids in (("persons", known.persons), ("households", known.households))
    )
    grievances = sorted(known.cases.keys() & set(row["grievances"]))
    if row["grievances"] and not grievances:
        return None
    return Told(row, persons, households, grievances) if persons or households or grievances else None
