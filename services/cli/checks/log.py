"""The stream: its settings, and whether it is the one that the archive follows."""

from __future__ import annotations

from nats.aio.client import Client

from events.log.stream import LogRefused, check_stream
from projections.archive import reader
from projections.database import Connection
from services.cli.checks.findings import Outcome, Wrong


async def stream(client: Client, connection: Connection) -> Outcome:
    """Settings as required; creation time, first and last position as the archive knows them."""
    try:
        state = await check_stream(client)
    except LogRefused as refusal:
        return Outcome("stream", 1, [Wrong(refusal.code, str(refusal))])
    wrong = []
    known = await connection.fetchrow("SELECT created, first FROM archive.stream")
    if known is not None and known["created"] != state.created:
        detail = f"the archive follows a stream created at {known['created']}, this one was created at {state.created}"
        wrong.append(Wrong("stream_replaced", detail))
    if known is not None and state.last and state.first != known["first"]:
        wrong.append(Wrong("stream_shortened", f"the log begins at {state.first}", state.first))
    head = await reader.head(connection)
    if state.last < head:
        wrong.append(Wrong("log_behind_archive", f"the log ends at {state.last}, the archive at {head}", state.last))
    return Outcome("stream", 1, wrong)
