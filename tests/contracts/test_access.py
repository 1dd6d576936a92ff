"""Views of filings by people in office are on record; the enterprise's own are not."""

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from contracts.enums import State
from tests.factories import accounts
from tests.factories.contracts import contract_at, pdf_bytes
from torch_portal.certificates.enums import Making
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


def issued(house):
    """A recognised contract with a certificate and a receipt that are made."""
    made = contract_at(
        State.RECOGNISED, firm=house.firm, by=house.filer, office=house.office,
        examiner=house.reviewer,
    )  # fmt: skip
    for row in (made.filing.certificates.get(), made.filing.documents.first()):
        row.sha256 = "0" * 64
        row.pdf.save("made.pdf", ContentFile(pdf_bytes()), save=False)
        row.making = Making.READY
        row.save()
    key = made.filing.certificates.get().pk
    return made, [
        reverse("contracts:certificate", args=[made.pk]),
        reverse("contracts:issued", args=[made.pk, key]),
        reverse("contracts:document", args=[made.pk, made.filing.documents.first().pk]),
        reverse("api:contract-certificate", args=[made.pk]),
        reverse("api:contract-document", args=[made.pk, made.filing.documents.first().pk]),
    ]


def test_downloads_of_what_was_issued_are_noted(client, house):
    made, addresses = issued(house)
    client.force_login(house.reviewer)
    for address in addresses:
        assert client.get(address).status_code == 200
    noted = Access.objects.values_list("filing", "kind", "seen_by")
    assert list(noted) == [(made.pk, "issued", house.reviewer.pk)] * len(addresses)


def test_own_downloads_and_refused_ones_are_not_noted(client, house):
    _made, addresses = issued(house)
    client.force_login(house.filer)
    assert [client.get(a).status_code for a in addresses] == [200] * len(addresses)
    client.force_login(house.far_reviewer)
    assert [client.get(a).status_code for a in addresses] == [404] * len(addresses)
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
