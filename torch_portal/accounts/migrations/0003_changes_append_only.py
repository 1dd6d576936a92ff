"""The database keeps the record of settings: nothing is deleted, nothing settled is touched."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION accounts_change_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.state = 'proposed' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'changes of settings are append-only: % refused', TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER change_append_only BEFORE UPDATE OR DELETE ON accounts_change
    FOR EACH ROW EXECUTE FUNCTION accounts_change_refuse();
"""

BACKWARD = """
DROP TRIGGER change_append_only ON accounts_change;
DROP FUNCTION accounts_change_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_changes")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
