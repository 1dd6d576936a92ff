"""People for the tests that commit."""

import pytest

from tests.conftest import people, seed


@pytest.fixture
def live_house(transactional_db):
    """The standing people, committed; the regions again, which such a test ends by emptying."""
    seed()
    return people()
