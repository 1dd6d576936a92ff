"""Closed periods: frozen once, corrected beside, never changed; pages, files and API by sight."""

import datetime
import io
from decimal import Decimal

import openpyxl
import pikepdf
import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from contracts import actions
from contracts.enums import State
from contracts.models import Contract
from tests.factories import accounts
from tests.factories.contracts import AT, colleague, contract_at
from tests.torch_portal.reports import market
from torch_portal.accounts.roles import Denied
from torch_portal.common.findings import Refused
from torch_portal.reports.models import FrozenTables
from torch_portal.reports.tables import freezing
from torch_portal.reports.tables.span import Span

LATER = datetime.datetime(2021, 8, 1, 9, 0, tzinfo=datetime.UTC)
H1 = {"place": "33", "since": "2021-01-01", "until": "2021-06-30"}
ADDRESSES = ["reports:tables", "reports:tables_xlsx", "reports:tables_pdf", "api:tables"]


@pytest.fixture
def market_of_33(house):
    """Three contracts of Zhejiang in the first half of 2021."""
    where = market.Where(house, "33")
    market.registered(where, [{"total_yuan": Decimal(n) * 10**8} for n in (1, 2, 4)])
    return house


def freeze(house, **more):
    """The first half of 2021 of Zhejiang."""
    order = {"by": house.official, "place": "33", "span": market.H1, "at": LATER}
    return freezing.freeze(**order | more)


def total(row):
    """Items and yuan of the whole."""
    found = row.tables[0]["total"]["now"]
    return found["items"], found["total_yuan"]


def test_freezing_keeps_the_figures_with_a_digest(market_of_33):
    row = freeze(market_of_33)
    row.refresh_from_db()
    assert (row.version, total(row), row.intact) == (1, (3, "700000000.00"), True)
    assert [t["number"] for t in row.tables][:3] == ["T1", "T2", "T3"]
    row.tables[0]["total"]["now"]["items"] = 4
    assert not row.intact


def test_freezing_twice_is_refused_and_says_what_to_do(market_of_33):
    freeze(market_of_33)
    with pytest.raises(Refused) as refused:
        freeze(market_of_33)
    text = refused.value.findings[0].text()
    assert "2021-08-01" in text
    assert FrozenTables.objects.count() == 1


def test_second_of_two_who_freeze_at_once_is_told_of_the_first(market_of_33):
    house = market_of_33
    row = freeze(house)
    late = FrozenTables(tables=row.tables)  # read before the first was there
    with pytest.raises(Refused, match="RT-02"):
        freezing._keep(house.official, "33", market.H1, LATER, late)
    assert FrozenTables.objects.get() == row


def test_open_period_is_not_frozen_until_the_day_after(market_of_33):
    eve = datetime.datetime(2021, 6, 30, 15, 59, tzinfo=datetime.UTC)  # 23:59 in Shanghai
    with pytest.raises(Refused, match="RT-01"):
        freeze(market_of_33, at=eve)
    assert freeze(market_of_33, at=eve + datetime.timedelta(minutes=1)).version == 1


def test_only_officials_of_the_place_freeze(market_of_33):
    house = market_of_33
    elsewhere = accounts.official("32", name="elsewhere")
    for person in (elsewhere, house.reviewer, house.filer, house.operator):
        with pytest.raises(Denied):
            freeze(house, by=person)
    with pytest.raises(Denied):
        freeze(house, place="")
    assert freeze(house, by=accounts.official(None), place="").jurisdiction is None


def test_database_refuses_to_change_what_is_frozen(market_of_33):
    row = freeze(market_of_33)
    for act in (lambda: FrozenTables.objects.update(reason="x"), row.delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()


def test_altered_version_is_found_by_the_consistency_check(market_of_33):
    row = freeze(market_of_33)
    assert freezing.problems() == []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE reports_frozentables DISABLE TRIGGER frozen_append_only")
        cursor.execute("UPDATE reports_frozentables SET until = until - 1")
    row.refresh_from_db()
    assert freezing.problems() == [f"frozen tables {row}: altered"]


def test_correction_needs_a_change_and_a_reason(market_of_33):
    house = market_of_33
    order = {"by": house.official, "place": "33", "span": market.H1, "at": LATER}
    with pytest.raises(Refused, match="RT-03"):
        freezing.correct(reason="撤销登记", **order)
    first = freeze(house)
    with pytest.raises(Refused, match="RT-05"):
        freezing.correct(reason="撤销登记", **order)
    Contract.objects.filter(total_yuan=4 * 10**8).update(total_yuan=3 * 10**8)
    with pytest.raises(Refused, match="RT-04"):
        freezing.correct(reason="  ", **order)
    second = freezing.correct(reason="一份合同核减", **order)
    assert (second.version, second.before, total(second)) == (2, first.sha256, (3, "600000000.00"))
    assert total(FrozenTables.objects.get(version=1)) == (3, "700000000.00")


def test_revocation_leaves_an_open_period_and_shows_beside_a_frozen_one(house, client):
    kept = {"firm": house.firm, "by": house.filer, "office": house.office}
    contract = contract_at(State.RECOGNISED, examiner=house.reviewer, **kept)
    contract_at(State.RECOGNISED, examiner=house.reviewer, project_name="另一项目", **kept)
    contract.refresh_from_db()
    day = contract.recognised_on
    order = {"by": house.official, "place": "33", "span": Span(day, day), "at": LATER}
    assert total(freezing.freeze(**order))[0] == 2
    other = colleague(house.office, house.reviewer)
    actions.notify_revocation(contract=contract, by=other, at=AT, grounds=["RV-1"], note="虚假")
    actions.state_case(followup=contract.followups.get(), statement="认可", by=house.filer, at=AT)
    contract.refresh_from_db()
    actions.revoke(contract=contract, by=house.reviewer, at=AT, note="虚假合同")
    client.force_login(house.official)
    asked = {"place": "33", "since": f"{day}", "until": f"{day}"}
    frozen = client.get(reverse("reports:tables"), asked)
    assert frozen.context["paper"].tables[0].total.now.items == 2
    assert {"items": "2 → 1 (-1)"}.items() <= frozen.context["changed"][0].items()
    live = client.get(reverse("reports:tables"), asked | {"version": "live"})
    assert live.context["paper"].tables[0].total.now.items == 1
    done = client.post(reverse("reports:tables_freeze"), asked | {"reason": "撤销一份"})
    assert done.status_code == 302
    page = client.get(done.url)
    assert page.context["paper"].tables[0].total.now.items == 1
    assert page.context["versions"][0]["row"].version == 2
    assert "撤销一份" in page.content.decode()
    first = client.get(reverse("reports:tables"), asked | {"version": "1"})
    assert first.context["paper"].tables[0].total.now.items == 2


def test_page_freezes_and_says_when_it_was_done_before(market_of_33, client):
    client.force_login(market_of_33.official)
    page = client.get(reverse("reports:tables"), H1)
    assert page.context["may_freeze"]
    assert client.post(reverse("reports:tables_freeze"), H1).status_code == 302
    again = client.post(reverse("reports:tables_freeze"), H1)
    assert again.status_code == 422
    assert again.context["found"][0].code == "RT-02"


@pytest.mark.parametrize(
    ("since", "until"), [("2021-06-30", "2021-01-01"), ("2001-01-01", "2020-12-31"), ("x", "")]
)
def test_period_that_makes_no_sense_is_told_and_kept(house, client, since, until):
    client.force_login(house.official)
    page = client.get(reverse("reports:tables"), {"since": since, "until": until})
    assert page.status_code == 422
    assert page.context["typed"]["since"] == since
    assert page.context["wrong"]
    api = client.get(reverse("api:tables"), {"since": since, "until": until})
    assert api.status_code == 400
    assert api.json()["errors"][0]["field"] in ("since", "until")
    assert client.get(reverse("reports:tables_xlsx"), {"since": since}).status_code == 404


@pytest.mark.parametrize("name", ADDRESSES)
def test_official_reads_the_own_jurisdiction_and_no_other(market_of_33, client, name):
    client.force_login(market_of_33.official)
    assert client.get(reverse(name), H1).status_code == 200
    for place in ("32", "3302", "", "99"):
        assert client.get(reverse(name), H1 | {"place": place}).status_code == 404


@pytest.mark.parametrize("name", ADDRESSES)
def test_nobody_else_reads_them(market_of_33, client, name):
    house = market_of_33
    freeze(house)
    assert client.get(reverse(name), H1).status_code in (302, 401)
    client.force_login(accounts.official("32", name="elsewhere"))
    assert client.get(reverse(name), H1).status_code == 404
    for person in (house.reviewer, house.filer, house.operator, house.stranger):
        client.force_login(person)
        for asked in (H1, {}):
            assert client.get(reverse(name), asked).status_code == 403
    assert client.post(reverse("reports:tables_freeze"), H1).status_code == 403


def test_official_of_the_country_reads_all(market_of_33, client):
    client.force_login(accounts.official(None, name="country"))
    for place in ("", "33", "32"):
        page = client.get(reverse("reports:tables"), H1 | {"place": place})
        assert page.context["paper"].tables[0].total.now.items == (0 if place == "32" else 3)


def test_workbook_has_a_sheet_for_each_table_and_figures_as_numbers(market_of_33, client):
    client.force_login(market_of_33.official)
    answer = client.get(reverse("reports:tables_xlsx"), H1 | {"unit": "wan"})
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames[:2] == ["T1", "T2"]
    assert {"T6.1", "T7.4", "T7.4m", "T10"} <= set(book.sheetnames)
    sheet = book["T1"]
    heads = [c.value for c in sheet[4]]
    assert heads[1] == "项数"
    assert "万元" in heads[3]
    assert [c.value for c in sheet[5]][1:5] == [3, "—", 70000, "—"]
    assert sheet["D5"].number_format == "#,##0.00"


def test_pdf_is_archivable_and_carries_the_digest(market_of_33, client):
    row = freeze(market_of_33)
    client.force_login(market_of_33.official)
    answer = client.get(reverse("reports:tables_pdf"), H1)
    assert answer["Content-Type"] == "application/pdf"
    assert "attachment" in answer["Content-Disposition"]
    with pikepdf.open(io.BytesIO(answer.content)) as made:
        assert len(made.pages) >= 2
        assert "pdfaid" in made.Root.Metadata.read_bytes().decode()
    page = client.get(reverse("reports:tables"), H1)
    assert row.sha256 in page.content.decode()


def test_api_gives_exact_yuan_and_the_version(market_of_33, client):
    freeze(market_of_33)
    Contract.objects.filter(total_yuan=10**8).update(total_yuan=Decimal("100000000.01"))
    client.force_login(market_of_33.official)
    frozen = client.get(reverse("api:tables"), H1).json()
    live = client.get(reverse("api:tables"), H1 | {"version": "live"}).json()
    assert (frozen["version"], live["version"]) == (1, None)
    assert len(frozen["digest"]) == 64
    assert frozen["tables"][0]["rows"][0]["now"]["total_yuan"] == "700000000.00"
    assert live["tables"][0]["rows"][0]["now"]["total_yuan"] == "700000000.01"
    assert client.get(reverse("api:tables"), H1 | {"version": "7"}).status_code == 404
