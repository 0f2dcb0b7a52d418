"""What a client submits: the form of every command, and what its decision asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

import msgspec

from events.calendar import local_date
from events.facts.values import LONGEST_NAME, LONGEST_TEXT, Attachment, Basis, Body, Source
from projections.states.organisation import Organisation
from services.decisions.asking import Asker, Role
from services.decisions.outcome import Decided, Draft, Warned
from services.decisions.view import CountsOf, EvidenceOf, View

FROM_PAPER = frozenset({Source.PAPER, Source.IMPORT})

ShortText = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NAME)]
LongText = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_TEXT)]


class Command(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, tag_field="type"
):
    """What every submitted item carries. `id` is a UUIDv7 made by the client; the same id is the same item."""

    ALLOWED: ClassVar[frozenset[Role]]

    id: UUID
    source: Source = Source.WEB
    written_at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    correlation: UUID | None = None
    basis: Basis | None = None
    attachments: Annotated[tuple[Attachment, ...], msgspec.Meta(max_length=20)] = ()

    def needs(self) -> Iterable[str]:
        """Subjects of the boundaries that `decide` looks at."""
        raise NotImplementedError

    def follows(self, states: Mapping[str, Any], organisation: Organisation) -> Iterable[str]:  # noqa: ARG002
        """Subjects of further boundaries that `decide` looks at, which only follow from the states found so far or from
        the tree of units."""
        return ()

    def names_facts(self) -> Iterable[UUID]:
        """Ids of earlier facts that `decide` looks at."""
        return ()

    def names_members(self) -> Iterable[UUID]:
        """Members whose load `decide` looks at."""
        return ()

    def names_attached(self) -> Iterable[UUID]:
        """Cells and households of which `decide` asks what hangs on them."""
        return ()

    def names_office_holders(self, states: Mapping[str, Any]) -> Iterable[UUID]:  # noqa: ARG002
        """Persons of whom `decide` asks where they hold an office, which may follow from the states found."""
        return ()

    def names_rosters(self) -> Iterable[tuple[UUID, date]]:
        """Cells, and the days on which `decide` looks at who is in them; it looks at these members too."""
        return ()

    def names_evidence(self) -> Iterable[EvidenceOf]:
        """Whose evidence `decide` rests on."""
        return ()

    def names_erased(self) -> Iterable[UUID]:
        """Persons and households of which `decide` asks what is recorded about them."""
        return ()

    def names_counts(self, states: Mapping[str, Any]) -> Iterable[CountsOf]:  # noqa: ARG002
        """Tables that `decide` has counted, which may follow from the states found."""
        return ()

    def names_cells(self) -> Iterable[UUID]:
        """Cells whose waiting grievances `decide` looks at."""
        return ()

    def decide(self, view: View, asker: Asker) -> Decided:
        """The facts this comes to. Pure. Raises `Refused`."""
        raise NotImplementedError

    def signed_by(self, day: date) -> bool:
        """Whether it is entered from a paper that had been signed by the day: decided then, whenever it is entered."""
        signed = None if self.basis is None else self.basis.issued_on
        return self.source in FROM_PAPER and signed is not None and signed <= day

    def facts_are_reports(self) -> bool:
        """Whether the first fact bears the command's own id (a field report) instead of a derived one."""
        return isinstance(self, Report)


class Decision(Command, frozen=True, kw_only=True):
    """Something decided in an office; it holds from the day `effective`."""

    effective: date

    def one(self, body: Body, unit: UUID, *warnings: Warned) -> Decided:
        return Decided((Draft(body, unit, self.effective),), warnings)


class _AtInstant(Command, frozen=True, kw_only=True):
    instant: Annotated[datetime, msgspec.Meta(tz=True)]

    @property
    def day(self) -> date:
        return local_date(self.instant)


class Report(_AtInstant, frozen=True, kw_only=True):
    """Something that was done in the field, at `instant` (with offset). Its first fact bears the command's own id."""


class Act(_AtInstant, frozen=True, kw_only=True):
    """Something done in an office, at `instant` (with offset)."""

    def one(self, body: Body, unit: UUID, *warnings: Warned) -> Decided:
        return Decided((Draft(body, unit, self.day, self.instant),), warnings)
