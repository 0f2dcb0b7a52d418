"""From a decision to stored bytes: identity, envelope, digest, and the messages for the log."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from events import catalogue
from events.catalogue import boundary, stored
from events.envelope import Fact
from events.facts.values import encode
from events.identifiers import derived
from events.log.publishing import Message
from events.sealing import seal_body
from services.decisions.asking import Asker
from services.decisions.command import Command
from services.decisions.outcome import Decided, Draft

DIGEST_BYTES = 16


def digest_of(key: bytes, command: Command) -> str:
    """Keyed digest of what was submitted (22 characters): equal for a retry, other for another content."""
    return urlsafe_b64encode(hmac.digest(key, encode(command), "sha256")[:DIGEST_BYTES]).rstrip(b"=").decode()


def facts_of(command: Command, decided: Decided, asker: Asker, digest: str, seen: int) -> list[Fact[Any]]:
    """The facts of a decision with their envelopes, not yet sealed."""
    report = command.facts_are_reports()
    return [
        _alone(draft, asker, command)
        if draft.apart
        else Fact(
            type=draft.body.TYPE,
            id=command.id if report and index == 0 else derived(command.id, index),
            unit=draft.unit,
            effective=draft.effective,
            instant=draft.instant,
            actor=asker.actor(),
            performed_by=draft.performed_by,
            client=asker.client,
            source=command.source,
            written_at=command.written_at,
            causation=None if report else command.id,
            correlation=command.correlation,
            basis=command.basis,
            attachments=command.attachments,
            digest=digest,
            seen=None if report else seen,
            body=draft.body,
        )
        for index, draft in enumerate(decided.drafts)
    ]


def _alone(draft: Draft, asker: Asker, command: Command) -> Fact[Any]:
    """The fact with an envelope that leads nowhere: its id is that of its own boundary."""
    _, field = draft.body.BOUNDARY
    return Fact(
        type=draft.body.TYPE,
        id=getattr(draft.body, field),
        unit=draft.unit,
        effective=draft.effective,
        actor=asker.actor(),
        client=asker.client,
        source=command.source,
        digest="",
        body=draft.body,
    )


def owners(facts: Iterable[Fact[Any]]) -> set[UUID]:
    """Whose keys sealing these facts needs."""
    return {
        fact.body.owner(field) for fact in facts for field in fact.body.SEALED if getattr(fact.body, field) is not None
    }


def destroyed(facts: Sequence[Fact[Any]]) -> set[UUID]:
    """Whose keys end with these facts."""
    return {owner for fact in facts if (owner := catalogue.destroyed(fact.body)) is not None}


def messages(facts: Sequence[Fact[Any]], key_of: Callable[[UUID], AESGCM], positions: dict[str, int]) -> list[Message]:
    """The facts sealed and encoded. Of each boundary that something was decided about, the first fact expects the
    position that was read."""
    decided = {boundary(fact.body) for fact in facts if not fact.body.REPORT}
    expected: set[str] = set()
    found = []
    for fact in facts:
        subject = boundary(fact.body)
        expectation = None
        if subject in decided and subject not in expected:
            expected.add(subject)
            expectation = positions.get(subject, 0)
        body = seal_body(fact.body, key_of)
        data = stored(fact if body is fact.body else msgspec.structs.replace(fact, body=body))
        found.append(Message(subject, fact.type, fact.id, data, expectation))
    return found
