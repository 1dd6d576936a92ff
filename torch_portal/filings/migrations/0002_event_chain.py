"""The database keeps the event log: it numbers and chains events and refuses to change them.

The hash covers every column of the event and the hash of the one before, so that
`check_consistency` can recompute the chain in one statement.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION filings_event_hash(e filings_event) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        e.prev_hash, e.filing_id, e.seq,
        to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        e.by_id, e.by_name, e.move, e.from_state, e.to_state, e.note, e.data,
        e.edition, e.facts_digest
    )::text, 'UTF8')), 'hex')
$$;

CREATE FUNCTION filings_event_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last_seq integer;
    last_hash text;
BEGIN
    SELECT seq, hash INTO last_seq, last_hash FROM filings_event
    WHERE filing_id = NEW.filing_id ORDER BY seq DESC LIMIT 1;
    NEW.seq := COALESCE(last_seq, 0) + 1;
    NEW.prev_hash := COALESCE(last_hash, '');
    NEW.hash := filings_event_hash(NEW);
    RETURN NEW;
END $$;

CREATE FUNCTION filings_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events are append-only: % refused', TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER event_chain BEFORE INSERT ON filings_event
    FOR EACH ROW EXECUTE FUNCTION filings_event_chain();
CREATE TRIGGER event_no_change BEFORE UPDATE OR DELETE ON filings_event
    FOR EACH ROW EXECUTE FUNCTION filings_event_refuse();
CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON filings_event
    FOR EACH STATEMENT EXECUTE FUNCTION filings_event_refuse();
"""

BACKWARD = """
DROP TRIGGER event_no_truncate ON filings_event;
DROP TRIGGER event_no_change ON filings_event;
DROP TRIGGER event_chain ON filings_event;
DROP FUNCTION filings_event_refuse();
DROP FUNCTION filings_event_chain();
DROP FUNCTION filings_event_hash(filings_event);
"""


class Migration(migrations.Migration):
    dependencies = [("filings", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
