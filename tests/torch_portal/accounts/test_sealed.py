"""Personal numbers: sealed in the database, masked at the desk, each full look on record."""

import importlib

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from tests.torch_portal.accounts.signing import set_up_app, sign_in
from torch_portal.accounts.enums import AccountAct
from torch_portal.accounts.models import AccountEvent, Enterprise, User
from torch_portal.accounts.sealed import MARK, UnreadableSeal, seal, unseal

pytestmark = pytest.mark.django_db
NUMBER = "330106198001010017"
PHONE = "13800001234"
migration = importlib.import_module("torch_portal.accounts.migrations.0006_seal_telephones")


def stored(table, column, pk):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE id = %s", [pk])  # noqa: S608
        return cursor.fetchone()[0]


@pytest.fixture
def known(house):
    """A person and an enterprise with personal numbers."""
    User.objects.filter(pk=house.filer.pk).update(phone=PHONE)
    Enterprise.objects.filter(pk=house.firm.pk).update(legal_representative_id=NUMBER, phone=PHONE)
    house.firm.refresh_from_db()
    house.filer.refresh_from_db()
    return house


def test_number_is_sealed_in_the_database_and_plain_in_python(known):
    raw = stored("accounts_enterprise", "legal_representative_id", known.firm.pk)
    assert raw.startswith(MARK)
    assert NUMBER not in raw
    assert known.firm.legal_representative_id == NUMBER
    assert Enterprise.objects.values_list("phone", flat=True).get(pk=known.firm.pk) == PHONE


def test_same_number_is_sealed_differently_each_time():
    assert seal(PHONE) != seal(PHONE)
    assert unseal(seal(PHONE)) == PHONE
    assert seal("") == ""


def test_sealed_field_cannot_be_searched(known):
    with pytest.raises(FieldError):
        Enterprise.objects.filter(phone__contains="138").exists()


def test_keys_rotate(client, known, settings):
    sign_in(client, "filer")
    secret = set_up_app(client)
    old, new = settings.FIELD_KEYS[0], Fernet.generate_key().decode()
    settings.FIELD_KEYS = [new, old]
    call_command("reseal")
    settings.FIELD_KEYS = [new]
    assert Enterprise.objects.get(pk=known.firm.pk).legal_representative_id == NUMBER
    assert User.objects.get(pk=known.filer.pk).phone == PHONE
    sealed = known.filer.authenticator_set.get(type="totp").data["secret"]
    assert unseal(sealed) == secret
    settings.FIELD_KEYS = [old]
    with pytest.raises(UnreadableSeal, match="FIELD_KEYS"):
        Enterprise.objects.get(pk=known.firm.pk)


def test_demonstration_derives_a_key_from_its_secret(settings):
    settings.FIELD_KEYS = []
    sealed = seal(PHONE)
    assert unseal(sealed) == PHONE
    settings.SECRET_KEY = "another" * 10
    with pytest.raises(UnreadableSeal):
        unseal(sealed)


def test_migration_seals_what_stands_in_the_clear_and_back(known):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET phone = '0571-1' WHERE id = %s", [known.filer.pk])
    with connection.schema_editor() as editor:
        migration.forwards(None, editor)
        assert stored("accounts_user", "phone", known.filer.pk).startswith(MARK)
        assert User.objects.get(pk=known.filer.pk).phone == "0571-1"
        migration.forwards(None, editor)
        migration.backwards(None, editor)
    assert stored("accounts_user", "phone", known.filer.pk) == "0571-1"
    assert stored("accounts_enterprise", "phone", known.firm.pk) == PHONE


def change_page(row):
    return reverse(f"admin:accounts_{row._meta.model_name}_change", args=[row.pk])


def reveal(row):
    return reverse(f"admin:accounts_{row._meta.model_name}_reveal", args=[row.pk])


def test_desk_shows_the_mask_alone(client, known):
    client.force_login(known.operator)
    for row in (known.firm, known.filer):
        page = client.get(change_page(row)).content.decode()
        assert NUMBER not in page
        assert PHONE not in page
        assert "138****1234" in page


def test_full_look_goes_on_record_first(client, known):
    client.force_login(known.operator)
    answer = client.post(reveal(known.firm))
    assert NUMBER in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    event = AccountEvent.objects.get()
    assert (event.act, event.by, event.enterprise) == (
        AccountAct.REVEALED,
        known.operator,
        known.firm,
    )
    assert NUMBER not in event.note
    assert client.get(reveal(known.firm)).status_code == 403


@pytest.mark.parametrize("who", ["filer", "reviewer", "official"])
def test_nobody_else_looks(client, known, who):
    client.force_login(getattr(known, who))
    assert client.post(reveal(known.firm)).status_code in {302, 403}
    assert not AccountEvent.objects.exists()


@pytest.mark.parametrize(
    ("typed", "kept"), [("", PHONE), ("13911112222", "13911112222"), ("-", "")]
)
def test_number_is_kept_replaced_or_cleared(client, known, typed, kept):
    client.force_login(known.operator)
    form = {"name": "新名", "division": "330106", "jurisdiction": "33", "resident": "on"}
    client.post(change_page(known.firm), form | {"phone": typed})
    firm = Enterprise.objects.get(pk=known.firm.pk)
    assert (firm.name, firm.phone, firm.legal_representative_id) == ("新名", kept, NUMBER)


def test_own_page_masks_the_telephone(client, known):
    sign_in(client, "filer")
    page = client.get("/accounts/").content.decode()
    assert "138****1234" in page
    assert PHONE not in page
