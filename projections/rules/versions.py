"""Rules of which there is a version for each time: a folder of dated files, and which of them is in force on a day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from importlib.resources import files
from typing import Protocol, TypeVar

import msgspec


class Dated(Protocol):
    """A version of some rules: in force from the day `valid_from` until the next one."""

    @property
    def valid_from(self) -> date: ...


R = TypeVar("R", bound=Dated)


def read_versions(folder: str, kind: type[R]) -> tuple[R, ...]:
    """Every version in a folder of `projections/rules`, in order; together they cover every day."""
    found = [
        msgspec.json.decode(file.read_bytes(), type=kind)
        for file in files("projections.rules").joinpath(folder).iterdir()
        if file.name.endswith(".json")
    ]
    return tuple(sorted(found, key=lambda rules: rules.valid_from))


def in_force(versions: Sequence[R], day: date) -> R:
    """The version of the day."""
    return versions[bisect_right(versions, day, key=lambda rules: rules.valid_from) - 1]
