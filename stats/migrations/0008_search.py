"""Name and credit code of the respondent are what a return is found by."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION stats_search_words(r stats_return) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT concat_ws(' ', a.name, a.credit_code)
    FROM accounts_enterprise a WHERE a.id = r.enterprise_id
$$;

CREATE FUNCTION stats_keep_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO filings_searchentry (filing_id, words)
    VALUES (NEW.filing_id, stats_search_words(NEW))
    ON CONFLICT (filing_id) DO UPDATE SET words = EXCLUDED.words
    WHERE filings_searchentry.words <> EXCLUDED.words;
    RETURN NULL;
END $$;

CREATE TRIGGER return_search_words AFTER INSERT
    ON stats_return FOR EACH ROW EXECUTE FUNCTION stats_keep_words();
"""
BACKWARD = """
DROP TRIGGER return_search_words ON stats_return;
DROP FUNCTION stats_keep_words();
DROP FUNCTION stats_search_words(stats_return);
"""


class Migration(migrations.Migration):
    dependencies = [("stats", "0007_quality_stays"), ("filings", "0015_qualifications")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
