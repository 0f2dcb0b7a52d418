"""Headers of every answer that keep browsers and proxies from doing more with it than reading it once."""

from __future__ import annotations

from litestar.types import Message, Scope

ALWAYS = (
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    # The server writes its own name where there is none, and cannot be told not to.
    (b"server", b"soho"),
)
"""What an answer carries that does not say otherwise."""
TLS_ONLY = (b"strict-transport-security", b"max-age=31536000")
FORWARDED = (b"x-forwarded-proto", b"https")
"""What a proxy adds that ended the TLS of the caller. Who adds it himself binds his own browser alone."""


async def protect(message: Message, scope: Scope) -> None:
    """Adds to an answer what it lacks."""
    if message["type"] != "http.response.start":
        return
    headers = list(message["headers"])
    said = {name for name, _ in headers}
    headers += [header for header in ALWAYS if header[0] not in said]
    if scope["scheme"] == "https" or FORWARDED in scope["headers"]:
        headers.append(TLS_ONLY)
    message["headers"] = headers
