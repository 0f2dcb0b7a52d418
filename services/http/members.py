"""Questions about a member."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Request, Response, get
from litestar.params import FromPath

from services.http.querying import AfterPosition, Day, From, KnownAt, Limit, To, answer
from services.queries import changes, history, members
from services.queries.changes import Changes
from services.queries.history import History
from services.queries.members import MemberAssignments, MemberCard

PATH = "/v1/members/{person:uuid}"


@get(PATH, name="member")
async def member(
    request: Request[Any, Any, Any], person: FromPath[UUID], as_of: Day = None, known_at: KnownAt = None
) -> Response[MemberCard]:
    """A member: his cell, status and offices on the day."""
    return await answer(request, lambda session: members.card(session, person), as_of, known_at, tagged=False)


@get(f"{PATH}/assignments", name="member_assignments")
async def member_assignments(
    request: Request[Any, Any, Any], person: FromPath[UUID], as_of: Day = None, known_at: KnownAt = None
) -> Response[MemberAssignments]:
    """The households and groups that the member is responsible for on the day."""
    return await answer(request, lambda session: members.assigned_to(session, person), as_of, known_at)


@get(f"{PATH}/history", name="member_history")
async def member_history(
    request: Request[Any, Any, Any],
    person: FromPath[UUID],
    known_at: KnownAt = None,
    after: AfterPosition = 0,
    limit: Limit = 100,
) -> Response[History]:
    """Everything recorded about the member, and what he did, in the order of the log."""
    return await answer(request, lambda session: history.of_member(session, person, after, limit), None, known_at)


@get(f"{PATH}/changes", name="member_changes")
async def member_changes(
    request: Request[Any, Any, Any], person: FromPath[UUID], since: From, until: To, known_at: KnownAt = None
) -> Response[Changes]:
    """What changed after the first day, up to and including the second, in words."""
    return await answer(request, lambda session: changes.of_member(session, person, since, until), None, known_at)


ROUTES = (member, member_assignments, member_history, member_changes)
