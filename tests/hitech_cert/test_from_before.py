"""What a new application begins with, and what the portal knows of rights used before."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from hitech_cert import actions, queries
from hitech_cert.models import Application
from tests.factories import hitech_cert as made
from torch_portal.common.findings import Level

pytestmark = pytest.mark.django_db
NEXT_YEAR = made.AT.replace(year=2021)


@pytest.fixture
def filed(house):
    return made.submitted(house.firm, house.filer, house.office)


def certify(application):
    """As the national list would, for what only its number decides."""
    Application.objects.filter(pk=application.pk).update(
        certificate_number="GR202033008462", issued_on=datetime.date(2020, 12, 1)
    )


def test_first_application_begins_empty(house):
    application = actions.start(enterprise=house.firm, by=house.filer, at=made.AT)
    assert application.year == 2020
    assert not application.rights.exists()


def test_next_years_application_takes_over_what_still_counts(house, filed):
    application = actions.start(enterprise=house.firm, by=house.filer, at=NEXT_YEAR)
    assert application.registered_on == made.SAMPLE["registered_on"]
    sales = (application.sales_1, application.sales_2, application.sales_3)
    assert sales == (1800, 2200, None)
    assert [(c.year, c.personnel + c.direct) for c in queries.costs_of(application)] == [
        (2018, 120),
        (2019, 150),
    ]
    row = application.projects.get()
    assert (row.code, row.spent_1, row.spent_2, row.spent_3) == ("RD01", 120, 150, None)
    assert set(application.products.values_list("income", flat=True)) == {None}
    assert not application.results.filter(year=2017).exists()
    assert application.rights.count() == 4
    assert not application.rights.filter(used_before=True).exists()


def test_page_says_which_entries_stand_as_in_the_application_before(client, house, filed, settings):
    settings.PORTAL_CLOCK_OFFSET = NEXT_YEAR - timezone.now()
    application = actions.start(enterprise=house.firm, by=house.filer, at=NEXT_YEAR)
    Application.objects.filter(pk=application.pk).update(sales_1=Decimal("1801.00"))
    client.force_login(house.filer)
    form = client.get(f"/hitech/{application.pk}/main/").context["form"]
    told = {name for name, field in form.fields.items() if "2020" in str(field.help_text)}
    assert {"registered_on", "core_field_code", "sales_2"} <= told
    assert not {"sales_1", "sales_3", "gross_income"} & told
    first = client.get(f"/hitech/{filed.pk}/main/")
    assert first.status_code in (200, 302)
    assert queries.as_before(filed) == (0, set())


def test_application_begun_again_in_the_same_year_takes_over_everything(house, filed):
    actions.withdraw(application=filed, by=house.filer, at=made.AT)
    again = actions.start(enterprise=house.firm, by=house.filer, at=made.AT)
    assert (again.gross_income, again.sales_3, again.agency_name) == (2300, 2200, filed.agency_name)
    assert again.no_secrets is False
    assert sum(again.products.values_list("income", flat=True)) == 1700
    assert again.staff.count() == filed.staff.count()
    found = [f for f in queries.findings(again, at=made.AT) if f.level is Level.BLOCK]
    assert {f.code for f in found} == {"files", "V24"}


def test_activity_that_ended_before_the_years_is_left_behind(house):
    old = made.project(2, ends_on=datetime.date(2017, 12, 31))
    rows = {"projects": [made.project(1), old | {"spent_2": 0, "spent_3": 0, "spent_1": 0}]}
    made.submitted(house.firm, house.filer, house.office, rows=rows)
    application = actions.start(enterprise=house.firm, by=house.filer, at=NEXT_YEAR)
    assert [row.code for row in application.projects.all()] == ["RD01"]


def test_class_two_rights_of_a_certified_application_are_marked_as_used(house, filed):
    certify(filed)
    application = actions.start(enterprise=house.firm, by=house.filer, at=NEXT_YEAR)
    marks = dict(application.rights.values_list("code", "used_before"))
    assert marks == {"IP01": False, "IP02": True, "IP03": True, "IP04": True}


def test_used_right_is_found_by_its_number_however_it_was_entered(house, filed):
    certify(filed)
    application = actions.start(enterprise=house.firm, by=house.filer, at=NEXT_YEAR)
    actions.put_table(
        application=application,
        table="rights",
        rows=[made.right(2), made.right(9)],
        by=house.filer,
        at=NEXT_YEAR,
    )
    used = {right.id: right.used_before for right in queries.tables_of(application).rights}
    assert used == {"IP02": True, "IP09": False}


def test_right_of_a_co_owners_application_is_not_counted(house, filed):
    other = actions.start(enterprise=house.other_firm, by=house.stranger, at=made.AT)
    rows = [made.right(2), made.right(9)]
    actions.put_table(application=other, table="rights", rows=rows, by=house.stranger, at=made.AT)
    found = {right.id: right.used_by_other for right in queries.tables_of(other).rights}
    assert found == {"IP02": True, "IP09": False}
    actions.withdraw(application=filed, by=house.filer, at=made.AT)
    assert not any(right.used_by_other for right in queries.tables_of(other).rights)


def test_row_taken_out_is_named_nowhere_any_more(house):
    application = made.draft(house.firm, house.filer, files=False)
    row = application.projects.get()
    actions.remove_row(row=row, table="projects", by=house.filer, at=made.AT)
    assert not application.costs.exists()
    assert all(result.projects == [] for result in application.results.all())
