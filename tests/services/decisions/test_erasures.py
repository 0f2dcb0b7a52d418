"""Requests to erase: received and answered by an office, decided by another person, carried out, or refused with what
must be kept."""

from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

import msgspec
import pytest

from events.calendar import VIETNAM
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
from events.facts.grievance_values import ClosingReason as Closing
from events.facts.grievance_values import GrievanceTopic, Way
from events.facts.grievances import GrievanceClosed, GrievanceRaised
from events.facts.households import DissolutionReason, HouseholdDissolved
from events.facts.members import LeavingReason, MemberLeft
from events.facts.organisation import OfficeAppointed, OfficeKind, OfficeReleased, PersonRegistered
from events.facts.values import Basis
from events.facts.visits import Outcome, Purpose, VisitRecorded
from services.decisions.asking import Asker, Role
from services.decisions.command import Act
from services.decisions.erasures import (
    AcknowledgeErasure,
    ErasureStage,
    ExecuteErasure,
    ExtendErasure,
    GrantErasure,
    RefuseErasure,
    RequestErasure,
)
from tests.given import Given, named, noon, on
from tests.services.decisions.commune import (
    CELL,
    COMMUNE,
    COMMUNITY,
    FAR_HOUSEHOLD,
    HOUSEHOLD,
    MEMBER,
    OFFICE,
    OTHER_OFFICE,
    PROVINCE,
    PROVINCIAL,
    START,
    report,
)

VISITOR = named("visitor")
"""Somebody who was registered, and never was a member nor held an office."""

PAPER, DECISION = Basis(number="01/Đ-XDL"), Basis(number="02-QĐ/ĐU")
COLLEAGUE_OF_OFFICE = Asker(role=Role.COMMUNE_OFFICE, unit=COMMUNE, client="web", person=named("second officer"))
RECEIVED = date(2026, 3, 2)
"""A Monday. Two working days later is Wednesday the 4th, twenty days later Sunday the 22nd: due on Monday the 23rd."""

HERE = COMMUNITY.given(on(START, PersonRegistered(person=VISITOR, name="s1:visitor"), CELL)).at(RECEIVED)
MOVED_AWAY = date(2023, 5, 4)
EMPTY_HOUSE = HERE.given(on(MOVED_AWAY, HouseholdDissolved(household=HOUSEHOLD, reason=DissolutionReason.MOVED_AWAY)))
ERASURE = named("erasure")

C = TypeVar("C", bound=Act)


def step(kind: type[C], day: date, subject: UUID, /, basis: Basis | None = None, **fields: Any) -> C:
    return report(kind, day, erasure=ERASURE, subject=subject, basis=basis, **fields)


def request(
    subject: UUID, of: ErasureOf = ErasureOf.PERSON, basis: Basis | None = PAPER, id: UUID = ERASURE
) -> RequestErasure:
    ground = ErasureGround.REQUEST
    return RequestErasure(id=id, instant=noon(RECEIVED), subject=subject, of=of, ground=ground, basis=basis)


def requested(given: Given, subject: UUID, of: ErasureOf = ErasureOf.PERSON) -> Given:
    """The office has it since the day of receipt; entered by its first officer."""
    return given.given(*_by(OFFICE, given.when(request(subject, of), OFFICE).recorded(), given))


def _by(asker: Asker, after: Given, before: Given) -> list[Any]:
    """What was recorded, said by the asker himself: who entered it is looked at later."""
    return [msgspec.structs.replace(fact, actor=asker.actor()) for fact in after.facts[len(before.facts) :]]


def granted(given: Given, subject: UUID, of: ErasureOf = ErasureOf.PERSON) -> Given:
    return requested(given, subject, of).when(grant(subject), PROVINCIAL).recorded()


def grant(subject: UUID, day: date = RECEIVED, basis: Basis | None = DECISION) -> GrantErasure:
    return step(GrantErasure, day, subject, basis)


def refuse(subject: UUID, reason: ErasureRefusal, basis: Basis | None = DECISION) -> RefuseErasure:
    return step(RefuseErasure, RECEIVED, subject, basis, reason=reason)


def execute(subject: UUID) -> ExecuteErasure:
    return step(ExecuteErasure, RECEIVED, subject)


# A request is received


def test_an_office_receives_a_request_on_paper() -> None:
    HERE.when(request(VISITOR), OFFICE).then(
        ErasureRequested(
            erasure=ERASURE, subject=VISITOR, unit=COMMUNE, of=ErasureOf.PERSON, ground=ErasureGround.REQUEST
        ),
        unit=COMMUNE,
    )


def test_neither_a_cell_nor_a_program_handles_requests() -> None:
    """The member's own cell alone does not make anybody vanish."""
    for command in (RequestErasure, AcknowledgeErasure, ExtendErasure, GrantErasure, RefuseErasure, ExecuteErasure):
        assert {Role.COMMUNE_OFFICE, Role.PROVINCIAL_OFFICE} == command.ALLOWED


def test_it_needs_the_paper() -> None:
    HERE.when(request(VISITOR, basis=None), OFFICE).refused("basis_needed")


def test_about_somebody_unknown_there_is_nothing_to_erase() -> None:
    HERE.when(request(named("nobody")), OFFICE).refused("person_unknown", person=named("nobody"))
    HERE.when(request(VISITOR, ErasureOf.HOUSEHOLD), OFFICE).refused("household_unknown", household=VISITOR)


def test_only_who_has_them_below_him() -> None:
    HERE.when(request(VISITOR), OTHER_OFFICE).refused("outside_your_unit", unit=None)
    HERE.when(request(FAR_HOUSEHOLD, ErasureOf.HOUSEHOLD), OFFICE).refused("outside_your_unit", unit=None)
    EMPTY_HOUSE.when(request(HOUSEHOLD, ErasureOf.HOUSEHOLD), OTHER_OFFICE).refused("outside_your_unit", unit=None)
    EMPTY_HOUSE.when(request(HOUSEHOLD, ErasureOf.HOUSEHOLD), OFFICE).recorded()


def test_nobody_handles_his_own() -> None:
    himself = Asker(role=Role.COMMUNE_OFFICE, unit=COMMUNE, client="web", person=VISITOR)
    HERE.when(request(VISITOR), himself).refused("own_data")
    requested(HERE, VISITOR).when(grant(VISITOR), himself).refused("own_data")


def test_one_at_a_time() -> None:
    another = request(VISITOR, id=named("another"))
    requested(HERE, VISITOR).when(another, OFFICE).refused("erasure_open", erasure=ERASURE, since=RECEIVED)


def test_after_a_refusal_he_may_ask_again() -> None:
    refused = requested(HERE, VISITOR).when(refuse(VISITOR, ErasureRefusal.NOT_ENTITLED), PROVINCIAL).recorded()
    refused.when(request(VISITOR, id=named("another")), OFFICE).then(
        ErasureRequested(
            erasure=named("another"),
            subject=VISITOR,
            unit=COMMUNE,
            of=ErasureOf.PERSON,
            ground=ErasureGround.REQUEST,
        )
    )


def test_what_was_erased_is_not_asked_for_again() -> None:
    gone = granted(HERE, VISITOR).when(execute(VISITOR), OFFICE).recorded()
    gone.when(request(VISITOR), OFFICE).refused("data_erased", owner=VISITOR)


def test_of_a_day_to_come_is_none() -> None:
    HERE.at(date(2026, 2, 20)).when(request(VISITOR), OFFICE).refused("in_the_future")


# It is answered, and its limit extended


def test_who_asked_is_answered_once() -> None:
    answer = step(AcknowledgeErasure, RECEIVED, VISITOR)
    answered = requested(HERE, VISITOR).when(answer, OFFICE).then(ErasureAcknowledged(erasure=ERASURE, subject=VISITOR))
    answered.when(answer, OFFICE).refused("already_acknowledged", day=RECEIVED)


def test_a_step_of_no_request() -> None:
    HERE.when(step(AcknowledgeErasure, RECEIVED, VISITOR), OFFICE).refused("erasure_unknown", erasure=ERASURE)


def test_steps_are_taken_in_their_order() -> None:
    before = report(AcknowledgeErasure, datetime(2026, 3, 2, 9, tzinfo=VIETNAM), erasure=ERASURE, subject=VISITOR)
    requested(HERE, VISITOR).when(before, OFFICE).refused("before_last_step", last=noon(RECEIVED))


def extend(until: date, day: date = RECEIVED, basis: Basis | None = DECISION) -> ExtendErasure:
    return step(ExtendErasure, day, VISITOR, basis, until=until)


def test_the_limit_is_extended_once_by_a_document_as_far_as_the_rules_let_it() -> None:
    open_ = requested(HERE, VISITOR)
    open_.when(extend(date(2026, 4, 1), basis=None), OFFICE).refused("basis_needed")
    # 2/3 and twenty days is Sunday 22/3, so Monday 23/3; forty days is Saturday 11/4, so Monday 13/4.
    open_.when(extend(date(2026, 3, 23)), OFFICE).refused("extends_nothing", due=date(2026, 3, 23))
    open_.when(extend(date(2026, 4, 14)), OFFICE).refused("extension_too_long", latest=date(2026, 4, 13))
    extended = open_.when(extend(date(2026, 4, 13)), OFFICE).then(
        ErasureExtended(erasure=ERASURE, subject=VISITOR, until=date(2026, 4, 13))
    )
    extended.when(extend(date(2026, 4, 20)), OFFICE).refused("already_extended", until=date(2026, 4, 13))
    late = date(2026, 3, 24)
    open_.at(late).when(extend(date(2026, 4, 1), late), OFFICE).refused("limit_already_passed", due=date(2026, 3, 23))


# It is decided


def test_it_is_granted_by_another_person_with_a_document() -> None:
    open_ = requested(HERE, VISITOR)
    open_.when(grant(VISITOR), OFFICE).refused("second_person_needed")
    open_.when(grant(VISITOR, basis=None), COLLEAGUE_OF_OFFICE).refused("basis_needed")
    open_.when(grant(VISITOR), COLLEAGUE_OF_OFFICE).then(ErasureGranted(erasure=ERASURE, subject=VISITOR))


def test_a_member_is_kept_while_he_is_one_and_thirty_years_from_the_end_of_the_year() -> None:
    open_ = requested(HERE, MEMBER)
    open_.when(grant(MEMBER), PROVINCIAL).refused("must_be_kept", record_kind="member_file", until=None)
    left = on(date(2024, 8, 1), MemberLeft(person=MEMBER, unit=CELL, reason=LeavingReason.LEFT))
    former = requested(HERE.given(left), MEMBER)
    last = date(2054, 12, 31)
    former.when(grant(MEMBER), PROVINCIAL).refused("must_be_kept", record_kind="member_file", until=last)
    former.at(last).when(grant(MEMBER), PROVINCIAL).refused("must_be_kept", until=last)
    former.at(date(2055, 1, 1)).when(grant(MEMBER), PROVINCIAL).then(ErasureGranted(erasure=ERASURE, subject=MEMBER))


def test_who_holds_an_office_is_kept_without_being_a_member() -> None:
    office = {"unit": PROVINCE, "office": OfficeKind.INSPECTION_OFFICER, "person": VISITOR}
    holds = HERE.given(on(START, OfficeAppointed(**office)))  # type: ignore[arg-type]
    requested(holds, VISITOR).when(grant(VISITOR), PROVINCIAL).refused("must_be_kept", record_kind="office_file")
    released = holds.given(on(date(2020, 1, 1), OfficeReleased(**office)))  # type: ignore[arg-type]
    requested(released, VISITOR).when(grant(VISITOR), PROVINCIAL).refused("must_be_kept", until=date(2050, 12, 31))


def test_a_household_is_kept_while_a_cell_cares_for_it_and_its_visits_for_two_years() -> None:
    household = (HOUSEHOLD, ErasureOf.HOUSEHOLD)
    requested(HERE, *household).when(grant(HOUSEHOLD), PROVINCIAL).refused(
        "must_be_kept", record_kind="household_in_care", until=None
    )
    requested(EMPTY_HOUSE, *household).when(grant(HOUSEHOLD), PROVINCIAL).then(
        ErasureGranted(erasure=ERASURE, subject=HOUSEHOLD)
    )
    visited = EMPTY_HOUSE.given(on(noon(date(2024, 2, 3)), visit()))
    requested(visited, *household).when(grant(HOUSEHOLD), PROVINCIAL).refused(
        "must_be_kept", record_kind="visits", until=date(2026, 12, 31)
    )


def visit() -> VisitRecorded:
    return VisitRecorded(
        visit=named("visit"),
        household=HOUSEHOLD,
        member=MEMBER,
        purpose=Purpose.REGULAR,
        topics=(),
        outcomes=(Outcome.INFORMED,),
        note="s1:note",
    )


def test_a_refusal_says_what_is_kept() -> None:
    open_ = requested(HERE, MEMBER)
    open_.when(refuse(MEMBER, ErasureRefusal.MUST_BE_KEPT), OFFICE).refused("second_person_needed")
    open_.when(refuse(MEMBER, ErasureRefusal.MUST_BE_KEPT, None), PROVINCIAL).refused("basis_needed")
    open_.when(refuse(MEMBER, ErasureRefusal.MUST_BE_KEPT), PROVINCIAL).then(
        ErasureRefused(
            erasure=ERASURE,
            subject=MEMBER,
            reason=ErasureRefusal.MUST_BE_KEPT,
            kept=(KeptRecord(kind="member_file", version="first"),),
        )
    )


def test_what_needs_not_be_kept_is_no_reason() -> None:
    open_ = requested(HERE, VISITOR)
    open_.when(refuse(VISITOR, ErasureRefusal.MUST_BE_KEPT), PROVINCIAL).refused("nothing_must_be_kept")
    open_.when(refuse(VISITOR, ErasureRefusal.NOT_ENTITLED), PROVINCIAL).then(
        ErasureRefused(erasure=ERASURE, subject=VISITOR, reason=ErasureRefusal.NOT_ENTITLED)
    )


@pytest.mark.parametrize("command", [grant(VISITOR), refuse(VISITOR, ErasureRefusal.NOT_ENTITLED)])
def test_it_is_decided_once(command: GrantErasure | RefuseErasure) -> None:
    granted(HERE, VISITOR).when(command, PROVINCIAL).refused(
        "erasure_wrong_state", erasure_stage=ErasureStage.GRANTED.value, needed_stage=ErasureStage.REQUESTED.value
    )


# It is carried out


def test_what_was_granted_is_carried_out() -> None:
    granted(HERE, VISITOR).when(execute(VISITOR), OFFICE).then(
        ErasureExecuted(erasure=ERASURE, subject=VISITOR, whose=VISITOR)
    )


def test_what_was_not_granted_is_not_carried_out() -> None:
    requested(HERE, VISITOR).when(execute(VISITOR), OFFICE).refused(
        "erasure_wrong_state", erasure_stage=ErasureStage.REQUESTED.value
    )


def test_what_must_be_kept_by_then_is_not_carried_out() -> None:
    """He was appointed to an office after it had been granted."""
    later = granted(HERE, VISITOR).given(
        on(RECEIVED, OfficeAppointed(unit=CELL, office=OfficeKind.SECRETARY, person=VISITOR))
    )
    later.when(execute(VISITOR), OFFICE).refused("must_be_kept", record_kind="office_file")


def raised(name: str, day: date) -> list[Any]:
    body = GrievanceRaised(
        grievance=named(name),
        visible=CELL,
        holder=CELL,
        household=HOUSEHOLD,
        member=MEMBER,
        topic=GrievanceTopic.LAND,
        way=Way.MEMBER,
        text="s1:text",
        received=day,
    )
    return [on(noon(day), body, CELL)]


def closed(name: str, raised_on: date, day: date) -> list[Any]:
    body = GrievanceClosed(grievance=named(name), reason=Closing.WINDOW_PASSED)
    return [*raised(name, raised_on), on(noon(day), body, CELL)]


def test_of_a_households_cases_those_go_with_it_that_need_not_be_kept() -> None:
    """Fifteen years from the end of the year in which a case was settled: one of 2009 goes in 2026, one of 2012 stays;
    one that is open stays as well."""
    old, newer = closed("old", date(2009, 1, 5), date(2009, 3, 5)), closed("newer", date(2012, 1, 5), date(2012, 3, 5))
    given = EMPTY_HOUSE.given(*old, *newer)
    open_ = requested(given, HOUSEHOLD, ErasureOf.HOUSEHOLD)
    # That some stay is told of nowhere: not everybody who sees the household may know of them.
    granted = ErasureGranted(erasure=ERASURE, subject=HOUSEHOLD)
    after = open_.when(grant(HOUSEHOLD), PROVINCIAL).then(granted)
    of = {"erasure": ERASURE, "subject": HOUSEHOLD}
    after.when(execute(HOUSEHOLD), OFFICE).then(
        ErasureExecuted(**of, whose=HOUSEHOLD), ErasureExecuted(**of, whose=named("old"))
    )
    with_open = requested(given.given(*raised("open", date(2010, 1, 5))), HOUSEHOLD, ErasureOf.HOUSEHOLD)
    with_open.when(grant(HOUSEHOLD), PROVINCIAL).then(granted).when(execute(HOUSEHOLD), OFFICE).then(
        ErasureExecuted(**of, whose=HOUSEHOLD), ErasureExecuted(**of, whose=named("old"))
    )
