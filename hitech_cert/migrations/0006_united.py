"""The branches of the tables come together; nothing changes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("hitech_cert", "0004_merge_0003_after_0003_search"),
        ("hitech_cert", "0005_sheets_stay"),
    ]

    operations = []
