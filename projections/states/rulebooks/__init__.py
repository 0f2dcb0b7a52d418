"""Rulebooks of the year-end classification, chosen by evaluation year and cited by digest.

`entries`, `round_entries`: what a rulebook says. `books`: a rulebook and its overlay. `library`: all of them, read from
`projections/rules/rulebooks`. `readings`, `eligibility`: what follows from one for given figures. Nothing here rates
anybody: it explains what a rulebook asks for.
"""
