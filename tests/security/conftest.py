"""One small round with real counters for all tests of this folder."""

import pytest

from tests.security.world import STRATA, entries, world


@pytest.fixture(scope="session")
def round_(tmp_path_factory):
    """The counters, their databases, a frozen manifest."""
    with world(tmp_path_factory.mktemp("r")) as made:
        yield made


@pytest.fixture
def kid():
    """The key of the first stratum."""
    return next(entry.kid for entry in entries() if entry.stratum == STRATA[0])
