"""The commune of Bản Hon in 2018, told by several clients: published figures exact, everybody made up.

In an epilogue it goes into a new commune on 1/7/2025, as it did, and is classified there by the rules of 2025.

Published (the Party committee's page, 27/01/2019): 13 cells (9 villages, 3 schools, 1 health station), 166 members,
7 admitted in the year, meetings on the 3rd of each month, 3 to 4 households for each member in cell 5, poor households
down by 2.8 points to 18.9 %, the names of the places of cells 4 to 7, and how many members and cells were rated at
which level at the end of the year. All else is made up: the other names, persons, households, statuses, groups, dates,
visits, reports, grievances, who was rated how, and everything of 2025. `deploy/demo/ban_hon_2018.toml` says which
is which.
"""

from __future__ import annotations

from services.demo.ban_hon.figures import EXPECTED, Figures
from services.demo.ban_hon.grievances.traced import TRACED, Traced
from services.demo.ban_hon.telling import story

__all__ = ["EXPECTED", "TRACED", "Figures", "Traced", "story"]
