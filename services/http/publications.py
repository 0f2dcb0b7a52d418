"""What left the hierarchy: for everybody, without a token."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.params import FromPath

from projections.publications.writing import Release
from projections.registers.publications import Listed, content, listed
from services.http.authentication import PUBLIC
from services.http.problems import HttpProblem
from services.http.querying import AT_LEAST, has, wait_for
from services.http.state import ApiState

FOR_EVER = "public, max-age=31536000, immutable"
MOMENTS = "public, max-age=300"


class Publications(msgspec.Struct, frozen=True):
    """Every release, the newest month first."""

    publications: list[Listed]


@get("/v1/publications", name="publications", opt={PUBLIC: True})
async def publications(request: Request[Any, Any, Any]) -> Response[Publications]:
    """Every table that was released, by month."""
    api: ApiState = request.app.state.api
    await wait_for(api, request.headers.get(AT_LEAST))
    async with api.reader.acquire() as connection:
        return Response(Publications(await listed(connection)), headers={"Cache-Control": MOMENTS})


@get("/v1/publications/{month:str}/{table:str}", name="publication", opt={PUBLIC: True})
async def publication(request: Request[Any, Any, Any], month: FromPath[str], table: FromPath[str]) -> Response[Release]:
    """A table as it was released for a month (2026-10): the same bytes for everybody and for ever. The ETag is their
    SHA-256."""
    api: ApiState = request.app.state.api
    await wait_for(api, request.headers.get(AT_LEAST))
    async with api.reader.acquire() as connection:
        found = await content(connection, month, table)
    if found is None:
        raise HttpProblem(404, "publication_unknown", month=month, table=table)
    text, digest = found
    headers = {"Cache-Control": FOR_EVER, "ETag": f'"{digest}"'}
    if has(request.headers.get("if-none-match", ""), headers["ETag"]):
        return Response(None, status_code=304, headers=headers)  # type: ignore[arg-type]
    return Response(text.encode(), media_type="application/json", headers=headers)  # type: ignore[arg-type]


ROUTES = (publications, publication)
