"""What one API process holds open: its pools, the log, the recorder, and the heads it watches."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from events.log.connection import LogClient
from events.log.stream import last_position
from projections.database import Pool, Role, connect, open_pool
from services.accounts.claims import Verifier
from services.accounts.verifying import open_verifier
from services.intake.archive_watch import ArchiveWatch
from services.intake.recording import Recorder
from services.limits import load_limits
from services.losses import HAS_VAULT, HEAD, VaultLost
from services.names.at_hand import HeadsAtHand
from services.reads.log import ReadLog, open_read_log
from services.settings import SettingMissing, Settings
from services.vault.destruction import Destruction
from services.vault.follow_codes import FollowCodes
from services.vault.keys import Keys
from services.vault.places import Places


@dataclass(frozen=True, slots=True)
class ApiState:
    """Shared by all requests of the process."""

    reader: Pool
    intake: Pool
    keys: Keys
    recorder: Recorder
    watch: ArchiveWatch
    verifier: Verifier
    log: LogClient
    codes: FollowCodes
    reads: ReadLog
    heads: HeadsAtHand


@asynccontextmanager
async def open_state(settings: Settings, client: LogClient) -> AsyncIterator[ApiState]:
    """Opens everything the API needs, and closes it. Raises `MasterKeyError`, `SettingMissing`,
    `SettingUnusable`, `VaultLost`."""
    if not settings.master_keys:
        raise SettingMissing("SOHO_MASTER_KEY_FILE", "the file with the master key of the vault")
    url = settings.database_url
    async with (
        open_verifier(settings) as verifier,
        await open_pool(url, Role.READER, "api") as reader,
        await open_pool(url, Role.INTAKE, "api", 4) as intake,
        await open_pool(url, Role.KEEPER, "api", 3) as keeper,
        open_read_log(lambda: connect(url, Role.READ_LOG, "api reads")) as reads,
    ):
        keys = Keys(keeper, Places(settings.master_keys, keeper))
        # Facts first: another API that starts for the first time makes the vault before it records any.
        facts = await last_position(client) or await intake.fetchval(HEAD)
        if facts and not await keeper.fetchval(HAS_VAULT):
            raise VaultLost
        digest_key = await keys.open()
        watch = ArchiveWatch(lambda: connect(url, Role.INTAKE, "api watch"), lambda: last_position(client))
        await watch.start()
        recorder = Recorder(client, intake, keys, digest_key, watch, load_limits().warn_above)
        destruction = Destruction(keys, keeper, intake)
        await destruction.start(client)
        heads = HeadsAtHand(keys, keeper)
        heads.start()
        try:
            codes = FollowCodes(keeper, digest_key)
            yield ApiState(reader, intake, keys, recorder, watch, verifier, client, codes, reads, heads)
        finally:
            await heads.close()
            await destruction.close()
            await watch.close()
