"""Measurements against the floor and against peers, on real servers, on the machine they run on."""
