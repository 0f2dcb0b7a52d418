"""`soho verify`: whether what was decided can be worked out again."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Any
from uuid import UUID

import click

from services import texts
from services.cli.dossier import figure_words
from services.cli.printing import as_json, console, number, print_json, say, table
from services.cli.questions import ask, day_words, known_at_option, name_of

NOT_THE_SAME = 1
VERDICTS = {
    "same": ("sự việc như cũ, tính lại như cũ", "facts the same"),
    "computation_differs": ("sự việc như cũ, nhưng tính lại ra khác", "computation differs"),
    "facts_differ": ("sự việc trong kho lưu trữ không còn như lúc quyết định", "facts differ"),
}

FIELDS = {
    "note": "ghi chú",
    "text": "nội dung",
    "head": "tên chủ hộ",
    "address": "địa chỉ",
    "name": "họ tên",
    "contact": "liên hệ",
    "petitioner": "người phản ánh",
    "receiver": "người nhận",
}
"""Sealed fields, as people call them."""

OWNERS = {
    "person": ("người", "person", "persons"),
    "household": ("hộ", "household", "households"),
    "grievance": ("vụ việc", "case", "cases"),
}


@click.group()
def verify() -> None:
    """Kiểm chứng những gì đã quyết định. / Verify what was decided."""


@verify.command()
@click.argument("rating", metavar="ID", type=click.UUID)
@known_at_option
@as_json
def evaluation(rating: UUID, known_at: str | None, json_wanted: bool) -> None:
    """Tính lại minh chứng của một quyết định xếp loại, và nêu những gì ghi thêm sau đó.

    Works the evidence of a rating out again at the position of each decision, and names what was recorded since. Exit
    code 1 when it is not the same; what was recorded since is none of its fault.
    """
    found = ask(lambda api: api.get(f"/v1/ratings/{rating}/verification", known_at=known_at))
    if json_wanted:
        print_json(found)
    else:
        print_verification(found)
    if any(decision["verdict"] != "same" for decision in found["decisions"]):
        sys.exit(NOT_THE_SAME)


def _gone(decision: dict[str, Any]) -> tuple[str, str]:
    """What nobody reads any more of a decision's evidence, in both languages. It counts as before."""
    cases, fields = decision["erased"], decision["fields_erased"]
    vietnamese = [f"{number(cases)} vụ việc đã được rút khỏi hồ sơ"] if cases else []
    vietnamese += [
        f"{number(line['count'])} trường {FIELDS[line['field']]} của {number(line['owners'])} {OWNERS[line['of']][0]}"
        " đã xóa sau đó"
        for line in fields
    ]
    english = [f"{sum(line['count'] for line in fields)} fields erased since"]
    english += [
        f"{line['field']}: {line['count']} of {line['owners']} {OWNERS[line['of']][1 if line['owners'] == 1 else 2]}"
        for line in fields
    ]
    english += [f"{cases} {'case' if cases == 1 else 'cases'} told of no more"] if cases else []
    return "".join(f"; {part}" for part in vietnamese), ", ".join(english)


def print_verification(found: dict[str, Any]) -> None:
    """Decision by decision, then what was changed after the last one."""
    of = name_of(found["member"] or found["unit"])
    console().print(f"Xếp loại năm {found['year']}: {of}", style="bold")
    for decision in found["decisions"]:
        level = texts.term("level", decision["level"], "vi")
        vietnamese, english = VERDICTS[decision["verdict"]]
        evidence = decision["evidence"]
        gone_vietnamese, gone_english = _gone(decision)
        say(
            f"• {day_words(decision['effective'])} [{number(decision['position'])}]: {level}; {vietnamese}"
            f"{gone_vietnamese}",
            f"  {english}; {gone_english}; facts up to position {evidence['position']}, {evidence['builder']}, "
            f"{decision['rules']['rulebook']}",
        )
    if not found["later"] and not found["changes"]:
        say(
            "Sau quyết định không ghi thêm gì làm thay đổi số liệu.",
            "Nothing that its figures are counted from was recorded since.",
        )
        return
    if found["changes"]:
        changed = table("Số liệu đã khác sau quyết định / changed after the decision", "Số liệu", "Khi đó", "Nay")
        for change in found["changes"]:
            changed.add_row(figure_words(change["figure"]), number(change["before"]), number(change["after"]))
        console().print(changed)
    words = ("Vị trí", "Ghi lúc", "Ngày", "Nội dung", "Số liệu liên quan")
    later = table("Ghi sau quyết định / recorded after the decision", *words, left=len(words))
    for fact in found["later"]:
        when = f"{datetime.fromisoformat(fact['recorded_at']):%d/%m/%Y %H:%M}"
        figures = "; ".join(map(figure_words, fact["figures"]))
        later.add_row(number(fact["position"]), when, day_words(fact["effective"]), fact["term"], figures)
    console().print(later)
