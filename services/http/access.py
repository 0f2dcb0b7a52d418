"""Which role may use which route: the one table, asked on every request. What is not in it is refused.

What a role then sees is decided in the database: the subtree of the caller's unit, or a member's own (see
projections/access.sql). An auditor sees no sealed data: no names, addresses, contacts or notes.
"""

from __future__ import annotations

from collections.abc import Mapping

from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from services.decisions.asking import CELL_AND_ABOVE, FIELD, OFFICES, Asker, Role
from services.http.authentication import ASKER, PUBLIC
from services.http.problems import HttpProblem

EVERYBODY = frozenset(Role)
NOT_MEMBERS = CELL_AND_ABOVE | {Role.AUDITOR, Role.INSPECTION}
INSPECTING = frozenset({Role.INSPECTION})
AUDITING = frozenset({Role.AUDITOR})
ABOVE = frozenset({Role.COMMUNE_OFFICE, Role.PROVINCIAL_OFFICE})
DECIDING = FIELD | INSPECTING
READING_NAMES = EVERYBODY - AUDITING
ERASING = OFFICES | {Role.AUDITOR, Role.INSPECTION}

ROUTES: Mapping[str, frozenset[Role]] = {
    "submit_command": DECIDING,
    "submit_batch": DECIDING,
    "submission_statuses": EVERYBODY,
    "me": EVERYBODY,
    "state": EVERYBODY,
    "household": EVERYBODY,
    "household_responsible": EVERYBODY,
    "household_visits": EVERYBODY,
    "household_history": EVERYBODY,
    "household_changes": EVERYBODY,
    "household_search": READING_NAMES,
    "member": EVERYBODY,
    "member_assignments": EVERYBODY,
    "member_history": EVERYBODY,
    "member_changes": EVERYBODY,
    "member_reports": EVERYBODY,
    "meeting": EVERYBODY,
    "unit": EVERYBODY,
    "unit_children": NOT_MEMBERS,
    "unit_offices": NOT_MEMBERS,
    "unit_history": NOT_MEMBERS,
    "unit_changes": NOT_MEMBERS,
    "unit_coverage": NOT_MEMBERS,
    "unit_coverage_members": NOT_MEMBERS,
    "unit_coverage_households": NOT_MEMBERS,
    "unit_coverage_groups": NOT_MEMBERS,
    "unit_needs_decision": NOT_MEMBERS,
    "unit_out_of_place": NOT_MEMBERS,
    "unit_uncovered": NOT_MEMBERS,
    "unit_overloaded": NOT_MEMBERS,
    "unit_not_visited": NOT_MEMBERS,
    "unit_agenda": NOT_MEMBERS,
    "unit_meetings": NOT_MEMBERS,
    "unit_reports": NOT_MEMBERS,
    "unit_reports_members": NOT_MEMBERS,
    "grievance_trace": EVERYBODY,
    "grievance_file": NOT_MEMBERS,
    "grievance_follow_code": FIELD,
    "unit_grievances": NOT_MEMBERS,
    "unit_grievances_overdue": NOT_MEMBERS,
    "unit_grievances_unroutable": NOT_MEMBERS,
    "unit_grievances_holders": NOT_MEMBERS,
    "unit_grievances_handlers": NOT_MEMBERS,
    "unit_grievances_holding_times": NOT_MEMBERS,
    "unit_grievances_reception_book": NOT_MEMBERS,
    "unit_classification": NOT_MEMBERS,
    "unit_classification_statistics": NOT_MEMBERS,
    "unit_classification_ratings": NOT_MEMBERS,
    "unit_classification_without_round": NOT_MEMBERS,
    "unit_classification_streaks": NOT_MEMBERS,
    "unit_classification_layout": NOT_MEMBERS,
    "member_ratings": EVERYBODY,
    "denunciation_receipts": INSPECTING,
    "member_dossier": EVERYBODY,
    "member_dossier_facts": EVERYBODY,
    "unit_dossiers": NOT_MEMBERS,
    "rating_verification": EVERYBODY,
    "erasure": ERASING | {Role.MEMBER},
    "unit_erasures": ERASING,
    "reads": AUDITING | ABOVE,
    "read_review": AUDITING | ABOVE,
    "grievance_reveal": ABOVE | {Role.CELL_SECRETARY, Role.INSPECTION},
    "member_contact": ABOVE | {Role.CELL_SECRETARY, Role.INSPECTION},
    "member_reads": AUDITING | {Role.MEMBER},
    "household_reads": AUDITING | ABOVE | {Role.CELL_SECRETARY},
    "own_mandates": INSPECTING,
    "mandate": OFFICES | {Role.AUDITOR, Role.INSPECTION},
    "unit_mandates": OFFICES | {Role.AUDITOR},
}
"""Name of the route → roles that may use it. What a command needs beyond that stands at the command (`ALLOWED`)."""


class Access(ASGIMiddleware):
    """Lets a caller through to the routes of his role. Raises a problem with 403."""

    exclude_opt_key = PUBLIC

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        asker: Asker = scope["state"][ASKER]
        if asker.role not in ROUTES.get(scope["route_handler"].name or "", ()):
            raise HttpProblem(403, "role_not_allowed", role=asker.role.value)
        await next_app(scope, receive, send)
