"""What operators keep, and what nobody gives to oneself."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from tests.factories import accounts
from torch_portal.accounts.enums import MemberRole, OfficeRole
from torch_portal.accounts.models import (
    Agency,
    Appointment,
    Change,
    Enterprise,
    Jurisdiction,
    User,
)
from torch_portal.filings.models import CalendarDay

MODELS = ("jurisdiction", "divisionprefix", "division", "agency", "enterprise", "user")


def url(page, *args, app="accounts"):
    return reverse(f"admin:{app}_{page}", args=args)


def user_form(person, **changes):
    """A person's page as it is posted."""
    empty = {
        f"{prefix}-{name}": "0"
        for prefix in ("memberships", "appointments")
        for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")
    }
    return empty | {"username": person.username, "last_name": "王", "is_active": "on"} | changes


def appointment(**values):
    """One new row of appointments."""
    return {"appointments-TOTAL_FORMS": "1"} | {
        f"appointments-0-{name}": value for name, value in values.items()
    }


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("who", ["reviewer", "official"])
def test_others_in_office_do_not_get_in(client, house, model, who):
    client.force_login(getattr(house, who))
    assert client.get(url(f"{model}_changelist")).status_code == 403


@pytest.mark.parametrize("model", MODELS)
def test_operator_gets_in(client, house, model):
    client.force_login(house.operator)
    assert client.get(url(f"{model}_changelist")).status_code == 200


def test_enterprise_is_sent_to_sign_in(client, house):
    client.force_login(house.filer)
    assert "login" in client.get(url("user_changelist"))["Location"]


def test_groups_and_tokens_are_not_on_the_desk(client, house):
    client.force_login(house.operator)
    listed = {
        model["object_name"]
        for app in client.get(reverse("admin:index")).context["app_list"]
        for model in app["models"]
    }
    assert not listed & {"Group", "Token", "TokenProxy", "Contract", "Paper"}
    assert {"User", "Agency", "Enterprise", "Jurisdiction", "CalendarDay"} <= listed


def test_operator_gives_a_role_and_the_log_keeps_it(client, house):
    person = accounts.user("newcomer")
    client.force_login(house.operator)
    row = appointment(role=OfficeRole.REVIEWER, agency=house.office.pk, jurisdiction="")
    answer = client.post(url("user_change", person.pk), user_form(person, **row), follow=True)
    given = Appointment.objects.get(user=person)
    assert (given.role, given.agency) == (OfficeRole.REVIEWER, house.office)
    assert User.objects.get(pk=person.pk).is_staff
    entry = LogEntry.objects.get(object_id=str(person.pk))
    assert entry.user == house.operator
    assert OfficeRole.REVIEWER in entry.change_message
    assert person.username in str(next(iter(answer.context["messages"])))


def test_role_taken_away_closes_the_desk(client, house):
    given = house.second.appointments.get()
    client.force_login(house.operator)
    row = appointment(
        id=given.pk, user=house.second.pk, role=given.role, agency=given.agency_id, DELETE="on"
    ) | {"appointments-INITIAL_FORMS": "1"}
    client.post(url("user_change", house.second.pk), user_form(house.second, **row))
    assert not house.second.appointments.exists()
    assert not User.objects.get(pk=house.second.pk).is_staff


def test_operator_cannot_give_himself_a_role(client, house):
    client.force_login(house.operator)
    row = appointment(role=OfficeRole.REVIEWER, agency=house.office.pk, jurisdiction="")
    client.post(url("user_change", house.operator.pk), user_form(house.operator, **row))
    roles = house.operator.appointments.values_list("role", flat=True)
    assert list(roles) == [OfficeRole.OPERATOR]
    member = {
        "memberships-TOTAL_FORMS": "1",
        "memberships-0-enterprise": house.firm.pk,
        "memberships-0-role": MemberRole.OWNER,
    }
    client.post(url("user_change", house.operator.pk), user_form(house.operator, **member))
    assert not house.operator.memberships.exists()


def test_rights_of_django_cannot_be_posted(client, house):
    person = accounts.user("newcomer")
    client.force_login(house.operator)
    form = user_form(person, is_superuser="on", is_staff="on")
    client.post(url("user_change", person.pk), form)
    changed = User.objects.get(pk=person.pk)
    assert changed.last_name == "王"
    assert not changed.is_superuser
    assert not changed.is_staff


def test_nobody_is_deleted(client, house):
    client.force_login(house.operator)
    assert client.post(url("user_delete", house.filer.pk), {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=house.filer.pk).exists()


def test_keys_stay_as_they_were_given(client, house):
    client.force_login(house.operator)
    form = {"name": "杭州市技术合同登记处", "code": "999999", "jurisdiction": "33"}
    form |= {"areas": "3301", "active": "on", "reason": "更名"}
    client.post(url("agency_change", house.office.pk), form)
    changed = Agency.objects.get(pk=house.office.pk)
    assert (changed.name, changed.code) == ("杭州市技术合同登记处", "330101")
    names = {"code": "99", "name_zh": "浙江", "name_en": "Zhejiang", "kind": "province"}
    client.post(url("jurisdiction_change", "33"), names)
    assert Jurisdiction.objects.get(pk="33").name_zh == "浙江"
    assert not Jurisdiction.objects.filter(pk="99").exists()
    assert client.get(url("jurisdiction_add")).status_code == 403


def test_enterprise_with_a_wrong_credit_code_is_not_kept(client, house):
    client.force_login(house.operator)
    form = {"name": "错码公司", "division": "330106", "jurisdiction": "33", "resident": "on"}
    answer = client.post(url("enterprise_add"), form | {"credit_code": "91330106MAGUJ65R60"})
    assert answer.context["adminform"].errors["credit_code"]
    assert not Enterprise.objects.filter(name="错码公司").exists()
    client.post(url("enterprise_add"), form | {"credit_code": "91110108551385082Q"})
    assert Enterprise.objects.filter(name="错码公司").exists()


# --- the calendar ------------------------------------------------------------------------------


def calendar_day(**values):
    return CalendarDay.objects.create(
        day=values.pop("day", "2020-02-08"),
        is_workday=False,
        source="国办发明电〔2020〕1号",
        **values,
    )


def test_official_sets_days_of_the_own_jurisdiction_only(client, house):
    client.force_login(house.official)
    form = {"day": "2020-02-09", "name": "延长假期", "source": "浙政办发明电", "reason": "通知"}
    add = url("calendarday_add", app="filings")
    client.post(add, form | {"jurisdiction": "33"})
    assert CalendarDay.objects.get(day="2020-02-09").jurisdiction_id == "33"
    for area in ("32", ""):
        answer = client.post(add, form | {"day": "2020-02-10", "jurisdiction": area})
        assert answer.context["adminform"].errors["jurisdiction"]
    assert not CalendarDay.objects.filter(day="2020-02-10").exists()


def test_official_sees_national_days_but_does_not_change_them(client, house):
    national, far = calendar_day(), calendar_day(jurisdiction_id="32")
    client.force_login(house.official)
    shown = client.get(url("calendarday_changelist", app="filings"))
    assert {row.pk for row in shown.context["cl"].result_list} == {national.pk}
    form = {"day": "2020-02-08", "is_workday": "on", "source": "x"}
    change = url("calendarday_change", national.pk, app="filings")
    assert client.post(change, form).status_code == 403
    away = client.get(url("calendarday_change", far.pk, app="filings"))
    assert away.status_code == 302
    delete = url("calendarday_delete", national.pk, app="filings")
    assert client.post(delete, {"post": "yes"}).status_code == 403


def test_operator_sets_national_days_and_the_log_keeps_it(client, house):
    client.force_login(house.operator)
    form = {
        "day": "2020-02-08",
        "source": "国办发明电〔2020〕1号",
        "jurisdiction": "",
        "reason": "延长",
    }
    client.post(url("calendarday_add", app="filings"), form)
    assert CalendarDay.objects.get(day="2020-02-08").jurisdiction_id is None
    kept = Change.objects.get()
    assert (kept.made_by, kept.reason, kept.state) == (house.operator, "延长", "applied")
    day = CalendarDay.objects.get(day="2020-02-08")
    client.post(url("calendarday_delete", day.pk, app="filings"), {"post": "yes"})
    gone = Change.objects.latest("pk")
    assert (gone.act, gone.target_pk, gone.before["source"]) == (
        "remove",
        str(day.pk),
        "国办发明电〔2020〕1号",
    )


def test_reviewer_does_not_touch_the_calendar(client, house):
    client.force_login(house.reviewer)
    assert client.get(url("calendarday_changelist", app="filings")).status_code == 403
