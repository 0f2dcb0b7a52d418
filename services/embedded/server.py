"""What both servers have in common: a port, a start that waits until clients are served, and an orderly stop."""

import abc
import asyncio
import signal
import time
from pathlib import Path

import structlog

from services.embedded.child import Child, Command, spawn
from services.embedded.errors import ServerFailed, quoted
from services.embedded.home import Home
from services.embedded.marks import ProcessMark
from services.embedded.ports import choose_port, is_free

log = structlog.get_logger(__name__)

# Reading the journal again after a crash takes its time; an early end is noticed at once, so this may be long.
START_SECONDS = 300.0
POLL_SECONDS = 0.05
PORT_ATTEMPTS = 3


class Server(abc.ABC):
    """A server on 127.0.0.1 whose data lies in a home that the caller holds (`Home.locked`)."""

    name: str
    stop_steps: tuple[tuple[signal.Signals, float], ...]

    def __init__(self, home: Home, port: int | None = None) -> None:
        self.home = home
        self._wanted = port
        self._port: int | None = None
        self._child: Child | None = None

    @property
    def port(self) -> int:
        """The port it listens on; stays the same over restarts. Only after the first start."""
        assert self._port is not None, f"{self.name} was not started"
        return self._port

    @property
    def mark(self) -> ProcessMark:
        """The process of the last start."""
        return self._started().mark

    async def start(self) -> None:
        """Start it and return when it serves clients.

        Raises ServerFailed with its last log lines when it ends early or takes too long, HomeUnusable when its data
        cannot be used, BinaryMissing.
        """
        await self._prepare()
        for attempt in range(1, PORT_ATTEMPTS + 1):
            port = choose_port(self.home, self.name, self._port or self._wanted)
            try:
                await self._start_on(port)
            except ServerFailed:
                # Somebody else may have taken the free port in between; then, and only then, another one is tried.
                if attempt == PORT_ATTEMPTS or self._port or self._wanted or is_free(port):
                    raise
                continue
            self._port = port
            break
        log.info("embedded.server_started", server=self.name, port=self.port, pid=self.mark.pid)

    async def serves(self) -> bool:
        """Whether a real client is served now: not while it is down or still starting. Raises as `start`."""
        return self._started().exit_code is None and await self._serves(self.port)

    async def wait(self) -> int:
        """Wait for its end, expected or not; returns its exit code."""
        return await self._started().wait()

    async def stop(self) -> None:
        """Stop it in order, or by force after a deadline. Does nothing when it does not run."""
        if self._child is None or self._child.exit_code is not None:
            return
        code = await self._child.stop(*self.stop_steps)
        log.info("embedded.server_stopped", server=self.name, exit_code=code)

    def last_lines(self) -> list[str]:
        """The last lines of its log since it was started."""
        return self._started().last_lines()

    @abc.abstractmethod
    async def _prepare(self) -> None:
        """Make its data and binary ready."""

    @abc.abstractmethod
    def _command(self, port: int) -> Command:
        """Write its settings and say how to run it."""

    @abc.abstractmethod
    async def _serves(self, port: int) -> bool:
        """Whether a real client is served now; False when it may yet be. Raises ServerFailed when it never will."""

    def _log_file(self) -> Path:
        return self.home.logs / f"{self.name}.log"

    async def _start_on(self, port: int) -> None:
        child = await spawn(self._command(port))
        self._child = child
        try:
            deadline = time.monotonic() + START_SECONDS
            while not await self._serves(port):
                if child.exit_code is not None:
                    raise self._ended(child.exit_code)
                if time.monotonic() > deadline:
                    raise self._too_slow()
                await asyncio.sleep(POLL_SECONDS)
        except BaseException:
            await self.stop()
            raise

    def _started(self) -> Child:
        assert self._child is not None, f"{self.name} was not started"
        return self._child

    def _ended(self, code: int) -> ServerFailed:
        lines = quoted(self.last_lines())
        return ServerFailed(
            f"{self.name} đã dừng khi đang khởi động (mã {code}). Nhật ký: {self._log_file()}",
            f"{self.name} stopped while starting (exit code {code}). Log: {self._log_file()}{lines}",
        )

    def _too_slow(self) -> ServerFailed:
        lines = quoted(self.last_lines())
        return ServerFailed(
            f"{self.name} chưa sẵn sàng sau {START_SECONDS:.0f} giây. Nhật ký: {self._log_file()}",
            f"{self.name} was not ready after {START_SECONDS:.0f} seconds. Log: {self._log_file()}{lines}",
        )
