"""Ready-made words of all lines at one desk: whose they are, and where they are offered."""

import pytest
from django.urls import reverse

from sme_eval.enums import State
from tests.factories.sme_eval import evaluation_at
from torch_portal.filings.models import ReadyText

ADD = reverse("admin:filings_readytext_add")
WORDS = {
    "move": "sme_eval:return_for_correction",
    "jurisdiction": "33",
    "title": "首页缺章",
    "text": "请补盖公章后重新上传。",
    "field": "sme_eval:attachments",
    "clause": "国科火字〔2017〕144号",
    "active": "on",
    "reason": "常用",
}

pytestmark = pytest.mark.django_db


def test_words_are_offered_by_their_line(client, house):
    client.force_login(house.official)
    client.post(ADD, WORDS)
    made = ReadyText.objects.get()
    assert (made.line, made.move, made.field) == (
        "sme_eval", "return_for_correction", "attachments",
    )  # fmt: skip
    evaluation = evaluation_at(
        State.SUBMITTED, firm=house.firm, by=house.filer, office=house.office,
        examiner=house.reviewer,
    )  # fmt: skip
    client.force_login(house.reviewer)
    page = reverse("admin:sme_eval_evaluation_move", args=[evaluation.pk, made.move])
    assert made.title in [text.title for text in client.get(page).context["form"].ready]


def test_kept_words_come_back_to_their_page(client, house):
    client.force_login(house.official)
    client.post(ADD, WORDS)
    page = reverse("admin:filings_readytext_change", args=[ReadyText.objects.get().pk])
    form = client.get(page).context["adminform"].form
    assert form["move"].value() == WORDS["move"]
    assert form["field"].value() == WORDS["field"]
    client.post(page, WORDS | {"move": "contracts:refuse", "field": "", "reason": "挪用"})
    made = ReadyText.objects.get()
    assert (made.line, made.move, made.field) == ("contracts", "refuse", "")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"field": "contracts:attachments"}, "field"),
        ({"field": "attachments"}, "field"),
        ({"move": "return_for_correction"}, "move"),
        ({"move": "nobody:refuse"}, "move"),
    ],
)
def test_an_entry_of_another_service_is_refused(client, house, wrong, field):
    client.force_login(house.official)
    answer = client.post(ADD, WORDS | wrong)
    assert field in answer.context["adminform"].form.errors
    assert not ReadyText.objects.exists()


def test_list_names_the_service(client, house):
    client.force_login(house.official)
    client.post(ADD, WORDS)
    page = client.get(reverse("admin:filings_readytext_changelist")).text
    assert "科技型中小企业" in page
    assert "补正清单" in page or "补正" in page
