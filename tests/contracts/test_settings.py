"""What officials set: limits and thresholds over the editions, ready-made words, letters."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from contracts import actions, editions, queries
from contracts.enums import State
from tests.factories.contracts import AT, contract_at
from torch_portal.accounts.models import Change
from torch_portal.common.findings import Refused
from torch_portal.filings.models import LocalRule, ReadyText
from torch_portal.notices.models import LetterTemplate, Message
from torch_portal.notices.wording import check_words

DAY = datetime.date(2020, 3, 2)


def limit(place, days, since="2020-01-01", **fields):
    """A review limit in working days."""
    return LocalRule.objects.create(
        line="contracts", kind="review_limit", jurisdiction_id=place, since=since, days=days,
        unit="working", source=f"试行〔{place}〕", **fields,
    )  # fmt: skip


def threshold(place, yuan, since="2020-01-01", **fields):
    """A threshold of the total amount."""
    return LocalRule.objects.create(
        line="contracts", kind="second_review", jurisdiction_id=place, since=since,
        amount="total", threshold_yuan=Decimal(yuan), source="试行", **fields,
    )  # fmt: skip


def days(place, day=DAY):
    found = queries.edition_on(day, place).review_limit(place, day)
    return found.days, found.unit.value


def filed(house, state=State.SUBMITTED, **values):
    return contract_at(
        state,
        firm=house.firm,
        by=house.filer,
        office=house.office,
        examiner=house.reviewer,
        **values,
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2020-03-02", None, (7, "working")),
        ("2020-03-03", None, (10, "calendar")),
        ("2020-01-01", "2020-03-03", (7, "working")),
        ("2020-01-01", "2020-03-02", (10, "calendar")),
    ],
)
def test_local_limit_counts_on_its_days_only(house, since, until, expected):
    limit("33", 7, since, until=until)
    assert days("33") == expected
    assert days("32") == (30, "calendar")


@pytest.mark.django_db
@pytest.mark.parametrize(("binds", "expected"), [(True, 7), (False, 10)])
def test_rule_of_a_province_binds_its_city_only_where_it_says_so(house, binds, expected):
    limit("33", 7, binds_cities=binds)
    assert days("3302")[0] == expected


@pytest.mark.django_db
def test_own_rule_wins_over_the_national_one_and_the_later_over_the_earlier(house):
    limit(None, 20)
    limit("33", 9, "2020-01-01")
    limit("33", 8, "2020-02-01")
    assert (days("33")[0], days("32")[0]) == (8, 20)


@pytest.mark.django_db
def test_editions_of_all_places_in_one_query(house, django_assert_num_queries):
    limit("33", 7)
    with django_assert_num_queries(1):
        found = queries.editions_on(DAY, ["33", "32", "11"])
    assert found["33"].review_limit("33", DAY).days == 7
    assert editions.on(DAY).review_limit("33", DAY).days == 10


def test_due_date_follows_the_local_limit(house):
    limit("33", 1)
    assert filed(house).filing.due_on == datetime.date(2020, 3, 3)


@pytest.mark.parametrize(("yuan", "asked"), [("5230000.00", True), ("5230000.01", False)])
def test_local_threshold_asks_for_a_second_reviewer(house, yuan, asked):
    threshold("33", yuan)
    contract = filed(house, State.ACCEPTED)
    assert queries.needs_second_review(contract) is asked
    if asked:
        with pytest.raises(Refused) as refused:
            actions.recognise(contract=contract, by=house.reviewer, at=AT)
        assert [f.code for f in refused.value.findings] == ["VH-16"]
    else:
        actions.recognise(contract=contract, by=house.reviewer, at=AT)


def test_rule_that_begins_later_leaves_what_was_accepted_alone(house):
    contract = filed(house, State.ACCEPTED)
    threshold("33", "1000", since="2020-03-03")
    assert not queries.needs_second_review(contract)


def test_rule_of_a_kind_is_complete(house):
    row = LocalRule(line="contracts", kind="review_limit", since=DAY, source="x")
    with pytest.raises(ValidationError):
        row.full_clean()
    row.days, row.unit = 5, "working"
    row.full_clean()
    row.threshold_yuan = Decimal(5)
    with pytest.raises(ValidationError):
        row.full_clean()


RULE = {
    "kind": "review_limit", "jurisdiction": "33", "since": "2099-01-01", "days": "7",
    "unit": "working", "source": "浙科发〔2098〕1号", "reason": "提速",
}  # fmt: skip
ADD_RULE = reverse("admin:filings_localrule_add")


def test_official_proposes_a_limit_and_another_person_confirms_it(client, house):
    filed(house)
    client.force_login(house.official)
    page = client.post(ADD_RULE, RULE)["Location"]
    assert not LocalRule.objects.exists()
    shown = client.get(page).context
    assert any("1" in line for line in shown["effects"])
    client.force_login(house.operator)
    client.post(page, {"answer": "confirm"})
    rule = LocalRule.objects.get()
    assert (rule.line, rule.days, rule.jurisdiction_id) == ("contracts", 7, "33")
    change = reverse("admin:filings_localrule_change", args=[rule.pk])
    client.force_login(house.official)
    history = client.get(change).context["changes"]
    assert [h["change"].settled_by for h in history] == [house.operator]
    end = {"until": "2099-06-01", "source": rule.source, "reason": "废止", "days": "99"}
    page = client.post(change, end)["Location"]
    client.force_login(house.operator)
    client.post(page, {"answer": "confirm"})
    rule.refresh_from_db()
    assert (rule.until, rule.days) == (datetime.date(2099, 6, 1), 7)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"since": "2020-01-01"}, "since"),
        ({"jurisdiction": "32"}, "jurisdiction"),
        ({"jurisdiction": ""}, "jurisdiction"),
        ({"days": ""}, "__all__"),
        ({"reason": ""}, "reason"),
    ],
)
def test_limit_that_cannot_stand_is_refused(client, house, wrong, field):
    client.force_login(house.official)
    answer = client.post(ADD_RULE, RULE | wrong)
    assert field in answer.context["adminform"].errors
    assert not Change.objects.exists()


@pytest.mark.parametrize("name", ["localrule", "readytext"])
@pytest.mark.parametrize(("who", "status"), [("reviewer", 403), ("filer", 302), ("official", 200)])
def test_settings_by_role(client, house, name, who, status):
    client.force_login(getattr(house, who))
    assert client.get(reverse(f"admin:filings_{name}_changelist")).status_code == status


def test_rules_of_others_are_out_of_sight(client, house):
    far, national = limit("32", 5), limit(None, 6)
    client.force_login(house.official)
    seen = client.get(reverse("admin:filings_localrule_changelist")).context["cl"].result_list
    assert list(seen) == [national]
    assert client.get(reverse("admin:filings_localrule_change", args=[far.pk])).status_code == 302
    change = reverse("admin:filings_localrule_change", args=[national.pk])
    assert client.post(change, {"until": "2099-01-01", "reason": "x"}).status_code == 403


def ready(move, place="33", **fields):
    values = {"title": "缺章", "text": "请补盖骑缝章后重新上传。", **fields}
    return ReadyText.objects.create(line="contracts", move=move, jurisdiction_id=place, **values)


def move_url(contract, name):
    return reverse("admin:contracts_contract_move", args=[contract.pk, name])


def test_ready_made_item_is_put_into_the_correction_list(client, house):
    ready("return_for_correction", clause="第六条", field="attachments")
    ready("return_for_correction", "32", title="外省")
    contract = filed(house)
    client.force_login(house.reviewer)
    page = move_url(contract, "return_for_correction")
    first = client.get(page)
    assert [t.title for t in first.context["form"].ready] == ["缺章"]
    version = contract.filing.version
    answer = client.post(page, {"seen": version, "items-TOTAL_FORMS": "0", "take": "ready-0"})
    rows = answer.context["form"].rows
    assert rows[-1]["items-0-remedy"] == "请补盖骑缝章后重新上传。"
    assert rows[-1]["items-0-clause"] == "第六条"
    assert contract.filing.events.filter(move="return_for_correction").count() == 0


@pytest.mark.parametrize(
    ("name", "kept"),
    [("refuse", {"grounds": ["RF-2"]}), ("decline", {}), ("fix_technical_amount", {})],
)
def test_ready_made_reason_is_put_beside_what_was_typed(client, house, name, kept):
    ready(name)
    contract = filed(house, State.SUBMITTED if name == "decline" else State.ACCEPTED)
    client.force_login(house.reviewer)
    form = {"seen": contract.filing.version, "note": "第一行", "ready": "0", **kept}
    answer = client.post(move_url(contract, name), form)
    assert answer.status_code == 200
    assert answer.context["form"]["note"].value() == "第一行\n请补盖骑缝章后重新上传。"
    for field, value in kept.items():
        assert answer.context["form"][field].value() == value
    contract.filing.refresh_from_db()
    assert contract.filing.version == form["seen"]


def test_reviewer_reads_no_settings_but_officials_make_ready_texts(client, house):
    client.force_login(house.official)
    form = {
        "move": "contracts:refuse", "jurisdiction": "33", "title": "无效", "text": "合同已解除。",
        "active": "on", "reason": "常用",
    }  # fmt: skip
    add = reverse("admin:filings_readytext_add")
    client.post(add, form)
    made = ReadyText.objects.get()
    assert (made.line, made.move, Change.objects.get().reason) == ("contracts", "refuse", "常用")
    again = client.post(add, form)
    assert again.context["adminform"].errors


def template(place="33", **fields):
    values = {"subject": "【浙江】{project}", "body": "您好：\n{text}\n编号 {number}", **fields}
    return LetterTemplate.objects.create(kind="contracts.received", jurisdiction_id=place, **values)


@pytest.mark.parametrize(
    ("place", "active", "ours"),
    [("33", True, True), (None, True, True), ("32", True, False), ("33", False, False)],
)
def test_letter_in_the_words_of_the_place(house, place, active, ours):
    template(place, active=active)
    contract = filed(house)
    letter = Message.objects.get(key__contains="-received-")
    assert letter.subject.startswith("【浙江】") is ours
    assert contract.filing.number in letter.body
    assert letter.body.startswith("您好") is ours
    assert contract.filing.agency.name in letter.body  # the portal's own text stays


@pytest.mark.parametrize(
    ("subject", "body", "fields"),
    [
        ("{project}", "{text}", set()),
        ("{nobody}", "{text}", {"subject"}),
        ("{text}", "{text}", {"subject"}),
        ("x", "{project}", {"body"}),
        ("x", "{text} {", {"body"}),
        ("{", "{x}", {"subject", "body"}),
    ],
)
def test_words_of_a_letter_are_checked_all_at_once(subject, body, fields):
    if not fields:
        check_words(subject, body, ["project"])
        return
    with pytest.raises(ValidationError) as refused:
        check_words(subject, body, ["project"])
    assert set(refused.value.message_dict) == fields


def test_letter_template_at_the_desk(client, house):
    client.force_login(house.official)
    form = {
        "kind": "contracts.refused", "jurisdiction": "33", "subject": "{project}",
        "body": "{text}", "active": "on", "reason": "统一文书",
    }  # fmt: skip
    add = reverse("admin:notices_lettertemplate_add")
    bad = client.post(add, form | {"body": "无"})
    assert "body" in bad.context["adminform"].errors
    client.post(add, form)
    assert LetterTemplate.objects.get().kind == "contracts.refused"
