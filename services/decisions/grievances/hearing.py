"""The household and the answer: told, accepted or contested, withdrawn; closed and taken up again."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec

from events.facts.grievance_values import ClosingReason, DeliveryChannel, GrievanceKind, ReopeningReason
from events.facts.grievances import (
    AnswerAccepted,
    AnswerContested,
    AnswerDelivered,
    GrievanceClosed,
    GrievanceReopened,
    GrievanceWithdrawn,
    OverdueNoticed,
)
from projections.states import clocks
from projections.states.grievances import Case, Stage
from services.decisions.asking import Asker
from services.decisions.command import LongText
from services.decisions.grievances.receivers import superior
from services.decisions.grievances.standing import ByAbove, ByHolder, ByHousehold, able, level_of, standing_at
from services.decisions.outcome import Decided, Refused
from services.decisions.view import View

WINDOW = "contest_window"


class DeliverAnswer(ByHousehold, frozen=True, kw_only=True, tag="grievance.deliver"):
    """The household was told the answer."""

    channel: DeliveryChannel

    def decide(self, view: View, asker: Asker) -> Decided:
        case = self.look(view, asker)
        return self.facts(view, case, AnswerDelivered(grievance=self.grievance, channel=self.channel))


class AcceptAnswer(ByHousehold, frozen=True, kw_only=True, tag="grievance.accept_answer"):
    """The household said that it is an answer: to the member, or on paper."""

    def decide(self, view: View, asker: Asker) -> Decided:
        case = self.look(view, asker)
        self.must_be_signed(asker)
        if case.accepted_by_household:
            raise Refused("already_accepted")
        return self.facts(view, case, AnswerAccepted(grievance=self.grievance))


class ContestAnswer(ByHousehold, frozen=True, kw_only=True, tag="grievance.contest"):
    """The household said that it is no answer. Within the window, which is counted from the delivery and nothing else,
    that takes the case up again where it stands; also when it was closed before the word of the household came in."""

    text: LongText | None = None

    def follows_on(self, view: View, case: Case) -> datetime | None:
        told = (each.at for each in reversed(case.moments) if each.event == "delivered")
        return next((at for at in told if at <= view.moment), None)

    def decide(self, view: View, asker: Asker) -> Decided:
        case = self.look(view, asker)
        run = _window(view, case)
        if run is not None and run.due is not None and self.reached(view) > run.due:
            raise Refused("contest_window_over", until=run.due, delivered=run.started)
        contested = AnswerContested(grievance=self.grievance, text=self.text)
        again = GrievanceReopened(grievance=self.grievance, holder=able(view, case), reason=ReopeningReason.CONTESTED)
        return self.facts(view, case, contested, again)


class WithdrawGrievance(ByHousehold, frozen=True, kw_only=True, tag="grievance.withdraw"):
    """The household takes its grievance back: it told the member, or says so on paper."""

    def decide(self, view: View, asker: Asker) -> Decided:
        case = self.look(view, asker)
        self.must_be_signed(asker)
        return self.facts(view, case, GrievanceWithdrawn(grievance=self.grievance))


class CloseGrievance(ByHolder, frozen=True, kw_only=True, tag="grievance.close"):
    """The case is closed: the household accepted the answer, or let its time to contest pass."""

    def decide(self, view: View, asker: Asker) -> Decided:
        case = self.look(view, asker)
        reason = ClosingReason.ACCEPTED_BY_HOUSEHOLD
        if not case.accepted_by_household:
            run = _window(view, case)
            if run is not None and run.due is not None and self.reached(view) <= run.due:
                raise Refused("contest_window_open", until=run.due)
            reason = ClosingReason.WINDOW_PASSED
        return self.facts(view, case, GrievanceClosed(grievance=self.grievance, reason=reason))


class ReopenGrievance(ByAbove, frozen=True, kw_only=True, tag="grievance.reopen"):
    """A unit above the holder has a case taken up again; the highest, since nobody is above it, does so itself. Since
    Law 136/2025 a withdrawn complaint only when it was withdrawn under pressure."""

    reason: ReopeningReason

    def must_be_theirs(self, view: View, asker: Asker, case: Case) -> None:
        if asker.unit != standing_at(view, case) or superior(view, case) is not None:
            super().must_be_theirs(view, asker, case)

    def decide(self, view: View, asker: Asker) -> Decided:
        case = self.look(view, asker)
        if self.reason is ReopeningReason.CONTESTED:
            raise Refused("contesting_is_the_households")
        withdrawn = case.stage is Stage.WITHDRAWN and case.kind is GrievanceKind.COMPLAINT
        coerced = self.reason is ReopeningReason.WITHDRAWN_UNDER_PRESSURE
        if coerced and case.stage is not Stage.WITHDRAWN:
            raise Refused("was_not_withdrawn")
        if withdrawn and not coerced and clocks.withdrawal_is_final(case):
            raise Refused("withdrawn_is_final")
        body = GrievanceReopened(grievance=self.grievance, holder=able(view, case), reason=self.reason)
        return self.facts(view, case, body)


class NoteOverdue(ByAbove, frozen=True, kw_only=True, tag="grievance.note_overdue"):
    """A unit above reminds the holder that a limit has run out; of the household's own time there is nothing to remind
    of."""

    clock: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]

    def decide(self, view: View, asker: Asker) -> Decided:
        case = self.look(view, asker)
        if self.clock not in clocks.NAMES:
            raise Refused("clock_unknown", name=self.clock)
        if self.clock in clocks.HOUSEHOLDS:
            raise Refused("households_own_time", clock=self.clock)
        run = clocks.running(case, self.clock, level_of(view))
        if run is None or run.due is None:
            raise Refused("clock_not_running", clock=self.clock)
        if self.reached(view) <= run.due:
            raise Refused("not_overdue", due=run.due)
        body = OverdueNoticed(
            grievance=self.grievance,
            sender=asker.unit,
            holder=standing_at(view, case),
            clock=self.clock,
            due=run.due,
        )
        return self.facts(view, case, body)


def _window(view: View, case: Case) -> clocks.Run | None:
    """The household's time to contest the answer that was delivered last; None where no rule knows one."""
    delivered = case.last_day("delivered")
    found = (run for run in clocks.runs(case, level_of(view)) if run.clock == WINDOW and run.started == delivered)
    return next(found, None)


COMMANDS = (
    DeliverAnswer,
    AcceptAnswer,
    ContestAnswer,
    WithdrawGrievance,
    CloseGrievance,
    ReopenGrievance,
    NoteOverdue,
)
