"""Decisions: what may be recorded, given what is known. Pure: state and command in, facts or a refusal out."""
