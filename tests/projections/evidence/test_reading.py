"""Reading evidence: from the archive comes what the builder makes of all the facts there are, at any position."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from unittest.mock import patch
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.catalogue import stored
from projections.archive.reader import head
from projections.database import Connection, Role, connect
from projections.evidence import reading
from projections.evidence.calendar import recorded_on
from projections.evidence.dossiers import build
from projections.registers.members import Members
from projections.registers.organisation import Organisation
from projections.trails.trails import Trails
from tests.projections.archive_of import ArchiveOf
from tests.projections.coverage_histories import PERSONS, PROVINCE
from tests.projections.evidence.stories import YEARS, Story, told

NEEDED = [Organisation, Members, Trails]
PAIRS = [(person, year) for person in PERSONS for year in YEARS]


@asynccontextmanager
async def deciding(archive: ArchiveOf) -> AsyncIterator[Connection]:
    """A connection in the role of the intake."""
    connection = await connect(archive.url, Role.INTAKE, "test")
    try:
        yield connection
    finally:
        await connection.close()


async def _empty(archive: ArchiveOf) -> None:
    await archive.fetch("TRUNCATE archive.message")
    await archive.fetch("DELETE FROM projection.quarantine")
    await archive.fetch("DELETE FROM projection.checkpoint")
    archive.facts.clear()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), length=st.integers(20, 150), share=st.floats(0, 1), many=st.integers(1, 20))
async def test_what_is_read_is_what_the_builder_makes_of_every_fact_in_whatever_parts(
    archive: ArchiveOf, seed: int, length: int, share: float, many: int
) -> None:
    await _empty(archive)
    await archive.record(*Story(seed, length).facts)
    await archive.project(NEEDED)
    position = round(archive.head * share)
    every = told(archive.facts[:position])
    known = recorded_on(archive.facts[position - 1].recorded_ns) if position else recorded_on(0)

    with patch.object(reading, "MANY", many):
        async with deciding(archive) as connection:
            found = await reading.of_members(connection, PAIRS, position)
    assert list(found) == PAIRS
    for (member, year), evidence in found.items():
        assert evidence == build(member, year, known, every).evidence(position)

    async with archive.asking(PROVINCE) as connection:
        seen = await reading.dossiers_seen(connection, PAIRS, position)
        assert {of: each.evidence for of, each in seen.items()}.items() <= found.items()


async def test_the_evidence_of_who_is_unknown_is_that_of_no_facts(archive: ArchiveOf) -> None:
    await archive.project(NEEDED)
    async with deciding(archive) as connection:
        stranger = (uuid4(), 2018)
        found = await reading.of_members(connection, [stranger], await head(connection))
    assert found[stranger].facts == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


async def test_a_position_that_the_trails_have_not_reached_is_not_answered(archive: ArchiveOf) -> None:
    await archive.record(*Story(1, 10).facts)
    async with deciding(archive) as connection:
        with pytest.raises(reading.Behind):
            await reading.of_members(connection, PAIRS, 1)


async def test_the_year_is_found_in_the_stored_bytes_of_every_kind_of_fact(archive: ArchiveOf) -> None:
    facts = Story(7, 200).facts
    for fact in {fact.type: fact for fact in facts}.values():
        year = await archive.fetch("SELECT archive.effective_year($1, $2)", fact.type, stored(fact))
        assert year[0][0] == str(fact.effective.year).encode()
    assert len({fact.type for fact in facts}) > 25
