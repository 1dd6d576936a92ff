"""The hotline table of the notice and the rules of its rows."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from torch_portal.notices import actions, queries
from torch_portal.notices.models import HotlineEntry, Notice, NoticeSection

DAY = datetime.date(2020, 2, 6)
TABLE = [
    ("全国技术合同网上登记", "telephone", "010-88656337"),
    ("高新技术企业认定", "telephone", "010-88656256"),
    ("科技型中小企业评价", "telephone", "010-88656233"),
    ("科技企业孵化器、大学科技园、众创空间服务", "telephone", "010-88656206"),
    ("国家高新区服务", "telephone", "010-88656197"),
    ("火炬统计调查", "telephone", "010-88656161"),
    ("科技企业抗击疫情先进典型宣传", "email", "peix@ctp.gov.cn"),
    ("疫情防控技术和产品推荐", "referral", "请联系所在地科技管理部门、国家高新区管委会"),
]


@pytest.fixture
def empty(db):
    """A hotline table without rows."""
    HotlineEntry.objects.all().delete()


def entry(**changes):
    values = {
        "order": 20,
        "service_code": "impact",
        "label_zh": "咨询",
        "label_en": "Questions",
        "kind": "telephone",
        "value": "010-88656337",
        "valid_from": DAY,
        "source": "国科火字〔2020〕38号",
        **changes,
    }
    return HotlineEntry(**values)


def refused(row):
    """Refused by the form and, past it, by the database."""
    with pytest.raises(ValidationError):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    return True


def test_load_notice_gives_the_table_of_the_notice(db):
    actions.load_notice()
    rows = queries.hotlines_on(DAY)
    assert [(r.label_zh, r.kind, r.value) for r in rows] == TABLE
    assert [r.order for r in rows] == list(range(1, 9))
    for row in rows:
        row.full_clean()


def test_load_notice_gives_ten_items_with_both_languages(db):
    notice = actions.load_notice()
    assert queries.current_notice() == notice
    assert (notice.document_number, notice.issued_on) == ("国科火字〔2020〕38号", DAY)
    sections = notice.sections.order_by("order")
    assert [s.order for s in sections] == list(range(1, 11))
    assert all(s.title and s.title_en and s.text and s.text_en for s in sections)
    assert "不是通知原文" in notice.intro
    assert sections[1].anchor == "contracts"


def test_load_notice_twice_changes_nothing(db):
    actions.load_notice()
    HotlineEntry.objects.filter(order=1).update(hours="9:00-17:00")
    actions.load_notice()
    counts = [model.objects.count() for model in (Notice, NoticeSection, HotlineEntry)]
    assert counts == [1, 10, 8]
    assert HotlineEntry.objects.get(order=1).hours == "9:00-17:00"


@pytest.mark.parametrize(
    "value",
    ["010-88656337", "010-88656337-12", "0531-6606123", "027-87654321", "88656337", "8865633"],
)
def test_telephone_accepted(empty, value):
    row = entry(value=value)
    row.full_clean()
    row.save()


@pytest.mark.parametrize(
    "value",
    [
        "010-8865623",
        "010-886563377",
        "01088656337",
        "10-88656337",
        "0531-660612",
        "010-88656337-1234567",
        "886563",
        "请来电",
        "",
    ],
)
def test_telephone_refused(empty, value):
    assert refused(entry(value=value))


@pytest.mark.parametrize("value", ["peix@ctp.gov.cn", "a.b+c@example.org"])
def test_email_accepted(empty, value):
    row = entry(kind="email", value=value)
    row.full_clean()
    row.save()


@pytest.mark.parametrize("value", ["peix", "peix@", "peix@ctp", "a b@ctp.gov.cn", "a@b@c.cn", ""])
def test_email_refused(empty, value):
    assert refused(entry(kind="email", value=value))


def test_referral_is_free_text(empty):
    entry(kind="referral", value="请联系所在地科技管理部门").full_clean()


@pytest.mark.parametrize("same", [{"order": 21}, {"service_code": "cases"}])
@pytest.mark.parametrize(
    ("valid_from", "valid_to", "clash"),
    [
        ((2020, 1, 1), (2020, 3, 9), False),
        ((2020, 1, 1), (2020, 3, 10), True),
        ((2020, 4, 1), None, True),
        ((2020, 5, 31), None, True),
        ((2020, 6, 1), None, False),
        ((2020, 1, 1), None, True),
    ],
)
def test_one_entry_per_service_and_order_on_a_day(empty, same, valid_from, valid_to, clash):
    entry(valid_from=datetime.date(2020, 3, 10), valid_to=datetime.date(2020, 5, 31)).save()
    second = entry(
        valid_from=datetime.date(*valid_from),
        valid_to=datetime.date(*valid_to) if valid_to else None,
        **same,
    )
    if clash:
        assert refused(second)
    else:
        second.full_clean()
        second.save()


def test_entry_that_ends_before_it_begins_is_refused(empty):
    assert refused(entry(valid_to=DAY - datetime.timedelta(days=1)))
    entry(valid_to=DAY).full_clean()


def test_entry_saved_again_does_not_clash_with_itself(empty):
    row = entry()
    row.save()
    row.valid_to = datetime.date(2020, 12, 31)
    row.full_clean()
    row.save()


@pytest.mark.parametrize(
    ("day", "value"),
    [
        ((2020, 2, 5), None),
        ((2020, 2, 6), "010-88656337"),
        ((2020, 6, 30), "010-88656337"),
        ((2020, 7, 1), "010-11112222"),
    ],
)
def test_hotline_for_a_day_keeps_the_old_row(empty, day, value):
    entry(valid_to=datetime.date(2020, 6, 30)).save()
    entry(value="010-11112222", valid_from=datetime.date(2020, 7, 1)).save()
    found = queries.hotline_for("impact", datetime.date(*day))
    assert (found.value if found else None) == value


@pytest.mark.parametrize(
    ("kind", "value", "href"),
    [
        ("telephone", "010-88656337", "tel:+86-10-88656337"),
        ("telephone", "0531-6606123", "tel:+86-531-6606123"),
        ("telephone", "88656337", "tel:88656337"),
        ("email", "peix@ctp.gov.cn", "mailto:peix@ctp.gov.cn"),
        ("referral", "请联系所在地科技管理部门", ""),
    ],
)
def test_href_of_an_entry(kind, value, href):
    assert entry(kind=kind, value=value).href == href
