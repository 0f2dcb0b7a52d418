"""A case that is hidden from somebody costs the same work as one that does not exist: the same statements, in order.

Times are not compared: they vary by more than what they could tell. What is asked of the database is what takes time.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg
import pytest
import pytest_asyncio

from events.identifiers import uuid7
from projections.database import Pool, Role, connect, open_pool
from projections.registers.grievances import Filters
from services.decisions.asking import Asker
from services.decisions.asking import Role as CallerRole
from services.queries import reads, reveals
from services.queries.grievances import files, following, lists, trace
from services.queries.reads import Asked
from services.queries.reveals import Revealing
from services.queries.session import CannotAnswer, Session, open_session
from services.reads.log import Reading, ReadLog, open_read_log
from services.reads.reasons import ReadReason
from services.vault import places
from services.vault.follow_codes import FollowCodes
from services.vault.keys import Keys
from tests.services.http.test_hidden_cases import hidden, strangers  # noqa: F401
from tests.services.http.world import World
from tests.vaults import opened

Question = Callable[[Session, UUID], Awaitable[Any]]
IN_DANGER = Revealing(ReadReason.URGENT_DANGER, None, True)
DAYS = date(2018, 1, 1), date(2018, 12, 31)


class Watched:
    """Two pools of one connection each, and every statement that was sent over them."""

    def __init__(self, reader: Pool, reads: ReadLog, keeper: Pool, keys: Keys, sent: list[tuple[str, int]]) -> None:
        self.reader = reader
        self.reads = reads
        self.keeper = keeper
        self.keys = keys
        self._sent = sent

    async def asked(self, asker: Asker, question: Question, grievance: UUID) -> tuple[str, list[tuple[str, int]]]:
        """How the question about the case ends, and what was sent: each statement with the number of its values."""
        self._sent.clear()
        code = "answered"
        try:
            async with (
                self.reads.recording(Reading("grievance_trace")) as record,
                open_session(self.reader, self.keys, asker, "vi", record) as session,
            ):
                await question(session, grievance)
        except CannotAnswer as reason:
            code = reason.code
        return code, list(self._sent)


@pytest_asyncio.fixture(loop_scope="session")
async def watched(hidden: tuple[World, UUID, str]) -> AsyncIterator[Watched]:  # noqa: F811
    running, sent = hidden[0].installation, list[tuple[str, int]]()

    def keep(told: asyncpg.connection.LoggedQuery) -> None:
        sent.append((told.query, len(told.args or ())))

    url = running.endpoints.postgres_url("soho_api", running.passwords["soho_api"])
    async with (
        await open_pool(url, Role.READER, "test", 1) as reader,
        await open_pool(url, Role.KEEPER, "test", 1) as keeper,
        open_read_log(lambda: connect(url, Role.READ_LOG, "test")) as reads,
    ):
        keys = await opened(keeper, places.from_environment(running.environment))
        for pool in (reader, keeper):
            async with pool.acquire() as connection:
                connection.add_query_logger(keep)
        yield Watched(reader, reads, keeper, keys, sent)


async def issue(watched: Watched, session: Session, grievance: UUID) -> Any:
    return await following.issue(session, FollowCodes(watched.keeper, b"0" * 32), grievance)


BY_ID: dict[str, Callable[[Watched, Session, UUID], Awaitable[Any]]] = {
    "trace": lambda _, session, case: trace.of(session, case),
    "file": lambda _, session, case: files.of(session, case),
    "follow-code": issue,
    "reveal": lambda _, session, case: reveals.petitioner(session, case, IN_DANGER),
    "reads": lambda _, session, case: reads.found(session, Asked(*DAYS, grievance=case), None, 100),
}


@pytest.mark.parametrize("name", BY_ID)
async def test_by_its_id(
    hidden: tuple[World, UUID, str],  # noqa: F811
    watched: Watched,
    name: str,
) -> None:
    world, case, _ = hidden
    for asker in strangers(world):

        async def question(session: Session, grievance: UUID) -> Any:
            return await BY_ID[name](watched, session, grievance)

        # The first time the connection learns the types.
        _, one, other = [await watched.asked(asker, question, each) for each in (uuid7(), case, uuid7())]
        assert one == other, asker.role
        assert one[0] == "not_found"
        assert len(one[1]) > 3


async def test_of_those_who_see_it_more_is_asked(hidden: tuple[World, UUID, str], watched: Watched) -> None:  # noqa: F811
    """Else the comparison could not fail."""
    world, case, _ = hidden
    office = world.asker(CallerRole.COMMUNE_OFFICE, world.here)
    _, one, other = [await watched.asked(office, trace.of, each) for each in (case, case, uuid7())]
    assert (one[0], other[0]) == ("answered", "not_found")
    assert len(one[1]) > len(other[1])


THE_DAY, NO_DAY = ({"received_since": date(year, 3, 3), "received_until": date(year, 3, 4)} for year in (2018, 2017))
NARROWED: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"year": 2018, "number": 1}, {"year": 2018, "number": 999}),
    (THE_DAY, NO_DAY),
    ({"kind": "proposal"}, {"kind": "complaint"}),
]
"""Its own number, day and kind; and those of no case: the secretary's cell has no other case then."""


@pytest.mark.parametrize(("its_own", "of_none"), NARROWED)
async def test_by_what_a_list_is_narrowed_to(
    hidden: tuple[World, UUID, str],  # noqa: F811
    watched: Watched,
    its_own: dict[str, Any],
    of_none: dict[str, Any],
) -> None:
    world, _, _ = hidden
    secretary, cell = world.asker(CallerRole.CELL_SECRETARY, world.here), world.here.cell

    async def of(filters: dict[str, Any]) -> tuple[str, list[tuple[str, int]]]:
        async def question(session: Session, _: UUID) -> Any:
            return await lists.search(session, cell, Filters(**filters), None, 100)

        return await watched.asked(secretary, question, uuid7())

    _, one, other = await of(of_none), await of(its_own), await of(of_none)
    assert one == other
    assert one[0] == "answered"
