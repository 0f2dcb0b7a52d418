"""The programs that run beside the servers: follower, projector and API. Each runs until it is told to stop."""

from __future__ import annotations

import asyncio
import gc
import resource
import signal
from collections.abc import Sequence
from urllib.parse import urlsplit

import structlog
from granian.constants import Interfaces
from granian.server.embed import Server
from granian.utils.proxies import wrap_asgi_with_proxy_headers
from litestar.types import ASGIApp

from events.log.connection import LogClient, connect_log
from events.log.stream import check_stream
from projections.archive.follower import Follower
from projections.database import Role, connect
from projections.projector import Projector
from projections.rebuild import rebuild
from projections.registers import REGISTERS
from projections.registers.grievances import Grievances, limits
from projections.states import house_limits
from services.house_limits import from_file
from services.http.app import create_app
from services.http.state import open_state
from services.settings import Settings

log = structlog.get_logger()

LAST_REQUESTS_SECONDS = 5.0


YOUNG_OBJECTS = 20_000
"""How many new objects the collector of cyclic garbage lets come together before it looks at them."""


def spare_collector() -> None:
    """What was loaded at the start stays: without this the collector goes through all of it again and again, which took
    a fifth of the API's time under load."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS)


def dump_nothing() -> None:
    """A process that fails leaves no copy of its memory on the disk: there are keys and names in it."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def stop_on_signals() -> asyncio.Event:
    """An event that SIGTERM and SIGINT set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop


async def connected(url: str, process: str, stop: asyncio.Event) -> LogClient | None:
    """A client of the log that comes back after every loss of connection; None when told to stop before there is one.

    While it waits, it says once for what, and why.
    """
    place = urlsplit(url)
    said: set[str] = set()

    async def failed(trouble: Exception) -> None:
        kind = type(trouble).__name__
        if kind not in said:
            said.add(kind)
            log.warning("log.waiting", server=f"{place.hostname}:{place.port}", kind=kind)

    async def came_back() -> None:
        said.clear()
        log.info("log.connected")

    options = {"max_reconnect_attempts": -1, "reconnect_time_wait": 0.5}
    connecting = asyncio.create_task(
        connect_log(url, f"soho {process}", error_cb=failed, reconnected_cb=came_back, **options)
    )
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({connecting, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not connecting.done():
        # Once is not always enough: Python 3.11 loses it where a connection comes about at the same moment.
        while not connecting.done():
            connecting.cancel()
            await asyncio.wait({connecting}, timeout=0.1)
        return None
    client = await connecting
    said.clear()
    await check_stream(client)
    return client


async def run_follower(settings: Settings) -> None:
    """Copies the log into the archive."""
    stop = stop_on_signals()
    client = await connected(settings.nats_url, "follower", stop)
    if client is None:
        return
    connection = await connect(settings.database_url, Role.FOLLOWER, "follower")
    spare_collector()
    log.info("follower.started")
    await Follower(client, connection).run(stop)
    await connection.close()
    await client.close()


async def run_projector(settings: Settings) -> None:
    """Builds the registers from the archive. Raises `HouseLimitsUnusable`, `RebuildRunning`."""
    stop = stop_on_signals()
    house_limits.adopt(from_file(settings.house_limits_file))
    connection = await connect(settings.database_url, Role.PROJECTOR, "projector")
    if await limits.must_be_rebuilt(connection):
        # What stands is what other limits make of it: it answers until it is built anew.
        log.warning("projection.house_limits_changed", digest=house_limits.adopted().digest)
        await rebuild(settings.database_url, [Grievances], lambda *_: None)
    projector = Projector(connection, [register() for register in REGISTERS])
    spare_collector()
    log.info("projector.started")
    await projector.run(stop)
    await connection.close()


def behind(app: ASGIApp, proxies: Sequence[str]) -> ASGIApp:
    """The application, told the address that a request came from by these proxies; by nobody where there are none."""
    if not proxies:
        return app
    wrapped: ASGIApp = wrap_asgi_with_proxy_headers(app, list(proxies))
    return wrapped


async def run_api(settings: Settings) -> None:
    """Serves HTTP."""
    dump_nothing()
    stop = stop_on_signals()
    client = await connected(settings.nats_url, "api", stop)
    if client is None:
        return
    async with open_state(settings, client) as state:
        server = Server(
            behind(create_app(state), settings.trusted_proxies),
            address=settings.host,
            port=settings.port,
            interface=Interfaces.ASGI,
            log_enabled=False,
            backlog=1024,
        )
        spare_collector()
        serving = asyncio.create_task(server.serve())
        log.info("api.started", host=settings.host, port=settings.port)
        waiting = asyncio.create_task(stop.wait())
        await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if serving.done():
            serving.result()
        server.stop()  # type: ignore[no-untyped-call]
        # A client that stalls in the middle of a request must not hold us.
        await asyncio.wait({serving}, timeout=LAST_REQUESTS_SECONDS)
        if serving.done():
            serving.result()
        else:
            log.warning("api.requests_cut_off")
            serving.cancel()
    await client.close()
