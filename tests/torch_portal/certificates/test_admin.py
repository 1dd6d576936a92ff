"""Certificates at the desk."""

import pytest
from django.urls import reverse

from contracts.enums import State
from tests.factories.contracts import contract_at
from torch_portal.certificates.enums import Making
from torch_portal.certificates.models import Certificate

LIST = reverse("admin:certificates_certificate_changelist")


@pytest.fixture
def certificate(house):
    """One issued by the agency."""
    contract = contract_at(
        State.RECOGNISED, firm=house.firm, by=house.filer, office=house.office,
        examiner=house.reviewer,
    )  # fmt: skip
    return contract.filing.certificates.get()


def making(certificate, state):
    Certificate.objects.filter(pk=certificate.pk).update(
        making=state, attempts=8, last_error="OSError: no font", sha256="", pdf=""
    )


def again(certificate):
    return reverse("admin:certificates_certificate_again", args=[certificate.pk])


def page(certificate):
    return reverse("admin:certificates_certificate_change", args=[certificate.pk])


@pytest.mark.parametrize(
    ("who", "seen"), [("reviewer", True), ("official", True), ("far_reviewer", False)]
)
def test_certificates_of_the_own_area(client, house, certificate, who, seen):
    client.force_login(getattr(house, who))
    assert (certificate.number in client.get(LIST).text) is seen
    assert (client.get(page(certificate)).status_code == 200) is seen


def test_operator_sees_what_could_not_be_made_and_no_content(client, house, certificate):
    client.force_login(house.operator)
    making(certificate, Making.FAILED)
    assert certificate.number in client.get(LIST).text
    shown = client.get(page(certificate))
    assert "no font" in shown.text
    assert again(certificate) in shown.text
    assert certificate.content["project_name"] not in shown.text


def test_operator_does_not_see_finished_certificates(client, house, certificate):
    Certificate.objects.filter(pk=certificate.pk).update(making=Making.READY, sha256="0" * 64)
    client.force_login(house.operator)
    assert certificate.number not in client.get(LIST).text


def test_failed_file_is_made_again(client, house, certificate):
    making(certificate, Making.FAILED)
    client.force_login(house.operator)
    assert client.get(again(certificate)).status_code == 405
    client.post(again(certificate))
    certificate.refresh_from_db()
    assert (certificate.making, certificate.attempts) == (Making.PENDING, 0)


@pytest.mark.parametrize("who", ["reviewer", "official"])
def test_others_cannot_have_it_made_again(client, house, certificate, who):
    making(certificate, Making.FAILED)
    client.force_login(getattr(house, who))
    assert again(certificate) not in client.get(page(certificate)).text
    assert client.post(again(certificate)).status_code == 404
    certificate.refresh_from_db()
    assert certificate.making == Making.FAILED


def test_certificate_is_not_editable(client, house, certificate):
    client.force_login(house.reviewer)
    assert client.post(page(certificate), {"number": "1"}).status_code == 403
    certificate.refresh_from_db()
    assert certificate.number != "1"
