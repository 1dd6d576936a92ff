"""The record of lists is append-only: the database refuses to change or delete its rows."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION publicity_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events of lists are append-only: % refused', TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER publicity_event_no_change BEFORE UPDATE OR DELETE ON publicity_batchevent
    FOR EACH ROW EXECUTE FUNCTION publicity_event_refuse();
"""

BACKWARD = """
DROP TRIGGER publicity_event_no_change ON publicity_batchevent;
DROP FUNCTION publicity_event_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("publicity", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
