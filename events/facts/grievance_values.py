"""What facts about a case are told in: closed lists of what may be said of it, whom it is about, and its number."""

from __future__ import annotations

from enum import Enum
from typing import Annotated
from uuid import UUID

import msgspec


class GrievanceKind(Enum):
    """What a grievance is by its content, not by its title (TT 05/2021/TT-TTCP). It selects the clocks."""

    CONCERN = "concern"
    PROPOSAL = "proposal"
    COMPLAINT = "complaint"


class GrievanceTopic(Enum):
    """What a grievance is about, by code."""

    LAND = "land"
    LIVELIHOOD = "livelihood"
    POVERTY_LIST = "poverty_list"
    SOCIAL_BENEFITS = "social_benefits"
    SCHOOLING = "schooling"
    PUBLIC_SERVICES = "public_services"
    ROADS_AND_WATER = "roads_and_water"
    ENVIRONMENT = "environment"
    NEIGHBOURS = "neighbours"
    CONDUCT_OF_OFFICE = "conduct_of_office"
    OTHER = "other"


class Way(Enum):
    """How a grievance came in."""

    MEMBER = "member"
    OFFICE = "office"


class CellConclusion(Enum):
    """What the cell concluded (SEED 004, point 3: the chair must conclude it)."""

    EXPLAINED = "explained"
    CELL_SOLVES = "cell_solves"
    ESCALATED = "escalated"


class RefusalReason(Enum):
    """Why a case is not accepted. "Not ours" is no reason: it is transferred."""

    NOT_ELIGIBLE = "not_eligible"
    ALREADY_SETTLED = "already_settled"
    UNDER_ANOTHER_PROCEDURE = "under_another_procedure"
    DEADLINE_PASSED = "deadline_passed"


class EscalationReason(Enum):
    """Why a case goes up."""

    BEYOND_COMPETENCE = "beyond_competence"
    NOT_SOLVED = "not_solved"
    CONFLICT_OF_INTEREST = "conflict_of_interest"
    ORDERED = "ordered"


class NoReceiver(Enum):
    """Why there was nobody to send a case to."""

    NO_SUPERIOR = "no_superior"
    CONFLICT_OF_INTEREST = "conflict_of_interest"


class ReturnReason(Enum):
    """Why a case goes back to who sent it."""

    FILE_INCOMPLETE = "file_incomplete"
    TO_BE_SOLVED_BELOW = "to_be_solved_below"


class ExtensionReason(Enum):
    """Why a limit is extended."""

    COMPLEX = "complex"
    VERIFICATION_ELSEWHERE = "verification_elsewhere"
    FORCE_MAJEURE = "force_majeure"


class AnswerOutcome(Enum):
    """What came of a case in substance; apart from how it was closed."""

    RESOLVED = "resolved"
    PARTLY_RESOLVED = "partly_resolved"
    EXPLAINED = "explained"
    REJECTED = "rejected"
    NOT_ACCEPTED = "not_accepted"
    REFERRED_OUTSIDE = "referred_outside"


class DeliveryChannel(Enum):
    """How an answer reached the household."""

    IN_PERSON = "in_person"
    LETTER = "letter"
    MEETING = "meeting"


class ReopeningReason(Enum):
    """Why a case is taken up again."""

    CONTESTED = "contested"
    WITHDRAWN_UNDER_PRESSURE = "withdrawn_under_pressure"
    ORDERED_BY_SUPERIOR = "ordered_by_superior"
    NEW_EVIDENCE = "new_evidence"


class ClosingReason(Enum):
    """How a case was closed; apart from what came of it."""

    ACCEPTED_BY_HOUSEHOLD = "accepted_by_household"
    WINDOW_PASSED = "window_passed"


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Somebody the case is about. `above` is the lowest unit above all that he belongs to: none below it sees or
    counts the case. Nobody is above the highest unit."""

    person: UUID
    above: UUID | None = None


About = Annotated[tuple[Person, ...], msgspec.Meta(max_length=10)]
CaseNumber = Annotated[int, msgspec.Meta(ge=1)]
Year = Annotated[int, msgspec.Meta(ge=1990, le=2100)]
