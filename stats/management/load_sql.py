"""The statements of a load: what a staged row becomes in the tables of the survey."""

ASSIGNMENTS = """
INSERT INTO stats_assignment (round_id, enterprise_id, responsible_unit_id, source, exempt, reason)
SELECT survey_round, firm, agency, '演练数据', FALSE, '' FROM load_row
"""
RETURNS = """
INSERT INTO stats_return (filing_id, assignment_id, round_id, enterprise_id, unit_id, data, typed,
    versions, saved_at, saved_version, checked_at, data_hash, revision, mandatory, errors, warnings,
    unexplained, risk, scan_due_on)
SELECT r.id, a.id, r.survey_round, r.firm, r.agency, r.data::jsonb, '{}', '{}', r.sent_at, 5,
    CASE WHEN r.path <> 'draft' THEN r.sent_at END, r.digest,
    CASE WHEN r.path = 'draft' THEN 0 ELSE 1 END, 0, 0, 0, 0, r.risk, NULL
FROM load_row r
JOIN stats_assignment a ON a.round_id = r.survey_round AND a.enterprise_id = r.firm
"""
REVISIONS = """
INSERT INTO stats_returnrevision (report_id, number, data, data_hash, checks, submitted_at,
    submitted_by_id)
SELECT id, 1, data::jsonb, digest, '[]', sent_at, filer FROM load_row WHERE path <> 'draft'
"""
FOUND_BY = """
INSERT INTO filings_searchentry (filing_id, number, words)
SELECT r.id, coalesce(r.number, ''), stats_search_words(s)
FROM load_row r JOIN stats_return s ON s.filing_id = r.id
"""
FILL = (ASSIGNMENTS, RETURNS, REVISIONS, FOUND_BY)
