"""Name, credit code and number of an enterprise are what its evaluation is found by."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION sme_eval_search_words(e sme_eval_evaluation) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT concat_ws(' ', a.name, a.credit_code, e.number)
    FROM accounts_enterprise a WHERE a.id = e.enterprise_id
$$;

CREATE FUNCTION sme_eval_keep_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO filings_searchentry (filing_id, words)
    VALUES (NEW.filing_id, sme_eval_search_words(NEW))
    ON CONFLICT (filing_id) DO UPDATE SET words = EXCLUDED.words
    WHERE filings_searchentry.words <> EXCLUDED.words;
    RETURN NULL;
END $$;

CREATE TRIGGER evaluation_search_words AFTER INSERT OR UPDATE OF number
    ON sme_eval_evaluation FOR EACH ROW EXECUTE FUNCTION sme_eval_keep_words();
"""
BACKWARD = """
DROP TRIGGER evaluation_search_words ON sme_eval_evaluation;
DROP FUNCTION sme_eval_keep_words();
DROP FUNCTION sme_eval_search_words(sme_eval_evaluation);
"""


class Migration(migrations.Migration):
    dependencies = [("sme_eval", "0001_initial"), ("filings", "0015_qualifications")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
