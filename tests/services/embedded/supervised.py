"""Run as a script: a supervisor with two programs, one of which has a child of its own, until it is told to stop."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

import psutil
import uvloop

import tests.anything  # noqa: F401 - the server that it starts knows that user too
from services.embedded import EmbeddedError, Endpoints, Home, Program, Supervisor
from tests.services.embedded.processes import becomes_true

PARENT = "import subprocess; subprocess.Popen(['sleep', '600']).wait()"


async def prepare(endpoints: Endpoints) -> Sequence[Program]:
    """Two programs that do nothing for long."""
    return [Program("sleeper", ["sleep", "600"]), Program("parent", [sys.executable, "-c", PARENT])]


async def ready(endpoints: Endpoints) -> None:
    """Tell the test, once the program that has a child has it."""
    parent = psutil.Process(endpoints.home.runtime().processes["parent"].pid)
    await becomes_true(lambda: parent.children() != [], "the program's own child runs")
    sys.stdout.write("ready\n")
    sys.stdout.flush()


async def main() -> None:
    """Run until SIGINT or SIGTERM."""
    await Supervisor(Home(Path(sys.argv[1])), prepare).run_until(asyncio.Event(), ready)


if __name__ == "__main__":
    try:
        (uvloop.run if "--uvloop" in sys.argv else asyncio.run)(main())
    except EmbeddedError as error:
        sys.exit(f"{type(error).__name__}: {error}")
