"""A user of nats-server that may do anything. No installation has one: tests break the log with it, and read it."""

from services.embedded.nats import PERMISSIONS

OURS = tuple(PERMISSIONS)
"""The users that installations have."""

ANYTHING = "anything"

PERMISSIONS[ANYTHING] = {"publish": [">"], "subscribe": [">"]}
