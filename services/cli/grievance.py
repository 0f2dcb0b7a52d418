"""`soho grievance`: the trace of a case, its file, and the lists that offices and inspection teams work from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import click
import msgspec

from events.facts.organisation import UnitKind
from services import texts
from services.cli import grievance_books
from services.cli.http_client import HttpClient
from services.cli.printing import as_json, console, number, print_json, say, table
from services.cli.questions import ask, at_two_times, day_words, name_of, print_heading, why
from services.reads.reasons import REASONS
from services.texts.resource import resource

Line = dict[str, Any]


@click.group()
def grievance() -> None:
    """Vụ việc: dấu vết, hồ sơ, danh sách. / Grievances: trace, case file, lists."""


@grievance.command()
@click.argument("case", metavar="ID", type=click.UUID)
@at_two_times
@as_json
def trace(case: UUID, when: dict[str, Any], json_wanted: bool) -> None:
    """Toàn bộ đường đi của một vụ việc: ai giữ, giữ bao lâu, thời hạn nào, căn cứ nào.

    The whole way of a case: who held it, for how long against which limit, on which document.
    """
    found = ask(lambda api: api.get(f"/v1/grievances/{case}/trace", **when))
    if json_wanted:
        print_json(found)
    else:
        print_trace(found)


@grievance.command()
@click.argument("case", metavar="ID", type=click.UUID)
@click.option("--reason", type=click.Choice(REASONS), help="Lý do xem. / Why you read it.")
@click.option("--document", metavar="NUMBER", help="Số văn bản, ví dụ 31-CV/UBKT. / The number of a document.")
@at_two_times
def file(case: UUID, reason: str | None, document: str | None, when: dict[str, Any]) -> None:
    """Hồ sơ vụ việc (JSON) để đưa cho đoàn kiểm tra; đoàn phải nêu lý do và số văn bản.

    The case file, as JSON, for an inspection team, which must say why and on what document it takes it out.
    """
    print_json(ask(lambda api: api.get(f"/v1/grievances/{case}/file", **when), why(reason, document)))


class Listed(msgspec.Struct, frozen=True):
    """A list of the API: its path below the unit's grievances, its lines under `key`, what a person sees, and by which
    options it can be filtered."""

    path: str
    key: str
    title: str
    headers: Sequence[str]
    cells: Callable[[Line], Sequence[str]]
    asked: dict[str, Any] = {}
    filters: Sequence[str] = ("holder",)


def _case(line: Line) -> Sequence[str]:
    return (
        line["number"] or "",
        texts.term("grievance_topic", line["topic"], "vi"),
        texts.term("stage", line["stage"], "vi"),
        _place(line),
        day_words(line["received"]),
        day_words(line["due"]),
        number(line["over"]) if line["over"] else "",
        line["grievance"],
    )


COUNTED_IN = {"calendar_days": "ngày", "working_days": "ngày làm việc"}
OF_DUE = {"extended": "đã gia hạn", "provisional": "tạm tính"}
"""What is told beside the last day of a clock."""

CASE = ("Số", "Nội dung", "Tình trạng", "Đang ở", "Tiếp nhận", "Hạn", "Quá hạn (ngày)", "Mã")

LISTS = {
    "open": Listed("", "cases", "Vụ việc đang mở", CASE, _case, {"open": True}),
    "all": Listed("", "cases", "Vụ việc", CASE, _case),
    "overdue": Listed("/overdue", "cases", "Vụ việc quá hạn", CASE, _case, filters=("holder", "level")),
    "reopened": Listed("", "cases", "Vụ việc được mở lại", CASE, _case, {"reopened": True}),
    "contested": Listed("", "cases", "Vụ việc hộ không đồng ý với trả lời", CASE, _case, {"contested": True}),
    "unroutable": Listed(
        "/unroutable",
        "cases",
        "Vụ việc không có nơi xử lý",
        (*CASE, "Lý do"),
        lambda line: (*_case(line), texts.term("no_receiver", line["reason"], "vi")),
        filters=(),
    ),
    "holders": Listed(
        "/holders",
        "holders",
        "Vụ việc đang mở theo nơi giữ",
        ("Đơn vị", "Cấp", "Đang mở", "Quá hạn", "Quá hạn luật định", "Mở lại", "Không đồng ý"),
        lambda line: (
            _place(line),
            texts.term("unit_kind", line["level"], "vi"),
            *(number(line[name]) for name in ("open", "overdue", "overdue_statutory", "reopened", "contested")),
        ),
        filters=(),
    ),
    "handlers": Listed(
        "/handlers",
        "handlers",
        "Vụ việc đang mở theo người xử lý",
        ("Người xử lý", "Đơn vị", "Đang mở", "Quá hạn"),
        lambda line: (name_of(line["handler"]), _place(line), number(line["open"]), number(line["overdue"])),
        filters=(),
    ),
}
"""What can be listed → where it is asked for."""


@grievance.command("list")
@click.argument("unit", type=click.UUID)
@click.argument("what", type=click.Choice(list(LISTS)))
@click.option("--holder", type=click.UUID, help="Chỉ vụ việc đang ở đơn vị này. / Only what stands at this unit.")
@click.option("--level", type=click.Choice([kind.value for kind in UnitKind]), help="Chỉ ở cấp này. / At this level.")
@at_two_times
@as_json
def listed(
    unit: UUID, what: str, holder: UUID | None, level: str | None, when: dict[str, Any], json_wanted: bool
) -> None:
    """Danh sách vụ việc ở một đơn vị và các đơn vị bên dưới. / Lists of cases at a unit and below it."""
    given = {name: value for name, value in (("holder", holder), ("level", level)) if value is not None}
    for name in given.keys() - set(LISTS[what].filters):
        raise click.UsageError(f"danh sách {what} không lọc được theo --{name} / {what} is not filtered by --{name}")
    found = ask(lambda api: _found(api, unit, LISTS[what], when | given))
    if json_wanted:
        print_json(found)
        return
    print_heading(LISTS[what].title, found)
    lines = found[LISTS[what].key]
    if not lines:
        say("Không có.", "None.")
        return
    made = table("", *LISTS[what].headers, left=len(LISTS[what].headers))
    for column in made.columns:
        # An id must be copied in one piece.
        column.no_wrap = column.header == "Mã"
    for line in lines:
        made.add_row(*LISTS[what].cells(line))
    console().print(made)


grievance.add_command(grievance_books.times)
grievance.add_command(grievance_books.book)


async def _found(api: HttpClient, unit: UUID, what: Listed, when: dict[str, Any]) -> dict[str, Any]:
    """The first page with the lines of all of them."""
    path = f"/v1/units/{unit}/grievances{what.path}"
    if what.key != "cases":
        found: dict[str, Any] = await api.get(path, **when)
        return found
    pages: list[dict[str, Any]] = [page async for page in api.pages(path, **when, **what.asked)]
    return pages[0] | {what.key: [line for page in pages for line in page[what.key]], "next": None}


def print_trace(found: dict[str, Any]) -> None:
    """Where the case was, its clocks, and every fact in the order of the log."""
    kind = texts.term("grievance_kind", found["kind"], "vi") if found["kind"] else "chưa xác định loại"
    print_heading(
        f"Vụ việc {found['grievance']} ({kind}, {texts.term('grievance_topic', found['topic'], 'vi')})", found
    )
    to = console()
    holder = _place({"unit": found["holder"], "now": found["now"]}) or "–"
    to.print(f"Tình trạng: {texts.term('stage', found['stage'], 'vi')}; đang ở: {holder}")
    lay = f", sau {number(found['lay'])} ngày chờ ở đảng viên" if found["lay"] else ""
    to.print(f"Nghe nói ngày {day_words(found['raised'])}, tiếp nhận ngày {day_words(found['received'])}{lay}")
    _print_hops(found["hops"])
    _print_clocks(found["clocks"])
    if found["rules"]:
        to.print(f"Quy định về thời hạn, bản hiệu lực từ / rules in force from: {', '.join(found['rules'])}")
    _print_steps(found["steps"])


def _print_hops(hops: Sequence[Line]) -> None:
    made = table("Đã qua / where it was", "Đơn vị", "Số", "Từ", "Đến", "Số ngày", "Người xử lý", left=6)
    for hop in hops:
        made.add_row(
            _place(hop),
            hop["number"] or "",
            _moment(hop["arrived"]),
            _moment(hop["left"]),
            number(hop["held"]),
            ", ".join(name_of(handler) for handler in hop["handlers"]),
        )
    console().print(made)


def _print_clocks(clocks: Sequence[Line]) -> None:
    headers = ("Thời hạn", "Ở", "Từ", "Được", "Hạn", "Xong", "Quá hạn", "Căn cứ")
    made = table("Thời hạn / clocks", *headers, left=len(headers))
    for clock in clocks:
        made.add_row(
            clock["term"],
            name_of(clock["unit"]),
            day_words(clock["started"]),
            f"{number(clock['days'])} {COUNTED_IN[clock['counted_in']]}" if clock["days"] else "",
            ", ".join([day_words(clock["due"]), *(said for name, said in OF_DUE.items() if clock[name])]),
            day_words(clock["ended"]),
            f"{number(clock['over'])} ngày" if clock["over"] else "",
            _ground(clock),
        )
    console().print(made)


def _ground(clock: Line) -> str:
    """What sets the limit: the law, and how certain it is that it says so, or the house by its document where it has
    one."""
    if clock["statutory"]:
        return f"{clock['article']} ({resource('vi', 'rulebooks').format('certainty-' + clock['certainty'], {})})"
    return f"Mức nội bộ, {clock['document']}" if clock["document"] else "Mức nội bộ"


def _print_steps(steps: Sequence[Line]) -> None:
    headers = ("Vị trí", "Ngày", "Ghi lúc", "Việc", "Người thực hiện", "Văn bản")
    made = table("Diễn biến / what happened", *headers, left=len(headers))
    for step in steps:
        actor = step["actor"]
        office = texts.term("office_kind", actor["office"], "vi") if actor["office"] else None
        who = office or texts.term("role", actor["role"], "vi")
        if actor["person"] and actor["person"]["name"]:
            who = f"{actor['person']['name']}, {who}"
        made.add_row(
            number(step["position"]),
            day_words(step["effective"]),
            _moment(step["recorded_at"]) + (f", muộn {number(step['late'])} ngày" if step["late"] > 0 else ""),
            step["term"],
            f"{who} ({name_of(actor['unit'])})",
            step["basis"]["number"] if step["basis"] else "",
        )
    console().print(made)


def _place(line: Line) -> str:
    """The unit, and what it has gone into."""
    return name_of(line["unit"]) + (f" (nay: {name_of(line['now'])})" if line["now"] else "")


def _moment(at: str | None) -> str:
    return f"{datetime.fromisoformat(at):%d/%m/%Y %H:%M}" if at else ""
