"""Whatever is told, in whatever batches: intake decides as the model does, and every register answers as it does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.installation import Installation
from tests.properties.comparing import Comparison
from tests.properties.stories import FIRST, KINDS, LATER, Story
from tests.properties.telling import Told


@pytest.fixture(scope="session")
def telling(installation: Installation) -> Callable[[], Told]:
    """Begins to tell a story to the installation. (A function, of which a failing example shows no settings.)"""
    return lambda: Told(installation)


STEPS = st.tuples(st.sampled_from(KINDS), st.integers(0, 2**16))
BATCHES = st.lists(
    st.tuples(st.integers(0, 7), st.lists(STEPS, min_size=1, max_size=15), st.booleans()), min_size=3, max_size=12
)
"""Batches: who sends, what, and whether the same batch is sent once more."""
AROUND = st.dates(FIRST - timedelta(days=1), FIRST + timedelta(days=800)) | st.sampled_from(LATER)
POINTS = st.lists(st.tuples(AROUND, st.floats(0, 1)), min_size=2, max_size=2)
"""Days, and shares of the story that are known."""


@settings(
    max_examples=30,
    # A failing story is told in full: shrinking it would take many minutes.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(batches=BATCHES, points=POINTS)
async def test_registers_answer_as_the_model_does(
    telling: Callable[[], Told],
    batches: list[tuple[int, list[tuple[str, int]], bool]],
    points: list[tuple[date, float]],
) -> None:
    story, told = Story(), telling()
    office = story.askers()[0]
    await told.tell(office, story.beginning())
    for sender, steps, again in batches:
        commands = [story.next(kind, seed) for kind, seed in steps]
        for _ in range(1 + again):
            refused = await told.tell(story.askers()[sender], commands)
        for command in refused:
            story.refused(command)
    async with told.installation.client(office) as client:
        client.headers["Soho-At-Least"] = str(told.position)
        first = told.recorded[0].position
        for day, share in [*points, (FIRST + timedelta(days=300), 1.0)]:
            known_at = first + round(share * (told.position - first))
            await Comparison(client, told, story, day, known_at).everything_agrees()
