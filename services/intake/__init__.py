"""Intake: from what a client sent to facts on the log, with a result for every item."""
