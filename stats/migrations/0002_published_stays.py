"""What was published is never changed nor deleted, whoever asks the database.

Of a version only its retirement, of a rule only its withdrawal is written afterwards.
"""

from django.db import migrations

KEEP = """
CREATE FUNCTION stats_published_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    later text[] := ARRAY['retired_at', 'retired_by_id',
        'withdrawn_at', 'withdrawn_by_id', 'withdrawn_for'];
BEGIN
    IF OLD.published_at IS NOT NULL
        AND (TG_OP = 'DELETE' OR to_jsonb(NEW) - later <> to_jsonb(OLD) - later) THEN
        RAISE EXCEPTION 'what was published is never changed' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER stats_version_stays BEFORE UPDATE OR DELETE ON stats_instrumentversion
    FOR EACH ROW EXECUTE FUNCTION stats_published_stays();
CREATE TRIGGER stats_rule_stays BEFORE UPDATE OR DELETE ON stats_checkrule
    FOR EACH ROW EXECUTE FUNCTION stats_published_stays();

CREATE FUNCTION stats_part_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint[];
BEGIN
    IF TG_OP <> 'INSERT' THEN
        touched := array_append(touched, OLD.version_id);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        touched := array_append(touched, NEW.version_id);
    END IF;
    IF EXISTS (SELECT 1 FROM stats_instrumentversion v
        WHERE v.id = ANY (touched) AND v.published_at IS NOT NULL) THEN
        RAISE EXCEPTION 'what was published is never changed' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER stats_item_stays BEFORE INSERT OR UPDATE OR DELETE ON stats_item
    FOR EACH ROW EXECUTE FUNCTION stats_part_stays();
CREATE TRIGGER stats_list_stays BEFORE INSERT OR UPDATE OR DELETE ON stats_choicelist
    FOR EACH ROW EXECUTE FUNCTION stats_part_stays();
CREATE TRIGGER stats_comparability_stays BEFORE INSERT OR UPDATE OR DELETE ON stats_comparability
    FOR EACH ROW EXECUTE FUNCTION stats_part_stays();

CREATE FUNCTION stats_choice_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint[];
BEGIN
    IF TG_OP <> 'INSERT' THEN
        touched := array_append(touched, OLD.list_id);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        touched := array_append(touched, NEW.list_id);
    END IF;
    IF EXISTS (SELECT 1 FROM stats_choicelist l
        JOIN stats_instrumentversion v ON v.id = l.version_id
        WHERE l.id = ANY (touched) AND v.published_at IS NOT NULL) THEN
        RAISE EXCEPTION 'what was published is never changed' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER stats_choice_stays BEFORE INSERT OR UPDATE OR DELETE ON stats_choice
    FOR EACH ROW EXECUTE FUNCTION stats_choice_stays();
"""
DROP = """
DROP TRIGGER stats_choice_stays ON stats_choice;
DROP FUNCTION stats_choice_stays();
DROP TRIGGER stats_comparability_stays ON stats_comparability;
DROP TRIGGER stats_list_stays ON stats_choicelist;
DROP TRIGGER stats_item_stays ON stats_item;
DROP FUNCTION stats_part_stays();
DROP TRIGGER stats_rule_stays ON stats_checkrule;
DROP TRIGGER stats_version_stays ON stats_instrumentversion;
DROP FUNCTION stats_published_stays();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("stats", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(KEEP, DROP),
    ]
