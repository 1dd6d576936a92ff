"""Views of filings by people in office are on record; the enterprise's own are not."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from contracts.enums import State
from tests.factories import accounts
from tests.factories.contracts import contract_at
from torch_portal.filings.models import Access

LOG = reverse("admin:filings_access_changelist")


@pytest.fixture
def contract(house):
    return contract_at(
        State.SUBMITTED,
        firm=house.firm,
        by=house.filer,
        office=house.office,
        examiner=house.reviewer,
    )


def pages(contract):
    attachment = contract.filing.attachments.get()
    return {
        "page": reverse("admin:contracts_contract_change", args=[contract.pk]),
        "file": reverse("contracts:attachment", args=[contract.pk, attachment.pk]),
        "api": reverse("api:contract-detail", args=[contract.pk]),
        "status": reverse("contracts:detail", args=[contract.pk]),
    }


@pytest.mark.parametrize(
    ("page", "kind"), [("page", "page"), ("file", "file"), ("api", "api"), ("status", "page")]
)
def test_view_by_a_reviewer_is_noted(client, house, contract, page, kind):
    client.force_login(house.reviewer)
    assert client.get(pages(contract)[page]).status_code == 200
    seen = Access.objects.get()
    assert (seen.filing, seen.seen_by, seen.kind) == (contract.filing, house.reviewer, kind)
    assert (seen.attachment_id is not None) is (kind == "file")


@pytest.mark.parametrize("page", ["file", "api", "status"])
def test_own_people_are_not_noted(client, house, contract, page):
    client.force_login(house.reader)
    assert client.get(pages(contract)[page]).status_code == 200
    assert not Access.objects.exists()


def test_refused_view_and_the_list_leave_no_row(client, house, contract):
    client.force_login(house.far_reviewer)
    assert client.get(pages(contract)["file"]).status_code == 404
    client.force_login(house.reviewer)
    client.get(reverse("admin:contracts_contract_changelist"))
    assert not Access.objects.exists()


def test_log_is_not_changed(client, house, contract):
    client.force_login(house.reviewer)
    client.get(pages(contract)["page"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Access.objects.update(kind="api")


def test_log_by_role(client, house, contract):
    client.force_login(house.reviewer)
    client.get(pages(contract)["page"])
    assert client.get(LOG).status_code == 403
    counts = {}
    for person in (house.official, accounts.official("32", name="far-official"), house.operator):
        client.force_login(person)
        counts[person.username] = len(client.get(LOG).context["cl"].result_list)
    assert counts == {"official": 1, "far-official": 0, "operator": 1}


@pytest.mark.parametrize("rows", [1, 3])
def test_log_in_a_budget_of_statements(
    client, house, contract, rows, django_assert_max_num_queries
):
    client.force_login(house.reviewer)
    for _n in range(rows):
        client.get(pages(contract)["page"])
    client.force_login(house.operator)
    with django_assert_max_num_queries(8):
        client.get(LOG)
