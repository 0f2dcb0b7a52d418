"""The current registers, each a module that owns its tables, its fold and its questions."""

from projections.projection import Projection
from projections.registers.assignments import Assignments
from projections.registers.coverage import Coverage
from projections.registers.erasures import ErasureRequests
from projections.registers.evaluations import Evaluations
from projections.registers.grievances import Grievances
from projections.registers.households import Households
from projections.registers.inspections import Inspections
from projections.registers.meetings import Meetings
from projections.registers.members import Members
from projections.registers.organisation import Organisation
from projections.registers.publications import Publications
from projections.registers.visits import Visits
from projections.trails.trails import Trails

REGISTERS: tuple[type[Projection], ...] = (
    Organisation,
    Members,
    Households,
    Assignments,
    Coverage,
    Visits,
    Meetings,
    Grievances,
    Evaluations,
    ErasureRequests,
    Publications,
    Inspections,
    Trails,
)
"""Every live register, in the order in which the projector advances them."""

LIVE = [register.live_schema() for register in REGISTERS]
"""Their schemas: what stands beside them (a rebuild, a comparison) is not asked."""
