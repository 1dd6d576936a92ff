"""People at the API, and its clock at the moment of the factories."""

import pytest
from django.core.cache import cache
from django.utils import timezone

from tests.contracts.api_calls import client
from tests.factories.contracts import AT, contract_at


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


@pytest.fixture
def at_state(house):
    def make(state, **values):
        return contract_at(
            state, firm=house.firm, by=house.filer, office=house.office, examiner=house.reviewer,
            **values,
        )  # fmt: skip

    return make
