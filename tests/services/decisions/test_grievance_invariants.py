"""Whatever is done to cases, in whatever order, by whomever: what must hold of them holds after every step."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from events.facts.grievance_values import (
    AnswerOutcome,
    CellConclusion,
    DeliveryChannel,
    EscalationReason,
    ExtensionReason,
    GrievanceKind,
    GrievanceTopic,
    NoReceiver,
    RefusalReason,
    ReopeningReason,
    ReturnReason,
)
from events.facts.grievances import AnswerContested, AnswerDelivered, CaseNumbered, GrievanceBooked
from events.facts.organisation import OfficeAppointed, OfficeKind, UnitMerged
from projections.states import clocks
from projections.states.grievances import FIRST_DRAWN, Case, Stage
from projections.states.organisation import Organisation
from projections.states.working_days import next_working
from services.decisions.asking import Asker, Role
from services.decisions.command import Command
from services.decisions.grievances import hearing, inspecting, routing, settling
from services.decisions.grievances.receivers import Concerned
from services.decisions.grievances.standing import OnCase
from services.decisions.grievances.steps import STEPS, possible
from services.decisions.outcome import Decided
from tests.given import Given, folded, named, on
from tests.services.decisions.cases import (
    DOCUMENT,
    MEETING,
    MET,
    PHONE,
    PLACE,
    PROVINCIAL_INSPECTION,
    SYSTEM,
    raising,
    receiving,
    step,
)
from tests.services.decisions.commune import (
    CELL,
    COLLEAGUE,
    COMMUNE,
    FAR_CELL,
    OFFICE,
    OTHER_COMMUNE,
    OTHER_OFFICE,
    PROVINCE,
    PROVINCIAL,
    SECRETARY,
    STRANGER,
)

ASKERS = (PHONE, SECRETARY, OFFICE, OTHER_OFFICE, PROVINCIAL, PROVINCIAL_INSPECTION, SYSTEM)
UNITS = (CELL, COMMUNE, OTHER_COMMUNE, PROVINCE)
GOVERNOR = named("governor")
BELONGS = {COLLEAGUE: CELL, STRANGER: FAR_CELL, GOVERNOR: PROVINCE}
"""Whom a case may be about, and where he belongs."""

FLIP = (False, True)
ENDS = {"grievance.withhold", "grievance.withdraw", "grievance.split", "grievance.correct", "grievance.reply_interim"}
"""Steps that lead nowhere: rarely taken here."""

WAYS_ON = {
    "waiting": "waiting booked accepted answered withdrawn split referred withheld",
    "booked": "booked waiting accepted answered withdrawn split referred withheld",
    "accepted": "accepted waiting answered withdrawn referred withheld",
    "answered": "answered delivered withdrawn referred withheld",
    "delivered": "delivered waiting booked accepted closed referred withheld",
    "closed": "closed waiting booked accepted withheld",
    "withdrawn": "withdrawn waiting booked accepted withheld",
    "split": "split withheld",
    "referred": "referred waiting booked accepted withheld",
    "withheld": "withheld",
}
"""Stage → where one step may lead."""


class Dice:
    """Choices that hypothesis draws, and makes smaller where something fails."""

    def __init__(self, data: st.DataObject) -> None:
        self._data = data

    def of(self, choices: Any) -> Any:
        return self._data.draw(st.sampled_from(list(choices)))

    def days(self) -> timedelta:
        return timedelta(days=self._data.draw(st.sampled_from([0, 0, 0, 1, 1, 3, 12, 35, 100])))


def command_for(dice: Dice, name: str, case: UUID, unit: UUID, day: date) -> Command:
    """The step, as the unit might send it, with choices of all sorts."""
    held: dict[str, Any] = {"grievance": case, "unit": unit}
    known: dict[str, Any] = {"grievance": case}
    match name.removeprefix("grievance."):
        case "book":
            return step(routing.BookGrievance, day, **held)
        case "determine_kind":
            kind = dice.of(GrievanceKind)
            second = kind is GrievanceKind.COMPLAINT and dice.of(FLIP)
            return step(routing.DetermineKind, day, **held, kind=kind, second=second)
        case "conclude_at_cell":
            return step(routing.ConcludeAtCell, day, **held, meeting=MEETING, conclusion=dice.of(CellConclusion))
        case "split":
            part = routing.Part(topic=GrievanceTopic.LAND, text="Một phần", kind=dice.of(GrievanceKind))
            return step(routing.SplitGrievance, day, **held, parts=(part, part))
        case "escalate":
            to = dice.of((None, *UNITS))
            return step(routing.EscalateGrievance, day, **held, reason=EscalationReason.NOT_SOLVED, to=to)
        case "transfer":
            return step(routing.TransferGrievance, day, **held, to=dice.of(UNITS), basis=DOCUMENT)
        case "return":
            return step(routing.ReturnGrievance, day, **held, reason=ReturnReason.FILE_INCOMPLETE)
        case "name_person":
            person = dice.of(BELONGS)
            concerned = Concerned(person, BELONGS[person] if person == GOVERNOR or dice.of(FLIP) else None)
            return step(routing.NamePerson, day, **held, about=(concerned,))
        case "assign_handler":
            person = dice.of((named("officer"), named("secretary"), COLLEAGUE))
            return step(settling.AssignHandler, day, **held, person=person)
        case "accept":
            return step(settling.AcceptGrievance, day, **held)
        case "refuse":
            return step(settling.RefuseGrievance, day, **held, reason=RefusalReason.NOT_ELIGIBLE)
        case "extend":
            until, clock = day + timedelta(days=dice.of((10, 50))), dice.of(("level", "resolution"))
            reason = ExtensionReason.COMPLEX
            return step(settling.ExtendDeadline, day, **held, clock=clock, until=until, reason=reason, basis=DOCUMENT)
        case "reply_interim":
            return step(settling.ReplyInterim, day, **held)
        case "answer":
            return step(settling.AnswerGrievance, day, **held, outcome=AnswerOutcome.RESOLVED)
        case "correct":
            return step(settling.CorrectGrievance, day, **held, topic=GrievanceTopic.OTHER)
        case "withhold":
            receipt = {"receipt": named(repr((case, day))), "handed_to": PROVINCE, "number": "7/BN", "basis": DOCUMENT}
            return step(settling.WithholdGrievance, day, **held, **receipt)
        case "take_back_naming":
            return step(inspecting.TakeBackNaming, day, **known, cleared=(dice.of(BELONGS),), basis=DOCUMENT)
        case "refer_outside":
            return step(inspecting.ReferOutside, day, **known, receiver="Cơ quan có thẩm quyền", basis=DOCUMENT)
        case "deliver":
            return step(hearing.DeliverAnswer, day, **known, channel=DeliveryChannel.LETTER)
        case "accept_answer":
            return step(hearing.AcceptAnswer, day, **known, basis=DOCUMENT)
        case "contest":
            return step(hearing.ContestAnswer, day, **known)
        case "withdraw":
            return step(hearing.WithdrawGrievance, day, **known, basis=DOCUMENT)
        case "close":
            return step(hearing.CloseGrievance, day, **held)
        case "reopen":
            return step(hearing.ReopenGrievance, day, **known, reason=dice.of(ReopeningReason))
        case "note_overdue":
            return step(hearing.NoteOverdue, day, **known, clock=dice.of(("level", "total", "contest_window")))
    raise AssertionError(name)


def likely(dice: Dice, organisation: Organisation, case: Case, day: date) -> str:
    """Mostly a step that leads on from where the case stands; now and then any."""
    if dice.of(range(8)) == 0:
        return str(dice.of(STEPS))
    holder = organisation.standing_for(case.holder or case.visible, day)
    found = possible(case.stage, organisation.units[holder].kind)
    return str(dice.of([name for name in found if name not in ENDS] or STEPS))


def told_at_first(dice: Dice, day: date, number: int) -> tuple[Command, Asker]:
    """A case comes in, one way or the other."""
    about = tuple(Concerned(person, BELONGS[person]) for person in BELONGS if dice.of(range(6)) == 0)
    said = {"kind": dice.of((None, *GrievanceKind, *GrievanceKind)), "about": about, "text": f"Việc {number}"}
    if dice.of((0, 1)):
        return raising(moment=day, **said), PHONE
    return receiving(day, **said), OFFICE


def cases(given_: Given) -> tuple[Organisation, dict[UUID, Case]]:
    organisation, states = folded(given_.facts)
    return organisation, {state.grievance: state for state in states.values() if isinstance(state, Case)}


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_what_must_hold_of_cases_holds_after_every_step(data: st.DataObject) -> None:
    dice, day, world = Dice(data), MET, PLACE
    merged = False
    offices: dict[UUID, UUID] = {}
    for number in range(30):
        day += dice.days()
        organisation, before = cases(world)
        if not before or (number % 10 == 9 and len(before) < 4):
            command, asker = told_at_first(dice, day, number)
        elif not merged and number > 8 and dice.of(range(12)) == 0:
            merged = True
            world = world.given(on(day, UnitMerged(unit=COMMUNE, into=OTHER_COMMUNE)))
            continue
        elif number > 4 and dice.of(range(12)) == 0:
            person, office = dice.of((COLLEAGUE, STRANGER)), dice.of((COMMUNE, OTHER_COMMUNE, PROVINCE))
            if organisation.units[office].exists(day) and offices.setdefault(person, office) == office:
                appointed = OfficeAppointed(unit=office, office=OfficeKind.DEPUTY_SECRETARY, person=person)
                world = world.given(on(day, appointed))
            continue
        else:
            case = before[dice.of(sorted(before))]
            holder = organisation.standing_for(case.holder or case.visible, day)
            unit = dice.of((*[holder] * 9, *UNITS))
            command = command_for(dice, likely(dice, organisation, case, day), case.grievance, unit, day)
            allowed = [asker for asker in ASKERS if asker.role in command.ALLOWED]
            own = [asker for asker in allowed if asker.unit == unit]
            above = [asker for asker in (PROVINCIAL, PROVINCIAL_INSPECTION) if asker in allowed]
            asker = dice.of([*own, *own, *above, *allowed])
        outcome = world.at(day).when(command, asker)
        if not isinstance(outcome.result, Decided):
            continue
        event(type(command).__name__)
        if isinstance(command, OnCase) and asker.role not in (Role.MEMBER, Role.INSPECTION):
            nobody_decides_below_whom_it_is_about(organisation, before[command.grievance], asker, offices, day)
        world = outcome.recorded()
        organisation, now = cases(world)
        for grievance, case in now.items():
            if grievance in before:
                assert case.stage.value in WAYS_ON[before[grievance].stage.value].split()
            somebody_has_it(case)
            nobody_has_it_whom_it_is_about(organisation, case, day)
            clocks_are_in_order(organisation, case)
        numbers_have_no_gap(world)
        nothing_was_contested_too_late(world)


def somebody_has_it(case: Case) -> None:
    if case.holder is None:
        assert case.stage is Stage.REFERRED or case.no_receiver is NoReceiver.CONFLICT_OF_INTEREST


def nobody_decides_below_whom_it_is_about(
    organisation: Organisation, case: Case, asker: Asker, offices: dict[UUID, UUID], day: date
) -> None:
    for person in case.about:
        office = offices.get(person.person)
        if office is not None:
            assert asker.unit in organisation.chain(office, day)
            assert asker.unit != organisation.standing_for(office, day)


def nobody_has_it_whom_it_is_about(organisation: Organisation, case: Case, day: date) -> None:
    for person in case.about:
        own = BELONGS[person.person]
        if case.holder is not None:
            has_it = organisation.standing_for(case.holder, day)
            assert has_it in organisation.chain(own, day)
            assert has_it != organisation.standing_for(own, day)
        if person.person == GOVERNOR:
            assert case.holder is None


def numbers_have_no_gap(world: Given) -> None:
    given_out: dict[tuple[UUID, int], list[int]] = defaultdict(list)
    whose: dict[tuple[UUID, int, int], UUID] = {}
    for fact in world.facts:
        body = fact.body
        if isinstance(body, CaseNumbered) and body.number < FIRST_DRAWN:
            given_out[body.unit, body.year].append(body.number)
        if isinstance(body, GrievanceBooked):
            assert whose.setdefault((body.holder, body.year, body.number), body.grievance) == body.grievance
    for numbers in given_out.values():
        assert numbers == list(range(1, len(numbers) + 1))


def nothing_was_contested_too_late(world: Given) -> None:
    """Here every window is one of 30 days."""
    told: dict[UUID, date] = {}
    for fact in world.facts:
        if isinstance(fact.body, AnswerDelivered):
            told[fact.body.grievance] = fact.effective
        if isinstance(fact.body, AnswerContested):
            assert fact.effective <= next_working(told[fact.body.grievance] + timedelta(days=30))


def clocks_are_in_order(organisation: Organisation, case: Case) -> None:
    runs: dict[str, list[clocks.Run]] = defaultdict(list)
    for run in clocks.runs(case, lambda unit: organisation.units[unit].kind):
        runs[run.clock].append(run)
        assert run.ended is None or run.ended >= run.started
        assert run.due is None or run.due > run.started
    for of_one_name in runs.values():
        assert sum(run.ended is None for run in of_one_name) <= 1
    levels = runs["level"]
    for earlier, later in pairwise(levels):
        assert earlier.ended is not None
        assert earlier.ended <= later.started
    if case.stage.value in ("closed", "withdrawn", "split", "referred", "withheld"):
        assert not [run for run in clocks.runs(case, lambda unit: organisation.units[unit].kind) if run.ended is None]
