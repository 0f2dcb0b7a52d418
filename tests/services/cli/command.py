"""Running `soho` as people do: as a process of its own, on a home of its own."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from tests.services.embedded.processes import empty_folder

SOHO = (sys.executable, "-P", "-m", "services.cli")
SECONDS = 300
OURS = ("SOHO_HOME", "SOHO_TOKEN", "SOHO_API_URL", "SOHO_PORT", "SOHO_DATABASE_URL", "SOHO_NATS_URL")


def environment(home: Path, **more: str) -> dict[str, str]:
    """That of a terminal in which nothing of ours is set but the home (and `more`)."""
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    return {**kept, "PYTHONPATH": os.pathsep.join(sys.path), "SOHO_HOME": str(home), **more}


def soho(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """One command, to its end."""
    return subprocess.run(
        [*SOHO, *arguments], env=environment(home, **more), capture_output=True, text=True, timeout=SECONDS
    )


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


class Up:
    """`soho up` in another terminal; whatever happens, it does not outlive the `with` block."""

    def __init__(self, home: Path, port: int) -> None:
        self.home = home
        self.port = port
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        if self._process is not None and self._process.poll() is None:
            self.interrupt()

    def start(self) -> str:
        """Starts it; returns what it said when it listens."""
        self._process = subprocess.Popen(
            [*SOHO, "up"],
            env=environment(self.home, SOHO_PORT=str(self.port)),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        said = ""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            said += line
            if "listens at" in line:
                return said
        raise AssertionError(said)

    def kill(self) -> None:
        """kill -9: it can put nothing in order."""
        assert self._process is not None
        self._process.kill()
        self._process.communicate(timeout=SECONDS)

    def interrupt(self) -> tuple[int, str]:
        """Ctrl-C; returns the exit code and the last words."""
        assert self._process is not None
        self._process.send_signal(signal.SIGINT)
        said, _ = self._process.communicate(timeout=SECONDS)
        return self._process.returncode, said


@contextlib.contextmanager
def running_up() -> Iterator[Up]:
    """An empty installation that listens; interrupted at the end, when no process of it may be left."""
    with empty_folder() as home, Up(home, free_port()) as up:
        up.start()
        yield up
        code, said = up.interrupt()
        assert code == 0, said
