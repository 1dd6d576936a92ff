"""The enterprise's pages of an application."""

import datetime

import pytest
from django.core.cache import cache
from django.utils import timezone

from hitech_cert import actions
from hitech_cert.enums import State
from hitech_cert.models import Application
from tests.factories import hitech_cert as made

pytestmark = pytest.mark.django_db
STEPS = ("rights", "staff", "projects", "costs", "products", "innovation", "standards", "main")
PAGES = (*STEPS, "report", "files", "review")


@pytest.fixture(autouse=True)
def summer_2020(settings):
    """The portal's clock stands at the factories' moment; throttles begin anew."""
    settings.PORTAL_CLOCK_OFFSET = made.AT - timezone.now()
    cache.clear()


@pytest.fixture
def application(house):
    made.intake()
    return made.draft(house.firm, house.filer)


@pytest.fixture
def filer(client, house):
    client.force_login(house.filer)
    return client


def url(application, *parts):
    return "/hitech/" + "/".join(str(part) for part in (application.pk, *parts)) + "/"


@pytest.mark.parametrize("step", PAGES)
def test_every_page_of_a_draft_is_shown(filer, application, step):
    assert filer.get(url(application, step)).status_code == 200


def test_guide_is_public(client):
    assert client.get("/hitech/").status_code == 200


def test_start_takes_the_enterprise(filer, house):
    answer = filer.post("/hitech/start/", {"enterprise": house.firm.pk})
    application = Application.objects.get()
    assert answer.url == url(application, "rights")


def test_complete_draft_is_submitted_by_its_button(filer, application):
    page = filer.get(url(application, "review")).content.decode()
    assert "2020-07-31" in page
    answer = filer.post(url(application, "submit"))
    assert answer.url == url(application)
    application.filing.refresh_from_db()
    assert application.filing.state == State.SUBMITTED
    assert filer.get(url(application)).status_code == 200


def test_stranger_sees_nothing(client, house, application):
    client.force_login(house.stranger)
    assert client.get(url(application, "rights")).status_code == 404
    assert client.post(url(application, "rights", "add")).status_code == 404


def test_row_is_added_filled_and_taken_out(filer, application):
    answer = filer.post(url(application, "rights", "add"))
    row = application.rights.get(code="IP05")
    assert answer.url == url(application, "rights", row.pk)
    assert filer.get(answer.url).status_code == 200
    sent = {"name": "一种热成像方法", "kind": "invention_patent", "seen": 0, "go": "next"}
    answer = filer.post(answer.url, sent | {"number": made.patent(9), "mainland": "on"})
    assert answer.url == url(application, "rights") + "#field-rights"
    row.refresh_from_db()
    assert (row.name, row.in_force) == ("一种热成像方法", False)
    filer.post(url(application, "rights", row.pk, "remove"))
    assert application.rights.count() == 4


def test_what_cannot_be_read_is_kept_word_for_word(filer, application):
    row = application.projects.get()
    page = url(application, "projects", row.pk)
    sent = {"name": "改名", "spent_1": "约一百", "starts_on": "2019-13-01", "seen": 1}
    answer = filer.post(page, sent)
    assert answer.status_code == 200
    assert "约一百" in answer.content.decode()
    row.refresh_from_db()
    assert (row.name, row.typed["spent_1"], row.spent_1) == ("改名", "约一百", 100)
    assert "约一百" in filer.get(page).content.decode()
    assert "unread" in {f["code"] for f in found(filer, application)}


def found(filer, application):
    """The findings of the page to check."""
    context = filer.get(url(application, "review")).context
    return [*context["blocks"], *context["warnings"], *context["infos"]]


def test_two_windows_on_one_page_meet_and_on_two_pages_do_not(filer, application):
    main, report = url(application, "main"), url(application, "report")
    seen = application.versions["main"]
    first = {"gross_income": "2400", "seen": seen}
    assert filer.post(main, first).status_code == 302
    assert filer.post(report, {"agency_name": "甲", "seen": seen}).status_code == 302
    answer = filer.post(main, {"gross_income": "2500", "seen": seen})
    assert answer.status_code == 200
    assert answer.context["conflict"]
    assert "gross_income" in {d.name for d in answer.context["differences"]}
    application.refresh_from_db()
    assert application.gross_income == 2400
    again = {"gross_income": "2500", "seen": answer.context["form"]["seen"].value()}
    assert filer.post(main, again).status_code == 302


def test_two_colleagues_on_two_rows_do_not_meet(house, application):
    one, other = application.rights.order_by("code")[:2]
    at = made.AT
    for row, name in ((one, "甲"), (other, "乙")):
        actions.save_row(
            row=row, table="rights", values={"name": name}, unread={}, by=house.filer, at=at, seen=1
        )
    names = set(application.rights.values_list("name", flat=True))
    assert {"甲", "乙"} <= names
    with pytest.raises(actions.Conflict):
        actions.save_row(
            row=one, table="rights", values={"name": "丙"}, unread={}, by=house.filer, at=at, seen=1
        )


def test_staff_is_saved_cell_by_cell(filer, application):
    sent = {"total-staff": "61", "total-st": "十二", "seen": application.versions["staff"]}
    answer = filer.post(url(application, "staff"), sent)
    assert answer.status_code == 200
    assert answer.context["grid"].errors.keys() == {"total-st"}
    total = application.staff.get()
    assert (total.name, total.staff, total.st) == ("total", 61, None)
    assert "十二" in filer.get(url(application, "staff")).content.decode()


def test_costs_of_a_year_are_saved_with_their_sums(filer, application):
    page = url(application, "costs") + "?year=2018"
    sent = {"RD01-personnel": "70", "RD01-external": "20", "RD01-external_domestic": "15"}
    seen = application.versions["costs-2018"]
    answer = filer.post(page, sent | {"seen": seen, "go": "stay"})
    assert answer.url == page
    row = application.costs.get(year=2018)
    assert (row.personnel, row.external, row.external_domestic, row.direct) == (70, 20, 15, 0)
    shown = filer.get(page).context
    assert shown["rows"][0]["total"] == 90
    assert "V10" in {f["code"] for f in shown["findings"]}


def test_autosave_answers_with_the_new_count(filer, application):
    page = url(application, "innovation", "autosave")
    answer = filer.post(page, {"text_rights": "一", "seen": application.versions["innovation"]})
    assert answer["HX-Trigger"] == "saved"
    assert 'value="2"' in answer.content.decode()
    panel = filer.get(url(application, "panel"))
    assert panel.context["panel"]["met"] == 7


def test_submission_one_second_late_says_why(filer, application, settings):
    settings.PORTAL_CLOCK_OFFSET = made.CLOSES + datetime.timedelta(seconds=1) - timezone.now()
    filer.post(url(application, "submit"))
    application.filing.refresh_from_db()
    assert application.filing.state == State.DRAFT
    assert "2020-07-20 18:00:00" in filer.get(url(application, "review")).content.decode()


def test_table_saved_by_a_colleague_meanwhile_is_shown_beside_what_was_typed(filer, application):
    page = url(application, "costs") + "?year=2019"
    seen = application.versions["costs-2019"]
    filer.post(page, {"RD01-personnel": "80", "seen": seen})
    answer = filer.post(page, {"RD01-personnel": "70", "seen": seen})
    assert answer.context["conflict"]
    first = answer.context["differences"][0]
    assert (first["mine"], first["theirs"]) == ("70.00", "80.00")
    assert application.costs.get(year=2019).personnel == 80
    other = url(application, "costs") + "?year=2018"
    seen = application.versions["costs-2018"]
    assert filer.post(other, {"RD01-personnel": "70", "seen": seen}).status_code == 302


def test_submitted_application_cannot_be_changed(filer, house, application):
    row = application.rights.first()
    actions.submit(application=application, by=house.filer, at=made.AT)
    assert filer.get(url(application, "rights")).url == url(application)
    answer = filer.post(url(application, "rights", row.pk, "autosave"), {"name": "x", "seen": 1})
    assert "HX-Trigger" in answer
    row.refresh_from_db()
    assert row.name != "x"
    filer.post(url(application, "rights", "add"))
    filer.post(url(application, "rights", row.pk, "remove"))
    assert application.rights.count() == 4


def test_row_of_another_application_is_not_found(filer, house, application):
    other = actions.start(enterprise=house.firm, by=house.filer, at=made.AT)
    row = application.rights.first()
    assert filer.get(url(other, "rights", row.pk)).status_code == 404
    assert filer.post(url(other, "rights", row.pk, "remove")).status_code == 404
    assert filer.get(url(other, "nothing", row.pk)).status_code == 404


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("IP01、IP03", ["IP01", "IP03"]),
        ("ip1 ip3", ["IP01", "IP03"]),
        ("ＩＰ０１，IP01", ["IP01"]),
        ("IP02-IP04", ["IP02", "IP03", "IP04"]),
        ("2~4", ["IP02", "IP03", "IP04"]),
        ("", []),
    ],
)
def test_numbers_of_rows_are_read_as_people_write_them(filer, application, typed, kept):
    row = application.projects.get()
    filer.post(url(application, "projects", row.pk), {"rights": typed, "seen": 1})
    row.refresh_from_db()
    assert row.rights == kept


@pytest.mark.parametrize("typed", ["专利", "IP04-IP02", "RD01"])
def test_words_that_are_no_numbers_of_rows_are_kept_and_told(filer, application, typed):
    row = application.projects.get()
    answer = filer.post(url(application, "projects", row.pk), {"rights": typed, "seen": 1})
    assert answer.context["form"].errors["rights"]
    row.refresh_from_db()
    assert row.typed["rights"] == typed


@pytest.mark.parametrize(
    ("typed", "value"), [("-20.5", "-20.50"), ("１，２００", "1200.00"), ("120万元", "120.00")]
)
def test_amounts_are_read_as_people_write_them(filer, application, typed, value):
    sent = {"net_assets_2": typed, "seen": application.versions["main"]}
    filer.post(url(application, "main"), sent)
    application.refresh_from_db()
    assert str(application.net_assets_2) == value


@pytest.mark.parametrize("typed", ["12.345", "约二十", "9" * 13])
def test_amounts_that_cannot_be_kept_are_told(filer, application, typed):
    sent = {"net_assets_2": typed, "seen": application.versions["main"]}
    answer = filer.post(url(application, "main"), sent)
    assert answer.context["form"].errors["net_assets_2"]
    application.refresh_from_db()
    assert application.typed["net_assets_2"] == typed


def test_field_is_found_by_initials_and_by_the_titles_above(filer, application):
    row = application.projects.get()
    page = filer.get(url(application, "projects", row.pk)).content.decode()
    keys = page.split('<option value="1.1.6"')[1].split(">")[0]
    assert "dlxxxtgisrj" in keys or "dlxxxt" in keys
    assert "电子信息" in keys
