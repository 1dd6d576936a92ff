"""A returned application: answered item by item, changed at its place, submitted again."""

import datetime

import pytest
from django.core.cache import cache
from django.utils import timezone

from hitech_cert import actions, queries
from hitech_cert.enums import State
from tests.factories import hitech_cert as made
from torch_portal.common.findings import Refused

pytestmark = pytest.mark.django_db
ITEMS = [
    {
        "field": field,
        "problem": "incomplete",
        "remedy": f"请更正第{number}处",
        "clause": "国科发火〔2016〕195号 二(三)",
    }
    for number, field in enumerate(("projects", "gross_income", "attachments"), start=1)
]
LATER = made.AT + datetime.timedelta(days=3)
AFTER_THE_CLOSE = made.CLOSES + datetime.timedelta(days=5)
LAST = datetime.datetime(2020, 7, 31, 15, 59, 59, tzinfo=datetime.UTC)  # the end of 31 July there
TOO_LATE = LAST + datetime.timedelta(seconds=1)


@pytest.fixture(autouse=True)
def summer_2020(settings):
    """The portal's clock stands at the factories' moment; throttles begin anew."""
    settings.PORTAL_CLOCK_OFFSET = LATER - timezone.now()
    cache.clear()


@pytest.fixture
def returned(house):
    application = made.submitted(house.firm, house.filer, house.office)
    actions.return_for_correction(application=application, items=ITEMS, by=house.reviewer, at=LATER)
    return application


@pytest.fixture
def filer(client, house):
    client.force_login(house.filer)
    return client


def answer_all(application, by):
    for item in application.filing.corrections.all():
        actions.answer_correction(item=item, answer="已更正", by=by)


def test_item_is_shown_on_its_page(filer, returned):
    page = filer.get(f"/hitech/{returned.pk}/projects/")
    assert [c["remedy"] for c in page.context["corrections"]] == ["请更正第1处"]
    page = filer.get(f"/hitech/{returned.pk}/main/")
    assert [c["field"] for c in page.context["corrections"]] == ["gross_income"]
    page = filer.get(f"/hitech/{returned.pk}/")
    assert len(page.context["to_answer"]) == 3
    assert page.context["correct_url"].endswith("/projects/#field-projects")


def test_nothing_mended_and_nothing_answered_is_refused_item_by_item(house, returned):
    with pytest.raises(Refused) as refused:
        actions.submit(application=returned, by=house.filer, at=LATER)
    told = [f for f in refused.value.findings if f.code == "correction"]
    assert [f.field for f in told] == ["projects", "gross_income", "attachments"]


def test_change_settles_an_item_and_words_settle_the_others(house, filer, returned):
    row = returned.projects.get()
    filer.post(f"/hitech/{returned.pk}/projects/{row.pk}/autosave/", {"name": "新名", "seen": 1})
    first, *others = returned.filing.corrections.order_by("pk")
    sent = {f"answer-{item.pk}": "另附说明" for item in others}
    filer.post(f"/hitech/{returned.pk}/answers/", sent)
    marks = {c["field"]: c["settled"] for c in open_items(filer, returned)}
    assert [bool(mark) for mark in marks.values()] == [True, True, True]
    assert marks["projects"] != marks["attachments"]
    assert first.answer == ""


def open_items(filer, application):
    return filer.get(f"/hitech/{application.pk}/review/").context["corrections"]


@pytest.mark.parametrize(
    ("at", "taken"), [(AFTER_THE_CLOSE, True), (LAST, True), (TOO_LATE, False)]
)
def test_corrected_application_stays_in_its_batch_until_the_recommendation(
    house, returned, at, taken
):
    answer_all(returned, house.filer)
    if taken:
        actions.submit(application=returned, by=house.filer, at=at)
        assert (returned.filing.state, returned.intake.number) == (State.SUBMITTED, 1)
        return
    with pytest.raises(Refused) as refused:
        actions.submit(application=returned, by=house.filer, at=at)
    assert "window" in {f.code for f in refused.value.findings}


def test_answers_stand_in_the_history(house, returned):
    answer_all(returned, house.filer)
    actions.submit(application=returned, by=house.filer, at=LATER)
    event = returned.filing.events.filter(move="submit").order_by("-seq").first()
    assert [a["answer"] for a in event.data["answers"]] == ["已更正"] * 3
    assert queries.unsettled(returned) == []


def test_message_goes_to_the_bureau_and_the_application_is_withdrawn(filer, house, returned):
    filer.post(f"/hitech/{returned.pk}/messages/", {"text": "请问第2项如何填写？"})
    assert returned.filing.thread.messages.get().text == "请问第2项如何填写？"
    filer.post(f"/hitech/{returned.pk}/withdraw/", {"note": "改报下一批"})
    returned.filing.refresh_from_db()
    assert returned.filing.state == State.WITHDRAWN
    page = filer.get(f"/hitech/{returned.pk}/")
    assert page.context["sentence"]
