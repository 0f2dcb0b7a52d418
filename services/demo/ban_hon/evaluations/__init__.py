"""The yearly classification of the commune: 2018 with its published sums, and 2025, all made up."""

from __future__ import annotations
