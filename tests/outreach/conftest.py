"""What the tests of the channel to the Torch Center stand on."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _english():
    """Messages as their msgids have them; what is Chinese is asked for by the test."""
    with translation.override("en"):
        yield
