"""Figures: what was measured, against what, and under which conditions."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

import msgspec


class Figure(msgspec.Struct, frozen=True):
    """One line of bench.json. `ratio` is value ÷ against_value; `goal` reads like ">= 0.5"."""

    name: str
    value: float
    unit: str
    against: str
    against_value: float
    ratio: float
    goal: str
    met: bool
    conditions: str


def at_least(goal: float, name: str, value: float, unit: str, against: str, floor: float, conditions: str) -> Figure:
    """A figure whose ratio to the floor must reach the goal."""
    ratio = value / floor
    return Figure(name, value, unit, against, floor, ratio, f">= {goal:g}", ratio >= goal, conditions)


def at_most(goal: float, name: str, value: float, unit: str, against: str, floor: float, conditions: str) -> Figure:
    """A figure whose ratio to the floor must not exceed the goal."""
    ratio = value / floor
    return Figure(name, value, unit, against, floor, ratio, f"<= {goal:g}", ratio <= goal, conditions)


def below(limit: float, name: str, value: float, unit: str, conditions: str) -> Figure:
    """A figure with an absolute limit."""
    return Figure(name, value, unit, "limit", limit, value / limit, f"< {limit:g} {unit}", value < limit, conditions)


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0 to 1) of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
