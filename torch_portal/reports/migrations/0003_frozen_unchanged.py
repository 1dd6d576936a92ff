"""The database refuses to change or delete frozen tables."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION reports_frozen_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'frozen tables are append-only: % refused', TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER frozen_append_only BEFORE UPDATE OR DELETE ON reports_frozentables
    FOR EACH ROW EXECUTE FUNCTION reports_frozen_refuse();
"""

BACKWARD = """
DROP TRIGGER frozen_append_only ON reports_frozentables;
DROP FUNCTION reports_frozen_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_periods")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
