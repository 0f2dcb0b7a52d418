"""What the routes read and answer that work on raw bytes: for the interface's description, which tests hold them to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

import msgspec

from services.decisions.catalogue import AnyCommand
from services.http.problems import Problem
from services.intake.reading import LARGEST_LIST
from services.intake.refusals import Status
from services.intake.results import Duplicate
from services.queries.grievances.following import FollowCode, Followed, Following
from services.queries.reads import Reviewed, Reviewing
from services.queries.reveals import Contact, Petitioner, Revealing
from services.queries.search import HouseholdsFound, Searching


class ItemWarning(msgspec.Struct, frozen=True):
    """The item was recorded, but its sender should know this. `code` is stable, `detail` in the caller's language."""

    code: str
    parameters: dict[str, Any]
    detail: str


class RecordedItem(msgspec.Struct, frozen=True, tag_field="outcome", tag="recorded"):
    """The item is on the log: the position of its first fact, and the leaf hash of each (hexadecimal)."""

    id: UUID
    position: int
    leaves: tuple[str, ...]
    warnings: tuple[ItemWarning, ...] = ()


class RefusedItem(msgspec.Struct, frozen=True, tag_field="outcome", tag="refused"):
    """The item was not recorded, and why. `id` is null where it could not be made out."""

    id: UUID | None
    problem: Problem


class BatchResults(msgspec.Struct, frozen=True):
    """A result for each item of the batch, in order."""

    results: list[RecordedItem | Duplicate | RefusedItem]


class Submissions(msgspec.Struct, frozen=True):
    """What became of each item asked about, in order."""

    submissions: list[Status]


class Documented(msgspec.Struct, frozen=True):
    """The type of the request's body, where it has one, and status → what is answered and its type."""

    request: Any
    responses: Mapping[str, tuple[str, Any]]


BODIES: Mapping[str, Documented] = {
    "submit_command": Documented(
        AnyCommand,
        {"201": ("It was recorded.", RecordedItem), "200": ("It had been recorded before.", Duplicate)},
    ),
    "submit_batch": Documented(
        Annotated[list[AnyCommand], msgspec.Meta(min_length=1, max_length=LARGEST_LIST)],
        {"200": ("A result for each item.", BatchResults)},
    ),
    "submission_statuses": Documented(None, {"200": ("What became of them.", Submissions)}),
    "grievance_follow_code": Documented(None, {"201": ("The new code.", FollowCode)}),
    "grievance_reveal": Documented(Revealing, {"201": ("Who told the case.", Petitioner)}),
    "member_contact": Documented(Revealing, {"201": ("How the member is reached.", Contact)}),
    "read_review": Documented(Reviewing, {"201": ("It was looked at again.", Reviewed)}),
    "household_search": Documented(Searching, {"200": ("The households found.", HouseholdsFound)}),
    "follow": Documented(Following, {"200": ("How far the case is.", Followed)}),
}
"""Name of the route → what it reads and answers."""
