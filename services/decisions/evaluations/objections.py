"""Objections against a dossier or a rating, and their answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from events.catalogue import subject
from events.facts.evaluations import (
    ObjectionAbout,
    ObjectionAnswered,
    ObjectionOutcome,
    ObjectionRaised,
    Year,
    round_id,
)
from projections.states.evaluations import Round
from projections.states.organisation import Organisation
from services.decisions.asking import FIELD, OFFICES, Asker, Role
from services.decisions.clock import check_clock
from services.decisions.command import Command, LongText, Report
from services.decisions.evaluations.standing import (
    OfRound,
    decider,
    must_act_for,
    must_not_be_own,
    pool_of,
    pools_of,
    rating_of,
    round_of,
    rulebook_of,
    subject_of,
)
from services.decisions.evaluations.steps import identity
from services.decisions.outcome import Decided, Draft, Refused, Warned
from services.decisions.view import View


class RaiseObjection(Report, frozen=True, kw_only=True, tag="evaluation.object"):
    """A member objects to his dossier or his rating; an office enters his paper. Without `member` it is the unit's. The
    command's id is the objection's."""

    ALLOWED = FIELD

    unit: UUID
    year: Year
    member: UUID | None = None
    about: ObjectionAbout
    text: LongText | None = None

    def needs(self) -> Iterable[str]:
        return (subject("evaluation", round_id(self.unit, self.year)),)

    def follows(self, states: Mapping[str, Any], organisation: Organisation) -> Iterable[str]:  # noqa: ARG002
        known: Round | None = states.get(subject("evaluation", round_id(self.unit, self.year)))
        return () if known is None else (subject("ratings", pool) for pool in pools_of(known))

    def decide(self, view: View, asker: Asker) -> Decided:
        of = self.member or self.unit
        if asker.role is Role.MEMBER:
            if asker.person != of:
                raise Refused("not_your_review", person=of)
        else:
            view.must_cover(asker, self.unit)
        known = round_of(view, self.unit, self.year, min(self.day, view.today))
        if self.member is not None and (known.roster is None or self.member not in known.roster.lines):
            raise Refused("not_on_roster", person=self.member, unit=self.unit, year=self.year)
        if self.member is None and self.text is not None:
            raise Refused("text_only_of_members")
        warnings = check_clock(view.moment, self.instant, self.written_at)
        if self.about is ObjectionAbout.RATING and rating_of(view, known, of) is None:
            warnings = (*warnings, Warned("not_rated_yet", {"of": of}))
        body = ObjectionRaised(**identity(known, of), objection=self.id, about=self.about, text=self.text)
        performed_by = self.member if self.member is not None and asker.person != self.member else None
        return Decided((Draft(body, self.unit, self.day, self.instant, performed_by),), warnings)


class AnswerObjection(OfRound, frozen=True, kw_only=True, tag="evaluation.answer_objection"):
    """The body that decides answers an objection, by a document."""

    ALLOWED = OFFICES

    objection: UUID
    outcome: ObjectionOutcome

    def decide(self, view: View, asker: Asker) -> Decided:
        known = round_of(view, self.unit, self.year, self.effective)
        found = known.objections.get(self.objection)
        if found is None:
            view.must_cover(asker, self.unit)
            raise Refused("objection_unknown", objection=self.objection)
        rule = decider(rulebook_of(known), subject_of(known, found.of), known.subject)
        must_act_for(view, asker, pool_of(known, found.of)[0], rule)
        must_not_be_own(asker, found.of)
        if found.outcome is not None:
            raise Refused("objection_answered", objection=self.objection, answer=found.outcome.value)
        if self.basis is None:
            raise Refused("basis_needed")
        if self.effective < found.day:
            raise Refused("before_objection", day=self.effective, raised=found.day)
        body = ObjectionAnswered(**identity(known, found.of), objection=self.objection, outcome=self.outcome)
        return self.one(body, self.unit)


COMMANDS: tuple[type[Command], ...] = (RaiseObjection, AnswerObjection)
