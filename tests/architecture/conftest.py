"""The architecture tests read words as they stand in the code."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english():
    """Msgids, whatever language the portal speaks by default."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def nobody_is_slowed_down(settings):
    """A walk asks more in a minute than a person: the limits have tests of their own."""
    settings.LIMITS_A_MINUTE = dict.fromkeys(settings.LIMITS_A_MINUTE, 1_000_000)
