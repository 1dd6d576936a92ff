"""Figure queue.10k: the examiner's queue with 10,000 filings, timed through Django's own client."""

import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from torch_portal import embedded

FILINGS = 10_000
ROUNDS = 60
WARM_UP = 5
ROWS = 50
EXAMINER = "examiner"
LIMIT_MS = 150
QUEUES = ("open", "overdue", "decided", "all")

COVERS = """
INSERT INTO filings_filing (line, number, enterprise_id, jurisdiction_id, agency_id, state, stage,
    owner, version, edition, created_at, created_by_id, submitted_at, accepted_on, due_on,
    due_provisional, decided_at, decided_by_id)
SELECT 'contracts', 'HT-2020-330101-' || lpad(n::text, 6, '0'), %(firm)s, '33', %(office)s,
    s.state, s.stage, s.owner, 3, 'R2001', t.at, %(person)s, t.at, t.at::date,
    CASE WHEN s.open THEN now()::date - 4 + (n %% 40) END, FALSE,
    CASE WHEN s.stage IN ('granted', 'refused') THEN t.at + interval '9 days' END,
    CASE WHEN s.stage IN ('granted', 'refused') THEN %(person)s::bigint END
FROM generate_series(1, %(filings)s) n
CROSS JOIN LATERAL (SELECT now() - (n %% 700) * interval '1 day' AS at) t
CROSS JOIN LATERAL (
    SELECT * FROM (VALUES
        (0, 'submitted', 'submitted', 'reviewer', TRUE),
        (1, 'accepted', 'in_review', 'reviewer', TRUE),
        (2, 'second_review', 'in_review', 'reviewer', TRUE),
        (3, 'correcting', 'correcting', 'filer', FALSE),
        (4, 'refused', 'refused', 'nobody', FALSE),
        (5, 'withdrawn', 'withdrawn', 'nobody', FALSE),
        (6, 'recognised', 'granted', 'nobody', FALSE)
    ) AS v (place, state, stage, owner, open)
    WHERE v.place = CASE WHEN n %% 20 < 6 THEN n %% 20 ELSE 6 END
) s
"""
CONTRACTS = """
INSERT INTO contracts_contract (filing_id, project_name, form, kind, subkind, classified, contains,
    applicant, intermediary_name, intermediary_division, seller_name, seller_code,
    seller_division, buyer_name, buyer_code, buyer_division, buyer_country, buyer_nature,
    total_yuan, technical_yuan, payment, royalty_base, ip_kind, patent_name, patent_applicant,
    patentee, patent_number, tech_field, objective, plan_source, refusal_grounds, typed,
    saved_version)
SELECT f.id, '面向疫情防控的智能检测与协同管理系统开发（第' || f.id || '号）', 'written',
    (ARRAY['development', 'transfer', 'consulting', 'service'])[1 + f.id %% 4], 'dev_e', FALSE,
    '[]', 'seller', '', '', '杭州第' || f.id %% 900 || '科技股份有限公司', '91330106MAGUJ65R6B',
    '330106', '浙江第' || f.id %% 700 || '医药有限公司', '', '330106', '', '100',
    10000 + f.id * 317.5, 9000 + f.id * 300, 'lump', '', 'none', '', '', '', '', 'electronics',
    'health', 'outside', '[]', '{}', 4
FROM filings_filing f
"""
RETURNED = """
INSERT INTO filings_correctionitem (filing_id, round, field, problem, remedy, clause, asked_at,
    asked_by_id, answer)
SELECT f.id, 1, 'attachments', 'incomplete', '请补盖骑缝章。', '', now(), %(person)s, ''
FROM filings_filing f WHERE f.id %% 9 = 0
"""


def prepare() -> None:
    """Migrate the scratch database and fill it."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("seed", stdout=sys.stderr)
    firm = _new(
        "Enterprise", credit_code="91330106MAGUJ65R6B", name="杭州知微能源科技股份有限公司",
        division="330106", jurisdiction_id="33",
    )  # fmt: skip
    office = _new("Agency", code="330101", name="杭州市技术合同登记处", jurisdiction_id="33")
    person = _new("User", username=EXAMINER, is_staff=True)
    _new("Appointment", user=person, role="reviewer", agency=office)
    known = {"firm": firm.pk, "office": office.pk, "person": person.pk, "filings": FILINGS}
    with connection.cursor() as cursor:
        for statement in (COVERS, CONTRACTS, RETURNED):
            cursor.execute(statement, known)
        cursor.execute("ANALYZE")


def _new(model: str, **values: Any) -> Any:
    return apps.get_model("accounts", model).objects.create(**values)


def measure() -> dict[str, Any]:
    """p50 and p95 in milliseconds, and the most queries, over the tabs and a search in turn."""
    client = Client()
    client.force_login(apps.get_model("accounts", "User").objects.get(username=EXAMINER))
    pages = [f"{reverse('admin:contracts_contract_changelist')}?queue={q}" for q in QUEUES]
    pages.append(f"{reverse('admin:contracts_contract_changelist')}?q=智能检测")
    queries = 0
    for page in pages:
        with CaptureQueriesContext(connection) as counted:
            answer = client.get(page)
        if answer.status_code != 200 or answer.content.count(b'<td class="at-project"') != ROWS:
            raise RuntimeError(f"{page} does not show a full page")
        queries = max(queries, len(counted))
    times = [_timed(client, page) for _round in range(ROUNDS) for page in pages]
    spent = sorted(times[WARM_UP * len(pages) :])
    return {
        "p50": round(statistics.median(spent), 1),
        "p95": round(spent[int(len(spent) * 0.95)], 1),
        "queries": queries,
    }


def _timed(client: Any, page: str) -> float:
    start = time.perf_counter()
    client.get(page)
    return (time.perf_counter() - start) * 1000


def main() -> None:
    """Print the figure as one JSON line; the scratch database goes with its folder."""
    with tempfile.TemporaryDirectory(prefix="torch-queue-") as folder:
        for name in ("DATABASE_URL", "REDIS_URL"):
            os.environ.pop(name, None)
        services = embedded.start(Path(folder) / "embedded")
        try:
            os.environ.update(services.environment())
            os.environ["TORCH_VAR"] = folder
            os.environ["ALLOWED_HOSTS"] = "testserver"
            os.environ["LOG_LEVEL"] = "WARNING"
            os.environ["DEBUG"] = ""
            os.environ["DJANGO_SETTINGS_MODULE"] = "torch_portal.settings"
            embedded.create_database(services.database_url)
            django.setup()
            prepare()
            found = measure()
        finally:
            services.stop()
    figure = {
        "figure": "queue.10k",
        "value": found["p95"],
        "unit": "ms",
        "peer": "limit",
        "peer_value": LIMIT_MS,
        "ratio": round(LIMIT_MS / found["p95"], 2),
        "p50": found["p50"],
        "queries": found["queries"],
    }
    sys.stdout.write(json.dumps(figure) + "\n")


if __name__ == "__main__":
    main()
