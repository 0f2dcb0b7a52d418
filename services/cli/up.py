"""`soho up`: the whole installation from one command."""

from __future__ import annotations

import asyncio

import click
import uvloop

from services.cli import local
from services.cli.http_client import HttpClient
from services.cli.printing import say
from services.embedded import Endpoints, Home, Supervisor


@click.command()
def up() -> None:
    """Chạy toàn bộ Sổ Hộ trên máy này cho đến khi bấm Ctrl-C.

    Run all of Sổ Hộ on this machine until Ctrl-C: nats-server, PostgreSQL, follower, projector and API. The data
    is kept in SOHO_HOME; the API listens on 127.0.0.1, on SOHO_PORT or 8470 or, where that is taken, a free port.
    """
    home = Home()
    say(f"Đang khởi động Sổ Hộ trên {home.path} …", f"Starting Sổ Hộ on {home.path} …")
    uvloop.run(Supervisor(home, local.prepare).run_until(asyncio.Event(), _tell))
    say("Đã dừng.", "Stopped.")


async def _tell(endpoints: Endpoints) -> None:
    url = local.api_url(endpoints.home)
    async with HttpClient(url) as api:
        await api.becomes_ready()
    say(
        f"Sổ Hộ đang chạy tại {url}. Lấy mã truy cập: `soho token --role system`. Dừng: Ctrl-C.",
        f"Sổ Hộ listens at {url}. Get a token: `soho token --role system`. Stop: Ctrl-C.",
    )
