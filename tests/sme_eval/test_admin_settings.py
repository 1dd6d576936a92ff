"""What officials set: windows of filings, certificates of enterprises, the words of letters."""

import datetime

import pytest
from django.urls import reverse

from sme_eval import actions, queries
from sme_eval.enums import State
from sme_eval.models import Window
from tests.factories import accounts
from tests.factories.sme_eval import AT, draft, evaluation_at
from torch_portal.accounts.models import Change
from torch_portal.common.findings import Refused
from torch_portal.desk.admin.letters import KINDS, places_of
from torch_portal.filings.models import Qualification
from torch_portal.notices.models import LetterTemplate, Message

WINDOWS = reverse("admin:sme_eval_window_changelist")
ADD_WINDOW = reverse("admin:sme_eval_window_add")
ADD_CERTIFICATE = reverse("admin:filings_qualification_add")
WINDOW = {
    "year": "2020", "opens_on": "2020-03-03", "closes_on": "2020-11-15",
    "source": "国科火字〔2020〕44号", "reason": "省级通知延长",
}  # fmt: skip
CERTIFICATE = {
    "credit_code": accounts.ZHIWEI, "kind": "hnte_certificate", "number": "GR201933000001",
    "valid_from": "2019-12-04", "valid_to": "2022-12-03", "source": "国科火字〔2020〕32号",
    "ended_on": "", "reason": "按公布名单录入",
}  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture
def national(house):
    return accounts.official(None, name="national")


def confirm(client, person, change):
    client.force_login(person)
    name = f"admin:{change.target.replace('.', '_')}_proposal"
    return client.post(reverse(name, args=[change.pk]), {"answer": "confirm"})


def test_window_needs_a_second_person(client, house, national):
    client.force_login(national)
    assert client.post(ADD_WINDOW, WINDOW).status_code == 302
    change = Change.objects.get()
    assert (change.grave, change.state, Window.objects.exists()) == (True, "proposed", False)
    page = client.get(reverse("admin:sme_eval_window_proposal", args=[change.pk]))
    assert any("2020-10-20" in sentence for sentence in page.context["effects"])
    confirm(client, national, change)
    assert not Window.objects.exists()
    confirm(client, house.operator, change)
    window = Window.objects.get()
    assert queries.edition_on(AT.date()).opens == window.opens_on == datetime.date(2020, 3, 3)


def test_window_decides_who_files(client, house, national):
    evaluation = draft(house.firm, house.filer)
    client.force_login(national)
    client.post(ADD_WINDOW, WINDOW)
    confirm(client, house.operator, Change.objects.get())
    told = {"evaluation": evaluation, "by": house.filer, "agency": house.office}
    with pytest.raises(Refused) as caught:
        actions.submit(at=AT, **told)
    assert "window" in [f.code for f in caught.value.findings]
    actions.submit(at=AT + datetime.timedelta(days=1), **told)


@pytest.mark.parametrize(
    "wrong",
    [
        {"closes_on": "2020-03-02"},
        {"closes_on": "2021-01-01"},
        {"opens_on": "2019-12-31"},
        {"reason": ""},
    ],
)
def test_window_lies_in_its_year_and_has_a_reason(client, house, national, wrong):
    client.force_login(national)
    assert client.post(ADD_WINDOW, WINDOW | wrong).status_code == 200
    assert not Change.objects.exists()


def test_windows_are_read_by_officials_and_set_for_the_whole_country(client, house):
    client.force_login(house.official)
    assert client.get(WINDOWS).status_code == 200
    assert client.get(ADD_WINDOW).status_code == 403
    client.force_login(house.reviewer)
    assert client.get(WINDOWS).status_code == 403


def test_certificate_is_recorded_with_who_and_why_and_confirms(client, house):
    client.force_login(house.official)
    assert 'name="credit_code"' in client.get(ADD_CERTIFICATE).text
    assert client.post(ADD_CERTIFICATE, CERTIFICATE).status_code == 302
    row = Qualification.objects.get()
    assert (row.enterprise, row.recorded_by) == (house.firm, house.official)
    change = Change.objects.get()
    assert (change.reason, change.jurisdiction_id, change.state) == (
        "按公布名单录入", "33", "applied",
    )  # fmt: skip
    evaluation = actions.start(enterprise=house.firm, by=house.filer, at=AT)
    assert [r.title for r in evaluation.routes.all()] == ["GR201933000001"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"credit_code": "91330106MA00000000"}, "credit_code"),
        ({"valid_to": "2019-12-04"}, None),
        ({"number": ""}, "number"),
    ],
)
def test_certificate_that_cannot_be_right_is_refused(client, house, wrong, field):
    client.force_login(house.official)
    answer = client.post(ADD_CERTIFICATE, CERTIFICATE | wrong)
    assert answer.status_code == 200
    assert list(answer.context["adminform"].form.errors) == [field or "__all__"]
    assert not Qualification.objects.exists()


def test_certificates_of_another_province_are_out_of_reach(client, house):
    client.force_login(house.official)
    client.post(ADD_CERTIFICATE, CERTIFICATE)
    page = reverse("admin:filings_qualification_change", args=[Qualification.objects.get().pk])
    shown = client.get(page)
    assert "credit_code" not in shown.context["adminform"].form.fields
    far = accounts.official("32", name="jiangsu")
    client.force_login(far)
    other = client.post(ADD_CERTIFICATE, CERTIFICATE | {"number": "GR2"})
    assert list(other.context["adminform"].form.errors) == ["credit_code"]
    assert client.get(page).status_code == 302
    for person in (house.reviewer, house.operator):
        client.force_login(person)
        assert client.get(ADD_CERTIFICATE).status_code == 403


def test_certificate_can_end_before_its_day(client, house):
    client.force_login(house.official)
    client.post(ADD_CERTIFICATE, CERTIFICATE)
    row = Qualification.objects.get()
    page = reverse("admin:filings_qualification_change", args=[row.pk])
    told = {"valid_to": "2022-12-03", "ended_on": "2020-03-02", "source": "公告", "reason": "取消"}
    assert client.post(page, told).status_code == 302
    assert not Qualification.objects.valid_on(AT.date()).exists()
    assert Qualification.objects.valid_on(AT.date() - datetime.timedelta(days=1)).exists()


def test_letters_of_every_line_can_be_worded(client, house):
    lines = {"contracts", "hitech_cert", "sme_eval", "stats"}
    assert {kind.partition(".")[0] for kind in KINDS} == lines
    client.force_login(house.official)
    form = {
        "kind": "sme_eval.received", "jurisdiction": "33", "subject": "【浙江】{year}年度已收到",
        "body": "您好\n{text}", "active": "on", "reason": "统一文书",
    }  # fmt: skip
    add = reverse("admin:notices_lettertemplate_add")
    wrong = client.post(add, form | {"subject": "{project}"})
    assert "subject" in wrong.context["adminform"].errors
    client.post(add, form)
    assert LetterTemplate.objects.get().kind == "sme_eval.received"
    evaluation_at(
        State.SUBMITTED, firm=house.firm, by=house.filer, office=house.office,
        examiner=house.reviewer,
    )  # fmt: skip
    letter = Message.objects.get(key__contains="-received-")
    assert letter.subject == "【浙江】2020年度已收到"
    assert "project" in places_of("contracts.received")
