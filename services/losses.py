"""What was lost is restored from its backup and never made anew: beside facts, a new one of it hides the loss."""

from __future__ import annotations

import asyncio
from pathlib import Path

import asyncpg

from events.log.connection import connect_log
from events.log.stream import LogRefused, check_stream
from services.vault.master import MasterKeyMissing

FOLLOWS = "SELECT EXISTS (SELECT FROM archive.stream)"
HAS_VAULT = "SELECT EXISTS (SELECT FROM vault.installation)"
HEAD = "SELECT archive.head()"


class Lost(Exception):
    """A part of the installation is gone. Says in both languages what to restore; nothing was changed."""

    def __init__(self, vietnamese: str, english: str) -> None:
        super().__init__(f"{vietnamese}\n{english}")
        self.vietnamese = vietnamese
        self.english = english


class LogLost(Lost):
    """The archive follows a stream that NATS does not have."""

    def __init__(self) -> None:
        super().__init__(
            "NATS không còn nhật ký mà kho lưu trữ đã chép. Hãy khôi phục nhật ký từ bản sao lưu rồi chạy lại; "
            "chưa có gì bị thay đổi.",
            "NATS does not have the log that the archive was copied from. Restore the log from its backup and start "
            "again; nothing was changed.",
        )


class VaultLost(Lost):
    """There are facts, but no vault."""

    def __init__(self) -> None:
        super().__init__(
            "Đã có sự kiện nhưng kho khóa trống: cơ sở dữ liệu đã mất. Hãy khôi phục cơ sở dữ liệu từ bản sao lưu rồi "
            "chạy lại; chưa có gì bị thay đổi.",
            "There are facts, but the vault is empty: the database was lost. Restore the database from its backup and "
            "start again; nothing was changed.",
        )


async def refuse_losses(database_url: str, nats_url: str, master_key: Path | None) -> None:
    """Before anything is made: raises `LogLost`, `VaultLost`, or `MasterKeyMissing` when there is a vault, but not the
    file. `database_url` is the prepared database as its owner, `nats_url` NATS as any user."""
    connection = await asyncpg.connect(database_url)
    try:
        follows, has_vault, head = [await connection.fetchval(sql) for sql in (FOLLOWS, HAS_VAULT, HEAD)]
    finally:
        await connection.close()
    last = await _last(nats_url)
    if last is None and follows:
        raise LogLost
    if (last or head) and not has_vault:
        raise VaultLost
    if has_vault and master_key is not None and not await asyncio.to_thread(master_key.exists):
        raise MasterKeyMissing(master_key)


async def _last(url: str) -> int | None:
    """The end of the log; None without a stream. Raises `LogRefused` for one that is not safe."""
    client = await connect_log(url, "soho losses", max_reconnect_attempts=1)
    try:
        return (await check_stream(client)).last
    except LogRefused as refusal:
        if refusal.code == "stream_missing":
            return None
        raise
    finally:
        await client.close()
