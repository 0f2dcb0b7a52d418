"""What is right: who is answered about what. Written by hand; docs/access.md shows it, and the matrix compares."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from services.decisions.asking import Role
from tests.services.http.moved import Relation


class Right(Enum):
    """What somebody gets who asks."""

    WHOLE = "yes"
    OWN_PERIOD = "own period"
    """What was recorded while it was in his scope, and nothing of later."""
    THEN = "then"
    """Not found today; of a day on which it was in his scope, what was so then."""
    CASE = "of the case"
    """What was recorded of the one case that the mandate names, and nothing else."""
    NOTHING = "not found"
    NONE = "·"
    """There is nothing of the kind in that relation."""


LETTERS = {
    "Y": Right.WHOLE,
    "P": Right.OWN_PERIOD,
    "T": Right.THEN,
    "C": Right.CASE,
    "N": Right.NOTHING,
    "·": Right.NONE,
}

UNIT_MANDATE, CASE_MANDATE = "inspection (of its unit)", "inspection (of one case)"
LEVELS: Mapping[str, tuple[Role, ...]] = {
    "member": (Role.MEMBER,),
    "cell_secretary": (Role.CELL_SECRETARY,),
    "commune_office, auditor, system": (Role.COMMUNE_OFFICE, Role.AUDITOR, Role.SYSTEM),
    UNIT_MANDATE: (Role.INSPECTION,),
    CASE_MANDATE: (),
    "provincial_office": (Role.PROVINCIAL_OFFICE,),
}
"""Who stands alike: auditors and programs see what an office of their unit sees. An inspection sees what its mandate is
for: its own unit with all below it, or the one case of its unit's cell."""

KINDS: Mapping[str, tuple[str, ...]] = {
    "a unit's card": ("unit",),
    "lists of a unit": (
        "unit_children",
        "unit_offices",
        "unit_history",
        "unit_changes",
        "unit_coverage",
        "unit_coverage_members",
        "unit_coverage_households",
        "unit_coverage_groups",
        "unit_needs_decision",
        "unit_out_of_place",
        "unit_uncovered",
        "unit_overloaded",
        "unit_not_visited",
        "unit_agenda",
        "unit_meetings",
        "unit_reports",
        "unit_reports_members",
        "unit_grievances",
        "unit_grievances_overdue",
        "unit_grievances_unroutable",
        "unit_grievances_holders",
        "unit_grievances_handlers",
        "unit_grievances_holding_times",
        "unit_grievances_reception_book",
        "unit_classification",
        "unit_classification_statistics",
        "unit_classification_ratings",
        "unit_classification_without_round",
        "unit_classification_streaks",
        "unit_classification_layout",
        "unit_dossiers",
        "unit_erasures",
        "unit_mandates",
    ),
    "names searched below a unit": ("household_search",),
    "a member": (
        "member",
        "member_assignments",
        "member_history",
        "member_changes",
        "member_reports",
        "member_ratings",
        "member_reads",
    ),
    "a member's dossier": ("member_dossier", "member_dossier_facts"),
    "the verification of a rating": ("rating_verification",),
    "a household's card": ("household",),
    "who is responsible for a household": ("household_responsible",),
    "visits to a household": ("household_visits",),
    "a household's record": ("household_history", "household_changes", "household_reads"),
    "a meeting": ("meeting",),
    "a case": ("grievance_trace", "grievance_file", "grievance_follow_code"),
    "a request to erase": ("erasure",),
    "a mandate to inspect": ("mandate",),
}
"""What is asked about → the routes that answer it."""

ABOUT_NOTHING = ("me", "state", "submission_statuses", "denunciation_receipts", "reads", "own_mandates")
COMMANDS = ("submit_command", "submit_batch")
REVEALING = ("grievance_reveal", "member_contact", "read_review")
"""Asked one by one in test_reveals.py: what is right depends on who has the case, and why somebody asks."""
CELLS_ONLY = ("unit_agenda", "unit_meetings")
"""Of other units these routes say `not_a_cell`."""

# In the order of Relation: own, subordinate, merged into it, superior, neighbour, left with its unit, moved away alone.
RIGHTS: Mapping[str, tuple[str, str, str, str, str, str]] = {
    "a unit's card": ("Y··YN··", "Y··YN··", "YYYYNN·", "YYYYNN·", "YNNYNN·", "YYY····"),
    "lists of a unit": ("·······", "Y··NN··", "YYYNNN·", "YYYNNN·", "NNNNNN·", "YYY····"),
    "names searched below a unit": ("Y··NN··", "Y··NN··", "YYYNNN·", "YYYNNN·", "NNNNNN·", "YYY····"),
    "a member": ("Y··NN··", "Y··NN·P", "·YYNNNP", "·YYNNNP", "·NNNNNN", "·YY····"),
    "a member's dossier": ("Y··NN··", "Y··NN·N", "·YYNNNN", "·YYNNNN", "·NNNNNN", "·YY····"),
    "the verification of a rating": ("Y···N··", "Y···N··", "·YY·NN·", "·YY·NN·", "·NN·NN·", "·YY····"),
    "a household's card": ("Y···N·N", "Y···N·T", "·YY·NNT", "·YY·NNT", "·NN·NNN", "·YY····"),
    "who is responsible for a household": ("Y···N·T", "Y···N·T", "·YY·NNT", "·YY·NNT", "·NN·NNN", "·YY····"),
    "visits to a household": ("Y···N·N", "Y···N·P", "·YY·NNP", "·YY·NNP", "·NN·NNN", "·YY····"),
    "a household's record": ("Y···N·P", "Y···N·P", "·YY·NNP", "·YY·NNP", "·CN·NNN", "·YY····"),
    "a meeting": ("Y···N··", "Y···N··", "·YY·NN·", "·YY·NN·", "·NN·NN·", "·YY····"),
    "a case": ("Y··NN··", "Y··NN··", "YYYNNN·", "YYYNNN·", "NYNNNN·", "YYY····"),
    "a request to erase": ("Y··NN··", "·······", "YYYNNN·", "YYYNNN·", "NNNNNN·", "YYY····"),
    "a mandate to inspect": ("·······", "·······", "Y·YNN··", "Y·NNN··", "N·NNN··", "YYY····"),
}
"""Kind → rights by level, each a letter for each relation."""


def right(kind: str, role: Role, relation: Relation, one_case: bool = False) -> Right:
    """What somebody of the role gets about a thing of the kind in that relation; an inspection by a mandate for its
    unit, or for `one_case`."""
    level = next(name for name, roles in LEVELS.items() if role in roles)
    of_level = RIGHTS[kind][list(LEVELS).index(CASE_MANDATE if one_case else level)]
    return LETTERS[of_level[list(Relation).index(relation)]]
