"""Every rulebook there is: read from its files, found by evaluation year or by the digest that a decision cites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import combinations
from typing import TypeVar

import msgspec

from projections.states.rulebooks.books import Overlay, Rulebook, RulebookInvalid, laid_over

Kind = TypeVar("Kind", Rulebook, Overlay)


class NoRulebook(LookupError):
    """No rulebook is known for the year, for the province, or by the digest."""


class Library:
    """Rulebooks and overlays that fit together, those replaced included. Raises `RulebookInvalid`."""

    def __init__(self, rulebooks: Iterable[Rulebook], overlays: Iterable[Overlay]) -> None:
        books, laid = _by_version(rulebooks), _by_version(overlays)
        replaced, withdrawn = _replaced(books), _replaced(laid)
        for rulebook in books.values():
            if rulebook.overlay is not None or rulebook.province is not None:
                raise RulebookInvalid(f"{rulebook.version}: names an overlay or a province; that is said in overlays")
        for overlay in laid.values():
            if overlay.overlays not in books:
                raise RulebookInvalid(f"{overlay.version}: lies over {overlay.overlays}, which there is not")
            if overlay.overlays in replaced and overlay.version not in withdrawn:
                raise RulebookInvalid(f"{overlay.version}: lies over {overlay.overlays}, which was replaced")
        self.every = [*books.values(), *(laid_over(books[overlay.overlays], overlay) for overlay in laid.values())]
        """Each as it was or is applied: without an overlay, and under each that lies over it."""
        self.in_force = [
            rulebook
            for rulebook in self.every
            if rulebook.version not in replaced and rulebook.overlay not in withdrawn
        ]
        for one, other in combinations(self.in_force, 2):
            if one.province == other.province and one.years.meets(other.years):
                raise RulebookInvalid(f"{one.citation} and {other.citation} hold for the same year")
        self._by_digest = {rulebook.digest: rulebook for rulebook in self.every}

    def for_year(self, year: int, province: str | None = None) -> Rulebook:
        """The one in force for the evaluation year, under the province's overlay where it has one for that year.

        Raises `NoRulebook` for a year without one, and for a province that has no overlay in any year.
        """
        if province is not None and province not in self.provinces():
            raise NoRulebook(f"no overlay of a province {province}")
        found = {rulebook.province: rulebook for rulebook in self.in_force if year in rulebook.years}
        if None not in found:
            raise NoRulebook(f"no rulebook for the evaluation year {year}")
        return found.get(province, found[None])

    def by_digest(self, digest: str) -> Rulebook:
        """The very rulebook that a decision cites, in force or replaced. Raises `NoRulebook`."""
        if digest not in self._by_digest:
            raise NoRulebook(f"no rulebook with the digest {digest}")
        return self._by_digest[digest]

    def provinces(self) -> list[str]:
        """Provinces that lay something over a rulebook in some year."""
        return sorted({rulebook.province for rulebook in self.every if rulebook.province is not None})

    def gaps(self) -> list[int]:
        """Years between the first and the last rulebook for which there is none."""
        spans = [rulebook.years for rulebook in self.in_force if rulebook.province is None]
        last = max(span.last or span.first for span in spans)
        return [
            year
            for year in range(min(span.first for span in spans), last + 1)
            if not any(year in span for span in spans)
        ]


def read(folder: Traversable) -> Library:
    """The rulebooks of a folder, and the overlays of the folder `overlays` in it.

    Raises `RulebookInvalid`, naming every file that cannot be used.
    """
    problems: list[str] = []
    rulebooks = list(_decoded(folder, Rulebook, problems))
    overlays = list(_decoded(folder.joinpath("overlays"), Overlay, problems))
    if problems:
        raise RulebookInvalid("\n".join(problems))
    return Library(rulebooks, overlays)


def _decoded(folder: Traversable, kind: type[Kind], problems: list[str]) -> Iterator[Kind]:
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if not file.name.endswith(".json"):
            continue
        try:
            each = msgspec.json.decode(file.read_bytes(), type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError) as wrong:
            problems.append(f"{file.name}: {wrong}")
            continue
        if file.name == f"{each.version}.json":
            yield each
        else:
            problems.append(f"{file.name}: bears the version {each.version}; file and version have one name")


def _by_version(each_of: Iterable[Kind]) -> dict[str, Kind]:
    found: dict[str, Kind] = {}
    for each in each_of:
        if each.version in found:
            raise RulebookInvalid(f"{each.version}: there are two of this version")
        found[each.version] = each
    return found


def _replaced(found: Mapping[str, Rulebook] | Mapping[str, Overlay]) -> set[str]:
    """Versions that a later one replaces."""
    named: set[str] = set()
    for each in found.values():
        if each.replaces is None:
            continue
        if each.replaces not in found or each.replaces == each.version:
            raise RulebookInvalid(f"{each.version}: replaces {each.replaces}, which there is not")
        if each.replaces in named:
            raise RulebookInvalid(f"{each.version}: replaces {each.replaces}, which another one replaces already")
        named.add(each.replaces)
    return named


@cache
def library() -> Library:
    """What Sổ Hộ comes with."""
    return read(files("projections.rules").joinpath("rulebooks"))


@cache
def registered() -> dict[str, str]:
    """Digest of each rulebook by its citation, as noted when it came into force (`rulebook_digests.json`)."""
    noted = files("projections.rules").joinpath("rulebook_digests.json").read_bytes()
    return msgspec.json.decode(noted, type=dict[str, str])


def rulebook_for(year: int, province: str | None = None) -> Rulebook:
    """The rulebook in force for the evaluation year, under the province's overlay if any. Raises `NoRulebook`."""
    return library().for_year(year, province)


def by_digest(digest: str) -> Rulebook:
    """The very rulebook that a decision cites. Raises `NoRulebook`."""
    return library().by_digest(digest)
