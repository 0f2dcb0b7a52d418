"""Rules that folds and decisions rely on, as dated data files with their source and certainty.

`holidays.json`: public holidays and make-up days (`projections.states.working_days` reads it).
`clocks/`: the limits of grievances, a file for each version of the law (`projections.states.clock_rules`).
A version that was once in force is not edited, since it judges the cases of its time; who learns of a change of law
ends the last version (`valid_to`) and adds a file that begins that day. An installation that wants other house limits
lays a file of its own over them (`projections.states.house_limits`).
`rulebooks/`: how a year is classified, a file for each regulation with its guidance, and in `overlays/` what a province
lays over one (`projections.states.rulebooks`); `rulebook_digests.json` notes the digest of each, held by a test.
`mandates/`: how long an inspection team's mandate may hold (`projections.states.mandate_rules`).
`publications/`: which tables leave the hierarchy, a file for each (`projections.publications.tables`).
`dossier.v1.json`: what the dossier of that version measures by (`projections.evidence.rules`).
"""

from __future__ import annotations

from enum import Enum


class Certainty(Enum):
    """How well a rule is known: its text was read (`found`), somebody's account of it was (`secondary`), or neither.

    `house` is no law at all: a limit that Sổ Hộ comes with, and that an installation may set.
    """

    FOUND = "found"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"
    HOUSE = "house"
