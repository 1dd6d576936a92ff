"""The statements of a load: what a staged row becomes in the tables of the line."""

APPLICATIONS = """
INSERT INTO hitech_cert_application (filing_id, enterprise_id, year, intake_id, channel,
    national_number, pilot, registered_on, core_field_code, sales_1, sales_2, sales_3,
    net_assets_1, net_assets_2, net_assets_3, profit_1, profit_2, profit_3, rd_domestic, rd_basic,
    gross_income, non_taxable_income, accident, no_secrets, text_rights, text_results,
    text_management, text_staff, agency_name, agency_founded_on, agency_staff,
    agency_professionals, agency_bad_record, report_number, reported_rd, reported_income, versions,
    typed, saved_at, saved_version, filed_at, score_top, score_bottom, score_passes,
    certificate_number, issued_on, valid_to, ended_on)
SELECT id, firm, year, CASE WHEN path NOT IN ('draft', 'withdrawn_draft') THEN intake END,
    'online', '', FALSE, founded, field, sales, round(sales * 1.2, 2), round(sales * 1.44, 2),
    round(sales * 0.6, 2), round(sales * 0.72, 2), round(sales * 0.86, 2), round(sales * 0.08, 2),
    round(sales * 0.1, 2), round(sales * 0.12, 2), round(sales * 0.3, 2), 0,
    round(sales * 1.47, 2), 0, FALSE, TRUE, subject, subject, subject, subject,
    '浙江正衡会计师事务所', make_date(2005, 4, 1), 60, 30, FALSE, '专审' || id,
    round(sales * 0.3, 2), round(sales * 1.04, 2), '{}', '{}', sent_at, 4,
    CASE WHEN path <> 'draft' THEN sent_at END, score_top, score_bottom,
    CASE WHEN score_top IS NOT NULL THEN score_top > 70 * score_bottom END,
    certificate, issued, (issued + interval '3 years')::date - 1,
    CASE WHEN path = 'expired' THEN (issued + interval '3 years')::date - 1 END
FROM load_row
"""
RIGHTS = """
INSERT INTO hitech_cert_right (application_id, code, name, kind, number, granted_on, gained,
    gained_on, mainland, owner_is_applicant, in_force, used_before, used_by_other, typed,
    saved_version)
SELECT id, 'IP0' || n, '一种' || subject || CASE n WHEN 1 THEN '方法' ELSE '软件' END,
    CASE n WHEN 1 THEN 'invention_patent' ELSE 'software' END,
    CASE n WHEN 1 THEN 'ZL' ELSE 'SR' END || (year - 2) || lpad(id::text, 9, '0') || n,
    make_date(year - 1, 6, 8), 'own', NULL, TRUE, TRUE, TRUE, FALSE, FALSE, '{}', 1
FROM load_row CROSS JOIN generate_series(1, 3) AS n
"""
STAFF = """
INSERT INTO hitech_cert_staffcount (application_id, name, staff, st)
SELECT id, 'total', staff, round(staff / 4) FROM load_row
"""
PROJECTS = """
INSERT INTO hitech_cert_project (application_id, code, name, starts_on, ends_on, field_code, source,
    rights, budget, spent_1, spent_2, spent_3, goal, core, outcome, typed, saved_version)
SELECT id, 'RD01', subject || '技术研究', make_date(year - 3, 1, 1), make_date(year - 1, 12, 31),
    field, 'own', '["IP01"]', round(sales * 0.33, 2), round(sales * 0.08, 2),
    round(sales * 0.1, 2), round(sales * 0.12, 2), subject, subject, subject, '{}', 1
FROM load_row
"""
COSTS = """
INSERT INTO hitech_cert_cost (application_id, project, year, personnel, direct, depreciation,
    amortisation, design, trial, other, external, external_domestic)
SELECT id, 'RD01', year - 4 + n, round(sales * (0.06 + 0.02 * n) * 0.6, 2),
    round(sales * (0.06 + 0.02 * n), 2) - round(sales * (0.06 + 0.02 * n) * 0.6, 2),
    0, 0, 0, 0, 0, 0, 0
FROM load_row CROSS JOIN generate_series(1, 3) AS n
"""
PRODUCTS = """
INSERT INTO hitech_cert_product (application_id, code, name, field_code, source, income, main,
    rights, technology, advantage, support, typed, saved_version)
SELECT id, 'PS01', product, field, 'own', round(sales * 1.04, 2), TRUE, '["IP01", "IP02"]',
    subject, subject, subject, '{}', 1
FROM load_row
"""
PAPERS = """
INSERT INTO papers_paper (filing_id, kind, state, source, recognised_on, created_at, created_by_id,
    note)
SELECT id, 'application', 'not_required', '演练数据', sent_at::date, sent_at, official, ''
FROM load_row WHERE accepted
"""
QUALIFICATIONS = """
INSERT INTO filings_qualification (enterprise_id, kind, number, valid_from, valid_to, source,
    recorded_at, recorded_by_id)
SELECT firm, 'hnte_certificate', certificate, issued, (issued + interval '3 years')::date - 1,
    '演练数据', decided_at, official
FROM load_row WHERE certificate IS NOT NULL
"""
FOUND_BY = """
INSERT INTO filings_searchentry (filing_id, number, words)
SELECT r.id, coalesce(r.number, ''), hitech_cert_search_words(e)
FROM load_row r JOIN hitech_cert_application e ON e.filing_id = r.id
"""
FILL = (
    APPLICATIONS,
    RIGHTS,
    STAFF,
    PROJECTS,
    COSTS,
    PRODUCTS,
    PAPERS,
    QUALIFICATIONS,
    FOUND_BY,
)
