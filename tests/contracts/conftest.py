"""People at the API, and its clock at the moment of the factories."""

import pytest
from django.core.cache import cache
from django.utils import timezone

from tests.contracts.api_calls import client
from tests.factories.contracts import (
    AT,
)


@pytest.fixture
def spring_2020(settings):
    """The API's clock stands at the factories' moment; throttles begin anew."""
    settings.PORTAL_CLOCK_OFFSET = AT - timezone.now()
    cache.clear()


@pytest.fixture
def filer(house):
    return client(house.filer)


@pytest.fixture
def reviewer(house):
    return client(house.reviewer)
