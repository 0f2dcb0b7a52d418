"""Decisions about erasing somebody's data at his request: received, answered, decided, carried out.

An office of a commune or the province does all of it, by the documents; never a cell by itself, and no program. Two
people are needed: who entered the request does not decide it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from events.catalogue import subject
from events.facts.erasures import (
    ErasureAcknowledged,
    ErasureExecuted,
    ErasureExtended,
    ErasureGranted,
    ErasureGround,
    ErasureOf,
    ErasureRefusal,
    ErasureRefused,
    ErasureRequested,
    KeptRecord,
)
from events.facts.values import Body
from projections.states import erasure_rules, retention
from projections.states.erasures import OPEN, Erasure, ErasureStage
from projections.states.retention import RecordsOf
from services.decisions.asking import Asker, Role
from services.decisions.clock import check_clock
from services.decisions.command import Act
from services.decisions.outcome import Decided, Draft, Refused
from services.decisions.view import View

OFFICES_WITH_PEOPLE = frozenset({Role.COMMUNE_OFFICE, Role.PROVINCIAL_OFFICE})


class _OnSubject(Act, frozen=True, kw_only=True):
    ALLOWED = OFFICES_WITH_PEOPLE

    subject: UUID

    def needs(self) -> Iterable[str]:
        return [subject(area, self.subject) for area in ("erasure", "person", "member", "household")]

    def must_be_theirs(self, view: View, asker: Asker, of: ErasureOf) -> None:
        """Raises `Refused` where there is no such person or household, it is not below the asker, or he is it."""
        if of is ErasureOf.PERSON:
            person, member = view.person(self.subject), view.member(self.subject)
            if person is None:
                raise Refused("person_unknown", person=self.subject)
            cell = member.unit(view.today) if member is not None else None
            view.must_cover_one_of(asker, (cell or person.unit,))
        else:
            household = view.household(self.subject)
            if household is None:
                raise Refused("household_unknown", household=self.subject)
            view.must_cover_one_of(asker, (household.unit(view.today) or household.latest_unit(),))
        if asker.person == self.subject:
            raise Refused("own_data")

    def facts(self, view: View, asker: Asker, *bodies: Body) -> Decided:
        drafts = tuple(Draft(body, asker.unit, self.day, self.instant) for body in bodies)
        return Decided(drafts, check_clock(view.moment, self.instant))


class RequestErasure(_OnSubject, frozen=True, kw_only=True, tag="erasure.request"):
    """A request was received at the office, on paper: it bears the command's own id. The limits run from this day."""

    of: ErasureOf
    ground: ErasureGround

    def decide(self, view: View, asker: Asker) -> Decided:
        self.must_be_theirs(view, asker, self.of)
        if self.basis is None:
            raise Refused("basis_needed")
        known = view.erasures(self.subject)
        for request in known.requests if known else ():
            if request.stage in OPEN:
                raise Refused("erasure_open", erasure=request.erasure, since=request.received)
        if known is not None and known.erased:
            raise Refused("data_erased", owner=self.subject)
        body = ErasureRequested(erasure=self.id, subject=self.subject, unit=asker.unit, of=self.of, ground=self.ground)
        return self.facts(view, asker, body)


class _OnRequest(_OnSubject, frozen=True, kw_only=True):
    """A step of a request that is open. `STAGE` is where it must stand."""

    STAGE = ErasureStage.REQUESTED

    erasure: UUID

    def look(self, view: View, asker: Asker) -> Erasure:
        """The request, which must be the asker's to handle and stand where this step is taken. Raises `Refused`."""
        known = view.erasures(self.subject)
        request = known.find(self.erasure) if known is not None else None
        if request is None:
            raise Refused("erasure_unknown", erasure=self.erasure)
        self.must_be_theirs(view, asker, request.of)
        if request.stage is not self.STAGE:
            raise Refused("erasure_wrong_state", erasure_stage=request.stage.value, needed_stage=self.STAGE.value)
        if self.instant < request.last:
            raise Refused("before_last_step", last=request.last)
        return request

    def names_erased(self) -> Iterable[UUID]:
        return (self.subject,)

    def names_office_holders(self, states: Mapping[str, Any]) -> Iterable[UUID]:  # noqa: ARG002
        return (self.subject,)

    def must_be_decided_by_another(self, asker: Asker, request: Erasure) -> None:
        if asker.person == request.received_by:
            raise Refused("second_person_needed")

    def kept(self, view: View, request: Erasure) -> tuple[KeptRecord, ...]:
        """What must be kept of what is sealed with the subject's own key."""
        rules, held = retention.rules_on(view.today), view.records(self.subject)
        return rules.kept(RecordsOf(request.of.value), held.types, self._in_use(view, request), view.today)

    def _in_use(self, view: View, request: Erasure) -> bool:
        if request.of is ErasureOf.HOUSEHOLD:
            household = view.household(self.subject)
            return household is not None and household.unit(view.today) is not None
        member = view.member(self.subject)
        return (member is not None and member.unit(view.today) is not None) or bool(view.offices_of(self.subject))

    def cases(self, view: View, request: Erasure) -> list[UUID]:
        """The household's cases that are erased with it, since none of them must be kept any more."""
        if request.of is not ErasureOf.HOUSEHOLD:
            return []
        rules = retention.rules_on(view.today)
        return [
            case
            for case, found in sorted(view.records(self.subject).cases.items())
            if not rules.kept(RecordsOf.GRIEVANCE, {"grievance.": found.last}, found.is_open, view.today)
        ]


class AcknowledgeErasure(_OnRequest, frozen=True, kw_only=True, tag="erasure.acknowledge"):
    """Who asked was answered: that it is being handled, and how."""

    def decide(self, view: View, asker: Asker) -> Decided:
        request = self.look(view, asker)
        if request.acknowledged is not None:
            raise Refused("already_acknowledged", day=request.acknowledged)
        return self.facts(view, asker, ErasureAcknowledged(erasure=self.erasure, subject=self.subject))


class ExtendErasure(_OnRequest, frozen=True, kw_only=True, tag="erasure.extend"):
    """The limit is extended once, while it runs, by a document."""

    until: date

    def decide(self, view: View, asker: Asker) -> Decided:
        request = self.look(view, asker)
        if self.basis is None:
            raise Refused("basis_needed")
        if request.extended is not None:
            raise Refused("already_extended", until=request.extended)
        rules, due = erasure_rules.rules_on(request.received), request.erase_due().on
        if due is None or self.until <= due:
            raise Refused("extends_nothing", due=due)
        if self.day > due:
            raise Refused("limit_already_passed", due=due)
        clock, latest = rules.find("erase"), rules.latest("erase", request.received)
        if clock is not None and (latest is None or self.until > latest):
            raise Refused("extension_too_long", latest=latest or due, article=clock.article)
        body = ErasureExtended(erasure=self.erasure, subject=self.subject, until=self.until)
        return self.facts(view, asker, body)


class GrantErasure(_OnRequest, frozen=True, kw_only=True, tag="erasure.grant"):
    """It is decided that the data is erased, by a document; refused where the law has it kept."""

    def decide(self, view: View, asker: Asker) -> Decided:
        request = self.look(view, asker)
        self.must_be_decided_by_another(asker, request)
        if self.basis is None:
            raise Refused("basis_needed")
        _must_not_be_kept(self.kept(view, request))
        return self.facts(view, asker, ErasureGranted(erasure=self.erasure, subject=self.subject))


class RefuseErasure(_OnRequest, frozen=True, kw_only=True, tag="erasure.refuse"):
    """It is decided that nothing is erased, by a document: with what must be kept, or since he is not entitled."""

    reason: ErasureRefusal

    def decide(self, view: View, asker: Asker) -> Decided:
        request = self.look(view, asker)
        self.must_be_decided_by_another(asker, request)
        if self.basis is None:
            raise Refused("basis_needed")
        kept: tuple[KeptRecord, ...] = ()
        if self.reason is ErasureRefusal.MUST_BE_KEPT:
            kept = self.kept(view, request)
            if not kept:
                raise Refused("nothing_must_be_kept")
        body = ErasureRefused(erasure=self.erasure, subject=self.subject, reason=self.reason, kept=kept)
        return self.facts(view, asker, body)


class ExecuteErasure(_OnRequest, frozen=True, kw_only=True, tag="erasure.execute"):
    """What was granted is carried out: the keys end, and nothing brings back what was sealed with them."""

    STAGE = ErasureStage.GRANTED

    def decide(self, view: View, asker: Asker) -> Decided:
        request = self.look(view, asker)
        # He may have become a member since, or the household have been visited again.
        _must_not_be_kept(self.kept(view, request))
        owners = (self.subject, *self.cases(view, request))
        ended = (ErasureExecuted(erasure=self.erasure, subject=self.subject, whose=whose) for whose in owners)
        return self.facts(view, asker, *ended)


def _must_not_be_kept(kept: tuple[KeptRecord, ...]) -> None:
    """Raises `Refused` with what is kept the longest."""
    if not kept:
        return
    longest = kept[0]
    for one in kept[1:]:
        longest = _longer(longest, one)
    rule = retention.BY_VERSION[longest.version].find(longest.kind)
    article = rule.article if rule is not None else ""
    raise Refused("must_be_kept", record_kind=longest.kind, until=longest.until, article=article)


def _longer(one: KeptRecord, other: KeptRecord) -> KeptRecord:
    if one.until is None or other.until is None:
        return one if one.until is None else other
    return max(one, other, key=lambda record: record.until or date.max)


COMMANDS = (
    RequestErasure,
    AcknowledgeErasure,
    ExtendErasure,
    GrantErasure,
    RefuseErasure,
    ExecuteErasure,
)
