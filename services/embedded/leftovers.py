"""Processes of a supervisor that was killed: found by what ties them to this home, never by a number alone.

Every child carries the home's path in its environment (and so do the children of a program). PostgreSQL overwrites
its environment with its title, but all its processes stand in the data folder. Whoever calls this holds the home's
lock, so no living supervisor owns what is found.

The children themselves end with their supervisor (launch.py); what is left is what needs longer to stop, and
children of a program that did not end them.
"""

import asyncio
import os
import signal
from pathlib import Path

import psutil
import structlog

from services.embedded.child import HOME_MARK

log = structlog.get_logger(__name__)

# They were told to stop when their supervisor died; a server under load may take this long to finish its writing.
PATIENCE_SECONDS = 30.0


async def stop_leftovers(home: Path, postgres_data: Path) -> None:
    """End every process left from an earlier supervisor of this home, and wait until all are gone."""
    await asyncio.to_thread(_stop, home, postgres_data)


async def stop_postgres_leftovers(postgres_data: Path) -> None:
    """End every PostgreSQL process on this data folder (backends outlive a killed postmaster for a moment)."""
    await asyncio.to_thread(_stop, None, postgres_data)


def _stop(home: Path | None, postgres_data: Path) -> None:
    left = _find(home, postgres_data)
    for number, seconds in ((None, PATIENCE_SECONDS), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
        if not left:
            return
        for process in left:
            _send(process, number, left)
        psutil.wait_procs(left, timeout=seconds)
        # Found afresh: a process that was stopping may have left children of its own.
        left = _find(home, postgres_data)


def _find(home: Path | None, postgres_data: Path) -> list[psutil.Process]:
    spared = {os.getpid(), *(parent.pid for parent in psutil.Process().parents())}
    return [
        process
        for process in psutil.process_iter()
        if process.pid not in spared and _is_ours(process, home, postgres_data)
    ]


def _is_ours(process: psutil.Process, home: Path | None, postgres_data: Path) -> bool:
    try:
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        if home is not None and process.environ().get(HOME_MARK) == str(home):
            return True
        return process.name() == "postgres" and process.cwd() == str(postgres_data)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False


def _orderly(process: psutil.Process) -> signal.Signals:
    # To PostgreSQL, SIGTERM means to wait for all clients to leave by themselves.
    return signal.SIGINT if process.name() == "postgres" else signal.SIGTERM


def _send(process: psutil.Process, number: signal.Signals | None, left: list[psutil.Process]) -> None:
    try:
        number = number or _orderly(process)
        if process.name() == "postgres" and number != signal.SIGKILL and process.ppid() in {one.pid for one in left}:
            # The postmaster stops its backends; by itself a signal to one of them looks like a crash.
            return
        log.warning("embedded.leftover_stopped", process=process.name(), pid=process.pid, signal=number.name)
        process.send_signal(number)
    except psutil.NoSuchProcess:
        return
