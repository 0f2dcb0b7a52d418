"""Coverage: who counts as what in each cell, rolled up the tree, and every number with its list."""

from projections.registers.coverage.assigned import (
    Assigned,
    among_assigned,
    assigned_on,
    assigned_to_anything,
    is_assigned,
)
from projections.registers.coverage.doubts import Doubt
from projections.registers.coverage.questions import (
    GROUP_LISTS,
    HOUSEHOLD_LISTS,
    MEMBER_LISTS,
    Counts,
    GroupLine,
    HouseholdLine,
    MemberLine,
    Part,
    Summary,
    Undecided,
    coverage,
    groups_in,
    households_in,
    members_in,
    needs_decision,
)
from projections.registers.coverage.register import Coverage

__all__ = [
    "GROUP_LISTS",
    "HOUSEHOLD_LISTS",
    "MEMBER_LISTS",
    "Assigned",
    "Counts",
    "Coverage",
    "Doubt",
    "GroupLine",
    "HouseholdLine",
    "MemberLine",
    "Part",
    "Summary",
    "Undecided",
    "among_assigned",
    "assigned_on",
    "assigned_to_anything",
    "coverage",
    "groups_in",
    "households_in",
    "is_assigned",
    "members_in",
    "needs_decision",
]
