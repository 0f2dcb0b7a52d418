"""Errors as RFC 9457 problems with stable codes, in Vietnamese and English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, NotFoundException
from litestar.exceptions.http_exceptions import MethodNotAllowedException

from services import texts
from services.decisions.outcome import Refused
from services.intake.reading import misfit

log = structlog.get_logger()

MEDIA_TYPE = "application/problem+json"
_MISSING = re.compile(r"Missing required query parameter '(?P<name>\w+)'")
TYPE = "urn:soho:problem:"
WHOLE = "data"
"""What litestar calls the whole body, where no field of it is at fault."""


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """RFC 9457. `code` is stable; `parameters` are what the sentences were filled with; `type` names the code."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    parameters: Mapping[str, Any] = {}
    instance: str | None = None


class HttpProblem(Exception):
    """An answer other than success. `code` and `parameters` become the problem's."""

    def __init__(self, status: int, code: str, **parameters: Any) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.parameters = parameters


def problem(
    status: int, code: str, parameters: Mapping[str, Any], language: str, instance: str | None = None
) -> Problem:
    """The problem in the language asked for."""
    return Problem(
        type=TYPE + code,
        title=texts.title(code, language),
        status=status,
        detail=texts.detail(code, parameters, language),
        code=code,
        parameters=parameters,
        instance=instance,
    )


def language_of(request: Request[Any, Any, Any]) -> str:
    """Vietnamese, unless the caller prefers English."""
    return texts.negotiate(request.headers.get("accept-language"))


def respond(
    request: Request[Any, Any, Any], status: int, code: str, parameters: Mapping[str, Any], named: bool = True
) -> Response[bytes]:
    """The problem as a response. The address is `named` unless it is none of ours: anything may stand in it then."""
    language = language_of(request)
    headers = {"Content-Language": language}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if status == 503:
        headers["Retry-After"] = "2"
    if status == 429:
        headers["Retry-After"] = str(parameters["seconds"])
    instance = request.url.path if named else None
    content = msgspec.json.encode(problem(status, code, parameters, language, instance))
    return Response(content, status_code=status, media_type=MEDIA_TYPE, headers=headers)


def on_problem(request: Request[Any, Any, Any], failure: HttpProblem) -> Response[bytes]:
    return respond(request, failure.status, failure.code, failure.parameters)


def on_http_exception(request: Request[Any, Any, Any], failure: HTTPException) -> Response[bytes]:
    """What litestar itself refuses: unknown paths, methods, and parameters that do not fit."""
    if isinstance(failure, NotFoundException):
        return respond(request, 404, "not_found", {}, named=False)
    if isinstance(failure, MethodNotAllowedException):
        return respond(request, 405, "method_not_allowed", {})
    if failure.status_code == 413:
        return respond(request, 413, "body_too_large", {})
    if failure.status_code >= 500:
        return on_failure(request, failure)
    missing = _MISSING.match(failure.detail)
    if missing:
        return respond(request, 400, "missing_parameter", {"field": missing["name"]})
    faults = [item for item in failure.extra or [] if isinstance(item, dict)]
    body = request.route_handler.parsed_data_field
    if body is not None and (not faults or faults[0].get("source") == "body"):
        refused = _of_body(body.annotation, *faults[:1])
        return respond(request, 400, refused.code, refused.parameters)
    fields = [str(item.get("key", "")) for item in faults]
    return respond(request, 400, "invalid_parameter", {"field": ", ".join(fields)})


def _of_body(kind: type[msgspec.Struct], fault: Mapping[str, str] | None = None) -> Refused:
    """What is wrong with the body of the request; without a fault of a field of it, it is no JSON."""
    if fault is None:
        return Refused("invalid_json")
    field = "" if fault["key"] == WHOLE else fault["key"]
    refused = misfit(kind, field, fault["message"])
    return Refused("not_an_object") if refused.parameters.get("field") == "" else refused


def on_unreachable(request: Request[Any, Any, Any], failure: Exception) -> Response[bytes]:
    """PostgreSQL does not answer, or not any more: it is asked again later."""
    log.warning("http.registers_unavailable", kind=type(failure).__name__)
    return respond(request, 503, "registers_unavailable", {})


def on_vault(request: Request[Any, Any, Any], failure: Exception) -> Response[bytes]:
    """The vault is wrapped with a master key that this process does not have."""
    log.error("http.vault_unavailable", kind=type(failure).__name__)
    return respond(request, 503, "vault_unavailable", {})


def on_failure(request: Request[Any, Any, Any], failure: Exception) -> Response[bytes]:
    """A fault of ours: logged by its kind and place, without its message, which could hold somebody's data."""
    place = failure.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else ""
    log.error("http.failed", kind=type(failure).__name__, where=where, path=request.url.path)
    return respond(request, 500, "internal", {})
