"""Every step of a case, in every state, by everybody: recorded, or refused with what one needs to know."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any

import msgspec
import pytest

from events.facts.grievance_values import (
    AnswerOutcome,
    CellConclusion,
    DeliveryChannel,
    EscalationReason,
    ExtensionReason,
    GrievanceKind,
    GrievanceTopic,
    RefusalReason,
    ReopeningReason,
    ReturnReason,
)
from events.facts.values import Source
from projections.states.grievances import Stage
from services.decisions.asking import Asker, Role
from services.decisions.command import Command
from services.decisions.grievances import COMMANDS, hearing, inspecting, routing, settling
from services.decisions.grievances.receivers import Concerned
from services.decisions.grievances.standing import OnCase
from tests.given import Given, named, noon
from tests.services.decisions.cases import (
    CASE,
    DOCUMENT,
    HIGHEST,
    INSPECTION,
    MEETING,
    PHONE,
    PLACE,
    PROVINCIAL_INSPECTION,
    RAISED,
    SYSTEM,
    accepted,
    answered,
    at_commune,
    booked,
    case_of,
    closed,
    day,
    delivered,
    solving,
    step,
    told,
    withdrawn,
)
from tests.services.decisions.commune import (
    CELL,
    COLLEAGUE,
    COMMUNE,
    NEIGHBOUR,
    OFFICE,
    OTHER_COMMUNE,
    OTHER_OFFICE,
    PROVINCE,
    PROVINCIAL,
    SECOND_SECRETARY,
    SECRETARY,
    STRANGER,
    phone_of,
)

TABLE = """
                  at a cell                       at an office
                  wait acc ans del clo wdr spl    wait boo acc ans del clo wdr spl ref hid
book              .    .   .   .   .   .   .      H    .   .   .   .   .   .   .   .   .
determine_kind    H    H   .   .   .   .   .      H    H   H   .   .   .   .   .   .   .
split             H    .   .   .   .   .   .      H    H   .   .   .   .   .   .   .   .
conclude_at_cell  H    .   .   .   .   .   .      .    .   .   .   .   .   .   .   .   .
accept            .    .   .   .   .   .   .      .    H   .   .   .   .   .   .   .   .
refuse            .    .   .   .   .   .   .      .    H   .   .   .   .   .   .   .   .
transfer          .    .   .   .   .   .   .      H    H   H   .   .   .   .   .   .   .
escalate          H    H   .   .   .   .   .      H    H   H   .   .   .   .   .   .   .
return            .    .   .   .   .   .   .      H    H   .   .   .   .   .   .   .   .
assign_handler    .    H   .   .   .   .   .      .    H   H   .   .   .   .   .   .   .
extend            H    H   .   .   .   .   .      H    H   H   .   .   .   .   .   .   .
reply_interim     H    H   .   .   .   .   .      H    H   H   .   .   .   .   .   .   .
answer            .    H   .   .   .   .   .      .    .   H   .   .   .   .   .   .   .
correct           H    H   .   .   .   .   .      H    H   H   .   .   .   .   .   .   .
name_person       H    H   H   H   H   H   H      H    H   H   H   H   H   H   H   H   .
withhold          .    .   .   .   .   .   .      H    H   H   H   H   H   H   H   H   .
take_back_naming  C    C   C   C   C   C   C      C    C   C   C   C   C   C   C   C   .
refer_outside     I    I   I   I   .   .   .      I    I   I   I   I   .   .   .   .   .
deliver           .    .   F   .   .   .   .      .    .   .   F   .   .   .   .   .   .
accept_answer     .    .   .   F   .   .   .      .    .   .   .   F   .   .   .   .   .
contest           .    .   .   F   F   .   .      .    .   .   .   F   F   .   .   .   .
withdraw          F    F   F   .   .   .   .      F    F   F   F   .   .   .   .   .   .
close             .    .   .   H   .   .   .      .    .   .   .   H   .   .   .   .   .
reopen            .    .   .   .   A   A   .      .    .   .   .   .   A   A   .   A   .
note_overdue      A    A   A   .   .   .   .      A    A   A   A   .   .   .   .   .   .
"""
"""H: who has the case takes the step. F: whoever knows of it writes down what the family said. A: a unit above the
holder. C: that, or an inspection. I: an inspection, where nobody may have the case. A dot: not in this state."""

CELL_STAGES = ["waiting", "accepted", "answered", "delivered", "closed", "withdrawn", "split"]
OFFICE_STAGES = ["waiting", "booked", *CELL_STAGES[1:], "referred", "withheld"]
HIGHEST_STAGES = [*(stage for stage in CELL_STAGES if stage != "accepted"), "referred"]
COLUMNS = [*(("cell", stage) for stage in CELL_STAGES), *(("office", stage) for stage in OFFICE_STAGES)]
ROWS = {line.split()[0]: line.split()[1:] for line in TABLE.strip().splitlines()[2:]}
MARKS = {(name, *COLUMNS[i]): mark for name, marks in ROWS.items() for i, mark in enumerate(marks)}

RELATIONS = """
                     at a cell   at an office  about a neighbour  about the highest
member who raised    family      family        family             family
another member       stranger    stranger      stranger           stranger
cell secretary       holder      below         stranger           stranger
second cell's        stranger    stranger      stranger           stranger
commune office       above       holder        holder             stranger
provincial office    above       above         above              stranger
office beside        stranger    stranger      stranger           stranger
the person himself   -           -             stranger           -
inspection there     inspection  inspection    inspection         stranger
its superior's       inspection  inspection    inspection         inspection
one beside           stranger    stranger      stranger           stranger
importing system     system      system        system             stranger
"""
"""Who is what to the case. `below` sees it and does not have it. The person himself holds an office of the holder; of
the highest he is the provincial office."""

ASKERS = {
    "member who raised": PHONE,
    "another member": phone_of(COLLEAGUE, CELL),
    "cell secretary": SECRETARY,
    "second cell's": SECOND_SECRETARY,
    "commune office": OFFICE,
    "provincial office": PROVINCIAL,
    "office beside": OTHER_OFFICE,
    "the person himself": Asker(role=Role.COMMUNE_OFFICE, unit=COMMUNE, client="web", person=NEIGHBOUR),
    "inspection there": INSPECTION,
    "its superior's": PROVINCIAL_INSPECTION,
    "one beside": Asker(role=Role.INSPECTION, unit=OTHER_COMMUNE, client="web", person=named("inspector beside")),
    "importing system": SYSTEM,
}

PLACES = ("cell", "office", "about", "highest")

LATE = day(260)
"""Every limit has passed."""


def relations() -> Iterator[tuple[str, str, str]]:
    for line in RELATIONS.strip().splitlines()[1:]:
        name, of_places = line[:21].strip(), line[21:].split()
        yield from ((name, *found) for found in zip(PLACES, of_places, strict=True))


def expected(name: str, place: str, stage: str, who: str, relation: str) -> str:
    """What must come of it, read off the tables."""
    mark = MARKS[name, "cell" if place == "cell" else "office", stage]
    steps_of_families = {"deliver", "accept_answer", "contest", "withdraw"}
    inspecting = {"take_back_naming", "refer_outside"}
    if "member" in who and name not in steps_of_families:
        return "role_not_allowed"
    if (name not in inspecting) if ASKERS[who].role is Role.INSPECTION else name == "refer_outside":
        return "role_not_allowed"
    if relation == "stranger" or stage == "withheld":
        return "grievance_unknown"
    if mark == ".":
        return "grievance_wrong_state"
    if mark == "H" and relation not in ("holder", "system"):
        return "not_the_holder"
    if mark == "A" and relation not in ("above", "system"):
        return "not_above_the_holder"
    if mark == "C":
        if relation not in ("above", "system", "inspection"):
            return "not_above_the_holder"
        return "recorded" if place in ("about", "highest") else "person_not_named"
    if mark == "I":
        return "recorded" if place == "highest" else "somebody_may_have_it"
    if (place, name) == ("about", "return"):
        return "nobody_sent_it"
    return "recorded"


def command(name: str, place: str, stage: str) -> OnCase:
    """The step with everything that it needs."""
    unit = CELL if place == "cell" else COMMUNE
    handler = named("secretary") if place == "cell" else named("officer")
    held: dict[str, Any] = {"unit": unit}
    parts = tuple(
        routing.Part(topic=topic, text="Một phần", kind=GrievanceKind.CONCERN)
        for topic in (GrievanceTopic.LAND, GrievanceTopic.OTHER)
    )
    clock = "delivery" if stage == "answered" else "level"
    up = EscalationReason.BEYOND_COMPETENCE
    receipt: dict[str, Any] = {"receipt": named("receipt"), "handed_to": PROVINCE, "number": "7/BN", "basis": DOCUMENT}
    if (name, stage) == ("withhold", "split") and place in ("office", "about"):
        split_into = case_of(situation(place, stage)).parts
        receipt["others"] = tuple(settling.JudgedCase(grievance=part, repeats=True) for part in split_into)
    outcome = AnswerOutcome.RESOLVED
    fields: dict[str, tuple[type[OnCase], dict[str, Any]]] = {
        "book": (routing.BookGrievance, held),
        "determine_kind": (routing.DetermineKind, {**held, "kind": GrievanceKind.PROPOSAL}),
        "split": (routing.SplitGrievance, {**held, "parts": parts}),
        "conclude_at_cell": (
            routing.ConcludeAtCell,
            {**held, "meeting": MEETING, "conclusion": CellConclusion.EXPLAINED},
        ),
        "accept": (settling.AcceptGrievance, held),
        "refuse": (settling.RefuseGrievance, {**held, "reason": RefusalReason.NOT_ELIGIBLE}),
        "transfer": (routing.TransferGrievance, {**held, "to": PROVINCE, "basis": DOCUMENT}),
        "escalate": (routing.EscalateGrievance, {**held, "reason": up}),
        "return": (routing.ReturnGrievance, {**held, "reason": ReturnReason.FILE_INCOMPLETE}),
        "assign_handler": (settling.AssignHandler, {**held, "person": handler}),
        "extend": (
            settling.ExtendDeadline,
            {
                **held,
                "clock": "level",
                "until": day(100),
                "reason": ExtensionReason.COMPLEX,
                "basis": DOCUMENT,
                "source": Source.PAPER,
            },
        ),
        "reply_interim": (settling.ReplyInterim, held),
        "answer": (settling.AnswerGrievance, {**held, "outcome": outcome}),
        "correct": (settling.CorrectGrievance, {**held, "topic": GrievanceTopic.OTHER}),
        "name_person": (routing.NamePerson, {**held, "about": (Concerned(STRANGER),)}),
        "withhold": (settling.WithholdGrievance, {**held, **receipt}),
        "take_back_naming": (
            inspecting.TakeBackNaming,
            {"cleared": (HIGHEST if place == "highest" else NEIGHBOUR,), "basis": DOCUMENT},
        ),
        "refer_outside": (inspecting.ReferOutside, {"receiver": "Cơ quan có thẩm quyền", "basis": DOCUMENT}),
        "deliver": (hearing.DeliverAnswer, {"channel": DeliveryChannel.LETTER}),
        "accept_answer": (hearing.AcceptAnswer, {"basis": DOCUMENT}),
        "contest": (hearing.ContestAnswer, {}),
        "withdraw": (hearing.WithdrawGrievance, {"basis": DOCUMENT}),
        "close": (hearing.CloseGrievance, held),
        "reopen": (hearing.ReopenGrievance, {"reason": ReopeningReason.NEW_EVIDENCE}),
        "note_overdue": (hearing.NoteOverdue, {"clock": clock}),
    }
    kind, values = fields[name]
    moment: datetime = noon({"contest": day(13), "extend": day(20)}.get(name, LATE))
    return step(kind, moment, **values)


@cache
def situation(place: str, stage: str) -> Given:
    """The case in the state, held by the cell, by the commune, by the commune because it is about a neighbour, or by
    nobody because it turned out to be about who holds the highest office. What was referred outside nobody had, until
    that naming was taken back."""
    if place == "highest":
        if stage == "referred":
            return referred(situation(place, "waiting"))
        name = step(routing.NamePerson, day(61), unit=COMMUNE, about=(Concerned(HIGHEST),))
        return situation("office", stage).at(day(61)).when(name, OFFICE).recorded()
    if stage == "referred":
        given = situation(place, "waiting")
        name = step(routing.NamePerson, day(61), unit=COMMUNE, about=(Concerned(HIGHEST),))
        back = step(inspecting.TakeBackNaming, day(63), cleared=(HIGHEST,), basis=DOCUMENT)
        given = referred(given.at(day(61)).when(name, OFFICE).recorded())
        return given.at(day(63)).when(back, PROVINCIAL_INSPECTION).recorded()
    given = (
        told(command=msgspec.structs.replace(RAISED, about=(Concerned(NEIGHBOUR),))) if (place == "about") else told()
    )
    if place == "office":
        given = at_commune(given)
    who: dict[str, Any] = {"asker": SECRETARY, "unit": CELL} if place == "cell" else {}
    one = command("split" if stage == "split" else "withhold", place, stage)
    if stage == "waiting":
        return given
    if stage == "withdrawn":
        return withdrawn(given)
    if stage in ("split", "withheld"):
        early = msgspec.structs.replace(one, instant=noon(day(20)))
        return given.at(day(20)).when(early, SECRETARY if place == "cell" else OFFICE).recorded()
    given = solving(given) if place == "cell" else booked(given)
    if stage == "booked":
        return given
    given = given if place == "cell" else accepted(given)
    for name, further in (("accepted", None), ("answered", answered), ("delivered", delivered), ("closed", closed)):
        if further is not None:
            given = further(given) if name == "delivered" else further(given, **who)
        if name == stage:
            return given
    raise AssertionError(stage)


def referred(given: Given) -> Given:
    outside = step(inspecting.ReferOutside, day(62), receiver="Cơ quan có thẩm quyền", basis=DOCUMENT)
    return given.at(day(62)).when(outside, PROVINCIAL_INSPECTION).recorded()


SITUATIONS = [
    *COLUMNS,
    *(("about", stage) for stage in OFFICE_STAGES),
    *(("highest", stage) for stage in HIGHEST_STAGES),
]


@pytest.mark.parametrize(("place", "stage"), SITUATIONS, ids=[f"{place}-{stage}" for place, stage in SITUATIONS])
def test_every_step_in_every_state_by_everybody(place: str, stage: str) -> None:
    before = situation(place, stage)
    assert case_of(before).stage.value == stage
    given = before.at(LATE)
    holder = {"cell": CELL, "highest": PROVINCE}.get(place, COMMUNE)
    level = "cell" if place == "cell" else "office"
    possible = {f"grievance.{name}" for name in ROWS if MARKS[name, level, stage] != "."}
    for who, at, relation in relations():
        if at != place or relation == "-":
            continue
        for name in ROWS:
            what = expected(name, place, stage, who, relation)
            asked, asker = command(name, place, stage), ASKERS[who]
            if what == "role_not_allowed":
                assert asker.role not in asked.ALLOWED, (who, name)
                continue
            outcome = given.when(asked, asker)
            if what == "recorded":
                outcome.recorded()
            elif what in ("grievance_unknown", "nobody_sent_it", "person_not_named", "somebody_may_have_it"):
                outcome.refused(what)
            else:
                outcome.refused(what, state=stage, holder=holder)
                told_possible = outcome.result.parameters["possible"]  # type: ignore[union-attr]
                assert set(told_possible) == possible, (who, name)
                assert len(told_possible) == len(possible)


def test_the_table_has_every_step_and_every_state() -> None:
    steps = {tag(kind) for kind in COMMANDS if issubclass(kind, OnCase)}
    assert {f"grievance.{name}" for name in ROWS} == steps
    assert {len(marks) for marks in ROWS.values()} == {len(COLUMNS)}
    assert {stage for _, stage in COLUMNS} == {stage.value for stage in Stage}


def tag(kind: type[Command]) -> str:
    return str(kind.__struct_config__.tag)


def test_an_auditor_takes_no_step_and_an_inspection_only_its_own() -> None:
    assert not any(Role.AUDITOR in kind.ALLOWED for kind in COMMANDS)
    assert {kind for kind in COMMANDS if Role.INSPECTION in kind.ALLOWED} == set(inspecting.COMMANDS)


def test_a_case_nobody_raised_is_unknown_to_everybody() -> None:
    for asker in (SECRETARY, OFFICE, PROVINCIAL, SYSTEM):
        PLACE.at(LATE).when(command("book", "office", "waiting"), asker).refused("grievance_unknown", grievance=CASE)


def test_the_office_beside_that_is_handed_the_case_knows_of_it_from_then_on() -> None:
    sideways = step(routing.TransferGrievance, day(3), unit=COMMUNE, to=OTHER_COMMUNE, basis=DOCUMENT)
    moved = booked(at_commune(told())).at(day(3)).when(sideways, OFFICE).recorded()
    moved.at(day(4)).when(step(routing.BookGrievance, day(4), unit=OTHER_COMMUNE), OTHER_OFFICE).recorded()
    moved.at(day(4)).when(step(routing.BookGrievance, day(4), unit=COMMUNE), OFFICE).refused(
        "not_the_holder", holder=OTHER_COMMUNE, state="waiting"
    )
