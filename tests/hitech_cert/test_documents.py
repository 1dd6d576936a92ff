"""Receipt, acceptance, correction list and refusal say what their acts froze."""

import pytest

from hitech_cert import actions
from tests.factories import hitech_cert as made
from torch_portal.certificates.documents import draw, page_html, template_of
from torch_portal.certificates.enums import DocumentKind

ITEMS = [
    {
        "field": "rights",
        "problem": "incomplete",
        "remedy": "请补传 IP02 的登记证书。",
        "clause": "国科发火〔2016〕195号 二(三)",
    }
]


@pytest.fixture
def application(house):
    return made.submitted(house.firm, house.filer, house.office)


def page(application, kind):
    document = application.filing.documents.get(kind=kind)
    return page_html(document.content, template=template_of(document))


def test_receipt_lists_the_material_with_its_digests(application):
    words = page(application, DocumentKind.RECEIPT)
    files = list(application.filing.attachments.all())
    assert all(file.name in words and file.sha256 in words for file in files)
    assert application.filing.number in words
    assert "2020年7月31日" in words
    assert application.intake.title in words


def test_correction_list_names_every_item(house, application):
    actions.return_for_correction(
        application=application, items=ITEMS, by=house.reviewer, at=made.AT
    )
    words = page(application, DocumentKind.CORRECTION)
    assert all(item["remedy"] in words and item["clause"] in words for item in ITEMS)
    assert "知识产权汇总表" in words


def test_acceptance_names_batch_and_paper(house, application):
    actions.recommend(application=application, by=house.reviewer, at=made.AT)
    actions.accept(application=application, by=house.official, at=made.AT)
    words = page(application, DocumentKind.ACCEPTANCE)
    assert application.intake.title in words
    assert "国科火字〔2020〕38号" in words
    assert "不召开会议" in words


@pytest.mark.parametrize("words", ["注册地不在本省", "第十一条", "行政复议法"])
def test_refusal_says_why_and_where_to_object(house, application, words):
    actions.reject(application=application, by=house.reviewer, at=made.AT, note="注册地不在本省")
    assert words in page(application, DocumentKind.DECLINED)


def test_acceptance_is_a_pdf(house, application):
    actions.recommend(application=application, by=house.reviewer, at=made.AT)
    actions.accept(application=application, by=house.official, at=made.AT)
    document = application.filing.documents.get(kind=DocumentKind.ACCEPTANCE)
    assert draw(document.content, template=template_of(document)).startswith(b"%PDF")
