"""Names, codes and the registration number of a contract are what its filing is found by."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION contracts_search_words(c contracts_contract) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT concat_ws(' ', c.project_name, c.seller_name, c.buyer_name, c.intermediary_name,
        c.seller_code, c.buyer_code, c.registration_number)
$$;

CREATE FUNCTION contracts_keep_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO filings_searchentry (filing_id, words)
    VALUES (NEW.filing_id, contracts_search_words(NEW))
    ON CONFLICT (filing_id) DO UPDATE SET words = EXCLUDED.words
    WHERE filings_searchentry.words <> EXCLUDED.words;
    RETURN NULL;
END $$;

CREATE TRIGGER contract_search_words AFTER INSERT OR UPDATE OF
    project_name, seller_name, buyer_name, intermediary_name, seller_code, buyer_code,
    registration_number
    ON contracts_contract FOR EACH ROW EXECUTE FUNCTION contracts_keep_words();

INSERT INTO filings_searchentry (filing_id, words)
    SELECT c.filing_id, contracts_search_words(c) FROM contracts_contract c
    ON CONFLICT (filing_id) DO UPDATE SET words = EXCLUDED.words;
"""
BACKWARD = """
DROP TRIGGER contract_search_words ON contracts_contract;
DROP FUNCTION contracts_keep_words();
DROP FUNCTION contracts_search_words(contracts_contract);
"""


class Migration(migrations.Migration):
    dependencies = [("contracts", "0002_after_recognition"), ("filings", "0008_search")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
