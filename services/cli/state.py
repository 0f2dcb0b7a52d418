"""`soho state`: how far everything has come, and what needs an operator."""

from __future__ import annotations

import click
import msgspec
import uvloop

from events.log.stream import LogRefused, check_stream
from projections.archive import reader
from services.cli.alarm import AlarmState, open_alarms, print_alarm
from services.cli.printing import as_json, console, number, print_json, table
from services.cli.running import Installation, installation, log_client, operator


class RegisterState(msgspec.Struct, frozen=True):
    """The position up to which a register has folded the archive, and how many entities wait in quarantine."""

    register: str
    position: int
    parked: int


class ProcessState(msgspec.Struct, frozen=True):
    """A process of this machine's installation."""

    name: str
    pid: int
    alive: bool


class State(msgspec.Struct, frozen=True):
    """Last positions of the log and the archive; None where the log was refused, and why."""

    log: int | None
    log_refused: str | None
    archive: int
    registers: list[RegisterState]
    alarms: list[AlarmState]
    processes: list[ProcessState]


@click.command()
@as_json
def state(json_wanted: bool) -> None:
    """Vị trí của nhật ký, kho lưu trữ, các sổ; cảnh báo, cách ly, tiến trình.

    Positions of the log, the archive and the registers; alarms, quarantine, processes.
    """
    found = uvloop.run(_look(installation()))
    if json_wanted:
        print_json(found)
    else:
        _print(found)


async def _look(where: Installation) -> State:
    async with operator() as connection:
        head = await reader.head(connection)
        registers = [RegisterState(*row) for row in await connection.fetch(REGISTERS)]
        alarms = await open_alarms(connection)
    # Asked last: the log is never behind what was built from it.
    last, refused = await _log(where.nats_url)
    return State(last, refused, head, registers, alarms, _processes(where))


REGISTERS = """SELECT c.register, c.position,
                   (SELECT count(DISTINCT q.entity) FROM projection.quarantine q WHERE q.register = c.register)
               FROM projection.checkpoint c ORDER BY c.register"""


async def _log(url: str) -> tuple[int | None, str | None]:
    async with log_client(url) as client:
        try:
            return (await check_stream(client)).last, None
        except LogRefused as refusal:
            return None, f"{refusal.code}: {refusal}"


def _processes(where: Installation) -> list[ProcessState]:
    if where.home is None:
        return []
    runtime = where.home.runtime()
    marks = {"supervisor": runtime.supervisor, **runtime.processes}
    return [ProcessState(name, mark.pid, mark.alive()) for name, mark in marks.items()]


def _print(found: State) -> None:
    to = console()
    positions = table("Vị trí / Positions", "Ở đâu / Where", "Vị trí / Position", "Chậm / Behind", "Cách ly / Parked")
    last = found.log if found.log is not None else found.archive
    positions.add_row("nhật ký / log", "–" if found.log is None else number(found.log), "", "")
    positions.add_row("kho lưu trữ / archive", number(found.archive), number(last - found.archive), "")
    for register in found.registers:
        behind = number(found.archive - register.position)
        positions.add_row(register.register, number(register.position), behind, number(register.parked))
    to.print(positions)
    if found.processes:
        processes = table("Tiến trình / Processes", "Tên / Name", "Chạy / Runs", "Số / Number", left=2)
        for process in found.processes:
            processes.add_row(process.name, "có / yes" if process.alive else "không / no", str(process.pid))
        to.print(processes)
    if found.log_refused:
        to.print(f"Nhật ký không đủ an toàn / The log is refused: {found.log_refused}", style="bold red", markup=False)
    for alarm in found.alarms:
        print_alarm(alarm)
    if not found.alarms:
        to.print("Không có cảnh báo. / No alarms.")
