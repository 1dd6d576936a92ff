"""Receipt, correction list and refusal of an evaluation say what their acts froze."""

import pytest

from sme_eval.enums import State
from tests.factories.sme_eval import ITEMS
from torch_portal.certificates.documents import draw, page_html, template_of
from torch_portal.certificates.enums import DocumentKind

GUIDE = "国科火字〔2017〕144号"


def page(evaluation, kind):
    document = evaluation.filing.documents.get(kind=kind)
    return page_html(document.content, template=template_of(document))


def test_receipt_lists_the_material_and_asks_for_no_paper(at_state):
    evaluation = at_state(State.SUBMITTED)
    words = page(evaluation, DocumentKind.RECEIPT)
    files = list(evaluation.filing.attachments.all())
    assert len(files) == 3
    assert all(file.name in words and file.sha256 in words for file in files)
    assert evaluation.filing.number in words
    assert "2020年3月9日" in words
    assert "无需报送纸质材料" in words


def test_correction_list_names_every_item_and_what_coming_back_means(at_state):
    words = page(at_state(State.CORRECTING), DocumentKind.CORRECTION)
    assert all(item["remedy"] in words and item["clause"] in words for item in ITEMS)
    assert "视为首次填报" in words
    assert GUIDE in words


@pytest.mark.parametrize("words", ["属于限制类行业", "第六条", GUIDE])
def test_refusal_says_why_and_by_which_article(at_state, words):
    assert words in page(at_state(State.NOT_ENTERED), DocumentKind.REFUSAL)


def test_refusal_is_a_pdf(at_state):
    document = at_state(State.NOT_ENTERED).filing.documents.get(kind=DocumentKind.REFUSAL)
    assert draw(document.content, template=template_of(document)).startswith(b"%PDF")
