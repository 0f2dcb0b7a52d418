"""Recording: items of all callers that wait at the same time are decided and recorded in one pass.

A pass looks up which items are known, reads the boundaries they touch, decides one after another (each sees what the
ones before it decided), seals, and appends everything as one atomic batch. When the log refuses the batch because
another writer was faster, the pass is repeated on what the archive has by then; after that, item by item.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from itertools import chain
from typing import Any
from uuid import UUID

import structlog
from nats.errors import Error as NatsError

from events.calendar import now
from events.catalogue import decode
from events.envelope import Fact
from events.identifiers import derived
from events.log.connection import LogClient
from events.log.limits import LARGEST_BATCH
from events.log.publishing import LogUnavailable, Message, publish_apart
from events.log.stream import LogRefused, last_position
from projections.archive import reader
from projections.archive.follower import leaf_hash
from projections.database import Connection, Pool
from projections.projector import CHANNEL as PROJECTED
from services.decisions.asking import Asker
from services.decisions.grievances.standing import OnCase
from services.decisions.outcome import Refused
from services.decisions.view import View
from services.intake import drafting, limits, refusals, registers
from services.intake.archive_watch import ArchiveWatch
from services.intake.boundaries import FOLDS, Boundaries, Known, earlier_facts
from services.intake.items import Accepted, Item, answer_twins, batches, independent
from services.intake.pace import Pace
from services.intake.reading import command as read_command
from services.intake.reading import identity
from services.intake.results import Duplicate, Recorded, Refusal, Result
from services.vault.keys import KeyDamaged, KeyDestroyed, Keys

log = structlog.get_logger()

PASSES_IN_FLIGHT = 3
WHOLE_PASSES = 2
SINGLE_TRIES = 4
LOOKS = 4
"""How often a pass that asks the registers may find that its boundaries went on meanwhile."""

Submitted = tuple[list[Item], asyncio.Future[None]]
"""The items of one caller, and that they are answered."""


class _Lane:
    """What waits to be recorded together, and room for the passes that are under way."""

    def __init__(self) -> None:
        self.waiting: list[Submitted] = []
        self.room = asyncio.Semaphore(PASSES_IN_FLIGHT)
        self.collecting = False


class Recorder:
    """Takes items and answers each. One per API process."""

    def __init__(
        self, client: LogClient, pool: Pool, keys: Keys, digest_key: bytes, watch: ArchiveWatch, warn_above: int
    ) -> None:
        self._client = client
        self._pool = pool
        self._keys = keys
        self._digest_key = digest_key
        self._watch = watch
        self._warn_above = warn_above
        self._boundaries = Boundaries()
        self._pace = Pace()
        self._fresh: dict[UUID, tuple[int, str]] = {}
        self._lane = _Lane()
        self._asking = _Lane()
        self._tasks: set[asyncio.Task[None]] = set()

    async def record(self, asker: Asker, raws: Sequence[bytes]) -> list[Result]:
        """A result for each item, in order. Raises `LogUnavailable` when the log does not answer."""
        items = [Item(asker, raw) for raw in raws]
        for item in items:
            self._read(item)
        # What may have to wait for the registers goes together: the others do not wait with it.
        lane = self._asking if registers.asked_by(items, {}).anything() else self._lane
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        lane.waiting.append((items, done))
        if not lane.collecting:
            lane.collecting = True
            self._spawn(self._collect(lane))
        await done
        return [item.result or Refusal(None, "internal") for item in items]

    def _spawn(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _collect(self, lane: _Lane) -> None:
        await asyncio.sleep(0)
        while lane.waiting:
            await lane.room.acquire()
            group: list[Submitted] = []
            size = 0
            while lane.waiting and (not group or size + len(lane.waiting[0][0]) <= LARGEST_BATCH):
                group.append(lane.waiting.pop(0))
                size += len(group[-1][0])
            self._spawn(self._run(group, lane.room))
        lane.collecting = False

    async def _run(self, group: list[Submitted], room: asyncio.Semaphore) -> None:
        try:
            await self._record([item for items, _ in group for item in items])
        except Exception as failure:
            for _, done in group:
                if not done.done():
                    done.set_exception(failure)
        else:
            for _, done in group:
                if not done.done():
                    done.set_result(None)
        finally:
            room.release()

    async def _record(self, items: list[Item]) -> None:
        for attempt in range(WHOLE_PASSES):
            await self._again(items, settled=attempt > 0)
        for item in [item for item in items if item.result is None]:
            for _ in range(SINGLE_TRIES):
                await self._again([item], settled=True)
            if item.result is None:
                item.result = Refusal(item.command.id if item.command else None, "busy_boundary")
        await self._keep_refusals([item for item in items if isinstance(item.result, Refusal)])

    async def _again(self, items: list[Item], *, settled: bool) -> None:
        """One more pass over those of the items that are still open.

        `settled` waits until the archive has all that was recorded before: what is then refused stays refused.
        """
        open_items = [item for item in items if item.result is None]
        if open_items:
            for part in registers.parts(open_items):
                if settled:
                    await self._watch.reached(await self._log_head())
                await self._pass(part, settled)
                answer_twins(open_items)
                if any(item.result is None for item in part):
                    break

    async def _log_head(self) -> int:
        try:
            return await last_position(self._client)
        except (NatsError, LogRefused) as failure:
            raise LogUnavailable(type(failure).__name__) from failure

    def _read(self, item: Item) -> None:
        try:
            item.command = read_command(item.raw)
            if item.asker.role not in item.command.ALLOWED:
                raise Refused("role_not_allowed", role=item.asker.role.value)
        except Refused as refusal:
            found = item.command.id if item.command else identity(item.raw)[0]
            item.result = Refusal(found, refusal.code, refusal.parameters)
        except Exception as failure:
            # A fault of ours in reading one item must not cost the others of the pass.
            log.error("intake.unread", kind=type(failure).__name__)
            item.result = Refusal(None, "internal")
        if item.command is not None:
            item.digest = drafting.digest_of(self._digest_key, item.command)

    async def _pass(self, items: list[Item], settled: bool) -> None:
        """Answers every item that it can; those left open met another writer and must be decided again."""
        position: int | None = None
        for _ in range(LOOKS):
            if position is not None:
                await self._watch.reached(position)
                await self._watch.reached(position, PROJECTED)
            async with self._pool.acquire() as connection:
                # Before the ids are looked up: a first copy that arrives after that is seen to lie ahead.
                head = await reader.head(connection)
                fresh = await self._without_known(connection, items)
                if not fresh:
                    return
                known, view = await self._look(connection, head, position, fresh)
            if view is not None:
                await self._decided(fresh, known, view, settled)
                return
            # Whatever anybody was told is recorded lies before it, and so does what was just seen.
            position = max(known.newest(), await self._log_head())

    async def _decided(self, items: list[Item], known: Known, view: View, settled: bool) -> None:
        """Decides about the items, records what was accepted, and answers them."""
        accepted, refused = self._decide(items, known, view)
        final = not refused or (not known.ahead() and (settled or known.head >= await self._log_head()))
        if await self._append_all(accepted, known) and final:
            for item, refusal in refused:
                item.result = Refusal(item.command.id if item.command else None, refusal.code, refusal.parameters)

    async def _append_all(self, accepted: list[Accepted], known: Known) -> bool:
        """Records what was accepted; False when some of it must be decided again."""
        if accepted and not self._pace.batch_pays(len(accepted)) and independent(accepted):
            return await self._append([[one] for one in accepted], known)
        for batch in batches(accepted):
            if not await self._append([batch], known):
                return False
        return True

    async def _without_known(self, connection: Connection, items: list[Item]) -> list[Item]:
        """Answers what is in the archive already, and what stands twice in this pass; returns the rest."""
        first: dict[UUID, Item] = {}
        for item in items:
            if item.command is None:
                continue
            twin = first.setdefault(item.command.id, item)
            if twin is not item and twin.digest != item.digest:
                item.result = Refusal(item.command.id, "id_conflict", {"id": item.command.id})
        # An id is used once, be it for a report or for a decision.
        sources = {fact: command for command in first for fact in (command, derived(command, 0))}
        known = await reader.known(connection, list(sources))
        # The log knows a fact sent again that the archive does not have yet, but not that one id was used twice.
        recorded = {
            id_: fresh
            for id_, item in first.items()
            if (fresh := self._fresh.get(id_)) is not None and fresh[1] != item.digest
        }
        recorded |= {sources[fact]: (row[0], decode(row[2], row[3]).digest) for fact, row in known.items()}
        for item in items:
            if item.command is None or item.result is not None or item.command.id not in recorded:
                continue
            position, digest = recorded[item.command.id]
            if digest == item.digest:
                item.result = Duplicate(item.command.id, position)
            else:
                item.result = Refusal(item.command.id, "id_conflict", {"id": item.command.id})
        return [item for item in first.values() if item.result is None]

    async def _look(
        self, connection: Connection, head: int, position: int | None, items: list[Item]
    ) -> tuple[Known, View | None]:
        """What deciding looks at. None where it asks the registers, and they and the archive must first come as far as
        what was read: what they say is then of the `position` at which the boundaries stand."""
        commands = [item.command for item in items if item.command is not None]
        if any(isinstance(command, OnCase) for command in commands):
            await limits.follow(connection)
        rosters = {} if position is None else await registers.rosters(connection, items)
        known = await self._look_at_boundaries(connection, head, items)
        asked = registers.asked_by(items, known.states)
        if asked.anything() and (position is None or known.newest() > position):
            return known, None
        named = {fact for c in commands for fact in c.names_facts()}
        known.facts = await earlier_facts(connection, named) if named else {}
        members = {member for c in commands for member in c.names_members()}
        loads: dict[UUID, int] = {}
        if members:
            rows = await connection.fetch("SELECT member, load FROM access.loads($1)", list(members))
            loads = {row["member"]: row["load"] for row in rows}
        attached: dict[UUID, dict[str, int]] = {}
        hanging = {key for c in commands for key in c.names_attached()}
        for row in await connection.fetch("SELECT * FROM access.attached($1)", list(hanging)) if hanging else ():
            attached.setdefault(row["id"], {})[row["what"]] = row["number"]
        found = registers.Answers() if position is None else await registers.answers(connection, asked, position)
        return known, View(
            known.organisation,
            known.states,
            known.facts,
            loads,
            now(),
            self._warn_above,
            waiting=found.waiting,
            attached=attached,
            offices_of=found.offices,
            rosters=rosters,
            evidence=found.evidence,
            records=found.records,
            counts=found.counts,
            mandates=found.mandates,
        )

    async def _look_at_boundaries(self, connection: Connection, head: int, items: list[Item]) -> Known:
        """The states that deciding looks at, and those that follow from them."""
        known = await self._boundaries.look(connection, head, (name for item in items for name in item.needs()))
        while True:
            for item in items:
                item.follow(known.states, known.organisation)
            missing = {name for item in items for name in item.further} - known.states.keys()
            if not missing:
                return known
            known.join(await self._boundaries.look(connection, head, missing))

    def _decide(self, items: list[Item], known: Known, view: View) -> tuple[list[Accepted], list[tuple[Item, Refused]]]:
        accepted: list[Accepted] = []
        refused: list[tuple[Item, Refused]] = []
        for item in items:
            if item.command is None:
                continue
            try:
                view.must_fit(item.asker)
                view.must_hold(item.asker)
                decided = item.command.decide(view, item.asker)
                facts = drafting.facts_of(item.command, decided, item.asker, item.digest, known.head)
                for fact in facts:
                    known.take(fact)
            except Refused as refusal:
                refused.append((item, refusal))
                continue
            except Exception as failure:
                # A fault of ours must not cost the neighbours: they are decided in the next pass.
                log.error("intake.failed", kind=type(failure).__name__, type=type(item.command).__name__)
                item.result = Refusal(item.command.id, "internal")
                break
            view.organisation = known.organisation
            accepted.append(Accepted(item, decided, facts))
        return accepted, refused

    async def _append(self, parts: list[list[Accepted]], known: Known) -> bool:
        """Records each part by itself and answers its items; False when another writer was faster with one."""
        facts = [[fact for accepted in part for fact in accepted.facts] for part in parts]
        try:
            keys = await self._keys.for_sealing(drafting.owners(chain.from_iterable(facts)))
        except (KeyDestroyed, KeyDamaged) as trouble:
            code = "data_erased" if isinstance(trouble, KeyDestroyed) else "key_damaged"
            for accepted in chain.from_iterable(parts):
                if trouble.owner in drafting.owners(accepted.facts) and accepted.item.command:
                    accepted.item.result = Refusal(accepted.item.command.id, code, {"owner": trouble.owner})
            return False
        messages = [drafting.messages(of_part, keys.__getitem__, known.positions) for of_part in facts]
        started = time.perf_counter()
        ends = await publish_apart(self._client, messages)
        took = self._pace.batch_took if len(parts) == 1 < len(messages[0]) else self._pace.apart_took
        took(max(len(parts), len(messages[0])), time.perf_counter() - started)
        recorded: list[Fact[Any]] = []
        for part, of_part, sent, end in zip(parts, facts, messages, ends, strict=True):
            if isinstance(end, int):
                self._recorded(part, sent, end)
                self._learn(of_part, sent, end, known)
                recorded += of_part
            else:
                log.info("intake.conflict", facts=len(sent), kind=type(end).__name__)
        if ended := drafting.destroyed(recorded):
            await self._keys.destroy(ended)
        for end in ends:
            if isinstance(end, LogUnavailable):
                raise end
        return all(isinstance(end, int) for end in ends)

    def _recorded(self, part: list[Accepted], messages: list[Message], position: int) -> None:
        self._watch.acknowledged(position + len(messages) - 1)
        archived = self._watch.archived
        while self._fresh and (oldest := next(iter(self._fresh.items())))[1][0] <= archived:
            del self._fresh[oldest[0]]
        for accepted in part:
            count = len(accepted.facts)
            if accepted.item.command:
                self._fresh[accepted.item.command.id] = position, accepted.item.digest
            leaves = tuple(leaf_hash(message.data).hex() for message in messages[:count])
            if accepted.item.command:
                accepted.item.result = Recorded(accepted.item.command.id, position, leaves, accepted.decided.warnings)
            position += count
            messages = messages[count:]

    def _learn(self, facts: list[Fact[Any]], messages: list[Message], position: int, known: Known) -> None:
        for offset, (fact, message) in enumerate(zip(facts, messages, strict=True)):
            if fact.body.BOUNDARY[0] not in FOLDS:
                continue
            before = known.positions.get(message.subject, 0)
            self._boundaries.learn(message.subject, position + offset, decode(message.type, message.data), before)
            known.positions[message.subject] = position + offset

    async def _keep_refusals(self, items: list[Item]) -> None:
        if items:
            await refusals.keep(
                self._pool,
                [
                    (item.asker, item.result, identity(item.raw)[1], item.digest)
                    for item in items
                    if isinstance(item.result, Refusal)
                ],
            )
