"""How commands print: tables and sentences for people, JSON for programs."""

from __future__ import annotations

import re
import sys
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import click
import msgspec
from rich import box
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from events.text import without_marks

WIDTH_OF_A_PIPE = 140
NUMBER = 7
"""Columns of a number: 137.461 and 100,00 fit."""

as_json = click.option("--json", "json_wanted", is_flag=True, help="In JSON thay cho bảng. / Print JSON, no tables.")
"""The option of every command that prints a table."""


def console(stderr: bool = False) -> Console:
    """Where people read. A pipe has no width of its own: nothing is cut off in it. Names are printed as they are,
    whatever brackets stand in them."""
    stream = sys.stderr if stderr else sys.stdout
    return Console(file=stream, width=None if stream.isatty() else WIDTH_OF_A_PIPE, highlight=False, markup=False)


def say(vietnamese: str, english: str) -> None:
    """One thing in both languages."""
    to = console()
    to.print(vietnamese, soft_wrap=True)
    to.print(english, style="dim", soft_wrap=True)


def table(title: str, *headers: str, left: int = 1) -> Table:
    """An empty table: its first `left` columns are words, the others numbers under folded headers."""
    made = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, padding=0)
    for index, header in enumerate(headers):
        words = index < left
        made.add_column(
            header, justify="left" if words else "right", max_width=None if words else NUMBER, overflow="fold"
        )
    return made


def print_json(value: Any) -> None:
    """The value as indented JSON on standard output."""
    click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def print_left_out(found: dict[str, Any]) -> None:
    """What a table rolled up the tree does not count: units out of the caller's sight, and what is in quarantine."""
    if found["hidden"]:
        away = number(found["hidden"])
        say(
            f"–: {away} đơn vị nay không còn thuộc phạm vi của đồng chí; số liệu không hiện và không cộng.",
            f"–: {away} units are no longer in your scope; their numbers are neither shown nor counted.",
        )
    if found["incomplete"]:
        waiting = number(found["incomplete"])
        say(
            f"Chưa tính {waiting} mục đang cách ly (`soho state`).",
            f"{waiting} items in quarantine are not counted (`soho state`).",
        )


def progress() -> Progress:
    """A bar on standard error with an estimate of what is left."""
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    return Progress(*columns, TimeElapsedColumn(), TimeRemainingColumn(), console=console(stderr=True))


def in_order(row: dict[str, Any]) -> tuple[list[tuple[int, str]], str]:
    """The order of units in a table, as people count: Chi bộ 2 before Chi bộ 10."""
    parts = re.split(r"(\d+)", without_marks(row["name"] or ""))
    return [(int(part) if part.isdecimal() else 0, part) for part in parts], row["unit"]


def number(value: int) -> str:
    """137461 → 137.461"""
    return f"{value:,}".replace(",", ".")


def share(part: int, whole: int) -> str:
    """15191 of 19382 → 78,38; a dash where there is nothing to have a share of."""
    return share_to(2, part, whole).replace(".", ",") if whole else "–"


def share_to(places: int, part: int, whole: int) -> str:
    """The share in per cent with so many decimals, halves rounded up: 80 of 423 → 18.9"""
    return str((Decimal(100 * part) / whole).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))
