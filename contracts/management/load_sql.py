"""The statements of a load: what a staged row becomes in the tables of the line."""

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
CERTIFICATES = """
INSERT INTO certificates_certificate (filing_id, template, number, version, verify_code, content,
    status, ended_at, ended_by_id, issued_at, issued_by_id, making, attempts, due_at, last_error,
    pdf, sha256)
SELECT id, 'technical_contract', registration, 1,
    translate(upper(substr(md5(registration), 1, 12)), '01', 'XY'),
    jsonb_build_object('project_name', project, 'seller', seller, 'buyer', buyer,
        'number', registration, 'total_yuan', total::text, 'technical_yuan', technical::text),
    CASE WHEN path IN ('deregistered', 'revoked') THEN path ELSE 'valid' END,
    CASE WHEN path IN ('deregistered', 'revoked') THEN decided_at + interval '2 hours' END,
    CASE WHEN path IN ('deregistered', 'revoked') THEN examiner END,
    decided_at, examiner, 'pending', 0, now() + interval '10 years', '', '', ''
FROM load_row WHERE registration IS NOT NULL
"""
NOTICES = """
INSERT INTO contracts_followup (contract_id, kind, state, reason, authority, changes, grounds,
    opened_at, opened_by_id, due_on, statement, answer)
SELECT id, 'revocation', 'open', '演练数据', '', '{}', '["RV-3"]', decided_at + interval '2 hours',
    examiner, decided_at::date + 8, '', ''
FROM load_row WHERE path = 'revocation_noticed'
"""
FOUND_BY = """
INSERT INTO filings_searchentry (filing_id, number, words)
SELECT r.id, coalesce(r.number, ''), contracts_search_words(c)
FROM load_row r JOIN contracts_contract c ON c.filing_id = r.id
"""
FILL = (CONTRACTS, DEDUCTIONS, CERTIFICATES, NOTICES, FOUND_BY)
