"""The facts described for others: JSON Schema of each type, AsyncAPI 3 of the log; and the schemas once released.

`python -m events.schemas` keeps the schema of every type that has none yet under `released/`. What is kept there does
not change any more: a fact that needs another shape gets a new version and an upcaster.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from events.catalogue import BODIES
from events.envelope import Fact
from events.facts.values import Body
from events.log.publishing import ID_HEADER, TYPE_HEADER
from events.upcasting import UPCASTERS

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]


class Changed(Exception):
    """The schema of a released fact is no longer what was released."""

    def __init__(self, type_name: str) -> None:
        super().__init__(
            f"{type_name} has been released and its stored facts keep that form for ever, but its schema has changed. "
            "Leave it as it was: give the fact a new version of its type, and add an upcaster from the old form."
        )


def json_schemas() -> dict[str, Schema]:
    """Type name → JSON Schema (2020-12) of the whole stored fact, envelope included; old versions too."""
    found = {}
    for name, body in sorted(BODIES.items()):
        definitions = _definitions({name: body}, "#/$defs/{name}")
        fact = definitions.pop(_name(body))
        head = {"$schema": DIALECT, "$id": f"urn:soho:fact:{name}"}
        found[name] = {**head, **fact, "title": name, "description": body.__doc__, "$defs": definitions}
    return found


def asyncapi() -> Schema:
    """The log as AsyncAPI 3: a channel for each kind of boundary, with the facts that Sổ Hộ records in it."""
    written = {name: body for name, body in sorted(BODIES.items()) if body not in UPCASTERS}
    channels: dict[str, Schema] = {}
    for name, body in written.items():
        area, _ = body.BOUNDARY
        channel = channels.setdefault(
            area,
            {
                "address": f"facts.{area}.{{key}}",
                "parameters": {"key": {"description": "The id of the boundary's entity."}},
                "messages": {},
            },
        )
        channel["messages"][name] = {"$ref": f"#/components/messages/{name}"}
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Sổ Hộ",
            "version": "1",
            "description": "Facts on the log: one literal subject for each boundary, the type in a header.",
        },
        "defaultContentType": "application/json",
        "channels": channels,
        "operations": {
            f"record_{area}": {"action": "send", "channel": {"$ref": f"#/channels/{area}"}} for area in channels
        },
        "components": {
            "messages": {name: _message(name, body) for name, body in written.items()},
            "schemas": _definitions(written, "#/components/schemas/{name}"),
        },
    }


def released(folder: Path) -> dict[str, Schema]:
    """Type name → its schema as it was released and is kept in the folder."""
    return {
        path.name.removesuffix(".json"): msgspec.json.decode(path.read_bytes())
        for path in sorted(folder.glob("*.json"))
    }


def release(folder: Path) -> list[str]:
    """Keeps the schema of every type that has none yet; returns their names. Raises `Changed`, and keeps nothing,
    where a schema no longer has the shape that was released."""
    now, kept = json_schemas(), released(folder)
    for name, schema in kept.items():
        if name not in now or shape(now[name]) != shape(schema):
            raise Changed(name)
    new = [name for name in now if name not in kept]
    for name in new:
        text = msgspec.json.format(msgspec.json.encode(now[name]), indent=2)
        (folder / f"{name}.json").write_bytes(text + b"\n")
    return new


def shape(schema: Schema) -> bytes:
    """The schema without its words. Order counts: the fields of the stored bytes have it too."""
    return msgspec.json.encode(_without_words(schema))


def _without_words(part: Any) -> Any:
    if isinstance(part, list | tuple):
        return [_without_words(item) for item in part]
    if not isinstance(part, dict):
        return part
    return {
        name: _without_words(value)
        for name, value in part.items()
        if not (name in ("title", "description") and isinstance(value, str))
    }


def _definitions(bodies: Mapping[str, type[Body]], template: str) -> dict[str, Schema]:
    """The schemas of the facts and all that they refer to, by name."""
    kinds = [Fact[body] for body in bodies.values()]  # type: ignore[valid-type]
    _, definitions = msgspec.json.schema_components(kinds, ref_template=template)
    for name, body in bodies.items():
        definitions[_name(body)]["properties"]["type"] = {"const": name}
    return definitions


def _name(body: type[Body]) -> str:
    """How msgspec names the envelope around the body."""
    return f"Fact_{body.__name__}_"


def _message(name: str, body: type[Body]) -> Schema:
    headers = {TYPE_HEADER: {"const": name}, ID_HEADER: {"type": "string", "format": "uuid"}}
    return {
        "name": name,
        "summary": body.__doc__,
        "headers": {"type": "object", "properties": headers, "required": list(headers)},
        "payload": {"$ref": f"#/components/schemas/{_name(body)}"},
    }


RELEASED = Path(str(files("events").joinpath("released")))
"""Where the released schemas are kept."""

if __name__ == "__main__":
    sys.stdout.writelines(f"{name}\n" for name in release(RELEASED))
