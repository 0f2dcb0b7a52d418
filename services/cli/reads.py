"""`soho reads`: the read log, as far as the caller may ask it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

import click

from events.calendar import VIETNAM
from services import texts
from services.cli.printing import as_json, console, print_json, say, table
from services.cli.questions import DAY, ask, name_of
from services.reads.log import HOUSEHOLD

Line = dict[str, Any]

REVIEWS = {"open": "chờ xem lại", "justified": "đúng", "unjustified": "không đúng"}


def _page(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the days and the page asked for; it gets them as `page`, the parameters of its question."""

    @click.option("--from", "since", type=DAY, help="Từ ngày; mặc định 365 ngày trước. / From; 365 days if not given.")
    @click.option("--to", "until", type=DAY, help="Đến hết ngày; mặc định hôm nay. / To; today if not given.")
    @click.option("--after", type=int, help="Xem tiếp sau dòng này. / Go on after this line.")
    @as_json
    @wraps(command)
    def paged(since: datetime | None, until: datetime | None, after: int | None, **given: Any) -> None:
        days = {"from": since.date() if since else None, "to": until.date() if until else None}
        command(page={**days, "after": after}, **given)

    return paged


@click.group()
def reads() -> None:
    """Nhật ký xem: ai đã xem gì, khi nào, vì sao. / The read log: who read what, when, and why."""


@reads.command("list")
@click.option("--reader", type=click.UUID, help="Chỉ do người này xem. / Only what this person read.")
@click.option("--review", is_flag=True, help="Những lần mở phần được che, chờ xem lại. / What waits for a review.")
@_page
def list_reads(reader: UUID | None, review: bool, page: dict[str, Any], json_wanted: bool) -> None:
    """Những lần xem của các đơn vị trong phạm vi (dành cho kiểm tra). / What the units in scope read (for auditors)."""
    _print("/v1/reads", {**page, "reader": reader, "review": "open" if review else None}, json_wanted)


@reads.command()
@click.argument("person", metavar="ID", type=click.UUID)
@_page
def member(person: UUID, page: dict[str, Any], json_wanted: bool) -> None:
    """Ai đã xem một đảng viên. / Who looked at a member."""
    _print(f"/v1/members/{person}/reads", page, json_wanted)


@reads.command()
@click.argument("household", metavar="ID", type=click.UUID)
@_page
def household(household: UUID, page: dict[str, Any], json_wanted: bool) -> None:
    """Ai đã xem một hộ. / Who looked at a household."""
    _print(f"/v1/households/{household}/reads", page, json_wanted)


@reads.command()
@click.argument("case", metavar="ID", type=click.UUID)
@_page
def grievance(case: UUID, page: dict[str, Any], json_wanted: bool) -> None:
    """Ai đã xem một vụ việc (dành cho kiểm tra). / Who looked at a grievance (for auditors)."""
    _print("/v1/reads", {**page, "grievance": case}, json_wanted)


def _print(path: str, parameters: dict[str, Any], json_wanted: bool) -> None:
    found = ask(lambda api: api.get(path, **parameters))
    if json_wanted:
        print_json(found)
        return
    if not found["reads"]:
        say("Không có lần xem nào trong những ngày này.", "Nothing was read in these days.")
    else:
        headers = ("Lúc", "Ai", "Vai trò", "Đơn vị", "Đã xem", "Lý do", "Văn bản", "Xem lại", "Dòng")
        made = table("", *headers, left=len(headers))
        for line in found["reads"]:
            made.add_row(*_cells(line))
        console().print(made)
    if found["next"] is not None:
        say(f"Còn nữa: thêm --after {found['next']}", f"There is more: add --after {found['next']}")


def _cells(line: Line) -> tuple[str, ...]:
    at = datetime.fromisoformat(line["at"]).astimezone(VIETNAM)
    return (
        f"{at:%d/%m/%Y %H:%M:%S}",
        _who(line["reader"]),
        _role(line["role"]),
        name_of(line["unit"]),
        line["route"],
        texts.term("read_reason", line["reason"], "vi") if line["reason"] else "",
        line["document"] or "",
        REVIEWS[line["review"]] if line["review"] else "",
        str(line["read"]),
    )


def _role(role: str) -> str:
    """The role in words; a household that follows its case by a code has none."""
    return "Hộ (theo mã)" if role == HOUSEHOLD else texts.term("role", role, "vi")


def _who(reader: Line | None) -> str:
    """The name; or the id, where the caller reads no names."""
    if reader is None:
        return ""
    return reader["name"] or f"…{reader['id'][-8:]}"
