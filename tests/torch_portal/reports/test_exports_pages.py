"""The pages of exports: the button on the list, the choice, templates, one's own, the file."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contracts.enums import State
from tests.factories import accounts
from tests.factories.contracts import contract_at
from tests.torch_portal.reports.exporting import content, made, wish
from torch_portal.common import clock
from torch_portal.reports.enums import ExportState
from torch_portal.reports.exports import actions, forms, work
from torch_portal.reports.models import Export, ExportTemplate
from torch_portal.reports.views.exports import left_words

pytestmark = pytest.mark.django_db
LIST = reverse("admin:contracts_contract_changelist")
PAGE = reverse("reports:export", args=["contracts"])
MINE = reverse("reports:exports")
CHOICE = {"columns": ["number", "kind"], "file_format": "csv", "unit": "wan"}


@pytest.fixture
def contract(house):
    return contract_at(
        State.SUBMITTED, firm=house.firm, by=house.filer, office=house.office,
        examiner=house.reviewer,
    )  # fmt: skip


@pytest.fixture
def desk(client, house):
    client.force_login(house.reviewer)
    return client


def address(name, export):
    return reverse(f"reports:export_{name}", args=[export.pk])


def now_made(by, *columns):
    return made(by, wish(*columns), at=clock.now())


def test_list_leads_to_its_export_with_its_filter(desk, contract):
    page = desk.get(LIST, {"queue": "all", "kind": "development"})
    assert page.context["export_url"] == f"{PAGE}?queue=all&kind=development"
    assert page.context["export_url"].replace("&", "&amp;") in page.text
    shown = desk.get(page.context["export_url"])
    assert [str(which) for _what, which in shown.context["words"]] == ["全部", "技术开发"]
    assert shown.context["count"] == "1"
    assert desk.get(PAGE, {"queue": "returned"}).context["count"] == "0"


def test_export_from_page_to_file(desk, house, contract):
    answer = desk.post(f"{PAGE}?queue=all", CHOICE)
    export = Export.objects.get()
    assert answer.headers["Location"] == f"{MINE}#export-{export.pk}"
    assert (export.filter, export.columns, export.unit) == ("queue=all", CHOICE["columns"], "wan")
    assert "排队中" in desk.get(MINE).text
    work.run(export_id=export.pk, at=clock.now())
    assert address("file", export) in desk.get(MINE).text
    answer = desk.get(address("file", export))
    assert b"".join(answer.streaming_content) == content(Export.objects.get())
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert Export.objects.get().taken_at is not None


def test_same_again_leads_to_the_first(desk, contract):
    desk.post(PAGE, CHOICE)
    page = desk.post(PAGE, CHOICE, follow=True)
    assert Export.objects.count() == 1
    assert "导出过相同内容" in page.text


def test_what_is_wrong_is_told_and_nothing_typed_is_lost(desk, house, contract):
    bad = CHOICE | {"since": "2020-03-02", "until": "2020-03-01", "columns": ["nonsense", "kind"]}
    page = desk.post(f"{PAGE}?queue=all", bad)
    assert page.status_code == 422
    assert len(page.context["wrong"]) == 2
    assert 'value="2020-03-02"' in page.text
    assert [t["name"] for t in page.context["ticks"] if t["ticked"]] == ["kind"]
    page = desk.post(PAGE, CHOICE | {"since": "yesterday", "unit": "x"})
    assert (page.status_code, len(page.context["wrong"])) == (422, 2)
    assert desk.post(PAGE, {}).status_code == 422
    assert Export.objects.count() == 0


@pytest.mark.parametrize(
    ("since", "until"), [("2020-03-02", "2020-03-01"), ("2000-03-01", "2020-03-01")]
)
def test_days_upside_down_or_of_twenty_years_are_told_and_kept(desk, house, since, until):
    page = desk.post(PAGE, CHOICE | {"since": since, "until": until})
    assert (page.status_code, len(page.context["wrong"])) == (422, 1)
    assert f'value="{since}"' in page.text
    assert f'value="{until}"' in page.text
    assert Export.objects.count() == 0


def test_official_cannot_tick_what_examiners_alone_may_take(client, house, contract):
    client.force_login(house.official)
    ticks = {t["name"]: t["allowed"] for t in client.get(PAGE).context["ticks"]}
    assert (ticks["email"], ticks["handled_by"]) == (False, True)
    page = client.post(PAGE, CHOICE | {"columns": ["number", "email"]})
    assert page.status_code == 422
    assert "个人信息保护法" in page.context["wrong"][0]


@pytest.mark.parametrize("who", ["filer", "stranger", "operator"])
def test_who_works_at_no_desk_is_refused(client, house, contract, who):
    client.force_login(getattr(house, who))
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, CHOICE).status_code == 403
    assert client.get(MINE).status_code == (200 if who == "operator" else 403)
    assert Export.objects.count() == 0


def test_unknown_list_and_filter(desk):
    assert desk.get(reverse("reports:export", args=["nonsense"])).status_code == 403
    assert desk.get(f"{PAGE}?nonsense__x=1").headers["Location"] == f"{PAGE}?"


def test_templates_are_kept_used_and_dropped(desk, house, contract):
    desk.post(f"{PAGE}?queue=all", CHOICE | {"keep": "1", "name": " 月报  用 "})
    template = ExportTemplate.objects.get()
    assert (template.name, template.columns, template.person) == (
        "月报 用", CHOICE["columns"], house.reviewer,
    )  # fmt: skip
    page = desk.get(PAGE, {"queue": "all", "template": template.pk})
    assert [t["name"] for t in page.context["ticks"] if t["ticked"]] == CHOICE["columns"]
    assert page.context["form"]["unit"].value() == "wan"
    desk.post(PAGE, CHOICE | {"keep": "1", "name": "月报 用", "columns": ["state"]})
    assert ExportTemplate.objects.get().columns == ["state"]
    assert desk.get(PAGE, {"template": "x" * 30}).status_code == 200
    desk.post(PAGE, {"drop": "月报 用"})
    assert ExportTemplate.objects.count() == 0


def test_templates_are_the_persons_own(client, desk, house, contract):
    desk.post(PAGE, CHOICE | {"keep": "1", "name": "我的"})
    pk = ExportTemplate.objects.get().pk
    client.force_login(house.second)
    page = client.get(PAGE, {"template": pk})
    assert (page.context["templates"], page.context["template"]) == ([], None)
    client.post(PAGE, {"drop": "我的"})
    assert ExportTemplate.objects.count() == 1


@pytest.mark.parametrize(("name", "columns"), [(" ", ["number"]), ("x", [])])
def test_template_without_name_or_columns(desk, name, columns):
    page = desk.post(PAGE, CHOICE | {"keep": "1", "name": name, "columns": columns})
    assert (page.status_code, len(page.context["wrong"])) == (422, 1)


def test_templates_are_few(desk, house):
    for n in range(forms.KEPT):
        desk.post(PAGE, CHOICE | {"keep": "1", "name": f"模板{n}"})
    assert desk.post(PAGE, CHOICE | {"keep": "1", "name": "再来"}).status_code == 422
    assert desk.post(PAGE, CHOICE | {"keep": "1", "name": "模板1"}).status_code == 302


@pytest.mark.parametrize("name", ["cancel", "resume", "again", "file"])
def test_somebody_elses_export_is_not_there(client, house, contract, name):
    export = now_made(house.reviewer)
    client.force_login(house.second)
    method = client.get if name == "file" else client.post
    assert method(address(name, export)).status_code == 404
    export.refresh_from_db()
    assert export.state == ExportState.READY


def test_cancel_resume_and_again(desk, house, contract):
    export = actions.ask(wish=wish("number"), by=house.reviewer, at=clock.now())
    assert desk.post(address("cancel", export)).status_code == 302
    page = desk.post(address("resume", export))
    assert page.status_code == 409
    assert "已被取消" in page.text
    assert desk.post(address("again", export)).status_code == 302
    assert list(Export.objects.order_by("pk").values_list("state", flat=True)) == [
        "cancelled", "waiting",
    ]  # fmt: skip
    Export.objects.filter(pk=export.pk).update(state=ExportState.FAILED)
    assert desk.post(address("resume", export)).status_code == 302
    assert desk.get(address("resume", export)).status_code == 405


def test_expired_and_lost_files(desk, house, contract):
    export = now_made(house.reviewer)
    Export.objects.update(expires_at=clock.now())
    page = desk.get(address("file", export))
    assert page.status_code == 410
    assert "过期" in page.text
    Export.objects.update(expires_at=clock.now() + work.KEPT)
    export.file.storage.delete(export.file.name)
    assert desk.get(address("file", export)).status_code == 410
    waiting = actions.ask(wish=wish("kind"), by=house.reviewer, at=clock.now())
    assert "尚未生成" in desk.get(address("file", waiting)).text


def test_progress_is_told_and_the_page_asks_again(desk, house):
    export = actions.ask(wish=wish("number"), by=house.reviewer, at=clock.now())
    assert "every 2s" in desk.get(MINE).text
    began = clock.now() - datetime.timedelta(minutes=2)
    Export.objects.filter(pk=export.pk).update(
        state=ExportState.RUNNING, rows_expected=3000, rows_done=1000, started_at=began
    )
    page = desk.get(MINE)
    assert "已写 1000 / 3000 行" in page.text
    assert "剩余约4分钟" in page.text
    actions.cancel(export=export, by=house.reviewer, at=clock.now())
    assert "every 2s" not in desk.get(MINE).text


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "剩余不到1分钟"), (59, "剩余不到1分钟"), (89, "剩余约1分钟")]
)
def test_time_left_in_words(seconds, words):
    assert left_words(datetime.timedelta(seconds=seconds)) == words
    assert left_words(None) == ""


def test_list_takes_the_same_queries_for_one_and_many(desk, house, contract):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as found:
            desk.get(MINE)
        return len(found)

    now_made(house.reviewer)
    one = queries()
    for column in ("number", "kind", "state"):
        now_made(house.reviewer, column)
    assert queries() == one


def test_record_is_for_operators_and_the_country(client, house, contract):
    export = now_made(house.reviewer)
    record = reverse("admin:reports_export_changelist")
    page = reverse("admin:reports_export_change", args=[export.pk])
    for who in (house.operator, accounts.official(None)):
        client.force_login(who)
        assert export.sha256 in client.get(record).text
        assert client.get(page).status_code == 200
    for who in (house.reviewer, house.official):
        client.force_login(who)
        assert client.get(record).status_code == 403
        assert client.get(page).status_code in (302, 403)
