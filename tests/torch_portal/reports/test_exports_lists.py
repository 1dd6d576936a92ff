"""The lists beside the contracts: each has its button, its columns and its own reach."""

import datetime

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import translation

from contracts import actions as contracts
from contracts.enums import State
from tests.factories import accounts
from tests.factories.contracts import AT, contract_at, pdf
from tests.torch_portal.reports.exporting import NOW, made, table
from torch_portal.accounts.models import Appointment, User
from torch_portal.accounts.roles import Denied
from torch_portal.filings import ratings
from torch_portal.filings.actions import note_access
from torch_portal.papers.models import Paper
from torch_portal.reports.enums import ExportState
from torch_portal.reports.exports import actions, monthly, source
from torch_portal.reports.exports.wishes import Wish, findings

pytestmark = pytest.mark.django_db
REPORTS = source.reports()
OF_FILINGS = ["contracts", "matters", "papers", "certificates", "ratings", "accesses"]


@pytest.fixture
def filing(house):
    """A registered contract with everything that the lists show: paper, certificate, matter..."""
    contract = contract_at(
        State.RECOGNISED, firm=house.firm, by=house.filer, office=house.office,
        examiner=house.reviewer,
    )  # fmt: skip
    contracts.request_deregistration(
        contract=contract, reason="双方解除合同", files=[pdf()], by=house.filer, at=AT
    )
    ratings.rate(filing=contract.filing, grade=1, reason="=太慢", by=house.filer, at=AT)
    note_access(filing=contract.filing, kind="page", by=house.reviewer, at=AT)
    return contract.filing


def taken(by, code, **more):
    report = REPORTS[code]
    names = tuple(c.name for c in report.columns if by is None or c.allowed(by))
    return made(by, Wish(report=report, columns=names, **{"filter": report.everything} | more))


@pytest.mark.parametrize("code", OF_FILINGS)
@pytest.mark.parametrize("file_format", ["xlsx", "csv"])
def test_official_takes_out_the_rows_of_the_place(house, filing, code, file_format):
    export = taken(house.official, code, file_format=file_format)
    assert (export.state, export.words) == (ExportState.READY, "")
    heads, rows = table(export)
    number = heads.index("编号" if "编号" in heads else "办件编号")
    assert {row[number] for row in rows} == {filing.number}
    assert len(heads) == len(set(heads)) == len(rows[0])


@pytest.mark.parametrize("code", OF_FILINGS)
def test_official_of_another_place_takes_out_nothing(house, filing, code):
    assert taken(accounts.official("32"), code).rows_done == 0
    assert taken(None, code, place="32").rows_done == 0
    assert taken(None, code, place="33").rows_done >= 1


@pytest.mark.parametrize("code", REPORTS)
def test_every_list_has_its_button_and_leads_back(client, house, filing, code):
    client.force_login(house.operator if code == "hotline" else house.official)
    place = source.list_url(REPORTS[code])
    page = client.get(f"{place}?{REPORTS[code].everything}")
    url = reverse("reports:export", args=[code])
    assert f'href="{url}?{REPORTS[code].everything}"' in page.text
    chosen = client.get(url)
    assert chosen.status_code == 200
    assert chosen.context["list_url"].startswith(place)
    answer = client.post(url, {"columns": [REPORTS[code].columns[0].name], "file_format": "csv",
                               "unit": "yuan"})  # fmt: skip
    assert answer.status_code == 302
    assert client.get(answer.headers["Location"]).status_code == 200


def test_buttons_and_reports_name_each_other():
    shown = {}
    for desk in admin.site._registry.values():
        for code in (getattr(desk, "exported", ""), *_further(desk)):
            shown |= {code: desk.model} if code else {}
    assert shown == {code: report.model for code, report in REPORTS.items()}


def _further(desk):
    return [code for code, _label in getattr(desk, "also_exported", ())]


@pytest.mark.parametrize("code", REPORTS)
def test_codes_fit_and_words_are_chinese(code):
    report = REPORTS[code]
    assert len(code) <= 24
    assert len({c.name for c in report.columns}) == len(report.columns)
    with translation.override("zh-hans"):
        labels = [str(report.label), str(report.day_label), *(str(c.label) for c in report.columns)]
    assert [words for words in labels if words.isascii() and words != "SHA-256"] == []


def test_filter_of_a_plain_list_stands_in_words_and_holds(house, filing):
    paper = Paper.objects.get()
    export = taken(house.official, "papers", filter=f"state__exact={paper.state}")
    assert export.filter_words == f"状态: {paper.get_state_display()}"
    assert export.rows_done == 1
    assert taken(house.official, "papers", filter="state__exact=waived").rows_done == 0
    late = taken(house.official, "matters", filter="waiting=late")
    assert late.filter_words == "状态: 逾期未交"


def test_days_of_a_plain_date(house, filing):
    day = Paper.objects.get().recognised_on
    one = datetime.timedelta(days=1)
    for since, until, count in ((day, day, 1), (day + one, None, 0), (None, day - one, 0)):
        assert taken(house.official, "papers", since=since, until=until).rows_done == count


def test_formula_in_a_rating_is_defused(house, filing):
    heads, rows = table(taken(house.official, "ratings", file_format="csv"))
    assert rows[0][heads.index("理由")] == "'=太慢"


def test_reviewer_takes_out_no_ratings_and_no_access_log(house, filing):
    assert taken(house.reviewer, "papers").rows_done == 1
    for code in ("ratings", "accesses", "changes", "hotline"):
        with pytest.raises(Denied):
            taken(house.reviewer, code)


def test_nobody_takes_out_the_rating_of_an_own_decision(house, filing):
    Appointment.objects.create(user=house.reviewer, role="official", jurisdiction_id="33")
    decider = User.objects.get(pk=house.reviewer.pk)
    assert filing.decided_by == decider
    assert taken(decider, "ratings").rows_done == 0


def test_operator_takes_out_the_access_log_and_the_hotline(house, filing):
    assert taken(house.operator, "accesses").rows_done >= 1
    assert taken(house.operator, "hotline").rows_done >= 1
    with pytest.raises(Denied):
        taken(house.operator, "papers")


def test_hotline_is_one_for_the_country():
    wish = Wish(report=REPORTS["hotline"], columns=("value",), place="33")
    assert [f.code for f in findings(wish, None)] == ["EXPORT-19"]


def test_lists_without_documents_are_no_archives(client, house, filing):
    client.force_login(house.official)
    assert 'value="zip"' not in client.get(reverse("reports:export", args=["papers"])).text
    wish = Wish(report=REPORTS["papers"], columns=("number",), file_format="zip")
    assert [f.code for f in findings(wish, house.official)] == ["EXPORT-16"]


def test_archive_of_the_month_leaves_out_what_its_row_guards():
    assert {r.code for r in monthly._archived()} == {
        "contracts", "matters", "papers", "certificates", "changes", "hitech_cert", "sme_eval",
        "sme_eval_tax", "stats",
    }  # fmt: skip


def test_list_that_is_gone_is_told(house, filing):
    export = taken(house.official, "papers")
    export.report = "nonsense"
    with pytest.raises(actions.Refused) as refused:
        actions.ask_again(export=export, by=house.official, at=NOW)
    assert refused.value.findings[0].code == "EXPORT-13"
