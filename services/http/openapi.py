"""The interface's own description: OpenAPI 3.1, made from the routes and from the types that they read and answer.

Litestar's own generator drops the discriminators of unions, so every schema comes from msgspec, which knows them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from types import NoneType
from typing import Any, get_args, get_origin

import msgspec
from litestar import Litestar, Request, Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import QueryParameter
from litestar.routes import HTTPRoute
from litestar.typing import FieldDefinition

from services.http.access import ROUTES as ACCESS
from services.http.authentication import PUBLIC
from services.http.documented import BODIES
from services.http.problems import MEDIA_TYPE, Problem
from services.http.submissions import POSITION
from services.queries.masking import CONTACT, PETITIONER
from services.reads.reasons import NUMBER, REASONS

JSON = "application/json"
REFERENCE = "#/components/schemas/{name}"
AT_LEAST = {
    "name": "Soho-At-Least",
    "in": "header",
    "required": False,
    "schema": {"type": "integer", "minimum": 0},
    "description": "Wait until the registers have this log position: what was just recorded is then in the answer.",
}
WHY = (
    {
        "name": "Soho-Reason",
        "in": "header",
        "required": False,
        "schema": {"type": "string", "enum": list(REASONS)},
        "description": "Why the caller reads this: kept in the read log. Some questions need it from some roles.",
    },
    {
        "name": "Soho-Document",
        "in": "header",
        "required": False,
        "schema": {"type": "string", "pattern": NUMBER.pattern},
        "description": "The number of the document on which the caller reads this; in UTF-8, percent-encoded or not.",
    },
)
LANGUAGE = {
    "name": "Accept-Language",
    "in": "header",
    "required": False,
    "schema": {"type": "string"},
    "description": "vi (what callers get who do not ask) or en.",
}
HEADERS = {
    POSITION: {"description": "Where the registers stood.", "schema": {"type": "integer"}},
    "ETag": {"description": "Stands for this answer to this caller.", "schema": {"type": "string"}},
}
NOT_MODIFIED = {"description": "The caller has the answer already: If-None-Match named its ETag."}
POSTS = frozenset({"submit_command", "submit_batch"})
REVEALING = frozenset({PETITIONER, CONTACT})
QUERIES = ACCESS.keys() - BODIES.keys() - {"me"}
ABOUT_SOMETHING = QUERIES - {"state"} | REVEALING | {"grievance_follow_code", "read_review", "household_search"}
SIZED = POSTS | {"submission_statuses"}
PROBLEMS = {
    "400": "The request cannot be used.",
    "401": "There is no valid token.",
    "403": "Not for this role.",
    "429": "Too many requests in a minute: try again after the seconds in Retry-After.",
    "500": "A fault of the system.",
    "503": "Not at the moment: try again after the seconds in Retry-After.",
}
NOT_FOUND = {"404": "It does not exist, or lies outside the caller's scope: both look the same."}
SIZE = {"413": "Too much at once."}
OF_PUBLIC = {
    "follow": {
        "400": "The request cannot be used.",
        "404": "No case has the code.",
        "429": "Too many questions: try again after the seconds in Retry-After.",
    },
    "publication": {"404": "It was not released."},
}
OF_COMMANDS = {
    "409": "The id was used for something else.",
    "422": "It may not be recorded, and why.",
}


@get("/v1/openapi.json", name="openapi", opt={PUBLIC: True}, sync_to_thread=False)
def description(request: Request[Any, Any, Any]) -> Response[bytes]:
    """This description."""
    return Response(_encoded(request.app), media_type=JSON, headers={"Cache-Control": "public, max-age=300"})


@cache
def _encoded(app: Litestar) -> bytes:
    return msgspec.json.encode(document(app))


def document(app: Litestar) -> dict[str, Any]:
    """The OpenAPI document of all routes of the application."""
    routes = [
        (route, handler)
        for route in sorted(app.routes, key=lambda route: route.path)
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        if handler.name in ACCESS or handler.opt.get(PUBLIC)
    ]
    types = list(dict.fromkeys(kind for _, handler in routes for kind in _types(handler)))
    schemas, components = msgspec.json.schema_components([Problem, *types], ref_template=REFERENCE)
    of_type = dict(zip([Problem, *types], schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for route, handler in routes:
        for method in sorted(handler.http_methods):
            paths.setdefault(route.path_format, {})[method.lower()] = _operation(route, handler, of_type)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Sổ Hộ",
            "version": "1",
            "summary": "Phân công đảng viên phụ trách hộ / Assignment of members to households",
        },
        "security": [{"bearer": []}],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
        },
    }


def _types(handler: HTTPRouteHandler) -> Iterable[Any]:
    """Every type that the route reads or answers."""
    yield from (_asked(parameter) for parameter in _parameters(handler))
    body = BODIES.get(handler.name or "")
    if body is None:
        yield _answered(handler)
        return
    if body.request is not None:
        yield body.request
    yield from (kind for _, kind in body.responses.values())


def _answered(handler: HTTPRouteHandler) -> Any:
    """What the route answers with 200: the type inside of Response, or what the handler returns as it is."""
    annotation = handler.parsed_fn_signature.return_type.annotation
    if get_origin(annotation) is not Response:
        return annotation
    (inner,) = get_args(annotation)
    return dict[str, Any] if inner is bytes else inner


def _parameters(handler: HTTPRouteHandler) -> list[FieldDefinition]:
    return [p for name, p in handler.parsed_fn_signature.parameters.items() if name not in ("request", "data")]


def _asked(parameter: FieldDefinition) -> Any:
    """The parameter's type where it is given: None only says that it may be left out."""
    kinds = [kind for kind in get_args(parameter.annotation) if kind is not NoneType]
    return kinds[0] if parameter.is_optional else parameter.annotation


def _operation(route: HTTPRoute, handler: HTTPRouteHandler, schemas: Mapping[Any, dict[str, Any]]) -> dict[str, Any]:
    name, public = handler.name or "", bool(handler.opt.get(PUBLIC))
    text = re.sub(r"\s+", " ", handler.fn.__doc__ or "").strip()
    parameters = [_parameter(p, p.name in route.path_parameters, schemas[_asked(p)]) for p in _parameters(handler)]
    operation: dict[str, Any] = {
        "operationId": name,
        "summary": re.split(r"[.:] ", text)[0].rstrip("."),
        "description": text,
        "tags": [route.path.split("/")[2] if route.path.startswith("/v1/") else "health"],
        "parameters": parameters if public else [*parameters, LANGUAGE],
    }
    body = BODIES.get(name)
    if body is not None:
        if body.request is not None:
            operation["requestBody"] = {"required": True, "content": {JSON: {"schema": schemas[body.request]}}}
        responses = {status: _success(said, schemas[kind]) for status, (said, kind) in body.responses.items()}
    else:
        responses = {"200": _success("The answer.", schemas[_answered(handler)])}
    if public:
        if name == "publication":
            responses["304"] = NOT_MODIFIED
        return operation | {"security": [], "responses": responses | _described(OF_PUBLIC.get(name, {}))}
    operation["x-roles"] = sorted(role.value for role in ACCESS[name])
    if name in QUERIES:
        operation["parameters"] += [AT_LEAST, *WHY]
        responses["200"]["headers"] = HEADERS
        responses["304"] = NOT_MODIFIED
    return operation | {"responses": responses | _problems(name)}


def _parameter(parameter: FieldDefinition, in_path: bool, schema: dict[str, Any]) -> dict[str, Any]:
    kwarg = parameter.kwarg_definition
    known = kwarg if isinstance(kwarg, QueryParameter) else QueryParameter()
    limits = {"minimum": known.ge, "maximum": known.le, "default": None if in_path else _default(parameter)}
    described = {"description": known.description} if known.description else {}
    return {
        "name": known.name or parameter.name,
        "in": "path" if in_path else "query",
        "required": in_path or not parameter.has_default,
        "schema": schema | {name: value for name, value in limits.items() if value is not None},
        **described,
    }


def _default(parameter: FieldDefinition) -> Any:
    return msgspec.to_builtins(parameter.default) if parameter.has_default else None


def _success(said: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": said, "content": {JSON: {"schema": schema}}}


def _problems(name: str) -> dict[str, Any]:
    statuses = PROBLEMS | (OF_COMMANDS if name == "submit_command" else {}) | (SIZE if name in SIZED else {})
    if name in ABOUT_SOMETHING:
        statuses = statuses | NOT_FOUND
    if name in REVEALING:
        statuses = statuses | {"409": "There is nothing that is masked."}
    if name == "household_search":
        statuses = statuses | {"409": "The household after which the page begins is found no more."}
    return _described(statuses)


def _described(statuses: Mapping[str, str]) -> dict[str, Any]:
    content = {MEDIA_TYPE: {"schema": {"$ref": REFERENCE.format(name="Problem")}}}
    return {status: {"description": said, "content": content} for status, said in sorted(statuses.items())}
