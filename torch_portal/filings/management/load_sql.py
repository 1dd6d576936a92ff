"""The statements of a load: one staged row becomes cover, events and correction items.

The triggers that keep the search entries rest meanwhile; a line writes its entries in one
statement. STAGE, COPY, COVERS and AFTER are filled by str.format.
"""

STAGE = """
SET CONSTRAINTS ALL IMMEDIATE;
CREATE TEMPORARY TABLE load_row (
    path text, firm bigint, place text, agency bigint, filer bigint, examiner bigint,
    official bigint, sent_at timestamptz, decided_at timestamptz, due_on date, edition text,
    number text, {columns},
    id bigint NOT NULL DEFAULT nextval(pg_get_serial_sequence('filings_filing', 'id'))
) ON COMMIT DROP;
CREATE TEMPORARY TABLE load_step (path text, place int, move text, before text, state text,
    stage text, owner text, base text, hours int, who text, note text, decides boolean)
    ON COMMIT DROP;
ALTER TABLE filings_filing DISABLE TRIGGER filing_search_number;
ALTER TABLE {table} DISABLE TRIGGER {trigger}
"""
STEP = "INSERT INTO load_step VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
COPY = """
COPY load_row (path, firm, place, agency, filer, examiner, official, sent_at, decided_at, due_on,
    edition, number, {columns}) FROM STDIN (FORMAT csv)
"""
COVERS = """
INSERT INTO filings_filing (id, line, number, enterprise_id, jurisdiction_id, agency_id, state,
    stage, owner, version, edition, created_at, created_by_id, submitted_at, accepted_on, due_on,
    due_provisional, decided_at, decided_by_id)
SELECT r.id, '{line}', r.number, r.firm, r.place, CASE WHEN sent THEN r.agency END,
    last.state, last.stage, last.owner, last.place, CASE WHEN sent THEN r.edition ELSE '' END,
    r.sent_at - interval '2 hours', r.filer, CASE WHEN sent THEN r.sent_at END,
    CASE WHEN sent AND last.stage <> 'correcting' THEN r.sent_at::date END, r.due_on, FALSE,
    CASE WHEN decided.who IS NOT NULL THEN r.decided_at END,
    CASE decided.who WHEN 'official' THEN r.official WHEN 'examiner' THEN r.examiner END
FROM load_row r
CROSS JOIN LATERAL (
    SELECT *, s.place > 1 AS sent FROM load_step s WHERE s.path = r.path
    ORDER BY s.place DESC LIMIT 1
) last
LEFT JOIN load_step decided ON decided.path = r.path AND decided.decides
"""
# The chain's trigger keeps its plan: made over a small table it would read all of it each time.
EVENTS = """
SET LOCAL enable_seqscan = off;
INSERT INTO filings_event (filing_id, seq, at, by_id, by_name, move, from_state, to_state, note,
    data, edition, facts_digest, prev_hash, hash)
SELECT r.id, 0,
    CASE s.base WHEN 'decided_at' THEN r.decided_at ELSE r.sent_at END
        + make_interval(hours => s.hours),
    p.id, btrim(p.last_name || p.first_name), s.move, s.before, s.state, s.note,
    CASE WHEN s.move = 'return_for_correction' THEN '{"round": 1, "items": [{}]}'
        ELSE '{}' END::jsonb,
    CASE WHEN s.move = 'start' THEN '' ELSE r.edition END, '', '', ''
FROM load_row r JOIN load_step s USING (path)
JOIN accounts_user p ON p.id = CASE s.who WHEN 'filer' THEN r.filer WHEN 'official' THEN r.official
    ELSE r.examiner END
ORDER BY r.id, s.place;
SET LOCAL enable_seqscan = on
"""
CORRECTIONS = """
INSERT INTO filings_correctionitem (filing_id, round, field, problem, remedy, clause, asked_at,
    asked_by_id, before, after, answer, answered_at)
SELECT r.id, 1, 'attachments', 'incomplete', '请补盖骑缝章后重新上传全文。', '',
    r.sent_at + make_interval(hours => s.hours), r.examiner, '', '', '',
    CASE WHEN next.path IS NOT NULL THEN r.sent_at + make_interval(hours => next.hours) END
FROM load_row r JOIN load_step s USING (path)
LEFT JOIN load_step next ON next.path = s.path AND next.place = s.place + 1
WHERE s.move = 'return_for_correction'
"""
AFTER = """
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE filings_filing ENABLE TRIGGER filing_search_number;
ALTER TABLE {table} ENABLE TRIGGER {trigger};
DROP TABLE load_row, load_step
"""
