"""Guidance of the survey for tests: a published version, questions, courseware."""

import datetime

from stats import editions
from stats.actions import courses as course_actions
from stats.actions import guidance as actions
from stats.enums import Period
from stats.models import Indicator, Instrument, InstrumentVersion, Item, SurveyProgramme
from tests.factories import accounts

AT = datetime.datetime(2022, 11, 28, 1, 0, tzinfo=datetime.UTC)  # a Monday, 9:00 in Beijing
QUIZ = """营业收入按什么单位填写？ [qc05_0]
- 元
* 千元
= 表内金额指标以千元为单位。

哪些属于研究开发费用？
* 人员人工费用
* 直接投入费用
- 广告费
"""


def version(codes=("qc05_0", "qd01", "qj09")):
    """Some items of the edition as rows, published by two officers: all that guidance reads."""
    gq = editions.instrument("GQ")
    approval = SurveyProgramme.objects.create(
        code=gq.programme.code, name_zh=gq.programme.name_zh, authority=gq.programme.authority,
        approver=gq.programme.approver, approval_no=gq.programme.approval_no,
        valid_to=gq.programme.valid_to,
    )  # fmt: skip
    survey = Instrument.objects.create(
        code="GQ", title_zh="国家高新区企业和区外高新技术企业统计年报表", period=Period.YEAR
    )
    row = InstrumentVersion.objects.create(
        instrument=survey, approval=approval, version="GQ-2022", starts_on=gq.starts, source="x"
    )
    for code in codes:
        item = gq.items[code]
        indicator = Indicator.objects.create(key=code, name_zh=item.label_zh, kind=item.kind)
        Item.objects.create(
            version=row, indicator=indicator, code=code, table=item.table, order=item.order,
            label_zh=item.label_zh, kind=item.kind, unit=item.unit,
        )  # fmt: skip
    one, two = accounts.official(None), accounts.official(None)
    InstrumentVersion.objects.filter(pk=row.pk).update(
        asked_at=AT, asked_by=one, published_at=AT, published_by=two, schema={},
        schema_hash="0" * 64,
    )  # fmt: skip
    row.refresh_from_db()
    return row


def ask(house, of, *, at=AT, **said):
    """A question of the house's enterprise."""
    words = {"title": "营业收入含不含税", "text": "营业收入是否包含增值税？我们不确定。"} | said
    about = actions.About(of, words.pop("item_code", "qc05_0"))
    return actions.ask(enterprise=house.firm, about=about, by=house.filer, at=at, **words)


def material(of, by, *, at=AT, uploads=(), **said):
    """A course material for the whole country."""
    words = {"title": "年报填报说明", "text": "先读单位，再填数。", "source": "国统制〔2022〕11号"}
    said = course_actions.Material(**words | said)
    return course_actions.publish_material(version=of, material=said, uploads=uploads, by=by, at=at)


def quiz(of, by, *, at=AT, **said):
    """A quiz of two questions; the second has two right answers."""
    words = {"title": "填报小测验", "needed": 2, "questions": QUIZ}
    return course_actions.publish_quiz(
        version=of, test=course_actions.Test(**words | said), by=by, at=at
    )
