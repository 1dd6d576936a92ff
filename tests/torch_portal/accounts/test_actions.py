"""The people of a demonstration: loaded twice alike, with codes and areas that hold."""

import pytest
from django.urls import reverse

from torch_portal.accounts import demo
from torch_portal.accounts.demo_people import PASSWORD, PEOPLE
from torch_portal.accounts.models import Agency, Appointment, Enterprise, Membership, User

pytestmark = pytest.mark.django_db


def rows():
    models = (Agency, Appointment, Enterprise, Membership, User)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_demo_load_twice_is_once():
    demo.load()
    first = rows()
    demo.load()
    assert rows() == first


def test_demo_enterprises_and_agencies_are_valid():
    demo.load()
    for row in [*Enterprise.objects.all(), *Agency.objects.all()]:
        row.full_clean()


def test_demo_accounts_can_sign_in_and_only_officials_are_staff(client):
    demo.load()
    for person in PEOPLE:
        given = {"username": person.username, "password": PASSWORD}
        assert client.post(reverse("accounts:login"), given).status_code == 302
        client.logout()
    staff = set(User.objects.filter(is_staff=True).values_list("username", flat=True))
    in_office = set(Appointment.objects.values_list("user__username", flat=True))
    assert staff == in_office
    assert not User.objects.filter(is_superuser=True).exists()


def test_demo_load_keeps_a_changed_password():
    demo.load()
    person = User.objects.get(username="enterprise")
    person.set_password("another-password")
    person.save()
    demo.load()
    person.refresh_from_db()
    assert person.check_password("another-password")
