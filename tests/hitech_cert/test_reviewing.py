"""The local check and the acceptance: who may, what stops it, what follows from it."""

import datetime

import pytest

from hitech_cert import actions
from hitech_cert.enums import State
from hitech_cert.models import Application
from tests.factories import accounts
from tests.factories import hitech_cert as made
from torch_portal.accounts.enums import MemberRole, OfficeRole
from torch_portal.accounts.models import Appointment, Membership
from torch_portal.accounts.roles import Denied
from torch_portal.certificates.models import Document
from torch_portal.common.findings import Refused
from torch_portal.filings.models import Filing
from torch_portal.notices.models import Message
from torch_portal.papers.models import Emergency, Paper

AT = made.AT
DAY = datetime.timedelta(days=1)
LAST = datetime.datetime(2020, 7, 31, 23, 59, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
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


@pytest.fixture
def recommended(house, application):
    actions.recommend(application=application, by=house.reviewer, at=AT)
    return application


def again(application):
    """As the next request reads it."""
    rows = Application.objects.select_related("filing__agency", "intake", "enterprise")
    return rows.get(pk=application.pk)


def codes(refused):
    return [f.code for f in refused.value.findings]


# --- the local check ---------------------------------------------------------------------------


def test_bureau_recommends_to_the_province(house, application):
    actions.recommend(application=application, by=house.reviewer, at=AT, note="材料齐全")
    filing = Filing.objects.get(pk=application.pk)
    assert (filing.state, filing.due_on) == (State.RECOMMENDED, datetime.date(2020, 11, 30))
    event = filing.events.get(move="recommend")
    assert (event.note, len(event.facts_digest)) == ("材料齐全", 64)
    assert Message.objects.filter(key__contains="-recommended-", to_user=house.filer).count() == 1


def test_last_day_of_the_bureaus_counts_and_the_next_does_not(house, application):
    with pytest.raises(Refused) as refused:
        actions.recommend(application=application, by=house.reviewer, at=LAST + DAY)
    assert codes(refused) == ["recommend_late"]
    assert "2020年7月31日" in refused.value.findings[0].text()
    actions.recommend(application=application, by=house.reviewer, at=LAST)
    assert application.filing.state == State.RECOMMENDED


def test_extension_lets_the_bureau_recommend_again(house, application):
    later = {"recommend_by": datetime.date(2020, 8, 5)}
    actions.extend(
        intake=application.intake, deadlines=later, source="通知", by=house.official, at=AT
    )
    application = again(application)
    assert application.filing.due_on == datetime.date(2020, 8, 5)
    assert application.filing.events.filter(move="extend").count() == 1
    actions.recommend(application=application, by=house.reviewer, at=LAST + DAY)
    assert application.filing.state == State.RECOMMENDED


def test_what_the_rules_stop_is_not_recommended(house, application):
    application.rights.all().delete()
    with pytest.raises(Refused) as refused:
        actions.recommend(application=again(application), by=house.reviewer, at=AT)
    assert refused.value.findings
    assert Filing.objects.get(pk=application.pk).state == State.SUBMITTED


@pytest.mark.parametrize("person", ["filer", "stranger", "far_reviewer", "operator"])
def test_others_cannot_recommend(house, application, person):
    with pytest.raises(Denied):
        actions.recommend(application=application, by=getattr(house, person), at=AT)


def test_nobody_recommends_the_own_enterprise(house, application):
    Membership.objects.create(user=house.second, enterprise=house.firm, role=MemberRole.READER)
    with pytest.raises(Denied, match="您是该企业的成员"):
        actions.recommend(application=application, by=house.second, at=AT)


def test_second_of_two_who_recommend_learns_who_was_faster(house, application):
    seen = again(application)
    actions.recommend(application=application, by=house.reviewer, at=AT)
    with pytest.raises(actions.Stale, match="reviewer"):
        actions.recommend(application=seen, by=house.second, at=AT)
    assert seen.filing.events.filter(move="recommend").count() == 1


def test_return_tells_the_complete_list_once(house, application):
    actions.return_for_correction(application=application, items=ITEMS, by=house.reviewer, at=AT)
    filing = Filing.objects.get(pk=application.pk)
    assert (filing.state, filing.due_on) == (State.CORRECTING, None)
    [item] = filing.corrections.all()
    assert (item.round, item.field) == (1, "rights")
    assert "IP02" in item.before
    letter = Message.objects.get(key__contains="-returned-")
    assert "请补传 IP02" in letter.body
    assert "2020年7月31日" in letter.body
    assert Document.objects.get(kind="correction").content["items"][0]["label"] == "知识产权汇总表"


def test_return_without_an_item_or_remedy_is_refused(house, application):
    for items in ([], [ITEMS[0] | {"remedy": " "}], [ITEMS[0] | {"problem": "whatever"}]):
        with pytest.raises(Refused):
            actions.return_for_correction(
                application=application, items=items, by=house.reviewer, at=AT
            )
    assert application.filing.state == State.SUBMITTED


def test_corrected_application_comes_back_to_the_same_batch(house, application):
    actions.return_for_correction(application=application, items=ITEMS, by=house.reviewer, at=AT)
    item = application.filing.corrections.get()
    actions.answer_correction(item=item, answer="已补传", by=house.filer)
    after = made.CLOSES + DAY
    actions.submit(application=again(application), by=house.filer, at=after)
    back = again(application)
    assert (back.filing.state, back.intake) == (State.SUBMITTED, application.intake)
    assert back.filing.due_on == application.intake.recommend_by
    assert Document.objects.filter(filing=back.filing, kind="receipt").count() == 2


def test_late_item_needs_a_reason(house, application):
    actions.return_for_correction(application=application, items=ITEMS, by=house.reviewer, at=AT)
    actions.answer_correction(
        item=application.filing.corrections.get(), answer="已补传", by=house.filer
    )
    actions.submit(application=again(application), by=house.filer, at=AT)
    late = [ITEMS[0] | {"field": "projects"}]
    with pytest.raises(Refused) as refused:
        actions.return_for_correction(
            application=again(application), items=late, by=house.reviewer, at=AT
        )
    assert codes(refused) == ["correction"]
    actions.return_for_correction(
        application=again(application), items=late, by=house.reviewer, at=AT, note="对比补件后发现"
    )
    assert again(application).filing.state == State.CORRECTING


def test_rejection_needs_a_reason_and_frees_the_year(house, application):
    with pytest.raises(Refused):
        actions.reject(application=application, by=house.reviewer, at=AT, note=" ")
    actions.reject(application=application, by=house.reviewer, at=AT, note="注册地不在本省")
    assert application.filing.state == State.NOT_ACCEPTED
    assert Message.objects.get(key__contains="-not_accepted-").body == "注册地不在本省"
    assert Document.objects.get(kind="declined").content["note"] == "注册地不在本省"
    assert made.submitted(house.firm, house.filer, house.office).filing.state == State.SUBMITTED


def test_application_is_given_into_hands(house, application):
    actions.assign(application=application, by=house.reviewer, at=AT, to=house.second.pk)
    assert again(application).filing.assigned_to == house.second
    with pytest.raises(Refused):
        actions.assign(application=again(application), by=house.reviewer, at=AT, to=house.filer.pk)


# --- the province ------------------------------------------------------------------------------


def test_province_accepts_and_defers_the_paper(house, recommended):
    actions.accept(application=recommended, by=house.official, at=AT)
    filing = Filing.objects.get(pk=recommended.pk)
    assert (filing.state, filing.accepted_on) == (State.ACCEPTED, datetime.date(2020, 6, 1))
    paper = Paper.objects.get(filing=filing, kind="application")
    assert paper.state == "deferred"
    assert "纸质" in Message.objects.get(key__contains="-accepted-").body
    told = Document.objects.get(kind="acceptance").content
    assert (told["batch"], told["paper_source"]) == (recommended.intake.title, paper.source)


@pytest.fixture
def after_the_emergency(house):
    Emergency.objects.update(ended_on=datetime.date(2020, 5, 1))


def test_paper_is_due_on_the_day_of_the_batch(house, recommended):
    Emergency.objects.all().delete()
    recommended.intake.paper_by = datetime.date(2020, 10, 9)
    recommended.intake.save()
    actions.accept(application=recommended, by=house.official, at=AT)
    paper = Paper.objects.get(filing=recommended.filing)
    assert (paper.state, paper.due_on) == ("due", datetime.date(2020, 10, 9))
    later = {"paper_by": datetime.date(2020, 10, 20)}
    actions.extend(
        intake=recommended.intake, deadlines=later, source="通知", by=house.official, at=AT
    )
    paper.refresh_from_db()
    assert (paper.due_on, paper.source) == (datetime.date(2020, 10, 20), "通知")


@pytest.mark.parametrize("person", ["reviewer", "filer", "far_reviewer"])
def test_bureau_cannot_accept(house, recommended, person):
    with pytest.raises(Denied):
        actions.accept(application=recommended, by=getattr(house, person), at=AT)


def test_official_of_another_province_cannot_accept(house, recommended):
    with pytest.raises(Denied):
        actions.accept(application=recommended, by=accounts.official("32"), at=AT)


def test_reviewer_of_the_whole_province_accepts(house, recommended):
    person = accounts.user("province", is_staff=True)
    Appointment.objects.create(user=person, role=OfficeRole.REVIEWER, jurisdiction_id="33")
    actions.accept(application=recommended, by=person, at=AT)
    assert recommended.filing.state == State.ACCEPTED


def test_application_without_a_batch_is_not_accepted(house, recommended):
    Application.objects.update(intake=None)
    with pytest.raises(Refused) as refused:
        actions.accept(application=again(recommended), by=house.official, at=AT)
    assert codes(refused) == ["no_batch"]


def test_province_sends_back_to_the_bureau_with_a_reason(house, recommended):
    with pytest.raises(Refused):
        actions.send_back(application=recommended, by=house.official, at=AT, note="")
    actions.send_back(application=recommended, by=house.official, at=AT, note="请核对职工人数")
    filing = Filing.objects.get(pk=recommended.pk)
    assert (filing.state, filing.due_on) == (State.SUBMITTED, datetime.date(2020, 7, 31))


@pytest.mark.parametrize("name", ["return_for_correction", "reject"])
def test_recommended_application_is_the_provinces(house, recommended, name):
    more = {"items": ITEMS} if name == "return_for_correction" else {"note": "不符合条件"}
    act = getattr(actions, name)
    with pytest.raises(Denied):
        act(application=again(recommended), by=house.reviewer, at=AT, **more)
    act(application=again(recommended), by=house.official, at=AT, **more)
    assert again(recommended).filing.state != State.RECOMMENDED


def test_submitted_application_is_not_the_provinces_yet(house, application):
    with pytest.raises(Denied):
        actions.reject(application=application, by=house.official, at=AT, note="不符合条件")


# --- what surrounds it -------------------------------------------------------------------------


def test_submission_gives_a_receipt_and_a_letter(house, application):
    told = Document.objects.get(kind="receipt").content
    assert told["batch"] == application.intake.title
    assert len(told["materials"]) == application.filing.attachments.count()
    letter = Message.objects.get(key__contains="-received-")
    assert application.filing.number in letter.subject


def test_thread_reaches_the_other_side(house, application):
    actions.send_message(application=application, text="请问何时推荐？", by=house.filer, at=AT)
    actions.send_message(application=application, text="本周内。", by=house.reviewer, at=AT)
    assert application.filing.thread.messages.count() == 2
    with pytest.raises(Denied):
        actions.send_message(application=application, text="？", by=house.stranger, at=AT)


def test_extension_is_told_to_who_has_a_draft_in_hand(house):
    intake = made.intake()
    draft = made.draft(house.firm, house.filer, files=False)
    later = {"recommend_by": datetime.date(2020, 8, 5)}
    actions.extend(intake=intake, deadlines=later, source="通知", by=house.official, at=AT)
    letter = Message.objects.get(key__contains="-extended-")
    assert (letter.to_user, str(draft.pk) in letter.key) == (house.filer, True)
    assert "2020-07-31 → 2020-08-05" in letter.body


def test_batch_with_an_application_in_local_check_is_not_closed(house, application):
    after = made.CLOSES + DAY
    with pytest.raises(Refused, match="intake") as refused:
        actions.close_intake(intake=application.intake, by=house.official, at=after)
    assert "1" in refused.value.findings[0].text()
    actions.recommend(application=application, by=house.reviewer, at=AT)
    assert actions.close_intake(intake=application.intake, by=house.official, at=after).closed_at
