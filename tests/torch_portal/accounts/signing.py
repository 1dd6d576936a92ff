"""What the tests of signing in share: letters, links, one-time codes."""

import re
import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.urls import reverse

from tests.factories import accounts

GOOD = "Torch-2020-works"


def link_in(letter):
    """The path of the first link of a letter."""
    return re.search(r"http://testserver(/\S+)", letter.body).group(1)


def code_of(secret, shift=0):
    """What an app shows; `shift` periods later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + shift))


def sign_in(client, name, password=accounts.PASSWORD, **more):
    """Through the door, as people do."""
    given = {"username": name, "password": password} | more
    return client.post(reverse("accounts:login"), given)


def set_up_app(client):
    """A second factor for the person signed in; answers its secret."""
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    return secret
