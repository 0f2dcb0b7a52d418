"""The shape of Kon Tum province in July 2022, at any scale: input for the benchmark.

Published (the page of the province's propaganda department, 17/10/2022, figures of the end of July 2022): 102 commune
committees; 1,379 cells in six kinds; 15,191 of 19,382 members responsible for 137,461 of 140,156 households and 7,576
groups. All else is made up: names of communes, cells, persons and heads; how members, households and groups spread
over the cells; that those without households are exempt or belong to other cells than a village's; that a group has
nine households; a visit to every covered household in each month; and what changes from year to year.
"""

from __future__ import annotations

from services.demo.kon_tum.archive import archive_rows
from services.demo.kon_tum.figures import Figures
from services.demo.kon_tum.province import Province, generate

__all__ = ["Figures", "Province", "archive_rows", "generate"]
