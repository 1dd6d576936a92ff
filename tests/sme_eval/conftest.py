"""Evaluations at a state, and the portal's clock at the moment of the factories."""

import pytest
from django.core.cache import cache
from django.utils import timezone

from tests.factories.sme_eval import AT, evaluation_at


@pytest.fixture
def at_state(house):
    def make(state, **values):
        return evaluation_at(
            state, firm=house.firm, by=house.filer, office=house.office, examiner=house.reviewer,
            **values,
        )  # fmt: skip

    return make


@pytest.fixture
def spring_2020(settings):
    """The portal's clock stands at the factories' moment; throttles begin anew."""
    settings.PORTAL_CLOCK_OFFSET = AT - timezone.now()
    cache.clear()
