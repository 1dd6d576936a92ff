"""The operators' desk for hotline, notice and messages."""

import datetime

import pytest
from django.urls import reverse

from torch_portal.notices import actions
from torch_portal.notices.models import HotlineEntry, Message, Notice

AT = datetime.datetime(2020, 2, 20, 2, 0, tzinfo=datetime.UTC)
MODELS = ["hotlineentry", "notice", "message"]


def list_of(model):
    return reverse(f"admin:notices_{model}_changelist")


def change_of(row):
    return reverse(f"admin:notices_{row._meta.model_name}_change", args=[row.pk])


@pytest.fixture
def failed(house):
    actions.post(key="k1", user=house.filer, subject="已受理", body="请等待", at=AT)
    Message.objects.update(state="failed", attempts=8, last_error="SMTP")
    return Message.objects.get()


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(
    ("who", "status"), [("operator", 200), ("reviewer", 403), ("official", 403)]
)
def test_lists_are_for_operators(client, house, failed, model, who, status):
    client.force_login(getattr(house, who))
    assert client.get(list_of(model)).status_code == status


@pytest.mark.parametrize("model", MODELS)
def test_lists_send_others_away(client, house, model):
    client.force_login(house.filer)
    assert client.get(list_of(model)).status_code == 302


def test_hotline_in_the_table_can_only_be_closed(client, house):
    row = HotlineEntry.objects.get(order=1)
    client.force_login(house.operator)
    answer = client.get(change_of(row))
    assert list(answer.context["adminform"].form.fields) == ["hours", "valid_to"]
    client.post(
        change_of(row), {"value": "010-11112222", "hours": "9:00-17:00", "valid_to": "2030-01-31"}
    )
    row.refresh_from_db()
    assert (row.value, row.hours) == ("010-88656337", "9:00-17:00")
    assert row.valid_to == datetime.date(2030, 1, 31)


@pytest.mark.parametrize(
    ("value", "valid_from", "count"),
    [
        ("010-8865623", "2030-02-01", 8),
        ("010-88656230", "2030-01-31", 8),
        ("010-88656230", "2030-02-01", 9),
    ],
)
def test_hotline_added_under_the_rules(client, house, value, valid_from, count):
    HotlineEntry.objects.filter(order=1).update(valid_to=datetime.date(2030, 1, 31))
    client.force_login(house.operator)
    client.post(
        reverse("admin:notices_hotlineentry_add"),
        {
            "order": 1,
            "service_code": "contracts",
            "label_zh": "全国技术合同网上登记",
            "label_en": "Contracts",
            "kind": "telephone",
            "value": value,
            "valid_from": valid_from,
            "source": "国科火字〔2020〕38号",
        },
    )
    assert HotlineEntry.objects.count() == count


def test_notice_page_shows_its_items(client, house):
    client.force_login(house.operator)
    assert client.get(change_of(Notice.objects.get())).status_code == 200


def test_message_is_read_only(client, house, failed):
    client.force_login(house.operator)
    assert client.get(change_of(failed)).status_code == 200
    assert client.post(change_of(failed), {"subject": "x"}).status_code == 403
    assert client.get(reverse("admin:notices_message_add")).status_code == 403
    failed.refresh_from_db()
    assert failed.subject == "已受理"


def test_messages_that_failed_are_sent_again(client, house, failed):
    client.force_login(house.operator)
    client.post(list_of("message"), {"action": "send_again", "_selected_action": [failed.pk]})
    failed.refresh_from_db()
    assert (failed.state, failed.attempts) == ("pending", 0)


@pytest.mark.parametrize("rows", [1, 3])
def test_message_list_in_a_budget_of_statements(client, house, rows, django_assert_max_num_queries):
    for number in range(rows):
        actions.post(key=f"k{number}", user=house.filer, subject="s", body="b", at=AT)
    client.force_login(house.operator)
    with django_assert_max_num_queries(8):
        client.get(list_of("message"))
