"""A value whose key was destroyed is null, and the rest of the answer stays."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg

from projections.database import Role, connect, open_pool
from services.decisions.asking import Role as CallerRole
from services.queries import history, households
from services.queries.session import Session, open_session
from services.reads.log import Reading, open_read_log
from services.vault import places
from tests.services.http.world import World
from tests.vaults import opened


async def test_what_was_sealed_with_a_destroyed_key_is_null(own_world: World) -> None:
    here, running = own_world.here, own_world.installation
    async with own_world.office() as client:
        assert (await client.get(f"/v1/households/{here.household}")).json()["head"] == "Chủ hộ một Trên"
    admin = await asyncpg.connect(running.endpoints.admin_url)
    try:
        destroyed = await admin.execute(
            "UPDATE vault.key SET wrapped = NULL, master = NULL, destroyed_at = now() WHERE owner = $1", here.household
        )
    finally:
        await admin.close()
    assert destroyed == "UPDATE 1"

    url = running.endpoints.postgres_url("soho_api", running.passwords["soho_api"])
    async with (
        await open_pool(url, Role.READER, "test") as reader,
        await open_pool(url, Role.KEEPER, "test") as keeper,
        open_read_log(lambda: connect(url, Role.READ_LOG, "test")) as reads,
    ):
        keys = await opened(keeper, places.from_environment(running.environment))
        asker = own_world.asker(CallerRole.COMMUNE_OFFICE, here)

        async def answer(question: Callable[[Session], Awaitable[Any]]) -> Any:
            async with (
                reads.recording(Reading("household")) as record,
                open_session(reader, keys, asker, "vi", record) as session,
            ):
                return await question(session)

        card = await answer(lambda session: households.card(session, here.household))
        assert (card.head, card.address, card.persons) == (None, None, 4)
        assert card.responsible[0].member.name == "Đảng viên Trên"
        entries = (await answer(lambda session: history.of_household(session, here.household, 0, 100))).entries
        assert entries[0].body["head"] is None
        (visit,) = [entry for entry in entries if entry.type.startswith("visit.")]
        assert visit.body["note"] is None
        assert visit.body["purpose"] == "regular"
