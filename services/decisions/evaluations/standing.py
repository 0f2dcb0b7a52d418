"""A round before a step: who is classified in it, who decides about whom, and what the rulebook says of somebody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from events.catalogue import subject
from events.facts.evaluations import (
    EligibilityOutcome,
    ObjectionAbout,
    ObjectionOutcome,
    Subject,
    Year,
    pool_id,
    round_id,
)
from events.facts.organisation import UnitKind
from events.facts.values import Source
from projections.states.evaluations import Pool, Rating, Round
from projections.states.organisation import Organisation, Unit
from projections.states.rulebooks.books import Rulebook
from projections.states.rulebooks.eligibility import (
    Eligibility,
    MemberFacts,
    StatusSpan,
    UnitFacts,
    eligibility,
    last_day,
)
from projections.states.rulebooks.entries import DocumentRole, Provenance
from projections.states.rulebooks.library import by_digest
from projections.states.rulebooks.round_entries import Body, Decider, Place
from services.decisions.asking import CELL_AND_ABOVE, Asker, Role
from services.decisions.command import Decision
from services.decisions.outcome import Refused, Warned
from services.decisions.view import View


class OfRound(Decision, frozen=True, kw_only=True):
    """Something about a unit's round of a year."""

    ALLOWED = CELL_AND_ABOVE

    unit: UUID
    year: Year

    def needs(self) -> Iterable[str]:
        return (subject("evaluation", round_id(self.unit, self.year)),)

    def follows(self, states: Mapping[str, Any], organisation: Organisation) -> Iterable[str]:  # noqa: ARG002
        known: Round | None = states.get(subject("evaluation", round_id(self.unit, self.year)))
        return () if known is None else (subject("ratings", pool) for pool in pools_of(known))

    def known(self, view: View, asker: Asker) -> Round:
        """The round, which must be at or below the asker. Raises `Refused`."""
        view.must_cover(asker, self.unit)
        return round_of(view, self.unit, self.year, self.effective)


def must_be_past(view: View, day: date) -> None:
    """Raises `Refused` for a day that has not come."""
    if day > view.today:
        raise Refused("day_ahead", day=day)


def round_of(view: View, unit: UUID, year: int, day: date) -> Round:
    """The unit's round, which was open on the day, and that has come. Raises `Refused`."""
    must_be_past(view, day)
    known = view.round(round_id(unit, year))
    if known is None:
        raise Refused("round_unknown", unit=unit, year=year)
    if day < known.opened:
        raise Refused("before_round", day=day, opened=known.opened)
    return known


def rulebook_of(known: Round) -> Rulebook:
    """The very rulebook that the round is under."""
    return by_digest(known.rules.digest)


def cited(rulebook: Rulebook, rule: Provenance) -> dict[str, str]:
    """What a refusal or warning names of the rule that it rests on."""
    return {"clause": rule.clause, "rulebook": rulebook.citation, "certainty": rule.certainty.value}


def unless_history(view: View, asker: Asker, command: Decision, year: int, blocked: Warned) -> Warned:
    """`blocked` as a warning, where a system brings in by its document what others decided in a year that is over: that
    is not ours to undo. Raises `Refused` for anybody else and any other year: where something comes from lifts nothing.
    """
    if command.source is not Source.IMPORT:
        raise Refused(blocked.code, **blocked.parameters)
    told = {"blocked": blocked.code, **blocked.parameters}
    if asker.role is not Role.SYSTEM:
        raise Refused("import_not_yours", role=asker.role.value, **told)
    if year >= view.today.year:
        raise Refused("import_not_past", year=year, **told)
    if command.basis is None:
        raise Refused("basis_needed")
    return blocked


def regulation(rulebook: Rulebook) -> Provenance:
    """The regulation itself: what a refusal rests on where no single clause of it was found."""
    return next(document for document in rulebook.documents if document.role is DocumentRole.REGULATION)


def classified_as(organisation: Organisation, unit: Unit, day: date) -> Subject | None:
    """What the unit is classified as: a commune's committee, or a cell with none above it, is a grass-roots
    organisation. None of a district or province."""
    if unit.kind is UnitKind.COMMUNE:
        return Subject.COMMITTEE
    if unit.kind is not UnitKind.CELL:
        return None
    above = superior(organisation, unit.unit, day)
    under_commune = above is not None and organisation.units[above].kind is UnitKind.COMMUNE
    return Subject.CELL if under_commune else Subject.COMMITTEE


def superior(organisation: Organisation, unit: UUID, day: date) -> UUID | None:
    """The nearest unit above that exists on the day."""
    above = (other for other in organisation.chain(unit, day) if other != unit)
    return next((other for other in above if organisation.units[other].exists(day)), None)


def below(organisation: Organisation, committee: UUID, day: date) -> list[UUID]:
    """Units that exist on the day and stand directly under the committee."""
    units = (unit for unit in organisation.units.values() if unit.exists(day))
    return sorted(unit.unit for unit in units if superior(organisation, unit.unit, day) == committee)


def decider(rulebook: Rulebook, what: Subject, of: Subject) -> Decider:
    """Whom the rulebook lets decide about `what` in a unit that is classified as `of`. Raises `Refused`."""
    place = Place.GRASSROOTS_CELL if of is Subject.COMMITTEE else Place.COMMITTEE_WITH_CELLS
    for each in rulebook.deciders:
        if what in each.subjects and each.place in (None, place):
            return each
    raise Refused("nobody_decides", rulebook=rulebook.citation)


def deciding(organisation: Organisation, rule: Decider, unit: UUID, day: date) -> UUID:
    """The unit that the rule lets decide. Raises `Refused` where there is none."""
    found = unit if rule.body is Body.GRASSROOTS_CELL else superior(organisation, unit, day)
    if found is None:
        raise Refused("no_superior_decides", unit=unit, clause=rule.clause)
    return found


def pools_of(known: Round) -> list[UUID]:
    """The pools in which the ratings of the round are: of the unit, and of its members."""
    own = pool_id(known.committee, known.year, known.subject)
    return [own] if known.members_by is None else [own, pool_id(known.members_by, known.year, Subject.MEMBER)]


def subject_of(known: Round, of: UUID) -> Subject:
    return known.subject if of == known.unit else Subject.MEMBER


def pool_of(known: Round, of: UUID) -> tuple[UUID, UUID]:
    """The unit that decides about somebody of the round, and the pool of it."""
    if of == known.unit:
        return known.committee, pool_id(known.committee, known.year, known.subject)
    by = known.members_by or known.committee
    return by, pool_id(by, known.year, Subject.MEMBER)


def rating_of(view: View, known: Round, of: UUID) -> Rating | None:
    pool: Pool | None = view.pool(pool_of(known, of)[1])
    return None if pool is None else pool.ratings.get(of)


def must_act_for(view: View, asker: Asker, unit: UUID, rule: Provenance) -> None:
    """Raises `Refused` unless the asker holds an office of the unit that decides, or of what stands for it today."""
    heir = view.organisation.standing_for(unit, view.today)
    if asker.unit != heir and not (asker.role is Role.SYSTEM and view.covers(asker, heir)):
        raise Refused("not_competent", decides=heir, clause=rule.clause)


def must_not_be_own(asker: Asker, of: UUID) -> None:
    """Raises `Refused` where somebody decides about himself."""
    if asker.person == of:
        raise Refused("own_rating", person=of)


def eligibility_of(view: View, known: Round, of: UUID) -> Eligibility:
    """What the rulebook does with a member on the roster, or with the unit itself. Raises `Refused`."""
    attested = known.attested.get(of, ())
    if of == known.unit:
        unit = view.organisation.units[of]
        since = lineage_since(view.organisation, of)
        return eligibility(rulebook_of(known), UnitFacts(known.subject, unit.founded, since, attested), known.year)
    member = view.member(of)
    if member is None or known.roster is None or of not in known.roster.lines:
        raise Refused("not_on_roster", person=of, unit=known.unit, year=known.year)
    return eligibility(rulebook_of(known), MemberFacts(member.admitted, statuses(view, of), attested), known.year)


def statuses(view: View, person: UUID) -> tuple[StatusSpan, ...]:
    member = view.member(person)
    return tuple(StatusSpan(each.status, each.since, each.until) for each in member.standings()) if member else ()


def lineage_since(organisation: Organisation, unit: UUID) -> date | None:
    """When the oldest of the units that went into this one was founded; None where none did."""
    return min((organisation.units[each].founded for each in _predecessors(organisation, unit)), default=None)


def _predecessors(organisation: Organisation, unit: UUID) -> Iterator[UUID]:
    found, waiting = {unit}, [unit]
    while waiting:
        into = waiting.pop()
        new = [u.unit for u in organisation.units.values() if u.absorbed_into == into and u.unit not in found]
        found.update(new)
        waiting += new
        yield from new


def must_be_classified(view: View, known: Round, of: UUID, *, reviewed: bool = False) -> Eligibility:
    """What the rulebook says of somebody who is classified; with `reviewed` also of who is reviewed only. Raises
    `Refused`, naming the case that stands against it."""
    found = eligibility_of(view, known, of)
    if found.outcome is EligibilityOutcome.CLASSIFY or (reviewed and found.outcome is EligibilityOutcome.REVIEW_ONLY):
        return found
    rulebook = rulebook_of(known)
    case = next(reason.case for reason in found.reasons if reason.case.outcome is found.outcome)
    raise Refused("not_classified", of=of, eligibility=found.outcome.value, case=case.name, **cited(rulebook, case))


def in_year(member_admitted: date | None, year: int) -> bool:
    """Whether somebody was there in the evaluation year: who came after it is on no roster of it."""
    return member_admitted is None or member_admitted <= last_day(year)


def revisions_due(view: View, known: Round, of: UUID | None = None) -> list[UUID]:
    """Objections against ratings that were upheld, and have not been followed by another decision; with `of` his."""
    return [
        id_
        for id_, objection in known.objections.items()
        if of in (None, objection.of)
        and (objection.about, objection.outcome) == (ObjectionAbout.RATING, ObjectionOutcome.UPHELD)
        and not _decided_since(rating_of(view, known, objection.of), objection.answered)
    ]


def _decided_since(rating: Rating | None, answered: date | None) -> bool:
    """Whether the rating is one of after the answer; on the same day only if it is a revised one."""
    if rating is None or answered is None:
        return False
    return rating.day > answered or (rating.revised and rating.day == answered)


def outstanding(view: View, known: Round) -> list[UUID]:
    """Members on the roster who are to be classified and have no rating yet."""
    lines = known.roster.lines if known.roster else {}
    unrated = (member for member in lines if rating_of(view, known, member) is None)
    return [member for member in unrated if eligibility_of(view, known, member).outcome is EligibilityOutcome.CLASSIFY]
