"""The public pages of the notice and the hotline."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from torch_portal.notices.models import HotlineEntry, Notice

DAY = datetime.datetime(2020, 2, 20, 2, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def in_2020(settings, db):
    """The pages are read on 2020-02-20."""
    settings.PORTAL_CLOCK_OFFSET = DAY - timezone.now()


def read(client, name, language="zh-hans"):
    answer = client.get(reverse(f"notices:{name}"), headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.content.decode()


def test_addresses_stay():
    assert reverse("notices:list") == "/notices/"
    assert reverse("notices:hotlines") == "/hotlines/"


def test_hotlines_without_login_show_the_table_in_order(client):
    page = read(client, "hotlines")
    rows = re.findall(r'<tr id="(\w+)">', page)
    assert rows == list(
        HotlineEntry.objects.order_by("order").values_list("service_code", flat=True)
    )
    assert len(rows) == 8
    assert '<a href="tel:+86-10-88656337">010-88656337</a>' in page
    assert '<a href="mailto:peix@ctp.gov.cn">peix@ctp.gov.cn</a>' in page
    assert "请联系所在地科技管理部门、国家高新区管委会" in page
    assert "<caption>" in page


def test_hotlines_in_english(client):
    page = read(client, "hotlines", "en")
    assert "National online registration of technology contracts" in page
    assert "Please contact your local science and technology authority" in page


@pytest.mark.parametrize(("valid_to", "shown"), [((2020, 2, 19), False), ((2020, 2, 20), True)])
def test_hotlines_show_what_is_in_force_today(client, valid_to, shown):
    HotlineEntry.objects.filter(order=4).update(valid_to=datetime.date(*valid_to))
    assert ("010-88656206" in read(client, "hotlines")) is shown


def test_hotlines_without_rows_say_so(client):
    HotlineEntry.objects.all().delete()
    assert "<table" not in read(client, "hotlines")


def test_notice_shows_ten_items_each_with_its_hotline(client):
    page = read(client, "list")
    assert "国科火字〔2020〕38号" in page
    assert len(re.findall(r"<section id=", page)) == 10
    contracts = page[
        page.index('<section id="contracts"') : page.index('<section id="hitech-cert"')
    ]
    assert "010-88656337" in contracts
    assert "居民企业" in contracts


def test_notice_in_english(client):
    page = read(client, "list", "en")
    assert "Recognition and registration of technology contracts without paper" in page
    assert "It is ours and not the text of the notice." in page


def test_notice_before_it_is_loaded(client):
    Notice.objects.all().delete()
    page = read(client, "list")
    assert "<section id=" not in page


@pytest.mark.parametrize("name", ["list", "hotlines"])
def test_pages_are_only_read(client, name):
    assert client.post(reverse(f"notices:{name}")).status_code == 405


@pytest.mark.parametrize(("name", "count"), [("list", 3), ("hotlines", 1)])
def test_pages_in_a_budget_of_statements(client, name, count, django_assert_num_queries):
    with django_assert_num_queries(count):
        read(client, name)
