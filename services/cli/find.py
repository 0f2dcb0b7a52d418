"""`soho find`: households by a part of the head's name."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import click

from services import texts
from services.cli.printing import as_json, console, print_json, say, table
from services.cli.questions import ask, at_two_times, name_of, print_heading

MOST = 100


@click.command()
@click.argument("unit", type=click.UUID)
@at_two_times
@as_json
def find(unit: UUID, when: dict[str, Any], json_wanted: bool) -> None:
    """Tìm hộ theo một phần tên chủ hộ, có dấu hay không dấu, trong một đơn vị và cấp dưới. Tên được hỏi sau.

    Households by a part of the head's name, with or without diacritics, below a unit. The name is asked for, or read
    from a pipe: as an argument it would stay in the shell's history.
    """
    name = click.prompt("Tên chủ hộ / the head's name", err=True)
    found = ask(lambda api: api.post("/v1/households/search", unit=unit, name=name, limit=MOST, **when))
    if json_wanted:
        print_json(found)
    else:
        print_found(found)


def print_found(found: dict[str, Any]) -> None:
    """One line for each household, and whether there are more than are shown."""
    print_heading("Hộ tìm thấy theo tên chủ hộ", found)
    if not found["households"]:
        say("Không có hộ nào trong phạm vi của đồng chí.", "No such household in your scope.")
        return
    made = table("", "Chủ hộ", "Địa chỉ", "Chi bộ", "Diện hộ", "Mã", left=5)
    for line in found["households"]:
        economic_class = line["economic_class"]
        words = texts.term("economic_class", economic_class, "vi") if economic_class else ""
        made.add_row(line["head"], line["address"] or "", name_of(line["unit"]), words, line["household"])
    console().print(made)
    if found["next"]:
        say(
            f"Còn nữa, ở đây là {MOST} hộ đầu. Hãy nhập tên dài hơn hoặc chọn đơn vị nhỏ hơn.",
            f"There are more than these {MOST}. Give more of the name, or a smaller unit.",
        )
