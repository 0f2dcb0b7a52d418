"""`make bench`: prints a table and writes bench.json. PROFILE=full takes long; ONLY=name runs one."""

from __future__ import annotations

import argparse
import asyncio
import gc
import logging
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec
import structlog
import uvloop
from rich.console import Console
from rich.table import Table

from tests.benchmarks import (
    classification,
    dossiers,
    freshness,
    grievances,
    intake,
    name_search,
    projecting,
    questions,
    read_log,
    row_security,
    sealing,
)
from tests.benchmarks.measure import Figure
from tests.benchmarks.progress import CONSOLE

BENCHMARKS: dict[str, Callable[[bool], Awaitable[list[Figure]]]] = {
    "batch_intake": intake.batch_intake,
    "single_intake": intake.single_intake,
    "sealing": sealing.sealing,
    "projecting": projecting.projecting,
    "projecting_corrections": projecting.projecting_corrections,
    "freshness": freshness.freshness,
    "questions": questions.questions,
    "read_log": read_log.read_log,
    "grievances": grievances.grievances,
    "name_search": name_search.name_search,
    "dossiers": dossiers.dossiers,
    "classification": classification.classification,
    "row_security": row_security.row_security,
}


async def run(names: list[str], full: bool) -> list[Figure]:
    figures: list[Figure] = []
    for name in names:
        started = time.perf_counter()
        with CONSOLE.status(f"{name} …"):
            figures += await BENCHMARKS[name](full)
        CONSOLE.print(f"{name}: {time.perf_counter() - started:.0f} s")
        await asyncio.sleep(0)
        gc.collect()
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--profile", choices=["quick", "full"], default="quick")
    parser.add_argument("--only", choices=sorted(BENCHMARKS))
    options = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    names = [options.only] if options.only else list(BENCHMARKS)
    figures = uvloop.run(run(names, options.profile == "full"))
    Path("bench.json").write_bytes(msgspec.json.format(msgspec.json.encode(figures), indent=2) + b"\n")
    table = Table("name", "value", "unit", "against", "its value", "ratio", "goal", "met")
    for figure in figures:
        table.add_row(
            figure.name,
            f"{figure.value:,.1f}",
            figure.unit,
            figure.against,
            f"{figure.against_value:,.1f}",
            f"{figure.ratio:.2f}",
            figure.goal,
            "yes" if figure.met else "NO",
        )
    Console(width=180).print(table)


if __name__ == "__main__":
    main()
