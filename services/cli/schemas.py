"""`soho schemas`: what a fact looks like, for those who write other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import msgspec

from events.schemas import asyncapi, json_schemas
from services.cli.printing import say


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def schemas(folder: Path) -> None:
    """Ghi JSON Schema của mọi sự kiện và mô tả AsyncAPI 3 của nhật ký. / Write JSON Schema and AsyncAPI 3.

    FOLDER/facts/TYPE.json là từng loại sự kiện, FOLDER/asyncapi.json là nhật ký.
    FOLDER/facts/TYPE.json is one type of fact, FOLDER/asyncapi.json is the log.
    """
    facts = folder / "facts"
    facts.mkdir(parents=True, exist_ok=True)
    described = json_schemas()
    for name, schema in described.items():
        _write(facts / f"{name}.json", schema)
    _write(folder / "asyncapi.json", asyncapi())
    say(f"Đã ghi {len(described)} loại sự kiện vào {folder}.", f"Wrote {len(described)} types of facts to {folder}.")


def _write(path: Path, schema: dict[str, Any]) -> None:
    path.write_bytes(msgspec.json.format(msgspec.json.encode(schema), indent=2) + b"\n")
