"""Coverage agrees with a slow model in memory, whatever happened and in whatever order it became known."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projections.registers.coverage import (
    GROUP_LISTS,
    HOUSEHOLD_LISTS,
    MEMBER_LISTS,
    Coverage,
    Summary,
    coverage,
    groups_in,
    holdings,
    households_in,
    members_in,
)
from projections.registers.organisation import Organisation
from tests.projections.archive_of import ArchiveOf
from tests.projections.coverage_histories import DAYS, PROVINCE, UNITS, history
from tests.projections.coverage_model import Model


class QuickEras(Coverage):
    """Eras so short that a small history has several."""

    era: ClassVar[int] = 8


@pytest.fixture(autouse=True)
def _packed_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """What ended a month before is packed, so that a small history has some of it."""
    monkeypatch.setattr(holdings, "LONG_AGO", 30)
    monkeypatch.setattr(holdings, "MANY", 2)


async def _renew(archive: ArchiveOf) -> None:
    await archive.fetch("DELETE FROM projection.quarantine")
    await archive.fetch("DELETE FROM projection.checkpoint")


async def _contents(archive: ArchiveOf) -> dict[str, list[Any]]:
    tables = await archive.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'coverage_v1'")
    return {
        name: sorted(map(tuple, await archive.fetch(f"SELECT t::text FROM coverage_v1.{name} t"))) for (name,) in tables
    }


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), seed=st.integers(0, 2**32), length=st.integers(10, 150), chunk=st.integers(1, 20))
async def test_every_count_and_its_list_agree_with_the_model(
    archive: ArchiveOf, data: st.DataObject, seed: int, length: int, chunk: int
) -> None:
    await archive.fetch("TRUNCATE archive.message")
    archive.facts.clear()
    await archive.record(*history(seed, length))
    await _renew(archive)
    await archive.project([Organisation, QuickEras], chunk=1000)
    at_once = await _contents(archive)
    await _renew(archive)
    await archive.project([Organisation, QuickEras], chunk=chunk)
    assert await _contents(archive) == at_once

    positions = st.integers(0, archive.head + 1)
    asked = data.draw(st.lists(st.tuples(st.sampled_from(DAYS), positions), min_size=10, max_size=10))
    listed = data.draw(st.sampled_from(UNITS))
    async with archive.asking(unit=PROVINCE) as connection:
        for as_of, known_at in [*asked, *((day, archive.head) for day in DAYS)]:
            model = Model(archive.facts[:known_at])
            for unit in UNITS:
                if unit in model.organisation.units:
                    found = await coverage(connection, unit, as_of, known_at)
                    assert found.counts == model.counts(unit, as_of), (unit, as_of, known_at)
                    assert found.incomplete == model.incomplete(unit, as_of)
                    if unit == listed:
                        await _lists_agree(connection, found)


async def _lists_agree(connection: Any, found: Summary) -> None:
    where, counts = (found.unit, found.as_of, found.known_at), found.counts
    for names, question, whole in (
        (MEMBER_LISTS, members_in, counts.members),
        (HOUSEHOLD_LISTS, households_in, counts.households),
        (GROUP_LISTS, groups_in, counts.groups),
    ):
        sizes = {name: len(await question(connection, *where, name, None, 1000)) for name in names}
        assert sizes.pop("all") == whole
        for name, size in sizes.items():
            assert size == _number(counts, whole, names, name), name


def _number(counts: Any, whole: int, names: Any, name: str) -> int:
    if names is GROUP_LISTS:
        return counts.groups_assigned if name == "assigned" else whole - counts.groups_assigned
    if name == "unassigned":
        return int(counts.eligible - counts.assigned)
    if name == "uncovered":
        return int(counts.households - counts.covered)
    return int(getattr(counts, name))
