"""The statements of a load: one staged row becomes cover, contract, events and what hangs on them.

The triggers that keep the search entries rest meanwhile; one statement writes them all.
"""

STAGE = """
SET CONSTRAINTS ALL IMMEDIATE;
CREATE TEMPORARY TABLE load_row (
    path text, firm bigint, place text, agency bigint, filer bigint, examiner bigint,
    sent_at timestamptz, decided_at timestamptz, due_on date, edition text,
    number text, registration text, project text, kind text, subkind text,
    seller text, seller_code text, seller_division text,
    buyer text, buyer_code text, buyer_division text,
    total numeric, technical numeric, technology text, objective text,
    id bigint NOT NULL DEFAULT nextval(pg_get_serial_sequence('filings_filing', 'id'))
) ON COMMIT DROP;
CREATE TEMPORARY TABLE load_step (path text, place int, move text, state text, hours int)
    ON COMMIT DROP;
INSERT INTO load_step
SELECT path, place, split_part(step, ':', 1), split_part(step, ':', 2), 2 * place
FROM (VALUES
    ('draft', 'start:draft'),
    ('submitted', 'start:draft submit:submitted'),
    ('withdrawn', 'start:draft submit:submitted withdraw:withdrawn'),
    ('not_accepted', 'start:draft submit:submitted decline:not_accepted'),
    ('accepted', 'start:draft submit:submitted accept:accepted'),
    ('second_review', 'start:draft submit:submitted accept:accepted propose:second_review'),
    ('correcting', 'start:draft submit:submitted return_for_correction:correcting'),
    ('corrected',
        'start:draft submit:submitted return_for_correction:correcting submit:submitted'),
    ('refused', 'start:draft submit:submitted accept:accepted refuse:refused'),
    ('recognised', 'start:draft submit:submitted accept:accepted recognise:recognised'),
    ('deregistered', 'start:draft submit:submitted accept:accepted recognise:recognised '
        'deregister:deregistered'),
    ('revoked', 'start:draft submit:submitted accept:accepted recognise:recognised '
        'revoke:revoked'),
    ('revocation_noticed', 'start:draft submit:submitted accept:accepted recognise:recognised '
        'notify_revocation:revocation_noticed')
) v (path, steps), string_to_table(steps, ' ') WITH ORDINALITY AS s (step, place);
ALTER TABLE filings_filing DISABLE TRIGGER filing_search_number;
ALTER TABLE contracts_contract DISABLE TRIGGER contract_search_words
"""
COPY = """
COPY load_row (path, firm, place, agency, filer, examiner, sent_at, decided_at, due_on, edition,
    number, registration, project, kind, subkind, seller, seller_code, seller_division, buyer,
    buyer_code, buyer_division, total, technical, technology, objective) FROM STDIN (FORMAT csv)
"""
COVERS = """
INSERT INTO filings_filing (id, line, number, enterprise_id, jurisdiction_id, agency_id, state,
    stage, owner, version, edition, created_at, created_by_id, submitted_at, accepted_on, due_on,
    due_provisional, decided_at, decided_by_id)
SELECT r.id, 'contracts', r.number, r.firm, r.place, CASE WHEN path <> 'draft' THEN r.agency END,
    last.state,
    CASE last.state WHEN 'accepted' THEN 'in_review' WHEN 'second_review' THEN 'in_review'
        WHEN 'recognised' THEN 'granted' WHEN 'not_accepted' THEN 'refused'
        WHEN 'revocation_noticed' THEN 'granted'
        WHEN 'deregistered' THEN 'ended' WHEN 'revoked' THEN 'ended' ELSE last.state END,
    CASE WHEN last.state IN ('draft', 'correcting') THEN 'filer'
        WHEN r.due_on IS NOT NULL OR last.state = 'revocation_noticed' THEN 'reviewer'
        ELSE 'nobody' END,
    last.place, CASE WHEN path <> 'draft' THEN r.edition ELSE '' END,
    r.sent_at - interval '1 day', r.filer,
    CASE WHEN path <> 'draft' THEN r.sent_at END,
    CASE WHEN path NOT IN ('draft', 'correcting') THEN r.sent_at::date END, r.due_on, FALSE,
    CASE WHEN d.decided THEN r.decided_at END, CASE WHEN d.decided THEN r.examiner END
FROM load_row r
CROSS JOIN LATERAL (
    SELECT state, place FROM load_step s WHERE s.path = r.path ORDER BY place DESC LIMIT 1
) last
CROSS JOIN LATERAL (SELECT r.registration IS NOT NULL
    OR last.state IN ('refused', 'not_accepted') AS decided) d
"""
CONTRACTS = """
INSERT INTO contracts_contract (filing_id, project_name, form, kind, subkind, signed_on, starts_on,
    ends_on, classified, foreign_language, contains, goal_clear, mastered_before, innovative,
    buyer_only_pays, seals_complete, applicant, intermediary_name, intermediary_division,
    seller_name, seller_code, seller_division, buyer_name, buyer_code, buyer_division,
    buyer_country, buyer_nature, related, total_yuan, technical_yuan, payment, royalty_base,
    ip_kind, patent_name, patent_applicant, patentee, patent_number, tech_field, objective,
    plan_source, registration_number, recognised_on, refusal_grounds, typed, saved_at,
    saved_version)
SELECT id, project, 'written', kind, subkind, sent_at::date - 12, sent_at::date - 12,
    sent_at::date + 353, FALSE, FALSE, '[]', CASE WHEN kind = 'development' THEN TRUE END,
    CASE WHEN kind = 'development' THEN FALSE END, CASE WHEN kind = 'development' THEN TRUE END,
    CASE WHEN kind = 'development' THEN subkind = 'dev_e' END, TRUE, 'seller', '', '',
    seller, seller_code, seller_division, buyer, buyer_code, buyer_division, '', '100', FALSE,
    total, technical, 'lump', '', CASE WHEN kind = 'transfer' THEN 'technical_secret'
        ELSE 'none' END, '', '', '', '', technology, objective, 'outside', registration,
    CASE WHEN registration IS NOT NULL THEN decided_at::date END,
    CASE WHEN path = 'refused' THEN '["RF-2"]' ELSE '[]' END::jsonb, '{}', sent_at, 4
FROM load_row
"""
DEDUCTIONS = """
INSERT INTO contracts_deduction (contract_id, kind, amount_yuan, note)
SELECT id, 'equipment', total - technical, '' FROM load_row WHERE total > technical
"""
EVENTS = """
INSERT INTO filings_event (filing_id, seq, at, by_id, by_name, move, from_state, to_state, note,
    data, edition, facts_digest, prev_hash, hash)
SELECT r.id, 0,
    CASE s.move WHEN 'start' THEN r.sent_at - interval '1 day' WHEN 'recognise' THEN r.decided_at
        WHEN 'refuse' THEN r.decided_at WHEN 'decline' THEN r.decided_at
        WHEN 'deregister' THEN r.decided_at + interval '1 hour'
        WHEN 'revoke' THEN r.decided_at + interval '1 hour'
        WHEN 'notify_revocation' THEN r.decided_at + interval '1 hour'
        ELSE r.sent_at + (s.place - 2) * interval '2 hours' END,
    p.id, btrim(p.last_name || p.first_name), s.move,
    coalesce(lag(s.state) OVER (PARTITION BY r.id ORDER BY s.place), ''), s.state,
    CASE WHEN s.move IN ('decline', 'deregister', 'revoke', 'notify_revocation') THEN '演练数据'
        ELSE '' END,
    CASE WHEN s.move = 'return_for_correction' THEN '{"round": 1, "items": [{}]}' ELSE '{}'
        END::jsonb,
    CASE WHEN s.move = 'start' THEN '' ELSE r.edition END, '', '', ''
FROM load_row r JOIN load_step s USING (path)
JOIN accounts_user p ON p.id = CASE WHEN s.move IN ('start', 'submit', 'withdraw') THEN r.filer
    ELSE r.examiner END
ORDER BY r.id, s.place
"""
CORRECTIONS = """
INSERT INTO filings_correctionitem (filing_id, round, field, problem, remedy, clause, asked_at,
    asked_by_id, before, after, answer, answered_at)
SELECT id, 1, 'attachments', 'incomplete', '请补盖骑缝章后重新上传全文。', '',
    sent_at + interval '2 hours', examiner, '', '', '',
    CASE WHEN path = 'corrected' THEN sent_at + interval '4 hours' END
FROM load_row WHERE path IN ('correcting', 'corrected')
"""
CERTIFICATES = """
INSERT INTO certificates_certificate (filing_id, template, number, version, verify_code, content,
    status, ended_at, ended_by_id, issued_at, issued_by_id, making, attempts, due_at, last_error,
    pdf, sha256)
SELECT id, 'technical_contract', registration, 1,
    translate(upper(substr(md5(registration), 1, 12)), '01', 'XY'),
    jsonb_build_object('project_name', project, 'seller', seller, 'buyer', buyer,
        'number', registration, 'total_yuan', total::text, 'technical_yuan', technical::text),
    CASE WHEN path IN ('deregistered', 'revoked') THEN path ELSE 'valid' END,
    CASE WHEN path IN ('deregistered', 'revoked') THEN decided_at + interval '1 hour' END,
    CASE WHEN path IN ('deregistered', 'revoked') THEN examiner END,
    decided_at, examiner, 'pending', 0, now() + interval '10 years', '', '', ''
FROM load_row WHERE registration IS NOT NULL
"""
NOTICES = """
INSERT INTO contracts_followup (contract_id, kind, state, reason, authority, changes, grounds,
    opened_at, opened_by_id, due_on, statement, answer)
SELECT id, 'revocation', 'open', '演练数据', '', '{}', '["RV-3"]', decided_at + interval '1 hour',
    examiner, decided_at::date + 8, '', ''
FROM load_row WHERE path = 'revocation_noticed'
"""
FOUND_BY = """
INSERT INTO filings_searchentry (filing_id, number, words)
SELECT r.id, coalesce(r.number, ''), contracts_search_words(c)
FROM load_row r JOIN contracts_contract c ON c.filing_id = r.id
"""
AFTER = """
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE filings_filing ENABLE TRIGGER filing_search_number;
ALTER TABLE contracts_contract ENABLE TRIGGER contract_search_words;
DROP TABLE load_row, load_step
"""
FILL = (
    COVERS, CONTRACTS, DEDUCTIONS, EVENTS, CORRECTIONS, CERTIFICATES, NOTICES, FOUND_BY, AFTER,
)  # fmt: skip
