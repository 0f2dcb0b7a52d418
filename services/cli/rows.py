"""Rows of NDJSON and JSON files, as the bytes they are, with their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from services.cli.failures import Stopped

LARGEST_BATCH = 500
LARGEST_BYTES = 4 * 1024 * 1024
LOOKED_AT = 4096
UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What is not JSON, not UTF-8, or nested deeper than anybody reads."""

_raw = msgspec.json.Decoder(msgspec.Raw)
_rows = msgspec.json.Decoder(list[msgspec.Raw])


class Row(msgspec.Struct, frozen=True):
    """Row `number` (from 1) of a file. `data` is one JSON value, or None where the row is not readable JSON."""

    number: int
    data: bytes | None
    size: int


def rows(path: Path) -> Iterator[Row]:
    """The rows of a JSON array, or of a file with one JSON value a line (empty lines count, but are left out).

    Raises `Stopped` for an array that is not whole, where no row can be told from the next.
    """
    with path.open("rb") as file:
        if file.read(LOOKED_AT).lstrip()[:1] == b"[":
            yield from _array(path)
            return
        file.seek(0)
        for number, line in enumerate(file, 1):
            if line.strip():
                yield Row(number, _checked(line.strip()), len(line))


def _array(path: Path) -> Iterator[Row]:
    try:
        found = _rows.decode(path.read_bytes())
    except UNREADABLE as failure:
        raise Stopped(
            f"{path}: không đọc được tệp như một danh sách JSON trọn vẹn. Chưa gửi gì của tệp này.",
            f"{path}: cannot be read as a whole JSON array ({failure}). Nothing of this file was sent.",
        ) from failure
    for number, item in enumerate(found, 1):
        yield Row(number, bytes(item), len(bytes(item)))


def _checked(line: bytes) -> bytes | None:
    try:
        _raw.decode(line)
    except UNREADABLE:
        return None
    return line


def batches(found: Iterable[Row]) -> Iterator[list[Row]]:
    """The rows in order, in groups that one request can hold."""
    batch: list[Row] = []
    size = 0
    for row in found:
        if batch and (len(batch) == LARGEST_BATCH or size + row.size > LARGEST_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(row)
        size += row.size
    if batch:
        yield batch
