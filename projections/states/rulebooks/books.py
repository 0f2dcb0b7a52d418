"""A rulebook: the entries of a regulation with its guidance, and what a province lays over them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Any

import msgspec

from events.facts.evaluations import LEVELS, Subject
from projections.rules import Certainty
from projections.states.rulebooks.entries import (
    Cap,
    Condition,
    Criterion,
    Derivation,
    Document,
    DocumentRole,
    EligibilityCase,
    Entry,
    Ground,
    LevelName,
    MarkName,
    Provenance,
    ScoreBand,
    ScoreGroup,
    Text,
)
from projections.states.rulebooks.round_entries import Deadline, Decider, Form, Precedence, Retention, Step, Streak

Version = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9-]+\.v[1-9][0-9]*$")]
Province = Annotated[str, msgspec.Meta(pattern="^[a-z0-9-]+$")]
FULL_SCORE = 100


class RulebookInvalid(ValueError):
    """A rulebook's file cannot be used; says which one and why."""


class Years(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Evaluation years from `first` to `last`, both included; without `last` until further notice."""

    first: int
    last: int | None = None

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise ValueError("years that end before they begin")

    def __contains__(self, year: int) -> bool:
        return self.first <= year and (self.last is None or year <= self.last)

    def within(self, other: Years) -> bool:
        """Whether all of these years are among the others."""
        return self.first in other and (other.last is None or (self.last is not None and self.last <= other.last))

    def meets(self, other: Years) -> bool:
        """Whether some year is in both."""
        return self.first in other or other.first in self


class Sections(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """The entries by what they are about. What is not known is absent."""

    documents: tuple[Document, ...] = ()
    levels: tuple[LevelName, ...] = ()
    marks: tuple[MarkName, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    score_groups: tuple[ScoreGroup, ...] = ()
    score_bands: tuple[ScoreBand, ...] = ()
    conditions: tuple[Condition, ...] = ()
    grounds: tuple[Ground, ...] = ()
    derivations: tuple[Derivation, ...] = ()
    eligibility: tuple[EligibilityCase, ...] = ()
    caps: tuple[Cap, ...] = ()
    deciders: tuple[Decider, ...] = ()
    steps: tuple[Step, ...] = ()
    precedences: tuple[Precedence, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    forms: tuple[Form, ...] = ()
    streaks: tuple[Streak, ...] = ()
    retention: tuple[Retention, ...] = ()
    remarks: tuple[Entry, ...] = ()

    def entries(self) -> Iterator[tuple[str, Entry]]:
        """Every entry with its section, in the order of the file."""
        for section in SECTIONS:
            for entry in getattr(self, section):
                yield section, entry

    def provenances(self) -> Iterator[tuple[str, Provenance]]:
        """Everything that has a source of its own, by its path: entries, and parts of them."""
        for section, entry in self.entries():
            yield f"{section}/{entry.name}", entry
            for field in entry.__struct_fields__:
                part = getattr(entry, field)
                if isinstance(part, Provenance):
                    yield f"{section}/{entry.name}/{field}", part


SECTIONS = Sections.__struct_fields__


class Rulebook(Sections, frozen=True, kw_only=True, dict=True):
    """The rules of an evaluation year. `overlay` and `province`: what lies over it, if anything."""

    version: Version
    title: Text
    years: Years
    replaces: Version | None = None
    overlay: Version | None = None
    province: Province | None = None

    def __post_init__(self) -> None:
        problems = list(_problems(self))
        if problems:
            raise ValueError("; ".join(problems))

    @cached_property
    def digest(self) -> str:
        """SHA-256, in hex, over the rulebook as JSON with sorted keys and without what it does not say."""
        return hashlib.sha256(msgspec.json.encode(self, order="sorted")).hexdigest()

    @property
    def citation(self) -> str:
        """Version, with that of the overlay where there is one: 124-hd25.v1+quang-ngai-2023.v1"""
        return self.version if self.overlay is None else f"{self.version}+{self.overlay}"


class Overlay(Sections, frozen=True, kw_only=True):
    """What a province lays over a rulebook: entries added, and entries that take the place of the named ones.

    `changes` lists the latter as section/name, so that a mistyped name is an error and not a second rule.
    """

    version: Version
    title: Text
    overlays: Version
    province: Province
    years: Years
    replaces: Version | None = None
    changes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.documents:
            raise ValueError("an overlay names the document it rests on")


def laid_over(rulebook: Rulebook, overlay: Overlay) -> Rulebook:
    """The rulebook under the overlay, for the overlay's years. Raises `RulebookInvalid`."""
    there = {f"{section}/{entry.name}" for section, entry in rulebook.entries()}
    given = {f"{section}/{entry.name}" for section, entry in overlay.entries()}
    differing = set(overlay.changes) ^ (there & given)
    if differing:
        names = ", ".join(sorted(differing))
        raise RulebookInvalid(
            f"{overlay.version}: `changes` names exactly the entries that it replaces, but not {names}"
        )
    if not overlay.years.within(rulebook.years):
        raise RulebookInvalid(f"{overlay.version}: years outside those of {rulebook.version}")
    merged: dict[str, Any] = {
        section: _merged(getattr(rulebook, section), getattr(overlay, section)) for section in SECTIONS
    }
    kept: dict[str, Any] = {name: getattr(rulebook, name) for name in ("version", "title", "replaces")}
    try:
        return Rulebook(**merged, **kept, years=overlay.years, overlay=overlay.version, province=overlay.province)
    except ValueError as wrong:
        raise RulebookInvalid(f"{overlay.version}: {wrong}") from wrong


def _merged(below: Iterable[Entry], above: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple({entry.name: entry for entry in (*below, *above)}.values())


def _problems(rulebook: Rulebook) -> Iterator[str]:
    """What keeps a rulebook from being one, beyond the form of each entry."""
    yield from (f"{twice} stands twice" for twice in _repeated(rulebook))
    if not {DocumentRole.REGULATION, DocumentRole.GUIDANCE} <= {document.role for document in rulebook.documents}:
        yield "a regulation or a guidance is missing from the documents"
    if sorted(LEVELS.index(each.level) for each in rulebook.levels) != list(range(len(LEVELS))):
        yield "each of the four levels has one name"
    for subject in Subject:
        groups = [group.points for group in rulebook.score_groups if subject in group.subjects]
        if groups and sum(groups) != FULL_SCORE:
            yield f"the score groups of a {subject.value} make {sum(groups)} points"
        bands = [band for band in rulebook.score_bands if subject in band.subjects]
        if bands and not _complete(bands):
            yield f"the score bands of a {subject.value} do not go down from the best level to 0 points"
        orders = sorted(step.order for step in rulebook.steps if subject in step.subjects)
        if orders != list(range(1, len(orders) + 1)):
            yield f"the steps of a {subject.value} are not numbered 1, 2, 3 ..."
        if sum(subject in cap.subjects for cap in rulebook.caps) > 1:
            yield f"two caps of a {subject.value}"
    forms = {form.name for form in rulebook.forms}
    yield from (
        f"step {step.name} needs a form that is not there" for step in rulebook.steps if set(step.forms) - forms
    )
    for path, provenance in rulebook.provenances():
        if provenance.certainty is Certainty.HOUSE:
            yield f"{path} is of the house: classification has no such rules"


def _repeated(rulebook: Rulebook) -> list[str]:
    counted = Counter(f"{section}/{entry.name}" for section, entry in rulebook.entries())
    return [path for path, count in counted.items() if count > 1]


def _complete(bands: list[ScoreBand]) -> bool:
    """Whether there is one band for each level, each lower than the one before, the last from 0 points on."""
    best_first = sorted(bands, key=lambda band: LEVELS.index(band.level))
    starts = [band.at_least for band in best_first]
    falling = all(above > below for above, below in pairwise(starts))
    return [band.level for band in best_first] == list(LEVELS) and falling and starts[-1] == 0
