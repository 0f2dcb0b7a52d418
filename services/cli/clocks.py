"""`soho clocks`: the limits of grievances that an installation sets itself."""

from __future__ import annotations

from pathlib import Path

import click

from projections.states.clock_rules import DayUnit
from projections.states.house_limits import HouseLimit
from services import texts
from services.cli.printing import as_json, console, print_json, say, table
from services.house_limits import from_file

UNITS = {DayUnit.CALENDAR_DAYS: "ngày", DayUnit.WORKING_DAYS: "ngày làm việc"}


@click.group()
def clocks() -> None:
    """Thời hạn xử lý vụ việc: mức nội bộ của nơi cài đặt. / Limits of grievances that the installation sets itself."""


@clocks.command()
@click.argument("file", type=click.Path(path_type=Path))
@as_json
def check(file: Path, json_wanted: bool) -> None:
    """Kiểm tra một tệp mức nội bộ (SOHO_HOUSE_LIMITS_FILE) trước khi dùng. Mã thoát 2 nếu tệp sai.

    Checks a file of house limits before it is used. Exit code 2 where it is wrong.
    """
    found = from_file(file)
    if json_wanted:
        print_json({"digest": found.digest, "limits": found.limits})
        return
    headers = ("Thời hạn", "Loại", "Cấp", "Mức", "Từ ngày", "Văn bản")
    made = table("", *headers, left=len(headers))
    for limit in sorted(found.limits, key=lambda each: (each.clock, each.valid_from)):
        made.add_row(*_cells(limit))
    console().print(made)
    say(f"Tệp hợp lệ; mã băm {found.digest}.", f"The file is valid; digest {found.digest}.")


def _cells(limit: HouseLimit) -> tuple[str, ...]:
    kinds = (texts.term("grievance_kind", kind.value, "vi") if kind else "chưa xác định loại" for kind in limit.kinds)
    return (
        texts.term("clock", limit.clock, "vi"),
        ", ".join(kinds),
        ", ".join(texts.term("unit_kind", level.value, "vi") for level in limit.levels),
        f"{limit.limit} {UNITS[limit.unit]}",
        f"{limit.valid_from:%d/%m/%Y}",
        limit.document,
    )
