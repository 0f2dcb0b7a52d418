"""Ratings: what the competent bodies decide, and decide anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Annotated, Any
from uuid import UUID

import msgspec

from events.catalogue import subject
from events.facts.evaluations import (
    EligibilityOutcome,
    Grounds,
    Level,
    ObjectionOutcome,
    RatingDecided,
    RatingRevised,
    RevisionReason,
    rating_id,
    round_id,
)
from events.facts.organisation import UnitKind
from projections.states.evaluations import Rating, Round
from projections.states.organisation import Organisation
from projections.states.rulebooks.books import Rulebook
from projections.states.rulebooks.entries import Provenance
from projections.states.rulebooks.readings import Obstacle, derived_level
from projections.states.rulebooks.round_entries import Party, StepKind
from services.decisions.asking import OFFICES, Asker
from services.decisions.command import Command
from services.decisions.evaluations import caps
from services.decisions.evaluations.grounds import dropped, must_carry, must_fit
from services.decisions.evaluations.levels import LevelText, level_named, must_follow
from services.decisions.evaluations.standing import (
    OfRound,
    below,
    cited,
    decider,
    must_act_for,
    must_be_classified,
    must_not_be_own,
    outstanding,
    pool_of,
    pools_of,
    rating_of,
    round_of,
    rulebook_of,
    subject_of,
    unless_history,
)
from services.decisions.evaluations.steps import must_be_unrated
from services.decisions.meetings import must_be_once
from services.decisions.outcome import Decided, Draft, Refused, Warned
from services.decisions.view import EvidenceOf, View


class Rated(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The level decided for one member, or without `member` for the unit. `grounds` are entries of the rulebook; they
    rest on the document in the basis."""

    member: UUID | None = None
    level: LevelText
    grounds: Grounds = ()


class _Rating(OfRound, frozen=True, kw_only=True):
    """A decision of a level by the body that the rulebook names."""

    def rows(self) -> tuple[Rated, ...]:
        raise NotImplementedError

    def needs(self) -> Iterable[str]:
        return (*super().needs(), *(subject("member", row.member) for row in self.rows() if row.member is not None))

    def follows(self, states: Mapping[str, Any], organisation: Organisation) -> Iterable[str]:
        yield from super().follows(states, organisation)
        known: Round | None = states.get(subject("evaluation", round_id(self.unit, self.year)))
        if known is None or all(row.member is not None for row in self.rows()):
            return
        # A unit's own level rests on those of its members, or of the units below it.
        lower = [known]
        for unit in below(organisation, self.unit, self.effective):
            yield subject("evaluation", round_id(unit, self.year))
            found: Round | None = states.get(subject("evaluation", round_id(unit, self.year)))
            lower += [] if found is None else [found]
        for each in lower:
            yield from (subject("ratings", pool) for pool in pools_of(each))
        yield from (subject("member", member) for member in (known.roster.lines if known.roster else ()))

    def names_evidence(self) -> Iterable[EvidenceOf]:
        return (EvidenceOf(self.unit, row.member, self.year) for row in self.rows())

    def rated(
        self, view: View, asker: Asker, known: Round, row: Rated
    ) -> tuple[dict[str, Any], Level, tuple[Warned, ...]]:
        """The fields of the fact about one row, the level, and what to tell. Raises `Refused`."""
        of = row.member or self.unit
        rulebook, whose = rulebook_of(known), subject_of(known, of)
        eligible = must_be_classified(view, known, of)
        level = level_named(rulebook, whose, row.level)
        progress = known.about(of)
        must_follow(rulebook, whose, progress, StepKind.DECISION, self.effective, level)
        assessed = progress.appraised or progress.self_assessed
        warnings = must_fit(rulebook, whose, eligible, level, assessed, row.grounds)
        if row.grounds and self.basis is None:
            raise Refused("basis_needed")
        if row.member is None:
            warnings = (*warnings, *self._after_those_below(view, asker, known, level))
        committee, pool = pool_of(known, of)
        fields = {
            "pool": pool,
            "committee": committee,
            "year": self.year,
            "subject": whose,
            "rating": rating_id(pool, of),
            "round": known.round,
            "unit": self.unit,
            "member": row.member,
            "group": caps.group_of(rulebook, whose, view.organisation.units[self.unit].cell_kind),
            "level": level,
            "rules": known.rules,
            "grounds": row.grounds,
            "evidence": view.evidence(EvidenceOf(self.unit, row.member, self.year)),
        }
        return fields, level, warnings

    def joining(self, fields: Mapping[str, Any], of: UUID, level: Level, grounds: tuple[str, ...]) -> Rating:
        """The rating as it stands in its pool once the fact with these fields is recorded."""
        who = fields["rating"], fields["round"], of, fields["group"]
        return Rating(*who, level, fields["rules"], self.effective, grounds)

    def _after_those_below(self, view: View, asker: Asker, known: Round, level: Level) -> tuple[Warned, ...]:
        """What stands in the way of a unit's level from those below it. Raises `Refused` where somebody below is not
        rated, in the history of others too; where their ratings do not carry the level, but for such history."""
        rulebook, ratings = rulebook_of(known), dict[UUID, Level]()
        if view.organisation.units[self.unit].kind is UnitKind.CELL:
            rule = _precedence(rulebook, Party.MEMBERS, Party.CELL)
            missing = outstanding(view, known)
            lines = known.roster.lines if known.roster else {}
            found = ((member, rating_of(view, known, member)) for member in lines)
            ratings = {member: rating.level for member, rating in found if rating is not None}
        else:
            rule = _precedence(rulebook, Party.LOWER_UNIT, Party.HIGHER_UNIT)
            missing = []
            for unit in below(view.organisation, self.unit, self.effective):
                lower = view.round(round_id(unit, self.year))
                rating = None if lower is None else rating_of(view, lower, unit)
                if rating is not None:
                    ratings[unit] = rating.level
                elif lower is None or lower.roster is None or lower.roster.outcome is EligibilityOutcome.CLASSIFY:
                    missing.append(unit)
        if rule is not None and missing:
            raise Refused("lower_first", unit=self.unit, count=len(missing), missing=missing, **cited(rulebook, rule))
        derived = derived_level(rulebook, known.subject, ratings)
        obstacles = derived.obstacles if derived is not None else ()
        obstacle = next((each for each in obstacles if each.rule.level is level), None)
        if obstacle is None:
            return ()
        blocked = Warned("level_not_derivable", _obstacle(rulebook, obstacle))
        return (unless_history(view, asker, self, self.year, blocked),)


class DecideRatings(_Rating, frozen=True, kw_only=True, tag="evaluation.decide"):
    """The competent body decides about members of a round, or about its unit. In a pool that is final already, where
    somebody is classified late, the cap is looked at again."""

    ratings: Annotated[tuple[Rated, ...], msgspec.Meta(min_length=1, max_length=300)]

    def rows(self) -> tuple[Rated, ...]:
        return self.ratings

    def decide(self, view: View, asker: Asker) -> Decided:
        known = round_of(view, self.unit, self.year, self.effective)
        must_be_once(row.member or self.unit for row in self.ratings)
        drafts, warnings, new = [], list[Warned](), list[Rating]()
        for row in self.ratings:
            of = row.member or self.unit
            rule = decider(rulebook_of(known), subject_of(known, of), known.subject)
            must_act_for(view, asker, pool_of(known, of)[0], rule)
            must_not_be_own(asker, of)
            must_be_unrated(view, known, of)
            appraised = known.about(of).appraised
            if appraised is not None:
                warnings += must_carry(rulebook_of(known), appraised.grounds, row.grounds)
            fields, level, told = self.rated(view, asker, known, row)
            drafts.append(Draft(RatingDecided(**fields), self.unit, self.effective))
            new.append(self.joining(fields, of, level, row.grounds))
            warnings += told
        warnings += [*_must_fit_pools(view, asker, self, known, new), *_carried(view, known, new)]
        return Decided(tuple(drafts), tuple(warnings))


class ReviseRating(_Rating, frozen=True, kw_only=True, tag="evaluation.revise"):
    """The competent body, or one above it, decides anew by a document: an objection was upheld, or it was verified
    again."""

    ALLOWED = OFFICES

    member: UUID | None = None
    level: LevelText
    grounds: Grounds = ()
    reason: RevisionReason

    def rows(self) -> tuple[Rated, ...]:
        return (Rated(member=self.member, level=self.level, grounds=self.grounds),)

    def decide(self, view: View, asker: Asker) -> Decided:
        known, of = round_of(view, self.unit, self.year, self.effective), self.member or self.unit
        committee = view.organisation.standing_for(pool_of(known, of)[0], view.today)
        if not view.covers(asker, committee):
            rule = decider(rulebook_of(known), subject_of(known, of), known.subject)
            raise Refused("not_competent", decides=committee, clause=rule.clause)
        must_not_be_own(asker, of)
        if self.basis is None:
            raise Refused("basis_needed")
        rating = rating_of(view, known, of)
        if rating is None:
            raise Refused("not_rated_yet", of=of)
        if self.effective < rating.day:
            raise Refused("before_rating", day=self.effective, rated=rating.day)
        upheld = (o.of == of and o.outcome is ObjectionOutcome.UPHELD for o in known.objections.values())
        if self.reason is RevisionReason.OBJECTION_UPHELD and not any(upheld):
            raise Refused("no_objection_upheld", of=of)
        fields, level, warnings = self.rated(view, asker, known, self.rows()[0])
        if level is rating.level:
            raise Refused("same_level", of=of, level=level.value)
        warnings = (*warnings, *dropped(rulebook_of(known), rating.grounds, self.grounds))
        revised = self.joining(fields, of, level, self.grounds)
        told = (*warnings, *_must_fit_pools(view, asker, self, known, [revised]), *_carried(view, known, [revised]))
        return self.one(RatingRevised(**fields, reason=self.reason), self.unit, *told)


def _must_fit_pools(view: View, asker: Asker, command: _Rating, known: Round, new: list[Rating]) -> list[Warned]:
    """What to tell where ratings join pools that are final already. Raises `Refused` where they break the cap, or where
    a pool is under another rulebook."""
    warnings = list[Warned]()
    rulebook = rulebook_of(known)
    for pool_of_round in pools_of(known):
        pool = view.pool(pool_of_round)
        joining = {rating.of: rating for rating in new if pool_of(known, rating.of)[1] == pool_of_round}
        if pool is None or not joining:
            continue
        other = next((r.rules for r in pool.ratings.values() if r.rules != known.rules), None)
        if other is not None:
            raise Refused("rulebooks_differ", rulebook=known.rules.rulebook, other=other.rulebook)
        if pool.finalised is not None:
            ratings = caps.counted({**pool.ratings, **joining}.values())
            unless = partial(unless_history, view, asker, command, known.year)
            warnings += caps.must_be_kept(rulebook, caps.held_against(rulebook, pool, ratings), unless)
    return warnings


def _carried(view: View, known: Round, new: list[Rating]) -> tuple[Warned, ...]:
    """A warning where the unit's own level, decided before, is not carried any more by its members' ratings."""
    own = rating_of(view, known, known.unit)
    if own is None or known.unit in [rating.of for rating in new]:
        return ()
    lines = known.roster.lines if known.roster else {}
    before = {member: rating.level for member in lines if (rating := rating_of(view, known, member)) is not None}
    ratings = {**before, **{rating.of: rating.level for rating in new}}
    rulebook = rulebook_of(known)
    derived = derived_level(rulebook, known.subject, ratings)
    obstacles = derived.obstacles if derived is not None else ()
    return tuple(
        Warned("unit_not_carried", {"unit": known.unit, **_obstacle(rulebook, each)})
        for each in obstacles
        if each.rule.level is own.level
    )


def _obstacle(rulebook: Rulebook, found: Obstacle[UUID]) -> dict[str, Any]:
    """What to tell of a derivation that is not met."""
    return {
        "level": found.rule.level.value,
        "reached": found.reached,
        "needed": found.needed,
        "below": list(found.below),
        **cited(rulebook, found.rule),
    }


def _precedence(rulebook: Rulebook, before: Party, after: Party) -> Provenance | None:
    found = (each for each in rulebook.precedences if each.before is before and each.after is after)
    return next(found, None)


COMMANDS: tuple[type[Command], ...] = (DecideRatings, ReviseRating)
