"""Keeps the servers and programs of one installation running, and stops them in order."""

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import structlog

from services.embedded.child import HOME_MARK, Child, Command, spawn
from services.embedded.errors import ProgramGaveUp, ServerFailed, quoted
from services.embedded.home import Home
from services.embedded.marks import ProcessMark
from services.embedded.server import POLL_SECONDS, Server
from services.embedded.servers import EmbeddedServers, Endpoints

log = structlog.get_logger(__name__)

STOP_SECONDS = 20.0
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True, slots=True)
class Program:
    """A program to keep running: its name (also its log's), its command line, and what it finds in its environment
    beside the supervisor's own."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Restarts:
    """How often something that dies is started again.

    The wait doubles from `first_delay` to `longest_delay` (seconds); a life shorter than `fast` (seconds) counts as
    fast, and after `limit` fast deaths in a row the supervisor gives up. A program that ends while a server does not
    serve is not counted: it is started when both serve again, however long one of them reads its journal.
    """

    first_delay: float = 0.5
    longest_delay: float = 10.0
    fast: float = 15.0
    limit: int = 6


class Kept(Protocol):
    """What the supervisor keeps running."""

    name: str

    @property
    def mark(self) -> ProcessMark: ...
    async def start(self) -> None: ...
    async def wait(self) -> int: ...
    async def stop(self) -> None: ...
    def last_lines(self) -> list[str]: ...


Prepare = Callable[[Endpoints], Awaitable[Sequence[Program]]]
Work = Callable[[Endpoints], Awaitable[None]]


class Supervisor:
    """Runs NATS, PostgreSQL, then what `prepare` returns.

    `prepare(endpoints)` makes schemas and stream ready and returns the programs, which are started in its order and
    stopped in reverse, before the servers.
    """

    def __init__(self, home: Home, prepare: Prepare, restarts: Restarts | None = None) -> None:
        self.home = home
        self._servers = EmbeddedServers(home)
        self._prepare = prepare
        self._restarts = restarts or Restarts()
        self._programs: list[_Running] = []

    async def run_until(self, stop: asyncio.Event, work: Work | None = None) -> None:
        """Run everything until `stop` is set, by the caller, by `work`, or by SIGINT, SIGTERM or SIGHUP.

        `work(endpoints)` runs once beside the programs as soon as they are started; its end ends nothing, its error
        ends everything. Must run in the process's main thread. Returns when no process is left; raises EmbeddedError,
        or what `prepare` or `work` raised.
        """
        running = asyncio.create_task(self._run(work))
        stopping = asyncio.create_task(stop.wait())
        with _signals_set(stop):
            try:
                await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                stopping.cancel()
                if running.cancel():
                    log.info("supervisor.stopping")
                await asyncio.wait({running})
        if not running.cancelled():
            running.result()

    async def _run(self, work: Work | None) -> None:
        async with self._servers as endpoints, contextlib.AsyncExitStack() as stack:
            for program in await self._prepare(endpoints):
                running = _Running(program, self.home)
                await running.start()
                stack.push_async_callback(running.stop)
                self._programs.append(running)
            self._tell()
            log.info("supervisor.ready", programs=[program.name for program in self._programs])
            servers = (self._servers.nats, self._servers.postgres)
            tasks = [asyncio.ensure_future(self._keep(server)) for server in servers]
            tasks += [asyncio.ensure_future(self._keep(program, needs=servers)) for program in self._programs]
            if work is not None:
                tasks.append(asyncio.ensure_future(work(endpoints)))
            try:
                await asyncio.gather(*tasks)
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.wait(tasks)

    async def _keep(self, kept: Kept, needs: Sequence[Server] = ()) -> None:
        fast_deaths = 0
        while True:
            started = time.monotonic()
            code = await kept.wait()
            fast = time.monotonic() - started < self._restarts.fast
            if await _all_serve(needs):
                fast_deaths = fast_deaths + 1 if fast else 1
            log.error("supervisor.program_died", program=kept.name, exit_code=code, fast_deaths=fast_deaths)
            while True:
                if fast_deaths >= self._restarts.limit:
                    raise _gave_up(kept, code)
                delay = self._restarts.first_delay * 2 ** max(fast_deaths - 1, 0)
                await asyncio.sleep(min(delay, self._restarts.longest_delay))
                await _until_all_serve(needs)
                try:
                    await kept.start()
                    break
                except ServerFailed as error:
                    fast_deaths += 1
                    log.error("supervisor.restart_failed", program=kept.name, reason=error.english)
            self._tell()

    def _tell(self) -> None:
        self._servers.write_runtime({program.name: program.mark for program in self._programs})


class _Running:
    """One of our programs as a child process."""

    def __init__(self, program: Program, home: Home) -> None:
        self.name = program.name
        self._child: Child | None = None
        self._command = Command(
            argv=program.argv,
            env={**os.environ, **program.env, HOME_MARK: str(home.path)},
            log=home.logs / f"{program.name}.log",
        )

    @property
    def mark(self) -> ProcessMark:
        return self._running().mark

    async def start(self) -> None:
        try:
            self._child = await spawn(self._command)
        except FileNotFoundError as error:
            raise ProgramGaveUp(
                f"Không tìm thấy chương trình {error} của {self.name}. Hãy cài lại Sổ Hộ (`make setup`).",
                f"The program {error} of {self.name} was not found. Install Sổ Hộ again (`make setup`).",
            ) from error
        log.info("supervisor.program_started", program=self.name, pid=self.mark.pid)

    async def wait(self) -> int:
        return await self._running().wait()

    async def stop(self) -> None:
        code = await self._running().stop((signal.SIGTERM, STOP_SECONDS))
        log.info("supervisor.program_stopped", program=self.name, exit_code=code)

    def last_lines(self) -> list[str]:
        return self._running().last_lines()

    def _running(self) -> Child:
        assert self._child is not None, f"{self.name} was not started"
        return self._child


async def _all_serve(servers: Sequence[Server]) -> bool:
    """Asked of the servers themselves: a program hears of a server's end before we do, and one that runs may still
    be reading its journal."""
    return all([await server.serves() for server in servers])


async def _until_all_serve(servers: Sequence[Server]) -> None:
    while True:
        if await _all_serve(servers):
            return
        await asyncio.sleep(POLL_SECONDS)


def _gave_up(kept: Kept, code: int) -> ProgramGaveUp:
    lines = quoted(kept.last_lines())
    return ProgramGaveUp(
        f"{kept.name} liên tục dừng ngay sau khi chạy (mã {code}); Sổ Hộ dừng lại. "
        "Nguyên nhân ở những dòng cuối bên dưới.",
        f"{kept.name} keeps ending right after its start (exit code {code}); Sổ Hộ stops. Its last lines:{lines}",
    )


@contextlib.contextmanager
def _signals_set(stop: asyncio.Event) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    # Under nohup the terminal's farewell is ignored on purpose.
    hangup_ignored = signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
    heeded = [number for number in STOP_SIGNALS if not (number == signal.SIGHUP and hangup_ignored)]
    for number in heeded:
        loop.add_signal_handler(number, stop.set)
    try:
        yield
    finally:
        for number in heeded:
            loop.remove_signal_handler(number)
