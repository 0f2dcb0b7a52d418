"""A home of its own for each test that starts and stops servers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.embedded.processes import empty_folder


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty folder that the servers' account can reach; at the end no process of it may be left."""
    with empty_folder() as path:
        yield path
