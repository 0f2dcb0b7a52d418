"""The counts that a release is made of, gathered for intake."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from projections.database import Connection
from projections.publications import counting
from projections.publications.tables import tables
from projections.publications.writing import Counted
from services.decisions.view import CountsOf


async def counted(connection: Connection, asked: Collection[CountsOf], position: int) -> dict[CountsOf, Counted]:
    """Each table as known at its position, or at the one given, to which the registers have come; found under both."""
    found: dict[CountsOf, Counted] = {}
    for of in asked:
        exact = of if of.position is not None else msgspec.structs.replace(of, position=position)
        if exact not in found:
            at = position if exact.position is None else exact.position
            found[exact] = await counting.counted(connection, tables()[of.table], of.unit, of.day, at)
        found[of] = found[exact]
    return found
