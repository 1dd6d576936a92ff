"""The statements of a load: what a staged row becomes in the tables of the line and its lists."""

EVALUATIONS = """
INSERT INTO sme_eval_evaluation (filing_id, enterprise_id, year, established_on, registration_type,
    industry, legal_representative, address, business_scope, restricted_industry, audited_tax,
    misconduct, abnormal_list, serious_dishonesty, staff_total, staff_st, quarters, senior_titles,
    middle_titles, revenue, cost_total, assets_total, rd_cost, rd_basis, rd_ledger, main_products,
    tech_field, no_ip, no_projects, typed, saved_at, saved_version, filed_at, points, by_route,
    direct_routes, number, entered_on, valid_until, ended_on)
SELECT id, firm, year, founded, '有限责任公司', industry, '演示', '', products || '的研发与销售',
    FALSE, TRUE, FALSE, FALSE, FALSE, staff, staff_st, '{}', 1, 3, revenue, cost, assets, research,
    'revenue', TRUE, products, field, FALSE, FALSE, '{}', sent_at, 4,
    CASE WHEN path <> 'draft' THEN sent_at END, coalesce(points, '{}')::jsonb,
    CASE WHEN points IS NULL THEN '' ELSE 'score' END, '[]', registration,
    CASE WHEN registration IS NOT NULL THEN decided_at::date END,
    CASE WHEN registration IS NOT NULL THEN make_date(year, 12, 31) END,
    CASE WHEN path IN ('resigned', 'revoked') THEN decided_at::date END
FROM load_row
"""
PROJECTS = """
INSERT INTO sme_eval_project (evaluation_id, name, form, cost)
SELECT id, subject || '技术研究', 'self', research FROM load_row
"""
RIGHTS = """
INSERT INTO sme_eval_ipright (evaluation_id, name, kind, number, granted_on, expires_on, gained,
    product, disputed)
SELECT id, '一种' || subject || '方法', 'invention_patent', 'ZL' || (year - 3) || '10' || id,
    make_date(year - 1, 6, 8), make_date(year + 17, 6, 7), 'own', split_part(products, '、', 1),
    FALSE
FROM load_row
"""
LISTS = """
INSERT INTO publicity_batch (line, jurisdiction_id, year, number, title, state, clause, contact,
    days, opens_on, ends_on, announced_on, size, created_at, created_by_id, step, done, left_out,
    expected, attempts, last_error)
SELECT 'sme_eval', place, year, batch, j.name_zh || year || '年第' || batch
        || '批拟入库科技型中小企业名单',
    CASE path WHEN 'in_publicity' THEN 'open' ELSE 'announced' END, '国科火字〔2017〕144号',
    '演练数据', 10, opens_on, opens_on + 13,
    CASE path WHEN 'in_publicity' THEN NULL ELSE decided_at::date END, count(*), opens_on, official,
    '', count(*), 0, count(*), 0, ''
FROM (SELECT *, decided_at::date - 16 AS opens_on FROM load_row WHERE batch IS NOT NULL) r
JOIN accounts_jurisdiction j ON j.code = r.place
GROUP BY place, year, batch, j.name_zh, opens_on, official, decided_at, path = 'in_publicity',
    CASE path WHEN 'in_publicity' THEN 'open' ELSE 'announced' END,
    CASE path WHEN 'in_publicity' THEN NULL ELSE decided_at::date END
"""
ENTRIES = """
INSERT INTO publicity_entry (batch_id, filing_id, ordinal, state, reason, name, credit_code,
    division, note, number, announced_on)
SELECT b.id, r.id, row_number() OVER (PARTITION BY b.id ORDER BY e.division, r.id),
    CASE path WHEN 'in_publicity' THEN 'publicised' ELSE 'announced' END, '', e.name, e.credit_code,
    e.division, '综合评价', coalesce(r.registration, ''),
    CASE WHEN r.registration IS NOT NULL THEN r.decided_at::date END
FROM load_row r
JOIN publicity_batch b ON b.line = 'sme_eval' AND b.jurisdiction_id = r.place
    AND b.year = r.year AND b.number = r.batch
JOIN accounts_enterprise e ON e.id = r.firm
"""
NOTICES = """
INSERT INTO sme_eval_revocation (evaluation_id, grounds, facts, noticed_at, noticed_by_id, due_on,
    statement, state, decided_at, decided_by_id, answer)
SELECT id, '["no_material"]', '演练数据', decided_at + interval '2 hours', official,
    decided_at::date + 8, '', CASE path WHEN 'revoked' THEN 'revoked' ELSE 'noticed' END,
    CASE path WHEN 'revoked' THEN decided_at + interval '4 hours' END,
    CASE path WHEN 'revoked' THEN official END,
    CASE path WHEN 'revoked' THEN '演练数据' ELSE '' END
FROM load_row WHERE path IN ('revocation_noticed', 'revoked')
"""
FOUND_BY = """
INSERT INTO filings_searchentry (filing_id, number, words)
SELECT r.id, coalesce(r.number, ''), sme_eval_search_words(e)
FROM load_row r JOIN sme_eval_evaluation e ON e.filing_id = r.id
"""
FILL = (EVALUATIONS, PROJECTS, RIGHTS, LISTS, ENTRIES, NOTICES, FOUND_BY)
