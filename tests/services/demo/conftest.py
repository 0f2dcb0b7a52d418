"""The story of Bản Hon, told once for all tests that only look at what came of it."""

from __future__ import annotations

import pytest

from tests.in_memory import InMemory
from tests.services.demo.test_ban_hon import tell


@pytest.fixture(scope="session")
def model() -> InMemory:
    return tell()
