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
"""Only where the caller came over TLS, as a trusted proxy says: elsewhere browsers must not be told (RFC 6797, 7.2)."""


async def protect(message: Message, scope: Scope) -> None:
    """Adds to an answer what it lacks."""
    if message["type"] != "http.response.start":
        return
    headers = list(message["headers"])
    said = {name for name, _ in headers}
    headers += [header for header in ALWAYS if header[0] not in said]
    if scope["scheme"] == "https":
        headers.append(TLS_ONLY)
    message["headers"] = headers
