"""Both servers together, and where to find them."""

import contextlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType

from services.embedded.home import Home, Runtime
from services.embedded.leftovers import stop_leftovers
from services.embedded.marks import ProcessMark
from services.embedded.nats import PERMISSIONS, NatsServer
from services.embedded.ports import HOST
from services.embedded.postgres import ADMIN, DATABASE, SECRET, PostgresServer


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where the servers of a running home listen. Its addresses hold passwords: never log them."""

    home: Home
    nats_port: int
    postgres_port: int

    @property
    def admin_url(self) -> str:
        """The database `soho` as superuser, for schemas and roles only."""
        return self.postgres_url(ADMIN, self.home.secret(SECRET))

    def nats_url(self, user: str) -> str:
        """The log as `setup`, `intake` or `follower`."""
        assert user in PERMISSIONS, f"no NATS user {user}"
        return f"nats://{user}:{self.home.secret(f'nats.{user}')}@{HOST}:{self.nats_port}"

    def postgres_url(self, role: str, password: str) -> str:
        """The database `soho` as a role made by the caller; the password in letters and digits."""
        return f"postgresql://{role}:{password}@{HOST}:{self.postgres_port}/{DATABASE}"


def running_endpoints(home: Home) -> Endpoints:
    """The servers that a supervisor in another process runs on this home. Raises NotRunning."""
    runtime = home.runtime()
    return Endpoints(home, runtime.nats_port, runtime.postgres_port)


class EmbeddedServers:
    """NATS and PostgreSQL on one home, while inside `async with`, which yields itself's `endpoints`.

    Entering holds the home, ends what a killed supervisor left, and starts both; leaving stops them in reverse order.
    Raises EmbeddedError of the kind that fits.
    """

    def __init__(self, home: Home) -> None:
        self.home = home
        self.nats = NatsServer(home)
        self.postgres = PostgresServer(home)
        self._stack = contextlib.AsyncExitStack()

    async def __aenter__(self) -> Endpoints:
        async with contextlib.AsyncExitStack() as stack:
            stack.enter_context(self.home.locked())
            await stop_leftovers(self.home.path, self.postgres.data)
            self.home.clear_runtime()
            for server in (self.nats, self.postgres):
                await server.start()
                stack.push_async_callback(server.stop)
            self.write_runtime({})
            stack.callback(self.home.clear_runtime)
            self._stack = stack.pop_all()
        return Endpoints(self.home, self.nats.port, self.postgres.port)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    def write_runtime(self, programs: Mapping[str, ProcessMark]) -> None:
        """Tell other terminals what runs now; to be called again when a process was started anew."""
        self.home.write_runtime(
            Runtime(
                supervisor=ProcessMark.of(os.getpid()),
                nats_port=self.nats.port,
                postgres_port=self.postgres.port,
                processes={"nats": self.nats.mark, "postgres": self.postgres.mark, **programs},
            )
        )
