"""Real OIDC servers, each test's own where it changes one."""

from collections.abc import Iterator

import pytest

from tests.services.accounts.issuer import Issuer, running_issuer


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Issuer]:
    """An issuer that nobody changes."""
    with running_issuer(tmp_path_factory.mktemp("issuer")) as one:
        yield one


@pytest.fixture
def own_issuer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Issuer]:
    """An issuer of this test's own."""
    with running_issuer(tmp_path_factory.mktemp("issuer")) as one:
        yield one
