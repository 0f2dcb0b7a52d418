"""What the log takes at once."""

LARGEST_BATCH = 1000
"""Facts in one atomic batch (a limit of the server)."""
