"""The desk of experts and panels: roster, workbook, draws, progress, replacement, who may."""

import io
from collections import Counter

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from openpyxl import Workbook, load_workbook

from hitech_cert.enums import PanelState, SeatState
from hitech_cert.forms.experts.roster import COLUMNS, ExpertForm
from hitech_cert.models import Expert, Panel, PanelDraw, Seat
from hitech_cert.tasks import carry_draws, remind_experts
from tests.factories import accounts
from tests.factories import hitech_cert as applications
from tests.factories import hitech_experts as f
from torch_portal.accounts.models import User
from torch_portal.notices.models import Message

pytestmark = pytest.mark.django_db
TABLES = ("expert", "panel", "paneldraw")


@pytest.fixture(autouse=True)
def in_english(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def body(client, house):
    """An official of the certification body, signed in."""
    official = f.province()
    client.force_login(official)
    return official


def url(table, page, *args):
    return reverse(f"admin:hitech_cert_{table}_{page}", args=args)


def text(answer):
    return answer.content.decode()


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("name", ["reviewer", "filer", "operator"])
def test_lists_are_for_the_certification_body(client, house, table, name):
    client.force_login(getattr(house, name))
    assert client.get(url(table, "changelist")).status_code in (302, 403)


def test_another_body_sees_nothing(client, house):
    panel = f.panel(house)
    client.force_login(accounts.official("32", name="jiangsu"))
    for table, pk in (
        ("panel", panel.pk), ("paneldraw", panel.draw_id), ("expert", panel.tech_order[0]),
    ):  # fmt: skip
        assert client.get(url(table, "change", pk)).status_code == 404
        assert str(panel.application.enterprise.name) not in text(
            client.get(url(table, "changelist"))
        )
    assert client.post(url("panel", "answer", panel.pk, "dissolve")).status_code == 404


EXPERT = {
    "jurisdiction": "33", "name": "王伟", "email": "wang@example.com", "role": "tech",
    "licence": "senior", "employer": "某研究所", "codes": "8.3，8.4.1", "resident": "on",
    "reason": "2020年度入库",
}  # fmt: skip


def test_expert_is_taken_in_on_the_page(client, body):
    page = url("expert", "add")
    assert client.get(page).status_code == 200
    answer = client.post(page, EXPERT | {"codes": "9.9", "reason": ""})
    assert answer.status_code == 422
    assert "These codes are not in the catalogue: 9.9." in text(answer)
    assert client.post(page, EXPERT).status_code == 302
    expert = Expert.objects.get()
    assert expert.fields == ["8.3", "8.4.1"]
    shown = text(client.get(url("expert", "change", expert.pk)))
    assert "智能化仪器仪表" in shown
    assert "2020年度入库" in shown
    assert "王伟" in text(client.get(url("expert", "changelist")))


def test_expert_is_changed_on_the_page_with_a_reason(client, body):
    client.post(url("expert", "add"), EXPERT)
    expert = Expert.objects.get()
    page = url("expert", "edit", expert.pk)
    assert "8.3, 8.4.1" in text(client.get(page))
    kept = {k: v for k, v in EXPERT.items() if k not in ("jurisdiction", "name", "email")}
    answer = client.post(page, kept | {"employer": "新单位", "active": "on", "reason": ""})
    assert answer.status_code == 422
    assert "Say why" in text(answer)
    client.post(page, kept | {"employer": "新单位", "active": "on", "reason": "调动"})
    expert.refresh_from_db()
    assert (expert.employer, expert.active) == ("新单位", True)
    client.post(page, kept | {"reason": "退休"})
    expert.refresh_from_db()
    assert not expert.active


def test_officials_of_the_country_look_but_do_not_take_in(client, house):
    client.force_login(accounts.official(None, name="torch"))
    assert client.get(url("expert", "changelist")).status_code == 200
    assert client.get(url("expert", "add")).status_code == 403
    assert client.get(url("expert", "import")).status_code == 403
    assert client.get(url("paneldraw", "add")).status_code == 403


def heads():
    return [ExpertForm.base_fields[name].label for name in COLUMNS]


def workbook(*rows):
    book = Workbook()
    with translation.override("zh-hans"):
        book.active.append([str(head) for head in heads()])
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("experts.xlsx", out.getvalue())


GOOD = ["李娜", "li@example.com", "tech", "senior", "研究员", "", "甲研究所", "", "8.3", "是"]
ALSO = ["张敏", "zhang@example.com", "fin", "cpa", "", "2005-01-01", "乙会计所", "", "", "是"]


def test_workbook_is_taken_as_a_whole(client, body):
    sent = {"jurisdiction": "33", "reason": "入库", "file": workbook(GOOD, ALSO)}
    assert client.post(url("expert", "import"), sent).status_code == 302
    assert Counter(Expert.objects.values_list("role", flat=True)) == {"tech": 1, "fin": 1}


def test_workbook_with_faults_takes_nothing_and_names_the_rows(client, body):
    young = [*ALSO[:5], "2015-01-01", *ALSO[6:]]
    odd = [*GOOD[:5], "去年", *GOOD[6:]]
    answer = client.post(
        url("expert", "import"),
        {"jurisdiction": "33", "reason": "入库", "file": workbook(GOOD, odd)},
    )
    assert answer.status_code == 422
    assert "Row 3" in text(answer)
    answer = client.post(
        url("expert", "import"),
        {"jurisdiction": "33", "reason": "入库", "file": workbook(GOOD, young, GOOD)},
    )
    assert "This person is an expert already." in text(answer)
    assert "Row 4" in text(answer)
    assert not Expert.objects.exists()
    assert not User.objects.filter(email="li@example.com").exists()


def test_workbook_to_fill_in_has_the_heads_it_is_read_by(client, body):
    content = client.get(url("expert", "workbook")).content
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    assert [cell.value for cell in sheet[1]] == [str(head) for head in heads()]
    answer = client.post(
        url("expert", "import"),
        {"jurisdiction": "33", "file": SimpleUploadedFile("x.csv", "甲,乙\n1,2\n".encode())},
    )
    assert answer.status_code == 422
    assert "Columns are missing" in text(answer)


def test_panel_is_drawn_on_the_page_for_one_filing(client, house, body):
    f.pool()
    application = f.accepted(house)
    page = url("paneldraw", "add")
    assert client.get(page).status_code == 200
    sent = {"number": application.filing.number, "seed": "七", "tech": "3", "fin": "2"}
    wrong = client.post(page, sent | {"number": ""})
    assert "Choose a batch, or give the number of one filing." in text(wrong)
    assert "lies before you" in text(client.post(page, sent | {"number": "X"}))
    too_many = client.post(page, sent | {"tech": "6"})
    assert too_many.status_code == 422
    assert "16 candidates are fewer than 3 times the 8 experts." in text(too_many)
    answer = client.post(page, sent)
    draw = PanelDraw.objects.get()
    assert answer.url == url("paneldraw", "change", draw.pk)
    shown = text(client.get(answer.url))
    assert draw.digest in shown
    assert application.filing.number in shown
    again = client.post(page, sent)
    assert again.status_code == 422


def test_batch_is_drawn_by_the_clock(client, house, body):
    f.pool()
    f.accepted(house)
    intake = applications.intake()
    client.post(url("paneldraw", "add"), {"intake": intake.pk, "tech": "3", "fin": "2"})
    draw = PanelDraw.objects.get()
    assert draw.state == "running"
    assert carry_draws() == 1
    assert carry_draws() == 0
    draw.refresh_from_db()
    assert (draw.state, draw.done) == ("done", 1)
    assert "1 / 1" in text(client.get(url("paneldraw", "changelist")))


def test_points_are_shown_only_after_the_leader_signed(client, house, body):
    panel = f.panel(house)
    f.all_submitted(panel)
    page = url("panel", "change", panel.pk)
    shown = text(client.get(page))
    assert "<td>60</td>" not in shown
    assert "Averages" not in shown
    f.close(panel)
    shown = text(client.get(page))
    assert shown.count("<td>60</td>") == 3
    assert "<td>71</td>" in shown
    listed = text(client.get(url("panel", "changelist") + "?waiting=closed"))
    assert "5 / 5" in listed


def test_expert_is_replaced_on_the_page(client, house, body):
    panel = f.panel(house)
    seat = f.seats_of(panel)[1]
    page = url("panel", "replace", panel.pk, seat.pk)
    client.post(page, {"note": ""})
    seat.refresh_from_db()
    assert seat.state == SeatState.INVITED
    client.post(page, {"note": "逾期未评"})
    seat.refresh_from_db()
    assert seat.state == SeatState.REPLACED
    assert "逾期未评" in text(client.get(url("panel", "change", panel.pk)))
    assert client.get(page).status_code == 404
    client.force_login(house.reviewer)
    assert client.post(page, {"note": "x"}).status_code == 404


def test_panel_is_dissolved_and_reminded_on_the_page(client, house, body):
    panel = f.panel(house)
    client.post(url("panel", "answer", panel.pk, "remind"))
    assert Message.objects.filter(key__startswith="hitech-late-").count() == 5
    answer = client.post(url("panel", "answer", panel.pk, "dissolve"), {"note": ""})
    assert answer.status_code == 422
    client.post(url("panel", "answer", panel.pk, "dissolve"), {"note": "专家违规"})
    panel.refresh_from_db()
    assert panel.state == PanelState.DISSOLVED


def test_nobody_draws_for_an_enterprise_of_his_own(client, house, body):
    f.pool()
    application = f.accepted(house)
    accounts.Membership.objects.create(user=body, enterprise=house.firm, role="reader")
    sent = {"number": application.filing.number, "tech": "3", "fin": "2"}
    assert client.post(url("paneldraw", "add"), sent).status_code == 403
    assert not Panel.objects.exists()


def test_reminders_of_the_clock_are_safe_to_run_twice(house):
    panel = f.panel(house)
    Panel.objects.filter(pk=panel.pk).update(due_on=f.AT.date())
    assert remind_experts() == 5
    assert remind_experts() == 0


def test_sheets_of_an_expert_stand_beside_those_of_the_others(client, house, body):
    panel = f.panel(house)
    f.all_submitted(panel)
    f.close(panel)
    shown = text(client.get(url("expert", "change", panel.tech_order[0])))
    assert "60.00" in shown
    assert panel.application.enterprise.name in shown


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("table", TABLES)
def test_queries_of_the_lists_do_not_grow(
    client, house, body, table, count, django_assert_max_num_queries
):
    f.pool()
    for place in range(count):
        firm = accounts.enterprise(f.code(place), name=f"企业{place}")
        application = f.accepted(house, firm, accounts.member(firm), place=place)
        f.drawing.draw_panel(application=application, by=body, at=f.AT)
    client.get(url(table, "changelist"))
    with django_assert_max_num_queries(10):
        assert client.get(url(table, "changelist")).status_code == 200


@pytest.mark.parametrize("count", [2, 4])
def test_queries_of_a_panel_do_not_grow_with_its_seats(
    client, house, body, count, django_assert_max_num_queries
):
    f.pool(15, 6)
    application = f.accepted(house)
    wish = f.drawing.rules.Wish(count + 1, 2) if count > 2 else None
    panel = f.drawing.draw_panel(application=application, by=body, at=f.AT, wish=wish)
    page = url("panel", "change", panel.pk)
    client.get(page)
    with django_assert_max_num_queries(11):
        assert client.get(page).status_code == 200
    assert Seat.objects.count() == (7 if count > 2 else 5)


def test_expert_comes_to_the_reviews_after_signing_in(client, house):
    expert = f.expert(1)
    client.force_login(expert.user)
    answer = client.get(reverse("desk:start"))
    assert answer.url == reverse("hitech_cert:expert_reviews")
    assert "Expert reviews" in text(client.get(answer.url))
    client.force_login(accounts.user("nobody"))
    assert "no role yet" in text(client.get(reverse("desk:start")))


def test_experts_with_late_sheets_are_found(client, house, body):
    panel = f.panel(house)
    Panel.objects.filter(pk=panel.pk).update(due_on=f.AT.date())
    page = url("expert", "changelist") + "?waiting=late"
    names = {seat.expert.code for seat in f.seats_of(panel)}
    shown = text(client.get(page))
    assert all(code in shown for code in names)
    assert "5 " in shown
    f.all_submitted(panel)
    assert not any(code in text(client.get(page)) for code in names)
