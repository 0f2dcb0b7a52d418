"""`soho demo`: one commune's real year, told through the API by several clients, and what the registers make of it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from typing import Any

import click
import uvloop

from projections.archive import reader
from projections.database import Role, connect
from services.accounts.tokens import DevelopmentIssuer, issuer_from_file
from services.cli import classified, local, traced
from services.cli.coverage import print_summary
from services.cli.figures import measured
from services.cli.grievance import print_trace
from services.cli.history import print_history, told
from services.cli.http_client import HttpClient
from services.cli.printing import console, number, progress, say, table
from services.cli.telling import Telling, tell
from services.decisions import asking
from services.demo.ban_hon import EXPECTED, TRACED, Figures, story
from services.demo.ban_hon.evaluations.figures import IN_2018, OPENED
from services.demo.ban_hon.places import PROVINCE
from services.demo.story import Step
from services.embedded import Endpoints, Home, Supervisor

NOT_AS_PUBLISHED = 1
LABEL = 50
CLIENT = "soho demo"


@click.command()
@click.option("--once", is_flag=True, help="Hiện kết quả rồi dừng. / Show the result and stop.")
def demo(once: bool) -> None:
    """Một năm có thật của xã Bản Hon (2018), trên máy chủ NATS và PostgreSQL thật; người trong đó đều là giả định.

    One commune's real year (Bản Hon, 2018) on a real NATS and PostgreSQL; everybody in it is made up. Keeps serving
    until Ctrl-C; with --once it stops, and fails when a published number does not come out exactly.
    """
    home = Home(local.demo_home())
    say(f"Đang khởi động bản trình diễn trên {home.path} …", f"Starting the demo on {home.path} …")
    stop = asyncio.Event()
    shown: list[bool] = []

    async def work(endpoints: Endpoints) -> None:
        shown.append(await _show(endpoints))
        if once:
            stop.set()
        else:
            _invite(endpoints.home)

    uvloop.run(Supervisor(home, local.prepare).run_until(stop, work))
    say("Đã dừng.", "Stopped.")
    if shown == [False]:
        sys.exit(NOT_AS_PUBLISHED)


async def _show(endpoints: Endpoints) -> bool:
    """Tells the story and shows what came of it. False when something is not as it must be."""
    home = endpoints.home
    url, issuer = local.api_url(home), issuer_from_file(local.token_key_file(home))
    asker = asking.Asker(role=asking.Role.SYSTEM, unit=PROVINCE, client=CLIENT)
    async with HttpClient(url, issuer.token(asker)) as api:
        await api.becomes_ready()
        telling = await _tell(url, issuer, await _is_empty(endpoints))
        _print_telling(telling)
        # From here on every answer waits for registers that have the whole story.
        api.at_least = max(telling.position, await traced.mandated(url, issuer))
        print_summary(await api.get(f"/v1/units/{EXPECTED.commune}/coverage", as_of=EXPECTED.day))
        say("Lịch sử của một hộ (tên giả):", "The history of one household (made-up names):")
        print_history(await told(api, "household", EXPECTED.household))
        say(
            "Một khiếu nại quá hạn ở hai cấp (giả định), như đoàn kiểm tra xem theo quyết định kiểm tra vụ việc này:",
            "A complaint, overdue at two levels (made up), as the inspection reads it under a mandate for this case:",
        )
        trace = await traced.asked(url, issuer, api.at_least)
        print_trace(trace)
        say("Xếp loại cuối năm:", "The year-end classification:")
        told_of = await classified.asked(api)
        classified.print_classified(told_of)
        differs = [*traced.otherwise(trace), *classified.otherwise(told_of)]
        return _print_verdict(telling, await measured(api), differs)


async def _is_empty(endpoints: Endpoints) -> bool:
    url = endpoints.postgres_url("soho_console", local.password(endpoints.home, "soho_console"))
    connection = await connect(url, Role.OPERATOR, "demo")
    try:
        return await reader.head(connection) == 0
    finally:
        await connection.close()


async def _tell(url: str, issuer: DevelopmentIssuer, fresh: bool) -> Telling:
    with progress() as bar:
        task = bar.add_task("Bản Hon 2018", total=sum(len(step.commands) for step in story().steps))

        def done(step: Step) -> None:
            label = f"{step.at:%d/%m/%Y} {step.label.vi}"
            bar.update(task, advance=len(step.commands), description=label[:LABEL].ljust(LABEL))

        return await tell(url, issuer, story(), fresh, done)


def _print_telling(telling: Telling) -> None:
    made = table("Ai đã gửi / Who submitted", "Nguồn / Client", "Ghi / New", "Trùng / Known", "Từ chối / Refused")
    for client in story().clients:
        came = telling.outcomes[client.name]
        made.add_row(client.description.vi, *(number(came[name]) for name in ("recorded", "duplicate", "refused")))
    console().print(made)


def _print_verdict(telling: Telling, figures: Figures, otherwise: Sequence[tuple[str, Any, Any]]) -> bool:
    to = console()
    for mismatch in telling.mismatches:
        step = mismatch.step
        text = f"✗ {step.at:%d/%m/%Y} {step.client}: {step.label.vi}: {mismatch.outcomes}"
        to.print(
            f"{text} {mismatch.refusals} {mismatch.warnings}, "
            f"cần / expected {step.expected} {step.refusals} {step.warnings}",
            style="red",
            markup=False,
        )
    wrong = [
        *otherwise,
        *(
            (name, getattr(figures, name), getattr(EXPECTED, name))
            for name in Figures.__struct_fields__
            if getattr(figures, name) != getattr(EXPECTED, name)
        ),
    ]
    for name, found, expected in wrong:
        to.print(f"✗ {name}: {found}, cần / expected {expected}", style="red", markup=False)
    if wrong or telling.mismatches:
        return False
    cells, members, admitted = sum(figures.cells.values()), figures.members, figures.admitted
    share, before = figures.poor_share, figures.poor_share_before
    rated, best = IN_2018.members, IN_2018.members.levels
    say(
        f"Khớp số liệu đã công bố: {cells} chi bộ, {members} đảng viên, kết nạp {admitted}, hộ nghèo "
        f"{share.replace('.', ',')} % (năm trước {before.replace('.', ',')} %); xếp loại {rated.rated} đảng viên: "
        f"{best.excellent} xuất sắc, {best.good} tốt, {best.completed} hoàn thành. Mọi tên người đều là giả định.",
        f"As published: {cells} cells, {members} members, {admitted} admitted, {share} % poor households "
        f"({before} % the year before); {rated.rated} members rated: {best.excellent} excellent, {best.good} good, "
        f"{best.completed} completed. All names of persons are made up.",
    )
    return True


def _invite(home: Home) -> None:
    commands = (
        f"soho coverage {EXPECTED.commune} --as-of {EXPECTED.day} --list uncovered",
        f"soho history household {EXPECTED.household}",
        f"soho grievance trace {TRACED.grievance}",
        f"soho grievance list {EXPECTED.commune} open --as-of {EXPECTED.day}",
        f"soho dossier {OPENED.member} {OPENED.year}",
        f"soho verify evaluation {OPENED.rating}",
        "soho state",
        "soho doctor --registers",
    )
    say(
        f"API tại {local.api_url(home)}. Ở cửa sổ khác, hãy thử các lệnh sau. Dừng: Ctrl-C.",
        f"The API is at {local.api_url(home)}. In another terminal, try these. Stop: Ctrl-C.",
    )
    for command in commands:
        click.echo(f"  {command}")
