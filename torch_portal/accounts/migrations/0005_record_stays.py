"""The record of accounts is append-only: the database refuses to change or delete its rows."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION accounts_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'account events are append-only: % refused', TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER account_event_no_change BEFORE UPDATE OR DELETE ON accounts_accountevent
    FOR EACH ROW EXECUTE FUNCTION accounts_event_refuse();
"""

BACKWARD = """
DROP TRIGGER account_event_no_change ON accounts_accountevent;
DROP FUNCTION accounts_event_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_joining")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
