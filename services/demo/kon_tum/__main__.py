"""The made-up province as a file for `soho load`: python -m services.demo.kon_tum FILE [--scale S] [--visits]."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from events.facts.values import encode
from services.demo.kon_tum.province import Province, generate


def _lines(province: Province, visits: bool) -> Iterator[bytes]:
    commands = (encode(command) for command in chain(province.structure(), province.assignments()))
    return chain(commands, province.visits() if visits else ())


def main() -> None:
    """One command a line: structure, plans, and with --visits the year's visits."""
    parser = argparse.ArgumentParser(prog="python -m services.demo.kon_tum", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--scale", type=float, default=1.0, help="1 is the published size")
    parser.add_argument("--visits", action="store_true", help="with the year of visits (1.6 million at scale 1)")
    options = parser.parse_args()
    province = generate(options.scale)
    with options.file.open("wb") as file:
        file.writelines(line + b"\n" for line in _lines(province, options.visits))
    print(province.client.unit)  # noqa: T201


if __name__ == "__main__":
    main()
