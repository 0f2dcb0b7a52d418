"""`soho doctor`: whether everything that is kept is as it was recorded."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import click
import msgspec
import uvloop
from nats.aio.client import Client

from projections.archive import reader
from projections.database import Connection
from projections.rebuild import compare as refold
from projections.registers import REGISTERS
from services.cli.checks import archive, comparison, log, vault
from services.cli.checks.findings import Outcome, Wrong
from services.cli.printing import as_json, console, number, print_json, progress
from services.cli.registers import explaining, same_limits, told
from services.cli.running import Installation, installation, log_client, may_keep, operator
from services.vault.places import Places

SOMETHING_WRONG = 1
NAMED_AT_MOST = 20
PLACES = ("valid_from", "known_from", "position", "day")

TITLES = {
    "stream": "Luồng nhật ký / Log stream",
    "archive_contiguous": "Kho lưu trữ liền mạch / Archive contiguous",
    "archive_equals_log": "Kho lưu trữ khớp nhật ký / Archive equals log",
    "alarms": "Cảnh báo / Alarms",
    "quarantine": "Cách ly / Quarantine",
    "vault": "Kho khóa mở được / Vault opens",
    "ended_keys": "Khóa đã hủy không còn / Ended keys are gone",
}


@click.command()
@click.option("--from", "first", type=click.IntRange(min=1), default=1, help="Đối chiếu từ vị trí. / Compare from.")
@click.option("--to", "last", type=click.IntRange(min=1), help="Đến vị trí; mặc định là cuối. / To; the end.")
@click.option("--registers", is_flag=True, help="Dựng lại và so từng sổ. / Fold every register again and compare.")
@as_json
def doctor(first: int, last: int | None, registers: bool, json_wanted: bool) -> None:
    """Kiểm tra nhật ký, kho lưu trữ, kho khóa và (nếu muốn) các sổ; nêu tên chỗ sai. Mã thoát 1 nếu có chỗ sai.

    Check log, archive, vault and, if wanted, registers; name what is wrong. Exit code 1 when something is.
    """
    outcomes = uvloop.run(_examine(first, last, registers, not json_wanted))
    if json_wanted:
        print_json(outcomes)
    if not all(outcome.healthy for outcome in outcomes):
        sys.exit(SOMETHING_WRONG)


async def _examine(first: int, last: int | None, registers: bool, say: bool) -> list[Outcome]:
    where = installation()
    found = []
    async with operator() as connection, log_client(where.nats_url) as client:
        async for outcome in _checks(where, connection, client, first, last):
            found.append(outcome)
            if say:
                _print(outcome)
    for outcome in await _refolded(where) if registers else ():
        found.append(outcome)
        if say:
            _print(outcome)
    return found


async def _checks(
    where: Installation, connection: Connection, client: Client, first: int, last: int | None
) -> AsyncIterator[Outcome]:
    head = await reader.head(connection)
    yield await log.stream(client, connection)
    yield await archive.contiguous(connection)
    upto = min(last or head, head)
    with progress() as bar:
        task = bar.add_task(TITLES["archive_equals_log"], total=upto, completed=first - 1)
        compared = await comparison.compare(
            client, connection, first, upto, lambda position: bar.update(task, completed=position)
        )
    yield compared
    yield await archive.alarms(connection)
    yield await archive.quarantine(connection)
    async for outcome in _vault(where, connection):
        yield outcome


async def _vault(where: Installation, archived: Connection) -> AsyncIterator[Outcome]:
    if where.keeper_url is None or not where.master_keys:
        yield Outcome("vault", 0, skipped="SOHO_KEEPER_DATABASE_URL, SOHO_MASTER_KEY_FILE")
        return
    async with may_keep(where.keeper_url) as pool:
        if pool is None:
            yield Outcome("vault", 0, skipped="SOHO_KEEPER_DATABASE_URL: soho_keeper")
            return
        yield await vault.opens(pool, await Places(where.master_keys, pool).keys())
        yield await vault.ended(archived, pool)


async def _refolded(where: Installation) -> list[Outcome]:
    await same_limits(where.database_url)
    with progress() as bar, explaining():
        differences = await refold(where.database_url, REGISTERS, told(bar, REGISTERS))
    wrong: dict[str, list[Wrong]] = {register.name: [] for register in REGISTERS}
    for found in differences:
        wrong[found.register].append(
            Wrong("register_differs", f"{found.table}: {_key(found.row)} only in {found.side}")
        )
    return [Outcome(f"register_{name}", len(rows), rows) for name, rows in wrong.items()]


def _key(row: str) -> str:
    """By what the row can be found: its ids, and since when it holds and is known. The rest stays in the database: it
    may be about somebody."""
    values: dict[str, Any] = msgspec.json.decode(row)
    return ", ".join(f"{name} {value}" for name, value in values.items() if name in PLACES or _is_id(value))


def _is_id(value: Any) -> bool:
    try:
        return isinstance(value, str) and str(UUID(value)) == value
    except ValueError:
        return False


def _print(outcome: Outcome) -> None:
    to = console()
    name = TITLES.get(outcome.check, outcome.check)
    if outcome.skipped is not None:
        to.print(f"–  {name}: chưa kiểm tra / not checked ({outcome.skipped})", markup=False)
        return
    if outcome.healthy:
        to.print(f"✓  {name} ({number(outcome.looked_at)})", style="green", markup=False)
        return
    to.print(f"✗  {name}: {number(len(outcome.wrong))} chỗ sai / wrong", style="bold red", markup=False)
    for wrong in outcome.wrong[:NAMED_AT_MOST]:
        place = "" if wrong.position is None else f"vị trí / position {wrong.position}: "
        to.print(f"     {place}{wrong.code}: {wrong.detail}", markup=False)
    if len(outcome.wrong) > NAMED_AT_MOST:
        to.print(f"     … {len(outcome.wrong) - NAMED_AT_MOST} nữa / more (--json)", markup=False)
