"""A submitted sheet is never changed nor deleted, whoever asks the database."""

from django.db import migrations

KEEP = """
CREATE FUNCTION hitech_sheet_stays() RETURNS trigger AS $$
BEGIN
    IF OLD.submitted_at IS NOT NULL THEN
        RAISE EXCEPTION 'a submitted score sheet is never changed';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER hitech_sheet_stays BEFORE UPDATE OR DELETE ON hitech_cert_scoresheet
FOR EACH ROW EXECUTE FUNCTION hitech_sheet_stays();
"""
DROP = """
DROP TRIGGER hitech_sheet_stays ON hitech_cert_scoresheet;
DROP FUNCTION hitech_sheet_stays();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("hitech_cert", "0002_search"),
    ]

    operations = [
        migrations.RunSQL(KEEP, DROP),
    ]
