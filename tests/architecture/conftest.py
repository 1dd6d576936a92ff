"""The architecture tests read words as they stand in the code."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english():
    """Msgids, whatever language the portal speaks by default."""
    with translation.override("en"):
        yield
