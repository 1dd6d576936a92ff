"""Published tables, what was left out of them and the log of micro-data are only ever added to."""

from django.db import migrations

KEEP = """
CREATE FUNCTION stats_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;

CREATE TRIGGER stats_table_stays BEFORE UPDATE OR DELETE ON stats_publicationtable
    FOR EACH ROW EXECUTE FUNCTION stats_kept();
CREATE TRIGGER stats_suppression_stays BEFORE UPDATE OR DELETE ON stats_suppressionlog
    FOR EACH ROW EXECUTE FUNCTION stats_kept();
CREATE TRIGGER stats_access_stays BEFORE UPDATE OR DELETE ON stats_microaccess
    FOR EACH ROW EXECUTE FUNCTION stats_kept();
"""
DROP = """
DROP TRIGGER stats_access_stays ON stats_microaccess;
DROP TRIGGER stats_suppression_stays ON stats_suppressionlog;
DROP TRIGGER stats_table_stays ON stats_publicationtable;
DROP FUNCTION stats_kept();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("stats", "0006_quality"),
    ]

    operations = [
        migrations.RunSQL(KEEP, DROP),
    ]
