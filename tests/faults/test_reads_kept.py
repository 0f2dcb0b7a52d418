"""Killed with -9 while people read: every read that was answered is in the read log."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count

import httpx
import pytest

from services.accounts.tokens import issuer_from_file
from services.cli import local
from services.decisions.asking import Asker, Role
from tests.faults.house import House
from tests.services.embedded.processes import becomes_true

READERS = 8
BEFORE, AFTER = 300, 100
STOPPED = "SELECT count(*) FROM pg_locks WHERE relation = 'reads.read'::regclass AND NOT granted"


class Reading:
    """Readers, each of whose questions comes from a program of its own name: the log must have the answered ones."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.issuer = issuer_from_file(local.token_key_file(house.home))
        self.answered: set[str] = set()
        self.numbers = count()

    async def run(self) -> None:
        async with httpx.AsyncClient(base_url=self.house.base_url, timeout=20) as client, asyncio.TaskGroup() as group:
            for _ in range(READERS):
                group.create_task(self._read(client))

    async def _read(self, client: httpx.AsyncClient) -> None:
        households = self.house.commune.households
        while True:
            number = next(self.numbers)
            name = f"reader {number} of {id(self)}"
            token = self.issuer.token(Asker(Role.SYSTEM, self.house.commune.province, name))
            path = f"/v1/households/{households[number % len(households)]}"
            try:
                answer = await client.get(path, headers={"Authorization": f"Bearer {token}"})
            except httpx.TransportError:
                continue
            if answer.status_code == 200:
                self.answered.add(name)
            elif answer.status_code != 404:  # the registers have not heard of it yet
                assert answer.status_code >= 500, answer.text


@asynccontextmanager
async def reading(house: House) -> AsyncIterator[Reading]:
    """People read all the time. Left well, every read that was answered is in the log."""
    readers = Reading(house)
    running = asyncio.create_task(readers.run())
    try:
        await becomes_true(lambda: len(readers.answered) >= BEFORE, "people read")
        yield readers
        before = len(readers.answered)
        await becomes_true(lambda: len(readers.answered) >= before + AFTER, "people read again")
        assert not running.done()
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    async with house.database() as database:
        kept = {row[0] for row in await database.fetch("SELECT client FROM reads.read")}
    assert readers.answered <= kept


@pytest.mark.parametrize("program", ["api", "postgres"])
async def test_what_was_answered_is_in_the_read_log(house: House, program: str) -> None:
    async with reading(house):
        pid = house.pid(program)
        os.kill(pid, signal.SIGKILL)
        await becomes_true(lambda: house.pid(program) != pid, f"{program} runs again")


@pytest.mark.parametrize("program", ["api", "postgres"])
async def test_nobody_is_answered_whose_record_waits_when_the_program_is_killed(house: House, program: str) -> None:
    """A lock keeps the records back: every answer is made and waits for its record alone."""
    async with reading(house), house.database() as database:
        pid = house.pid(program)
        # PostgreSQL takes the lock with it; from the API's death on it is not needed.
        transaction = database.transaction()
        await transaction.start()
        await database.execute("LOCK TABLE reads.read IN SHARE MODE")
        while await database.fetchval(STOPPED) == 0:
            pass
        os.kill(pid, signal.SIGKILL)
        if program == "api":
            await transaction.rollback()
        await becomes_true(lambda: house.pid(program) != pid, f"{program} runs again")
