"""The database refuses two hotline entries of one service, or with one order, on the same day."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION notices_hotline_overlap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock('notices_hotlineentry'::regclass::oid::bigint);
    IF EXISTS (
        SELECT 1 FROM notices_hotlineentry AS o
        WHERE o.id <> NEW.id AND (o.service_code = NEW.service_code OR o."order" = NEW."order")
            AND daterange(o.valid_from, o.valid_to, '[]')
                && daterange(NEW.valid_from, NEW.valid_to, '[]')
    ) THEN
        RAISE EXCEPTION 'hotline entry overlaps another of the same service or order'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'hotline_overlap';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER hotline_overlap AFTER INSERT OR UPDATE ON notices_hotlineentry
    FOR EACH ROW EXECUTE FUNCTION notices_hotline_overlap();
"""

BACKWARD = """
DROP TRIGGER hotline_overlap ON notices_hotlineentry;
DROP FUNCTION notices_hotline_overlap();
"""


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
