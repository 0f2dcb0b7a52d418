"""Grievances: where each case stood, its clocks, and who may know of it."""

from projections.registers.grievances.lists import (
    handlers,
    holding_times,
    of_household,
    of_member,
    overdue,
    receipts,
    search,
    totals,
)
from projections.registers.grievances.questions import (
    case_of,
    clocks_of,
    clocks_of_cases,
    facts_of,
    hops_of,
    known,
    steps_of,
)
from projections.registers.grievances.register import Grievances
from projections.registers.grievances.vacancies import Vacancy, unroutable
from projections.registers.grievances.views import (
    CaseView,
    ClockView,
    FactView,
    Filters,
    HandlerTotals,
    HolderTotals,
    HoldingTime,
    HopView,
    Receipt,
    StepView,
    Unroutable,
)

__all__ = [
    "CaseView",
    "ClockView",
    "FactView",
    "Filters",
    "Grievances",
    "HandlerTotals",
    "HolderTotals",
    "HoldingTime",
    "HopView",
    "Receipt",
    "StepView",
    "Unroutable",
    "Vacancy",
    "case_of",
    "clocks_of",
    "clocks_of_cases",
    "facts_of",
    "handlers",
    "holding_times",
    "hops_of",
    "known",
    "of_household",
    "of_member",
    "overdue",
    "receipts",
    "search",
    "steps_of",
    "totals",
    "unroutable",
]
