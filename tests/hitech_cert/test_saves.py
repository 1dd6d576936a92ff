"""A save costs the same statements however long the tables are, whatever is sent."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import hitech_cert as made

pytestmark = pytest.mark.django_db
# Statements of one save, session and permissions among them.
SAVE_ROW, SAVE_PAGE, SAVE_STAFF, SAVE_COSTS = 11, 9, 11, 12

PAGES = {"rights": 9, "staff": 9, "projects": 9, "costs": 9, "main": 11, "review": 10}


@pytest.fixture(autouse=True)
def summer_2020(settings):
    """The portal's clock stands at the factories' moment; throttles begin anew."""
    settings.PORTAL_CLOCK_OFFSET = made.AT - timezone.now()
    cache.clear()


def draft(house, count, rights=None, products=None):
    """A draft with so many activities of three years, rights and products."""
    codes = range(1, count + 1)
    rows = {
        "rights": [made.right(n) for n in range(1, (rights or count) + 1)],
        "projects": [made.project(n) for n in codes],
        "products": [made.product(n, "40", main=n == 1) for n in range(1, (products or count) + 1)],
        "costs": [
            made.cost(year, "100", f"RD{n:02d}") for n in codes for year in (2017, 2018, 2019)
        ],
    }
    return made.draft(house.firm, house.filer, files=False, rows=rows)


def saves(application):
    """The four kinds of saves: address, what is sent, statements."""
    base = f"/hitech/{application.pk}"
    row = application.rights.order_by("code").first()
    costs = {
        f"{code}-personnel": "100" for code in application.projects.values_list("code", flat=True)
    }
    return [
        (f"{base}/rights/{row.pk}/autosave/", {"name": "甲", "seen": 1}, SAVE_ROW),
        (f"{base}/main/autosave/", {"gross_income": "9", "seen": 1}, SAVE_PAGE),
        (f"{base}/staff/autosave/", {"total-staff": "9", "seen": 1}, SAVE_STAFF),
        (f"{base}/costs/autosave/?year=2019", costs | {"seen": 1}, SAVE_COSTS),
    ]


@pytest.mark.parametrize("count", [1, 3, 60])
def test_saves_take_the_same_statements_however_many_rows(house, client, count):
    client.force_login(house.filer)
    for url, sent, most in saves(draft(house, count)):
        with CaptureQueriesContext(connection) as captured:
            answer = client.post(url, sent)
        assert answer["HX-Trigger"] == "saved"
        assert len(captured) == most, url


@pytest.mark.parametrize("count", [1, 3])
def test_pages_take_the_same_statements_however_many_rows(house, client, count):
    client.force_login(house.filer)
    application = draft(house, count)
    for page, most in PAGES.items():
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/hitech/{application.pk}/{page}/")
        assert len(captured) == most, page
