"""Rows of several tables in one query: the same rows as a prefetch gives, to the type."""

import datetime
from decimal import Decimal

import pytest
from django.db.models import prefetch_related_objects

from hitech_cert.models import Application
from hitech_cert.queries import TABLES
from sme_eval.models import Evaluation
from tests.factories import hitech_cert as made
from tests.factories.sme_eval import evaluation_at
from torch_portal.common.together import fetch_together
from torch_portal.filings.models import Filing

pytestmark = pytest.mark.django_db
ODD = 'GB "红外"\\ 标准'
OF_COVERS = ("attachments", "events", "corrections")


@pytest.fixture
def application(house):
    """Submitted, with rows in every table, odd words and figures without cents among them."""
    row = made.submitted(house.firm, house.filer, house.office)
    row.standards.create(code="01", name=ODD, typed={"part": "1.50"})
    row.projects.create(code="RD02", name="", starts_on=None, budget=Decimal("12"))
    Filing.objects.filter(pk=row.pk).update(due_on=datetime.date(2020, 7, 1))
    return row


def cells(row):
    """Every column with its value and its type."""
    names = [f.attname for f in row._meta.concrete_fields]
    return [(name, getattr(row, name), type(getattr(row, name))) for name in names]


def rows_of(owner, names):
    found = {name: sorted(getattr(owner, name).all(), key=lambda row: row.pk) for name in names}
    return {name: [cells(row) for row in rows] for name, rows in found.items()}


def test_rows_are_those_of_a_prefetch(application, django_assert_num_queries):
    fetched, together = (Application.objects.get(pk=application.pk) for _time in range(2))
    prefetch_related_objects([fetched], *TABLES, *(f"filing__{name}" for name in OF_COVERS))
    cover = together.filing
    with django_assert_num_queries(1):
        fetch_together({together: TABLES, cover: OF_COVERS})
    with django_assert_num_queries(0):
        assert rows_of(together, TABLES) == rows_of(fetched, TABLES)
        assert rows_of(cover, OF_COVERS) == rows_of(fetched.filing, OF_COVERS)
        assert {row.application for row in together.rights.all()} == {together}
    assert len(rows_of(cover, OF_COVERS)["attachments"]) > 1


def test_relations_under_a_name_of_their_own(house, django_assert_num_queries):
    row = evaluation_at("draft", firm=house.firm, by=house.filer, office=house.office,
                        examiner=house.reviewer)  # fmt: skip
    again = Evaluation.objects.get(pk=row.pk)
    names = ("projects", "ip_rights", "routes")
    with django_assert_num_queries(1):
        fetch_together({again: names})
    assert rows_of(again, names) == rows_of(Evaluation.objects.get(pk=row.pk), names)
