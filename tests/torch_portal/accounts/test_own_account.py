"""One's own account: password, recovery, sessions, idle time."""

import time

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError

from tests.factories import accounts
from tests.torch_portal.accounts.signing import GOOD, link_in, sign_in
from torch_portal.accounts.middleware import SEEN
from torch_portal.accounts.models import FormerPassword

pytestmark = pytest.mark.django_db


def is_in(client):
    return client.get("/desk/").status_code == 200


@pytest.mark.parametrize(
    "password", ["Torch-2020", "torch-2020.", "TORCH2020火炬", "火炬2020-torch"]
)
def test_password_with_three_kinds_is_good(password):
    validate_password(password)


@pytest.mark.parametrize("password", ["Torch-202", "torchtorch20", "TORCHTORCH-", "1234567890", ""])
def test_password_too_short_or_too_plain_is_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password)


def test_password_like_the_name_is_refused(house):
    with pytest.raises(ValidationError):
        validate_password("Stranger-1", house.stranger)


def test_last_passwords_are_refused_and_older_ones_are_not(house, settings):
    person = house.filer
    for number in range(6):
        person.set_password(f"Torch-2020-{number}")
        person.save()
    with pytest.raises(ValidationError):
        validate_password("Torch-2020-1", person)
    validate_password("Torch-2020-0", person)
    assert FormerPassword.objects.filter(user=person).count() == settings.PASSWORDS_REMEMBERED


def test_password_is_changed_and_the_owner_is_told(client, house):
    other = type(client)()
    for device in (client, other):
        sign_in(device, "filer")
    typed = {"oldpassword": accounts.PASSWORD, "password1": GOOD, "password2": GOOD}
    assert (
        client.post("/accounts/password/change/", typed | {"oldpassword": "x"}).status_code == 200
    )
    client.post("/accounts/password/change/", typed)
    assert mail.outbox[-1].to == [house.filer.email]
    assert is_in(client)
    assert not is_in(other)
    client.post("/accounts/logout/")
    assert sign_in(client, "filer").status_code == 200
    assert sign_in(client, "filer", GOOD).status_code == 302


def test_present_password_cannot_be_the_next_one(client, house):
    sign_in(client, "filer")
    typed = {"oldpassword": accounts.PASSWORD} | dict.fromkeys(
        ("password1", "password2"), accounts.PASSWORD
    )
    page = client.post("/accounts/password/change/", typed)
    assert "password1" in page.context["form"].errors


def test_forgotten_password_is_set_by_a_link_that_works_once(client, house):
    client.post("/accounts/password/reset/", {"email": house.filer.email})
    path = link_in(mail.outbox[-1])
    form = client.get(path, follow=True)
    done = client.post(form.request["PATH_INFO"], {"password1": GOOD, "password2": GOOD})
    assert done["Location"] == "/accounts/password/reset/key/done/"
    assert sign_in(client, "filer", GOOD).status_code == 302
    client.post("/accounts/logout/")
    assert "已失效" in type(client)().get(path, follow=True).content.decode()


def test_reset_answers_known_and_unknown_addresses_alike(client, house):
    answers = [
        client.post("/accounts/password/reset/", {"email": email})["Location"]
        for email in (house.filer.email, "nobody@example.com")
    ]
    assert answers[0] == answers[1]
    assert len(mail.outbox) == 1


def test_devices_are_listed_and_ended(client, house):
    sign_in(client, "filer")
    other = type(client)(headers={"user-agent": "other device"})
    sign_in(other, "filer")
    page = client.get("/accounts/sessions/").content.decode()
    assert "other device" in page
    client.post("/accounts/sessions/")
    assert is_in(client)
    assert not is_in(other)


def test_sessions_of_others_are_not_listed(client, house):
    other = type(client)(headers={"user-agent": "other device"})
    sign_in(other, "reader")
    sign_in(client, "filer")
    assert "other device" not in client.get("/accounts/sessions/").content.decode()
    client.post("/accounts/sessions/")
    assert is_in(other)


@pytest.mark.parametrize(("minutes", "stays"), [(29, True), (31, False)])
def test_idle_session_ends(client, house, settings, minutes, stays):
    sign_in(client, "filer")
    session = client.session
    session[SEEN] = time.time() - minutes * 60
    session.save()
    assert settings.SESSION_IDLE.total_seconds() == 30 * 60
    answer = client.get("/desk/?stage=draft")
    assert answer.status_code == (200 if stays else 302)
    if not stays:
        assert answer["Location"] == "/accounts/login/?next=%2Fdesk%2F%3Fstage%3Ddraft"
        assert "自动退出" in client.get(answer["Location"]).content.decode()


def test_every_minute_with_a_request_counts_as_use(client, house):
    sign_in(client, "filer")
    session = client.session
    session[SEEN] = time.time() - 20 * 60
    session.save()
    client.get("/desk/")
    assert time.time() - client.session[SEEN] < 60


def test_pages_of_the_own_account_answer(client, house):
    sign_in(client, "filer")
    for path in ("", "password/change/", "email/", "sessions/", "factor/", "factor/keys/"):
        assert client.get(f"/accounts/{path}").status_code == 200, path


def test_address_is_changed_once_the_letter_is_opened(client, house):
    sign_in(client, "filer")
    client.post("/accounts/email/", {"email": "other@example.com", "action_add": ""})
    house.filer.refresh_from_db()
    assert house.filer.email == "filer@example.com"
    client.post(link_in(next(m for m in mail.outbox if m.to == ["other@example.com"])))
    house.filer.refresh_from_db()
    assert house.filer.email == "other@example.com"
