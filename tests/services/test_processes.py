"""Programs that wait for a log that is not there: they say so once, and stop when they are told to."""

from __future__ import annotations

import signal
import socket
import subprocess
import threading
from itertools import count
from pathlib import Path

import pytest

from tests.services.cli.command import SOHO, environment

SECONDS = 60
TRIES = 3


class Deaf:
    """A server that ends every connection at once; `tried` is set when it did so several times."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.tried = threading.Event()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        for attempt in count(1):
            try:
                self._socket.accept()[0].close()
            except OSError:
                return
            if attempt == TRIES:
                self.tried.set()

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("program", ["follower", "api"])
def test_a_program_without_its_log_says_so_once_and_stops_when_told(
    program: str, number: signal.Signals, tmp_path: Path
) -> None:
    server = Deaf()
    keys = {"SOHO_MASTER_KEY_FILE": str(tmp_path / "none"), "SOHO_TOKEN_KEY_FILE": str(tmp_path / "none")}
    process = subprocess.Popen(
        [*SOHO, program],
        env=environment(
            tmp_path,
            SOHO_NATS_URL=f"nats://intake:secret@127.0.0.1:{server.port}",
            SOHO_DATABASE_URL="postgresql://nobody@127.0.0.1:1/none",
            **keys,
        ),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        tried = server.tried.wait(SECONDS)
        process.send_signal(number)
        said, _ = process.communicate(timeout=SECONDS)
        assert tried, said
    finally:
        process.kill()
        server.close()
    assert process.returncode == 0, said
    (line,) = said.splitlines()
    assert "log.waiting" in line
    assert f"127.0.0.1:{server.port}" in line
    assert "secret" not in line
