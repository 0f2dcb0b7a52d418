"""The demo's classifications: what differs from the reckoning by hand is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from services.cli.classified import CLASSIFIED, Told, otherwise
from services.demo.ban_hon.evaluations.figures import OPENED, Capped, Classified, Counted


def counts(figures: Counted) -> dict[str, int]:
    told: dict[str, Any] = msgspec.to_builtins(figures)
    return told | told.pop("levels")


def statistics(year: Classified) -> dict[str, Any]:
    figures = {name: counts(getattr(year, name)) for name in ("members", "cells", "committees")}
    return {"unit": str(year.commune), "year": year.year, "figures": figures}


def cap(capped: Capped) -> dict[str, Any]:
    """As 132 reads it, by the good alone."""
    bases = ("good_only", capped.of_good), ("good_or_better", capped.of_good_or_better)
    reading, other = (
        {"base": base, "counted": counted, "allowed": allowed, "excellent": capped.excellent}
        for base, (counted, allowed) in bases
    )
    told = {"subject": capped.subject.value, "group": capped.group, "percent": capped.percent}
    return {**told, "reading": reading, "other": other}


def told() -> Told:
    """What the API tells when all is as reckoned, caps in no order."""
    dossier: dict[str, Any] = {}
    for name, value in OPENED.figures.items():
        part, figure = name.split(".")
        dossier.setdefault(part, {})[figure] = {"value": value, "positions": []}
    return Told(
        statistics=tuple(statistics(year) for year in CLASSIFIED),
        caps=tuple([cap(one) for one in reversed(year.caps)] for year in CLASSIFIED),
        dossier={"dossier": dossier},
        verification={"decisions": [{"level": level.value, "verdict": "same"} for level in OPENED.decided]},
    )


def test_what_is_as_reckoned_differs_in_nothing() -> None:
    assert otherwise(told()) == []


def more_good_members(found: Told) -> None:
    found.statistics[0]["figures"]["members"]["good"] += 1


def another_limit(found: Told) -> None:
    found.caps[1][0]["other"]["allowed"] -= 1


def fewer_visits(found: Told) -> None:
    found.dossier["dossier"]["visits"]["made"]["value"] -= 1


def other_facts(found: Told) -> None:
    found.verification["decisions"][0]["verdict"] = "facts_differ"


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (more_good_members, "classified in 2018"),
        (another_limit, "classified in 2025"),
        (fewer_visits, "dossier"),
        (other_facts, "verification"),
    ],
)
def test_what_differs_is_named(change: Callable[[Told], None], name: str) -> None:
    found = told()
    change(found)
    assert [named for named, _, _ in otherwise(found)] == [name]
