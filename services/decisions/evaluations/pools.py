"""Pools: all ratings of a year that one committee decides, their cap, and when they are final."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Annotated, Any
from uuid import UUID

import msgspec

from events.catalogue import subject
from events.facts.evaluations import (
    CapExceptionAuthorised,
    EligibilityOutcome,
    RatingsFinalised,
    Subject,
    Year,
    pool_id,
    round_id,
)
from events.facts.organisation import UnitKind
from projections.states.evaluations import Pool, Round
from projections.states.organisation import Organisation
from projections.states.rulebooks.books import Rulebook
from projections.states.rulebooks.library import by_digest
from services.decisions.asking import OFFICES, Asker
from services.decisions.command import Command, Decision
from services.decisions.evaluations import caps
from services.decisions.evaluations.standing import (
    below,
    cited,
    must_act_for,
    must_be_past,
    outstanding,
    pools_of,
    rating_of,
    unless_history,
)
from services.decisions.outcome import Decided, Refused, Warned
from services.decisions.view import View


class _OnPool(Decision, frozen=True, kw_only=True):
    """Something about all ratings that a committee decides of a year: of members, of cells or of committees."""

    ALLOWED = OFFICES

    committee: UUID
    year: Year
    subject: Subject

    def needs(self) -> Iterable[str]:
        return (subject("ratings", pool_id(self.committee, self.year, self.subject)),)

    def pool(self, view: View) -> Pool:
        """Raises `Refused` where nothing was decided yet."""
        must_be_past(view, self.effective)
        found = view.pool(pool_id(self.committee, self.year, self.subject))
        if found is None or not found.ratings:
            raise Refused("pool_empty", committee=self.committee, year=self.year)
        return found

    def identity(self) -> dict[str, Any]:
        pool = pool_id(self.committee, self.year, self.subject)
        return {"pool": pool, "committee": self.committee, "year": self.year, "subject": self.subject}


def _rulebook(pool: Pool) -> Rulebook:
    """The one that all ratings of the pool are under."""
    return by_digest(next(iter(pool.ratings.values())).rules.digest)


class AuthoriseCapException(_OnPool, frozen=True, kw_only=True, tag="evaluation.authorise_cap_exception"):
    """A unit above the committee allows it more excellent than the cap, by a document. The highest unit, above which
    there is none, enters the document of a body that is not in Sổ Hộ."""

    percent: Annotated[int, msgspec.Meta(ge=1, le=100)]

    def decide(self, view: View, asker: Asker) -> Decided:
        pool = self.pool(view)
        view.must_cover(asker, self.committee)
        own = view.organisation.standing_for(self.committee, view.today)
        above = [unit for unit in view.organisation.chain(own, view.today) if unit != own]
        if asker.unit == own and above:
            raise Refused("not_above_the_committee", committee=own)
        if self.basis is None:
            raise Refused("basis_needed")
        rulebook = _rulebook(pool)
        rule = next((each for each in rulebook.caps if self.subject in each.subjects), None)
        if rule is None:
            raise Refused("nothing_capped", rulebook=rulebook.citation)
        if self.percent <= rule.rate.percent:
            raise Refused("no_exception", percent=self.percent, cap=rule.rate.percent, **cited(rulebook, rule.rate))
        warnings: tuple[Warned, ...] = ()
        if rule.exception is None or self.percent > rule.exception.percent:
            known = rule.exception.percent if rule.exception else rule.rate.percent
            warnings = (Warned("exception_beyond_rulebook", {"percent": self.percent, "known": known}),)
        return self.one(CapExceptionAuthorised(**self.identity(), percent=self.percent), self.committee, *warnings)


class FinaliseRatings(_OnPool, frozen=True, kw_only=True, tag="evaluation.finalise"):
    """The committee's ratings of the year are final. Not while somebody is missing who is to be classified, nor over
    the cap; a system brings in the history of others as it was, by its document, with a warning."""

    def follows(self, states: Mapping[str, Any], organisation: Organisation) -> Iterable[str]:
        for unit in {self.committee, *below(organisation, self.committee, self.effective)}:
            name = subject("evaluation", round_id(unit, self.year))
            yield name
            known: Round | None = states.get(name)
            if known is None:
                continue
            yield from (subject("ratings", pool) for pool in pools_of(known))
            if self.subject is Subject.MEMBER and known.roster is not None:
                yield from (subject("member", member) for member in known.roster.lines)

    def decide(self, view: View, asker: Asker) -> Decided:
        pool = self.pool(view)
        rulebook = _rulebook(pool)
        rule = next(each for each in rulebook.deciders if self.subject in each.subjects)
        must_act_for(view, asker, self.committee, rule)
        if pool.finalised is not None:
            raise Refused("already_final", committee=self.committee, year=self.year, day=pool.finalised)
        last = max(rating.day for rating in pool.ratings.values())
        if self.effective < last:
            raise Refused("before_rating", day=self.effective, rated=last)
        unless = partial(unless_history, view, asker, self, self.year)
        warnings = self._must_be_complete(view, unless)
        ratings = caps.counted(pool.ratings.values())
        readings = caps.held_against(rulebook, pool, ratings)
        told = caps.must_be_kept(rulebook, readings, unless)
        body = RatingsFinalised(**self.identity(), counts=caps.cap_counts(ratings, readings))
        return self.one(body, self.committee, *warnings, *told)

    def _must_be_complete(self, view: View, unless: Callable[[Warned], Warned]) -> tuple[Warned, ...]:
        units = [self.committee, *below(view.organisation, self.committee, self.effective)]
        without, missing = list[UUID](), list[UUID]()
        for unit in units:
            known = view.round(round_id(unit, self.year))
            if known is None:
                without += [unit] if self._has_to(view, unit) else []
            elif self.subject is Subject.MEMBER:
                missing += outstanding(view, known) if known.members_by == self.committee else []
            elif known.committee == self.committee and known.subject is self.subject:
                own = known.roster is not None and known.roster.outcome is EligibilityOutcome.CLASSIFY
                missing += [unit] if own and rating_of(view, known, unit) is None else []
        if not without and not missing:
            return ()
        told = {"without": len(without), "units": without, "missing": len(missing), "of": missing}
        return (unless(Warned("pool_incomplete", told)),)

    def _has_to(self, view: View, unit: UUID) -> bool:
        """Whether a unit without a round is one that the pool waits for."""
        if unit == self.committee:
            return False
        cell = view.organisation.units[unit].kind is UnitKind.CELL
        return cell if self.subject is not Subject.COMMITTEE else not cell


COMMANDS: tuple[type[Command], ...] = (AuthoriseCapException, FinaliseRatings)
