"""Killed with -9 in the middle of a load: every acknowledged fact is there exactly once, everywhere."""

from __future__ import annotations

import asyncio
import os
import signal

import pytest

from tests.faults.house import House
from tests.faults.load import under_load
from tests.services.embedded.processes import becomes_true

FACTS = 5_000


@pytest.mark.parametrize("program", ["follower", "projector", "api", "nats", "postgres"])
async def test_a_killed_process_costs_nothing_acknowledged(house: House, program: str) -> None:
    pid = house.pid(program)
    async with under_load(house.commune, FACTS, house.base_url, house.token) as load:
        os.kill(pid, signal.SIGKILL)
        await becomes_true(lambda: house.pid(program) != pid, f"{program} runs again")
        await load.reached(2 / 3)
    assert len(load.acknowledged) >= FACTS
    await house.has_each_once(load.acknowledged)


async def test_a_killed_supervisor_costs_nothing_acknowledged(house: House) -> None:
    async with under_load(house.commune, FACTS, house.base_url, house.token) as load:
        house.up.kill()
        await asyncio.to_thread(house.up.start)
    assert len(load.acknowledged) >= FACTS
    await house.has_each_once(load.acknowledged)


async def test_a_second_follower_and_projector_neither_harm_nor_hinder(house: House) -> None:
    """The second follower waits for the first one's place and takes it when that dies; of two projectors whoever
    comes second to a batch is fenced."""
    with house.second("follower"), house.second("projector") as projector:
        await becomes_true(lambda: b"projector.started" in projector.read_bytes(), "the second projector runs")
        async with under_load(house.commune, FACTS, house.base_url, house.token) as load:
            pid = house.pid("follower")
            os.kill(pid, signal.SIGKILL)
            await becomes_true(lambda: house.pid("follower") != pid, "the first follower runs again")
        await house.has_each_once(load.acknowledged)
        # Which of the two comes second to a batch is chance: there is more to do until one has.
        for _ in range(5):
            if b"projection.fenced" in projector.read_bytes():
                break
            async with under_load(house.commune, FACTS, house.base_url, house.token) as load:
                pass
            await house.has_each_once(load.acknowledged)
        assert b"projection.fenced" in projector.read_bytes()


async def test_the_registers_are_what_the_archive_says(house: House) -> None:
    await house.registers_equal_a_refold()
