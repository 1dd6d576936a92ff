"""The database refuses leases that overlap, stays before their time, changes after publication."""

from django.db import migrations

# Two writers of leases of one stay wait for each other at the row of the stay.
FORWARD = """
CREATE FUNCTION incubators_lease_overlap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM incubators_tenancy WHERE id = NEW.tenancy_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT 1 FROM incubators_lease AS o
        WHERE o.id <> NEW.id AND o.tenancy_id = NEW.tenancy_id AND o.room = NEW.room
            AND daterange(o.begins_on, o.ends_on, '[]')
                && daterange(NEW.begins_on, NEW.ends_on, '[]')
    ) THEN
        RAISE EXCEPTION 'lease overlaps another of the same room'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'lease_overlap';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER lease_overlap AFTER INSERT OR UPDATE ON incubators_lease
    FOR EACH ROW EXECUTE FUNCTION incubators_lease_overlap();

CREATE FUNCTION incubators_tenancy_days() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM incubators_tenant AS t
        WHERE t.id = NEW.tenant_id AND NEW.entered_on < t.established_on
    ) THEN
        RAISE EXCEPTION 'stay begins before the tenant was established'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'tenancy_after_establishment';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER tenancy_days AFTER INSERT OR UPDATE ON incubators_tenancy
    FOR EACH ROW EXECUTE FUNCTION incubators_tenancy_days();

CREATE FUNCTION incubators_programme_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NOT NULL THEN
        RAISE EXCEPTION 'a published programme stays as it is: % refused', TG_OP
            USING ERRCODE = 'check_violation', CONSTRAINT = 'programme_stays';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER programme_stays BEFORE UPDATE OR DELETE ON incubators_reliefprogramme
    FOR EACH ROW EXECUTE FUNCTION incubators_programme_stays();
"""

BACKWARD = """
DROP TRIGGER programme_stays ON incubators_reliefprogramme;
DROP FUNCTION incubators_programme_stays();
DROP TRIGGER tenancy_days ON incubators_tenancy;
DROP FUNCTION incubators_tenancy_days();
DROP TRIGGER lease_overlap ON incubators_lease;
DROP FUNCTION incubators_lease_overlap();
"""


class Migration(migrations.Migration):
    dependencies = [("incubators", "0001_registers")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
