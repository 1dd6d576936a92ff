"""Name, credit code and numbers of an enterprise are what its application is found by."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION hitech_cert_search_words(e hitech_cert_application) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT concat_ws(' ', a.name, a.credit_code, e.certificate_number,
        NULLIF(e.national_number, ''))
    FROM accounts_enterprise a WHERE a.id = e.enterprise_id
$$;

CREATE FUNCTION hitech_cert_keep_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO filings_searchentry (filing_id, words)
    VALUES (NEW.filing_id, hitech_cert_search_words(NEW))
    ON CONFLICT (filing_id) DO UPDATE SET words = EXCLUDED.words
    WHERE filings_searchentry.words <> EXCLUDED.words;
    RETURN NULL;
END $$;

CREATE TRIGGER application_search_words
    AFTER INSERT OR UPDATE OF certificate_number, national_number
    ON hitech_cert_application FOR EACH ROW EXECUTE FUNCTION hitech_cert_keep_words();
"""
BACKWARD = """
DROP TRIGGER application_search_words ON hitech_cert_application;
DROP FUNCTION hitech_cert_keep_words();
DROP FUNCTION hitech_cert_search_words(hitech_cert_application);
"""


class Migration(migrations.Migration):
    dependencies = [("hitech_cert", "0001_initial"), ("filings", "0015_qualifications")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
