"""Submissions: one command, a batch of them, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
import structlog
from litestar import Request, Response, get
from litestar.params import FromQuery

from events.log.publishing import LogUnavailable
from projections.projector import CHANNEL as PROJECTED
from services.decisions.asking import Role
from services.decisions.outcome import Refused
from services.http.authentication import asker_of
from services.http.direct import Answer, Call, direct_post
from services.http.problems import HttpProblem, language_of, problem
from services.http.state import ApiState
from services.intake import reading, refusals
from services.intake.archive_watch import LONGEST_LAG_SECONDS, UNREACHABLE, Behind
from services.intake.results import Duplicate, Recorded, Refusal, Result
from services.queries.session import CannotAnswer, open_session
from services.reads.log import Reading
from services.vault.master import MasterKeyError

log = structlog.get_logger()

JSON = "application/json"
POSITION = "Soho-Position"
STATUSES = "submission_statuses"

STATUS_OF = {
    "role_not_allowed": 403,
    "role_unit_mismatch": 403,
    "outside_your_unit": 403,
    "your_unit_ended": 403,
    "your_office_needed": 403,
    "your_office_not_held": 403,
    "mandate_needed": 403,
    "mandate_expired": 403,
    "mandate_not_yet": 403,
    "not_your_visit": 403,
    "id_conflict": 409,
    "item_too_large": 413,
    "internal": 500,
    "busy_boundary": 503,
    "key_damaged": 503,
    "register_being_built": 503,
}
"""Refusals with a status of their own; the others are 422, and those about unreadable items 400."""
UNREADABLE = frozenset(
    {
        "invalid_json",
        "unknown_type",
        "unknown_field",
        "missing_field",
        "wrong_type",
        "invalid_date",
        "offset_needed",
        "not_in_list",
        "number_out_of_range",
        "not_an_object",
        "id_not_v7",
        "unreadable_text",
    }
)


async def _record(call: Call, raws: Sequence[bytes]) -> list[Result]:
    api = call.api
    if api.watch.log_refused:
        raise HttpProblem(503, "log_refused")
    if api.watch.lag_seconds() > LONGEST_LAG_SECONDS:
        raise HttpProblem(503, "archive_behind")
    try:
        return await api.recorder.record(call.asker, raws)
    except LogUnavailable:
        raise HttpProblem(503, "log_unavailable") from None
    except Behind as behind:
        if behind.channel == PROJECTED:
            reached = {"position": behind.position, "reached": api.watch.projected}
            raise HttpProblem(503, "registers_behind", **reached) from None
        raise HttpProblem(503, "archive_behind") from None
    except MasterKeyError:
        raise HttpProblem(503, "vault_unavailable") from None
    except UNREACHABLE as trouble:
        log.warning("intake.archive_unreachable", kind=type(trouble).__name__)
        raise HttpProblem(503, "archive_behind") from None


def _position(results: Sequence[Result]) -> dict[str, str]:
    """The position that a reader must wait for to see all of this."""
    positions = [
        result.position + (len(result.leaves) - 1 if isinstance(result, Recorded) else 0)
        for result in results
        if not isinstance(result, Refusal)
    ]
    return {POSITION: str(max(positions))} if positions else {}


def _status(code: str) -> int:
    return STATUS_OF.get(code, 400 if code in UNREADABLE else 422)


def _told(result: Result, call: Call) -> Any:
    """A result as the client sees it: a refusal is a problem, a warning has its sentence."""
    if isinstance(result, Refusal):
        language = call.language()
        explained = problem(_status(result.code), result.code, result.parameters, language)
        return {"outcome": "refused", "id": result.id, "problem": explained}
    if isinstance(result, Recorded) and result.warnings:
        language = call.language()
        warnings = [
            {"code": w.code, "parameters": w.parameters, "detail": _sentence(w.code, w.parameters, language)}
            for w in result.warnings
        ]
        return msgspec.to_builtins(result) | {"warnings": warnings}
    return result


def _sentence(code: str, parameters: dict[str, Any], language: str) -> str:
    return problem(200, code, parameters, language).detail


@direct_post("/v1/commands", name="submit_command")
async def submit_command(call: Call) -> Answer:
    """Submit one command. 201 when it was recorded, 200 when it had been before; otherwise a problem."""
    (result,) = await _record(call, [await call.body()])
    if isinstance(result, Refusal):
        raise HttpProblem(_status(result.code), result.code, **result.parameters)
    status = 200 if isinstance(result, Duplicate) else 201
    return Answer(status, msgspec.json.encode(_told(result, call)), _position([result]))


@direct_post("/v1/batches", name="submit_batch")
async def submit_batch(call: Call) -> Answer:
    """Submit up to 1,000 commands at once: a result for each, in order. A bad one does not harm the others."""
    body = await call.body()
    try:
        raws = reading.items(body)
    except Refused as refusal:
        if refusal.code == "invalid_json":
            await _keep_what_was_cut_off(call, body)
        status = 413 if refusal.code == "batch_too_large" else 400
        raise HttpProblem(status, refusal.code, **refusal.parameters) from None
    results = await _record(call, raws)
    content = msgspec.json.encode({"results": [_told(result, call) for result in results]})
    return Answer(200, content, _position(results))


async def _keep_what_was_cut_off(call: Call, body: bytes) -> None:
    """Who asks what became of an item learns that its batch did not arrive whole."""
    named = reading.named_before_the_cut(body)
    if named:
        kept = [(call.asker, Refusal(item, "batch_cut_off"), kind, "") for item, kind in named]
        await refusals.keep(call.api.intake, kept)


@get("/v1/submissions", name=STATUSES)
async def submission_statuses(request: Request[Any, Any, Any], id: FromQuery[list[UUID]]) -> Response[bytes]:
    """The lasting status of submitted items, for who sent them and for auditors of their scope."""
    api: ApiState = request.app.state.api
    asker = asker_of(request)
    if len(id) > reading.LARGEST_LIST:
        raise HttpProblem(413, "batch_too_large", count=len(id), limit=reading.LARGEST_LIST)
    async with api.intake.acquire() as connection:
        if asker.role is Role.AUDITOR:
            try:
                async with (
                    api.reads.recording(Reading(STATUSES)) as record,
                    open_session(api.reader, api.keys, asker, language_of(request), record) as session,
                ):
                    found = await refusals.statuses(connection, asker, id, session.connection)
            except CannotAnswer as reason:
                raise HttpProblem(_status(reason.code), reason.code, **reason.parameters) from None
        else:
            found = await refusals.statuses(connection, asker, id)
    return Response(msgspec.json.encode({"submissions": found}), media_type=JSON)


ROUTES = (submit_command, submit_batch, submission_statuses)
