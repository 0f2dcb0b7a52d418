"""What must be kept, and until when: by kind of record, as dated data (`projections/rules/retention`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Annotated

import msgspec

from events.facts.erasures import KeptRecord
from projections.rules import Certainty
from projections.rules.versions import in_force, read_versions


class RecordsOf(Enum):
    """Whose records a rule is about; each has a key of its own."""

    PERSON = "person"
    HOUSEHOLD = "household"
    GRIEVANCE = "grievance"


class Retention(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Records of one kind: facts whose types begin so. They are kept `while_in_use` (the person is a member or holds
    an office, the household belongs to a cell, the case is open), and from the end of the year of the last of them for
    so many `years`; None for good."""

    kind: str
    of: RecordsOf
    types: tuple[str, ...]
    while_in_use: bool
    years: Annotated[int, msgspec.Meta(ge=0, le=100)] | None
    article: str
    source: str
    certainty: Certainty

    def last(self, held: Mapping[str, date]) -> date | None:
        """The day of the last record of the kind among those held (type → day); None where there is none."""
        return max((day for name, day in held.items() if name.startswith(self.types)), default=None)


class RetentionRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is in force from `valid_from` up to and without `valid_to`."""

    version: str
    valid_from: date
    valid_to: date | None = None
    source: str
    certainty: Certainty
    kinds: tuple[Retention, ...]

    def kept(self, of: RecordsOf, held: Mapping[str, date], in_use: bool, day: date) -> tuple[KeptRecord, ...]:
        """What of the records held (type → day of the last) must still be kept on the day."""
        found = []
        for rule in self.kinds:
            last = rule.last(held) if rule.of is of else None
            if last is None:
                continue
            if (in_use and rule.while_in_use) or rule.years is None:
                found.append(KeptRecord(kind=rule.kind, version=self.version))
                continue
            until = date(last.year + rule.years, 12, 31)
            if day <= until:
                found.append(KeptRecord(kind=rule.kind, version=self.version, until=until))
        return tuple(found)

    def find(self, kind: str) -> Retention | None:
        """The rule for the kind; None where this version has none."""
        return next((rule for rule in self.kinds if rule.kind == kind), None)


VERSIONS = read_versions("retention", RetentionRules)
"""Every version, in order; together they cover every day."""

BY_VERSION = {rules.version: rules for rules in VERSIONS}


def rules_on(day: date) -> RetentionRules:
    """The version in force on the day of deciding."""
    return in_force(VERSIONS, day)
