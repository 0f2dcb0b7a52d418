"""What is masked and may be shown for a stated reason and a time: who told a case, and how a member is reached.

Whose office it is not, but who sees the case or the member, breaks the glass: in danger alone, for a shorter time.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from events.calendar import now
from events.facts.grievances import GrievanceRaised
from projections.registers import grievances, organisation
from projections.registers.grievances import CaseView
from services.decisions.asking import Role
from services.queries.masking import PETITIONER, in_force
from services.queries.members import must_be_known, stands_below
from services.queries.naming import unsealed
from services.queries.session import CannotAnswer, Session
from services.reads.reasons import RULES, ReadReason, shown_until


class Revealing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why somebody wants to see it, the number of the document on which he does, and whether he breaks the glass where
    it is not his office's to see."""

    reason: ReadReason
    document: str | None = None
    break_glass: bool = False


class Petitioner(msgspec.Struct, frozen=True):
    """Who told the case at the office; shown in its trace as well, to the same person, up to `until`. Null where the
    name was erased."""

    grievance: UUID
    petitioner: str | None
    until: datetime
    glass_broken: bool


class Contact(msgspec.Struct, frozen=True):
    """How the member is reached; shown on his card as well, to the same person, up to `until`. Null where it was
    erased."""

    person: UUID
    contact: str | None
    until: datetime
    glass_broken: bool


async def petitioner(session: Session, grievance: UUID, asked: Revealing) -> Petitioner:
    """Raises `CannotAnswer` (not_found, nothing_masked, reveal_not_yours, break_glass_for_danger)."""
    case = await grievances.case_of(session.connection, grievance, session.today, session.known_at)
    if case is None:
        raise CannotAnswer("not_found")
    broken = not await _has_it(session, case)
    if broken and not asked.break_glass:
        raise CannotAnswer("reveal_not_yours", holder=case.holder or case.unit)
    facts = await grievances.facts_of(session.connection, grievance, session.today, session.known_at)
    raised = next(one.fact.body for one in facts if isinstance(one.fact.body, GrievanceRaised))
    if raised.petitioner is None:
        raise CannotAnswer("nothing_masked")
    until = _reveal(session, asked, broken)
    session.seen.opened.add(grievance)
    return Petitioner(grievance, await _told_by(session, raised), until, broken)


async def contact(session: Session, person: UUID, asked: Revealing) -> Contact:
    """Raises `CannotAnswer` (not_found, nothing_masked, contact_not_yours, break_glass_for_danger)."""
    await must_be_known(session, person)
    broken = not await stands_below(session, person)
    if broken and not asked.break_glass:
        raise CannotAnswer("contact_not_yours")
    known = (await organisation.persons(session.connection, [person], session.known_at)).get(person)
    if known is None or known.contact is None:
        raise CannotAnswer("nothing_masked")
    until = _reveal(session, asked, broken)
    (text,) = await unsealed(session, [(person, "contact", known.contact)])
    return Contact(person, text, until, broken)


async def shown_petitioner(
    session: Session, case: CaseView, raised: GrievanceRaised
) -> tuple[str | None, datetime | None]:
    """Who told the case and until when the caller is shown that; nobody where he had it not revealed, or may not see it
    any more."""
    if raised.petitioner is None:
        return None, None
    revealed = await in_force(session, PETITIONER, case.grievance)
    if revealed is None or not (revealed.glass_broken or await _has_it(session, case)):
        return None, None
    return await _told_by(session, raised), revealed.until


def _reveal(session: Session, asked: Revealing, broken: bool) -> datetime:
    """Up to when it is shown, which the read log keeps. Raises `CannotAnswer` (break_glass_for_danger)."""
    if broken and asked.reason not in RULES.break_glass_for:
        reasons = sorted(reason.value for reason in RULES.break_glass_for)
        raise CannotAnswer("break_glass_for_danger", allowed=", ".join(reasons))
    session.seen.glass_broken = broken
    session.seen.shown_until = shown_until(now(), broken)
    return session.seen.shown_until


async def _has_it(session: Session, case: CaseView) -> bool:
    """Who holds the case or stands above, or an inspection, which sees it by its mandate alone: not the cell that only
    sees it any more, nor the member who brought it."""
    if session.asker.role is Role.INSPECTION:
        return True
    return session.asker.role is not Role.AUDITOR and await session.in_scope(case.holder or case.unit)


async def _told_by(session: Session, raised: GrievanceRaised) -> str | None:
    (text,) = await unsealed(session, [(raised.grievance, "petitioner", raised.petitioner)])
    return text
