"""A return as it was handed in is only ever added to."""

from django.db import migrations

KEEP = """
CREATE TRIGGER stats_revision_stays BEFORE UPDATE OR DELETE ON stats_returnrevision
    FOR EACH ROW EXECUTE FUNCTION stats_kept();
"""
DROP = """
DROP TRIGGER stats_revision_stays ON stats_returnrevision;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("stats", "0005_search"),
    ]

    operations = [
        migrations.RunSQL(KEEP, DROP),
    ]
