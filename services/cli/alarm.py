"""`soho alarm`: what stopped the archive, and the operator's word that it is mended."""

from __future__ import annotations

import sys
from datetime import datetime

import click
import msgspec
import uvloop
from nats.aio.client import Client

from events.calendar import VIETNAM
from events.log.reading import message_at
from events.log.stream import last_position
from projections.archive import reader
from projections.database import Connection, Role, connect
from services import texts
from services.cli.checks import archive, comparison, log
from services.cli.checks.findings import Outcome, Wrong
from services.cli.failures import Stopped
from services.cli.printing import as_json, console, print_json, say
from services.cli.running import installation, log_client, operator

NOT_MENDED = 1
LONGEST_REASON = 200

OPEN = "SELECT alarm, code, position, message, raised_at FROM archive.alarm WHERE ended_at IS NULL ORDER BY alarm"
END = "UPDATE archive.alarm SET ended_at = now(), reason = $2 WHERE alarm = $1 AND ended_at IS NULL RETURNING alarm"


class AlarmState(msgspec.Struct, frozen=True):
    """What must not happen and did, since `raised_at`. `alarm` is the number by which it is ended."""

    alarm: int
    code: str
    position: int | None
    message: str
    raised_at: datetime


@click.group()
def alarm() -> None:
    """Cảnh báo đang mở: xem, và kết thúc khi đã khắc phục. / Open alarms: list them, and end one that is mended."""


@alarm.command("list")
@as_json
def list_alarms(json_wanted: bool) -> None:
    """Các cảnh báo đang mở, cũ nhất trước. / Open alarms, oldest first."""
    found = uvloop.run(_open())
    if json_wanted:
        print_json(found)
        return
    for one in found:
        print_alarm(one)
    if not found:
        say("Không có cảnh báo.", "No alarms.")


@alarm.command("end")
@click.argument("number", type=click.IntRange(1))
@click.option(
    "--reason",
    required=True,
    help="Đã khắc phục thế nào; không ghi tên người. / How it was mended; no names of people.",
)
def end_alarm(number: int, reason: str) -> None:
    """Kết thúc một cảnh báo, sau khi đối chiếu toàn bộ nhật ký với kho lưu trữ. Còn sai lệch thì cảnh báo vẫn mở.

    End an alarm, after the whole log has been compared with the archive. It stays open while anything differs.
    """
    reason = reason.strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        raise click.UsageError(f"--reason: 1–{LONGEST_REASON} ký tự / characters")
    wrong = uvloop.run(_end(number, reason))
    for one in wrong:
        place = "" if one.position is None else f"vị trí / position {one.position}: "
        console().print(f"✗  {place}{one.code}: {one.detail}", style="bold red", markup=False)
    if wrong:
        say(
            "Chưa kết thúc được: nhật ký và kho lưu trữ chưa khớp. Hãy khắc phục (`soho doctor`) rồi thử lại.",
            "Not ended: log and archive do not agree yet. Mend that (`soho doctor`) and try again.",
        )
        sys.exit(NOT_MENDED)
    say(
        f"Đã kết thúc cảnh báo {number}. Hãy khởi động lại chương trình chép nhật ký (follower) nếu nó đang đứng.",
        f"Alarm {number} is ended. Start the follower again where it stands still.",
    )


def print_alarm(one: AlarmState) -> None:
    """The alarm in both languages, with what was seen."""
    place = "" if one.position is None else f", {one.position}"
    console().print(
        f"Cảnh báo / Alarm {one.alarm} ({one.code}{place}, {one.raised_at.isoformat(timespec='seconds')})",
        style="bold red",
        markup=False,
    )
    say(*(texts.term("alarm", one.code, language) for language in ("vi", "en")))
    console().print(f"  {one.message}", style="dim", markup=False)


async def open_alarms(connection: Connection) -> list[AlarmState]:
    """Alarms that no operator has ended; oldest first."""
    return [
        AlarmState(alarm, code, position, message, at.astimezone(VIETNAM))
        for alarm, code, position, message, at in await connection.fetch(OPEN)
    ]


async def _open() -> list[AlarmState]:
    async with operator() as connection:
        return await open_alarms(connection)


async def _end(number: int, reason: str) -> list[Wrong]:
    """Ends the alarm, unless something is still wrong: that is returned, and the alarm stays. Raises `Stopped`."""
    where = installation()
    async with operator() as connection, log_client(where.nats_url) as client:
        if number not in {one.alarm for one in await open_alarms(connection)}:
            raise Stopped(f"Không có cảnh báo {number} đang mở.", f"There is no open alarm {number}.")
        wrong = [found for outcome in await _checks(connection, client) for found in outcome.wrong]
    if wrong:
        return wrong
    # Only who raises alarms may change them.
    owner = await connect(where.database_url, Role.FOLLOWER, "command")
    try:
        await owner.execute("SET synchronous_commit = on")
        await owner.fetchval(END, number, reason)
    finally:
        await owner.close()
    return []


async def _checks(connection: Connection, client: Client) -> list[Outcome]:
    """Whether the follower could go on: the stream is the right one, both copies agree, and what comes next is ours."""
    stream = await log.stream(client, connection)
    if not stream.healthy:
        return [stream]
    head = await reader.head(connection)
    return [
        await archive.contiguous(connection),
        await comparison.compare(client, connection, 1, head, lambda _: None),
        await _next(connection, client, head),
    ]


async def _next(connection: Connection, client: Client, head: int) -> Outcome:
    """The message after the archive's last, where the log has gone on: there, with an id of its own."""
    if await last_position(client) <= head:
        return Outcome("next", 0)
    message = await message_at(client, head + 1)
    if message is None:
        return Outcome("next", 1, [Wrong("gap", "the log has no message here", head + 1)])
    known = await connection.fetchval("SELECT position FROM archive.message WHERE id::text = lower($1)", message[0])
    if known is not None:
        return Outcome("next", 1, [Wrong("duplicate_id", f"it has the id of position {known}", head + 1)])
    return Outcome("next", 1, [] if message[0] else [Wrong("notours", "a message without an id", head + 1)])
