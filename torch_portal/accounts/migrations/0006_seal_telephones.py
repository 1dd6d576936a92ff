"""Telephones that stand in the clear are sealed; taken back, they stand in the clear again."""

from django.db import migrations

from torch_portal.accounts.sealed import MARK, seal, unseal

TABLES = ("accounts_user", "accounts_enterprise")


def _each(schema_editor, change, wanted):
    with schema_editor.connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT id, phone FROM {table} WHERE phone <> ''")  # noqa: S608
            for pk, stored in cursor.fetchall():
                if wanted(stored):
                    update = f"UPDATE {table} SET phone = %s WHERE id = %s"  # noqa: S608
                    cursor.execute(update, [change(stored), pk])


def forwards(apps, schema_editor):
    _each(schema_editor, seal, lambda stored: not stored.startswith(MARK))


def backwards(apps, schema_editor):
    _each(schema_editor, unseal, lambda stored: stored.startswith(MARK))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_record_stays")]

    operations = [migrations.RunPython(forwards, backwards)]
