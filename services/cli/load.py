"""`soho load`: commands from files, with a result for each row."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import msgspec
import uvloop

from services import texts
from services.cli.http_client import HttpClient, Refused
from services.cli.printing import as_json, number, progress, say
from services.cli.rows import Row, batches, rows
from services.cli.running import http_client

SOME_REFUSED = 1

Told = Callable[[dict[str, Any]], None]


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@as_json
def load(files: tuple[Path, ...], json_wanted: bool) -> None:
    """Nạp các lệnh từ tệp NDJSON hoặc danh sách JSON. / Load commands from NDJSON or JSON array files.

    Dòng bị từ chối được in ra với số dòng, mã và lý do; các dòng khác vẫn được ghi. Sửa tệp rồi nạp lại: dòng đã ghi
    chỉ được đếm là trùng. Mã thoát 1 nếu có dòng bị từ chối. Không có --json thì chỉ in các dòng bị từ chối; với
    --json, kết quả của mọi dòng (đã ghi, trùng, bị từ chối) được in thành NDJSON, mỗi dòng một kết quả.

    Refused rows are printed with their number, code and reason; the others are recorded. Mend the file and load it
    again: rows already recorded count as duplicates. Exit code 1 when some were refused. Without --json only refused
    rows are printed; with --json every row's result (recorded, duplicate, refused) is, as NDJSON.
    """
    counts = uvloop.run(_load(files, _as_line if json_wanted else _as_sentence))
    if not json_wanted:
        recorded, duplicate, refused = (number(counts[name]) for name in ("recorded", "duplicate", "refused"))
        say(
            f"Đã ghi {recorded}, trùng {duplicate}, bị từ chối {refused}.",
            f"Recorded {recorded}, duplicates {duplicate}, refused {refused}.",
        )
    if counts["refused"]:
        sys.exit(SOME_REFUSED)


async def _load(files: tuple[Path, ...], tell: Told) -> Counter[str]:
    counts: Counter[str] = Counter()
    async with await http_client() as api:
        with progress() as bar:
            for path in files:
                task = bar.add_task(path.name, total=path.stat().st_size)
                for batch in batches(rows(path)):
                    for row, result in await _submit(api, batch):
                        counts[result["outcome"]] += 1
                        tell({"file": str(path), "row": row.number, **result})
                    bar.advance(task, sum(row.size for row in batch))
                bar.update(task, completed=path.stat().st_size)
    return counts


async def _submit(api: HttpClient, batch: list[Row]) -> Iterator[tuple[Row, dict[str, Any]]]:
    readable = [row for row in batch if row.data is not None]
    results: list[dict[str, Any]] = []
    if readable:
        try:
            results = await api.submit([row.data for row in readable if row.data is not None])
        except Refused as refused:
            if len(readable) > 1 or refused.problem.status != 413:
                raise
            results = [{"outcome": "refused", "problem": msgspec.to_builtins(refused.problem)}]
    answers = iter(results)
    return ((row, _invalid() if row.data is None else next(answers)) for row in batch)


def _invalid() -> dict[str, Any]:
    code = "invalid_json"
    problem = {"code": code, "title": texts.title(code, "vi"), "detail": texts.detail(code, {}, "vi")}
    return {"outcome": "refused", "problem": problem}


def _as_line(told: dict[str, Any]) -> None:
    click.echo(msgspec.json.encode(told))


def _as_sentence(told: dict[str, Any]) -> None:
    if told["outcome"] != "refused":
        return
    problem = told["problem"]
    place = f"{told['file']}, dòng / row {told['row']}"
    click.echo(f"{place}: {problem['code']}: {problem['title']}. {problem['detail']}")
