"""The desk of questionnaires and check rules: read, written, handed over, confirmed, refused."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from stats.models import CheckRule, Instrument, InstrumentVersion, SurveyProgramme
from stats.queries import instruments as queries
from stats.queries.workbook import workbook
from tests.factories import accounts
from tests.factories import stats_instruments as factory
from torch_portal.accounts.models import Change

pytestmark = pytest.mark.django_db
RULE = {
    "scope": "GQ-002", "severity": "error", "expression": "qc06 <= qc05_0", "tolerance": "0",
    "missing": "skip", "message_zh": "技术收入不应大于营业收入", "basis": "form",
    "source": "国统制〔2022〕11号", "note": "", "active_from": "2022-01-01", "active_to": "",
}  # fmt: skip
ITEM = {
    "code": "qc999", "table": "GQ-002", "above": "qc05_0", "section": "", "indent": "1",
    "label_zh": "其中：平台收入", "kind": "number", "unit": "千元", "choices": "", "visible_if": "",
    "decimals": "2", "least": "0", "most": "", "indicator": "", "definition_zh": "",
    "unconfirmed": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _english_pages(client):
    client.cookies["django_language"] = "en"


@pytest.fixture(scope="module")
def _world(django_db_setup, django_db_blocker):
    """The drafts of the editions and two officers, made once."""
    with django_db_blocker.unblock(), transaction.atomic():
        factory.loaded()
        yield factory.officers()
        transaction.set_rollback(True)


@pytest.fixture
def officers(_world):
    return _world


@pytest.fixture
def version(_world):
    return factory.row()


def address(page, *args, model="instrumentversion"):
    return reverse(f"admin:stats_{model}_{page}", args=args)


def press(client, person, row, answer, **words):
    """A button of a page."""
    client.force_login(person)
    model = row._meta.model_name
    return client.post(address("answer", row.pk, answer, model=model), words)


def told(answer):
    """The words of a page."""
    return answer.content.decode()


def test_version_is_published_by_two_from_the_desk(client, officers, version):
    first, second = officers
    client.force_login(first)
    page = told(client.get(address("change", version.pk)))
    assert "营业收入" in page
    assert "国统制〔2022〕11号" in page
    press(client, first, version, "ask")
    assert press(client, first, version, "publish").status_code == 403
    press(client, second, version, "publish")
    version.refresh_from_db()
    assert version.published_by == second
    page = told(client.get(address("change", version.pk)))
    assert version.schema_hash in page


def test_rules_are_put_in_force_together(client, officers, version):
    first, second = officers
    rows = list(CheckRule.objects.filter(instrument=version.instrument))
    for person, act in ((first, "ask_selected"), (second, "publish_selected")):
        client.force_login(person)
        client.post(
            address("changelist", model="checkrule"),
            {"action": act, "_selected_action": [row.pk for row in rows]},
        )
    assert len(queries.compiled_rules(factory.row()).rows) == len(rows) == 63


def test_rule_is_written_refused_corrected_and_withdrawn(client, officers, version):
    first, second = officers
    client.force_login(first)
    new = {**RULE, "instrument": version.instrument_id, "key": "CK-900"}
    bad = client.post(
        address("add", model="checkrule"), new | {"expression": "qc05_0.__class__ == 1"}
    )
    assert bad.status_code == 422
    assert "Position 6" in told(bad)
    assert "qc05_0.__class__" in told(bad)
    client.post(address("add", model="checkrule"), new | {"expression": "qc06 <= qzz99"})
    rule = CheckRule.objects.get(key="CK-900")
    page = press(client, first, rule, "ask")
    assert page.status_code == 422
    assert "Unknown code qzz99 at position 8" in told(page)
    client.post(address("write", rule.pk, model="checkrule"), RULE)
    press(client, first, rule, "ask")
    press(client, second, rule, "publish")
    rule.refresh_from_db()
    assert rule.published_by == second
    assert client.get(address("write", rule.pk, model="checkrule")).status_code == 404
    assert press(client, first, rule, "withdraw", note="误报").status_code == 422
    press(client, first, rule, "withdraw", note="与统计口径不符，先行停用")
    press(client, first, rule, "revise")
    assert CheckRule.objects.get(key="CK-900", version=2).is_draft


def test_key_of_a_rule_is_used_once(client, officers, version):
    client.force_login(officers[0])
    new = {**RULE, "instrument": version.instrument_id, "key": "CK-101"}
    page = client.post(address("add", model="checkrule"), new)
    assert page.status_code == 422
    assert "There is a rule of this key" in told(page)


def test_workbook_goes_out_and_comes_back_with_its_differences(client, officers, version):
    client.force_login(officers[0])
    sent = client.get(address("workbook", version.pk))
    book = openpyxl.load_workbook(io.BytesIO(sent.content))
    book["settings"].cell(2, 3).value = "国统制〔2022〕11号修订"
    out = io.BytesIO()
    book.save(out)
    file = SimpleUploadedFile("GQ.xlsx", out.getvalue())
    client.post(address("bring", version.pk), {"file": file})
    page = told(client.get(address("change", version.pk)))
    assert "<ins>国统制〔2022〕11号修订</ins>" in page
    press(client, officers[0], version, "take_over")
    version.refresh_from_db()
    assert version.source == "国统制〔2022〕11号修订"


def test_workbook_of_another_kind_is_refused_on_its_page(client, officers, version):
    client.force_login(officers[0])
    file = SimpleUploadedFile("GQ.xlsx", b"%PDF-1.7")
    page = client.post(address("bring", version.pk), {"file": file})
    assert page.status_code == 422
    assert "neither an Excel workbook" in told(page)


def test_item_of_a_draft_is_added_changed_and_taken_out(client, officers, version):
    client.force_login(officers[0])
    client.post(address("add_item", version.pk), ITEM)
    item = queries.items_of(factory.row())["qc999"]
    assert (item.order, item.decimals, item.least) == (3, 2, "0")
    page = client.post(address("item", version.pk, "qc999"), ITEM | {"code": "qc06"})
    assert page.status_code == 422
    assert "Code qc06 stands in this version already" in told(page)
    page = client.post(address("item", version.pk, "qc999"), ITEM | {"above": "qd01"})
    assert "qd01 is no item of this table" in told(page)
    client.post(address("item", version.pk, "qc999"), ITEM | {"label_zh": "其中：数据收入"})
    assert queries.items_of(factory.row())["qc999"].label_zh == "其中：数据收入"
    client.post(address("item", version.pk, "qc999"), {"remove": "1"})
    assert "qc999" not in queries.items_of(factory.row())


def test_next_version_begins_from_a_page(client, officers, version):
    client.force_login(officers[0])
    form = {"name": "GQ-2023", "starts_on": "2022-01-01"}
    page = client.post(address("next", version.pk), form)
    assert page.status_code == 422
    client.post(address("next", version.pk), form | {"starts_on": "2023-01-01"})
    made = InstrumentVersion.objects.get(version="GQ-2023")
    assert len(queries.items_of(made)) == 213


def test_province_reads_what_is_published_and_writes_nothing(client, officers, version):
    province = accounts.official("33")
    client.force_login(province)
    assert client.get(address("change", version.pk)).status_code == 404
    factory.published(people=officers)
    assert client.get(address("change", version.pk)).status_code == 200
    assert client.get(address("workbook", version.pk)).status_code == 200
    for page in (address("next", version.pk), address("bring", version.pk),
                 address("add", model="checkrule")):  # fmt: skip
        assert client.get(page).status_code == 403
    rule = CheckRule.objects.get(key="CK-101")
    assert press(client, province, rule, "withdraw", note="试试能不能撤销规则").status_code == 403
    assert CheckRule.objects.get(key="CK-101").withdrawn_at is None


@pytest.mark.parametrize("person", ["reviewer", "operator", "stranger"])
def test_others_see_no_questionnaire_at_the_desk(client, version, person):
    made = {
        "reviewer": lambda: accounts.reviewer(accounts.agency(code="330199")),
        "operator": accounts.operator,
        "stranger": accounts.user,
    }[person]()
    client.force_login(made)
    assert client.get(address("change", version.pk)).status_code in {302, 403, 404}
    assert client.get(address("changelist")).status_code in {302, 403}


def test_approval_is_changed_by_two(client, officers, version):
    first, second = officers
    client.force_login(first)
    approval = version.approval
    fields = {
        "code": "GQ", "name_zh": approval.name_zh, "authority": approval.authority,
        "approver": approval.approver, "approval_no": approval.approval_no, "valid_from": "",
        "valid_to": "2025-12-31", "unconfirmed": "", "reason": "国家统计局延长有效期的函",
    }  # fmt: skip
    client.post(address("change", approval.pk, model="surveyprogramme"), fields)
    change = Change.objects.get()
    approval.refresh_from_db()
    assert approval.valid_to.isoformat() == "2025-02-28"
    client.force_login(second)
    url = reverse("admin:stats_surveyprogramme_proposal", args=[change.pk])
    assert "1 versions are asked under it" in told(client.get(url))
    client.post(url, {"answer": "confirm"})
    approval.refresh_from_db()
    assert approval.valid_to.isoformat() == "2025-12-31"


def more_rows(version, count):
    """Further versions and rules of the instrument."""
    for number in range(count):
        day = version.starts_on.replace(year=2030 + number)
        InstrumentVersion.objects.create(
            instrument=version.instrument, approval=version.approval, starts_on=day,
            version=f"GQ-{2030 + number}", source="x",
        )  # fmt: skip


@pytest.mark.parametrize("model", ["instrumentversion", "checkrule"])
def test_lists_ask_the_same_for_one_row_and_for_more(
    client, officers, version, model, django_assert_max_num_queries
):
    client.force_login(officers[0])
    CheckRule.objects.exclude(key="CK-101").delete()
    InstrumentVersion.objects.filter(version="JQ-2017").exists()
    client.get(address("changelist", model=model))
    with django_assert_max_num_queries(12) as few:
        client.get(address("changelist", model=model))
    more_rows(version, 3)
    CheckRule.objects.bulk_create(
        CheckRule(
            instrument=version.instrument, key=f"CK-9{n}", scope="GQ-002", severity="error",
            expression="qc06 <= qc05_0", tree={}, message_zh="x", basis="form", source="x",
            active_from=version.starts_on,
        )
        for n in range(3)
    )  # fmt: skip
    with django_assert_max_num_queries(len(few)):
        client.get(address("changelist", model=model))


def test_seed_brings_the_questionnaires(version):
    assert set(Instrument.objects.values_list("code", flat=True)) == {"GQ", "JQ", "INC"}
    assert SurveyProgramme.objects.count() == 3
    assert workbook(version)[:2] == b"PK"


@pytest.mark.parametrize("model", ["instrumentversion", "checkrule"])
def test_page_asks_few_questions(client, officers, version, model, django_assert_max_num_queries):
    client.force_login(officers[0])
    row = version if model == "instrumentversion" else CheckRule.objects.get(key="CK-101")
    url = address("change", row.pk, model=model)
    client.get(url)
    with django_assert_max_num_queries(15):
        assert client.get(url).status_code == 200
