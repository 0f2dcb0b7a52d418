"""Which port of this machine a server listens on."""

import asyncio
import socket

from services.embedded.errors import ServerFailed
from services.embedded.home import Home

HOST = "127.0.0.1"


def choose_port(home: Home, server: str, wanted: int | None) -> int:
    """A free port: the wanted one, else the one remembered from the last start, else any.

    Raises ServerFailed when a wanted port is taken.
    """
    if wanted is not None:
        if not is_free(wanted):
            raise ServerFailed(
                f"Cổng {wanted} cho {server} đang có chương trình khác dùng. "
                "Hãy dừng chương trình đó hoặc chọn cổng khác.",
                f"Port {wanted} for {server} is taken by another program. Stop that program or choose another port.",
            )
        return wanted
    remembered = home.remembered_port(server)
    if remembered is not None and is_free(remembered):
        return remembered
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        chosen: int = probe.getsockname()[1]
    home.remember_port(server, chosen)
    return chosen


def is_free(port: int) -> bool:
    """Whether a server could listen on the port now (connections still closing do not hinder it)."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


async def is_listening(port: int) -> bool:
    """Whether somebody accepts connections on the port now."""
    try:
        _, writer = await asyncio.open_connection(HOST, port)
    except OSError:
        return False
    writer.close()
    return True
