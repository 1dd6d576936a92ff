"""The database refuses to change the access log; rows older than the retention may go."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION filings_access_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the access log is append-only: % refused', TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER access_no_change BEFORE UPDATE ON filings_access
    FOR EACH ROW EXECUTE FUNCTION filings_access_refuse();
"""

BACKWARD = """
DROP TRIGGER access_no_change ON filings_access;
DROP FUNCTION filings_access_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("filings", "0005_local_settings_and_access")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
