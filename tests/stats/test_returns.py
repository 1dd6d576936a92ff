"""What the respondent does with a return: fill, check, explain, hand in, take back, scan."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from stats import actions, queries
from stats.enums import RoundState, State
from stats.models import Assignment, Explanation, Return, ReturnRevision
from stats.rules import case_of, violated
from tests.conftest import people
from tests.factories import accounts
from tests.factories import stats as made
from tests.factories.stats import AT, SAMPLE, WHY
from torch_portal.accounts.roles import Denied
from torch_portal.certificates.documents import page_html
from torch_portal.certificates.enums import DocumentKind
from torch_portal.certificates.models import Document
from torch_portal.common.findings import Refused
from torch_portal.filings.drafts import Conflict
from torch_portal.filings.enums import QualificationKind
from torch_portal.filings.models import Qualification
from torch_portal.filings.transitions import Stale
from torch_portal.filings.uploads import BadUpload
from torch_portal.notices.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def _world(django_db_setup, django_db_blocker):
    """People, the open round and a filled return, made once for the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        house = people()
        survey = made.open_round({house.firm: house.office, house.other_firm: house.office})
        report = made.draft(survey, house.firm, house.filer)
        yield house, survey, report.pk
        transaction.set_rollback(True)


@pytest.fixture
def house(_world):
    for person in vars(_world[0]).values():
        getattr(person, "__dict__", {}).pop("_standing", None)
    return _world[0]


@pytest.fixture
def survey(_world):
    _world[1].refresh_from_db()
    return _world[1]


@pytest.fixture
def report(_world):
    return queries.with_cover(Return.objects).get(pk=_world[2])


def codes(refused):
    return [finding.code for finding in refused.value.findings]


def texts(refused):
    return " ".join(finding.text() for finding in refused.value.findings)


def save(report, by, entries, table="GQ-002", **more):
    return actions.save_table(report=report, table=table, entries=entries, by=by, at=AT, **more)


def checked(report, by, **entries):
    """The return with these entries, checked."""
    items = queries.version_of(report.round).items
    for code, value in entries.items():
        save(report, by, {code: value}, items[code].table)
    return actions.check(report=report, by=by, at=AT)


def submitted(report, by):
    actions.submit(report=report, by=by, at=AT)
    report.refresh_from_db()
    return report


def test_sample_is_checked_and_submitted_without_a_word(house, report):
    assert [each.key for each in checked(report, house.filer).found] == []
    assert report.filing.state == State.CHECKED
    submitted(report, house.filer)
    assert report.filing.state == State.SUBMITTED
    assert report.filing.agency == house.office
    assert report.filing.number == "TJ20223301060000001"
    revision = report.revisions.get()
    assert (revision.data, revision.data_hash) == (report.data, queries.digest_of(report.data))
    assert report.scan_due_on == report.round.scan_until
    letter = Message.objects.get(key__startswith=f"stats-{report.pk}-received")
    assert "TJ20223301060000001" in letter.subject
    assert report.filing.events.get(move="submit").facts_digest == report.data_hash


def test_revision_as_handed_in_is_never_changed(house, report):
    submitted(report, house.filer)
    for change in (lambda rows: rows.update(data={}), lambda rows: rows.delete()):
        with pytest.raises(IntegrityError, match="only ever added to"), transaction.atomic():
            change(ReturnRevision.objects.all())
    assert report.revisions.get().data["qc05_0"] == "52000"


def test_start_gives_back_the_return_that_is_there(house, survey, report):
    assignment = Assignment.objects.get(round=survey, enterprise=house.firm)
    again = actions.start(assignment=assignment, by=house.filer, at=AT)
    assert again.pk == report.pk
    assert again.data["qc05_0"] == "52000"


def test_start_is_refused_to_the_exempt_outside_the_window_and_to_strangers(house, survey):
    assignment = Assignment.objects.get(round=survey, enterprise=house.other_firm)
    with pytest.raises(Denied):
        actions.start(assignment=assignment, by=house.filer, at=AT)
    late = datetime.datetime(2023, 3, 25, 16, 0, tzinfo=datetime.UTC)
    with pytest.raises(Refused) as refused:
        actions.start(assignment=assignment, by=house.stranger, at=late)
    assert codes(refused) == ["window"]
    assert "2023-03-25" in texts(refused)
    assert actions.start(
        assignment=assignment, by=house.stranger, at=late - datetime.timedelta(seconds=1)
    )
    Return.objects.filter(assignment=assignment).delete()
    Assignment.objects.filter(pk=assignment.pk).update(exempt=True, reason="已停业")
    with pytest.raises(Refused, match="exempt"):
        actions.start(assignment=assignment, by=house.stranger, at=AT)


def test_nothing_is_put_in_by_itself(house, survey):
    Qualification.objects.create(
        enterprise=house.other_firm, kind=QualificationKind.HNTE_CERTIFICATE,
        number="GR202133009999", valid_from=datetime.date(2021, 12, 16),
        valid_to=datetime.date(2024, 12, 16), source="全国名单", recorded_at=AT,
        recorded_by=house.official,
    )  # fmt: skip
    assignment = Assignment.objects.get(round=survey, enterprise=house.other_firm)
    report = actions.start(assignment=assignment, by=house.stranger, at=AT)
    assert report.data == {}
    external = queries.outside(report)
    assert external == {"hitech_certificate_no": "GR202133009999"}
    offers = queries.offers(report, external, {})
    assert (offers["qb13"].value, offers["qb12"].value) == ("GR202133009999", "2021-12-16")
    assert offers["qa03"].value == house.other_firm.credit_code
    assert "account" in offers["qa03"].source


def test_saving_keeps_what_can_be_read_and_the_rest_word_for_word(house, report):
    errors = save(report, house.filer, {"qc05_0": "52000000元", "qc06": "13,000"})
    assert "52000 千元" in errors["qc05_0"]
    report.refresh_from_db()
    assert "qc05_0" not in report.data
    assert report.data["qc06"] == "13000"
    assert report.typed["qc05_0"]["typed"] == "52000000元"
    with pytest.raises(Refused) as refused:
        actions.submit(report=report, by=house.filer, at=AT)
    assert "unread" in codes(refused)
    save(report, house.filer, {"qc05_0": "52000"})
    assert report.typed == {}


def test_codes_of_another_version_or_table_are_told(house, report):
    with pytest.raises(Refused) as refused:
        save(report, house.filer, {"jq002": "1", "qd01": "5", "qc05_0": "1"})
    assert codes(refused) == ["code", "code"]
    assert "qd01 belongs to table GQ-003" in texts(refused)
    assert "GQ-2022 has no item jq002" in texts(refused)
    report.refresh_from_db()
    assert report.data["qc05_0"] == "52000"


def test_two_windows_do_not_overwrite_each_other_in_one_table(house, report):
    seen = report.versions["GQ-002"]
    save(report, house.filer, {"qc02": "1"}, seen=seen)
    with pytest.raises(Conflict):
        save(report, house.filer, {"qc02": "2"}, seen=seen)
    save(report, house.filer, {"qd28": "61"}, "GQ-003", seen=report.versions["GQ-003"])
    report.refresh_from_db()
    assert (report.data["qc02"], report.data["qd28"]) == ("1", "61")


def test_nobody_but_the_respondent_writes_a_value(house, report):
    for person in (house.reader, house.stranger, house.reviewer, house.official, made.torch()):
        with pytest.raises(Denied):
            save(report, person, {"qc02": "1"})
    checked(report, house.filer)
    submitted(report, house.filer)
    with pytest.raises(Conflict, match="With the local unit"):
        save(report, house.filer, {"qc02": "1"})


def test_difference_of_two_is_an_error_and_of_one_is_none(house, report):
    run = checked(report, house.filer, qc49="999")
    assert run.found == ()
    run = checked(report, house.filer, qc49="998")
    (found,) = run.found
    assert (found.key, found.difference, found.left, found.right) == (
        "CK-101", "2", "52000", "51998",
    )  # fmt: skip
    assert (report.errors, report.warnings, report.unexplained) == (1, 0, 1)
    result = report.results.get()
    assert result.values["qc49"] == "998"
    assert "差" in result.message


def test_submission_needs_every_error_and_warning_explained(house, report):
    checked(report, house.filer, qc49="998", qd27="100")
    assert (report.errors, report.warnings) == (1, 1)
    actions.explain(report=report, key="CK-101", text=WHY, by=house.filer, at=AT)
    assert report.unexplained == 1
    with pytest.raises(Refused) as refused:
        actions.submit(report=report, by=house.filer, at=AT)
    assert [f.code for f in refused.value.findings if f.level == "block"] == ["CK-206"]
    actions.explain(report=report, key="CK-206", text=WHY, by=house.filer, at=AT)
    submitted(report, house.filer)
    kept = {row["key"]: row["explanation"] for row in report.revisions.get().checks}
    assert kept == {"CK-101": WHY, "CK-206": WHY}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("已核实", "An explanation of 3 characters says too little"),
        ("九个字的说明在这里", "of 9 characters"),
        ("   ", "of 0 characters"),
        ("长" * 1001, "Shorten the explanation"),
    ],
)
def test_explanation_of_the_wrong_length_is_refused(house, report, text, words):
    checked(report, house.filer, qc49="998")
    with pytest.raises(Refused) as refused:
        actions.explain(report=report, key="CK-101", text=text, by=house.filer, at=AT)
    assert words in texts(refused)
    assert not Explanation.objects.exists()


def test_explanation_of_ten_characters_is_taken(house, report):
    checked(report, house.filer, qc49="998")
    made_ = actions.explain(
        report=report, key="CK-101", text="十个字的说明在这里了", by=house.filer, at=AT
    )
    assert made_.voided_at is None


def test_mandatory_rule_cannot_be_explained_nor_submitted(house, report):
    checked(report, house.filer, qa03="91330106MAGUJ65R6C")
    assert report.mandatory == 1
    with pytest.raises(Refused) as refused:
        actions.explain(report=report, key="CK-001", text=WHY, by=house.filer, at=AT)
    assert "mandatory" in texts(refused)
    with pytest.raises(Refused) as refused:
        actions.submit(report=report, by=house.filer, at=AT)
    assert codes(refused) == ["CK-001"]


def test_explanation_is_void_when_a_value_it_rests_on_changes(house, report):
    checked(report, house.filer, qc49="998")
    actions.explain(report=report, key="CK-101", text=WHY, by=house.filer, at=AT)
    save(report, house.filer, {"qc02": "61001"})
    assert report.explanations.get().voided_at is None
    save(report, house.filer, {"qc49": "998.00"})
    assert report.explanations.get().voided_at is None
    save(report, house.filer, {"qc49": "997"})
    assert report.explanations.get().voided_at == AT
    assert report.filing.state == State.DRAFT
    actions.check(report=report, by=house.filer, at=AT)
    assert report.unexplained == 1


def test_explanation_waits_for_a_check_of_the_present_values(house, report):
    checked(report, house.filer, qc49="998")
    save(report, house.filer, {"qc49": "997"})
    with pytest.raises(Refused) as refused:
        actions.explain(report=report, key="CK-101", text=WHY, by=house.filer, at=AT)
    assert "Check the return again" in texts(refused)


def test_last_year_is_compared_and_offered(house, survey, report):
    checked(report, house.filer)
    submitted(report, house.filer)
    later = made.open_round({house.firm: house.office}, year=2023, title="2023年度火炬统计年报")
    at = datetime.datetime(2024, 3, 1, 2, tzinfo=datetime.UTC)
    assignment = Assignment.objects.get(round=later, enterprise=house.firm)
    second = actions.start(assignment=assignment, by=house.filer, at=at)
    assert queries.last_year(second)["qc05_0"] == "52000"
    run = queries.run(second)
    offers = queries.offers(second, run.external, run.before)
    assert offers["qb04"].value == "2016-05"
    assert "2022" in offers["qb04"].source
    for table, entries in SAMPLE.items():
        own = {"qc05_0": "52000000"} if table == "GQ-002" else {}
        actions.save_table(report=second, table=table, entries=entries | own, by=house.filer, at=at)
    keys = {each.key for each in queries.run(second).found}
    assert {"CK-401", "CK-403"} <= keys


def test_unit_error_is_suspected_at_five_hundred_times_last_year(house, report):
    before = {"qc05_0": "100"}
    for value, suspected in (("49999", False), ("50000", True)):
        save(report, house.filer, {"qc05_0": value})
        kinds = queries.version_of(report.round).kinds
        rules = queries.compiled_rules(report.round.version).rules
        found = violated(rules, case_of(kinds, report.data, before, {}))
        assert ("CK-403" in {rule.text.id for rule in found}) is suspected


def test_withdrawn_return_is_a_draft_that_counts_as_not_filed(house, report):
    checked(report, house.filer)
    submitted(report, house.filer)
    actions.withdraw(report=report, by=house.filer, at=AT)
    assert report.filing.state == State.DRAFT
    assert report.filing.submitted_at is None
    assert not Return.objects.visible_to(house.reviewer).exists()
    number = report.filing.number
    submitted(report, house.filer)
    assert (report.filing.number, report.revision) == (number, 2)
    with pytest.raises(Denied):
        actions.withdraw(report=report, by=house.reviewer, at=AT)


def test_approved_return_cannot_be_taken_back(house, report):
    checked(report, house.filer)
    submitted(report, house.filer)
    actions.approve_local(report=report, by=house.reviewer, at=AT)
    with pytest.raises(Stale):
        actions.withdraw(report=report, by=house.filer, at=AT)


def test_cancellation_is_asked_for_with_a_reason(house, report):
    checked(report, house.filer)
    with pytest.raises(Stale):
        actions.request_cancellation(report=report, by=house.filer, at=AT, note=made.NOTE)
    submitted(report, house.filer)
    with pytest.raises(Refused, match="note"):
        actions.request_cancellation(report=report, by=house.filer, at=AT, note="迁出")
    actions.request_cancellation(report=report, by=house.filer, at=AT, note=made.NOTE)
    assert report.filing.state == State.CANCEL_REQUESTED


def test_returned_return_is_mended_answered_and_submitted_again(house, report):
    checked(report, house.filer)
    submitted(report, house.filer)
    actions.return_for_correction(report=report, items=made.ITEMS, by=house.reviewer, at=AT)
    assert report.filing.state == State.RETURNED
    with pytest.raises(Refused) as refused:
        actions.submit(report=report, by=house.filer, at=AT)
    assert codes(refused) == ["correction"]
    save(report, house.filer, {"qc51": "15000"})
    after = datetime.datetime(2023, 4, 20, tzinfo=datetime.UTC)
    actions.submit(report=report, by=house.filer, at=after)
    item = report.filing.corrections.get()
    assert ("14,400" in item.before, "15,000" in item.after) == (True, True)


def test_scan_comes_after_the_submission(house, report):
    with pytest.raises(Refused) as refused:
        actions.upload_scan(report=report, upload=made.scan(), by=house.filer, at=AT)
    assert "Submit it first" in texts(refused)
    checked(report, house.filer)
    submitted(report, house.filer)
    with pytest.raises(BadUpload):
        actions.upload_scan(
            report=report, upload=SimpleUploadedFile("a.pdf", b"MZ no pdf"), by=house.filer, at=AT
        )
    scan = actions.upload_scan(report=report, upload=made.scan(), by=house.filer, at=AT)
    assert (scan.revision, report.scan_due_on) == (1, None)
    again = actions.upload_scan(report=report, upload=made.scan(), by=house.filer, at=AT)
    assert again.pk == scan.pk


def reminders(day):
    at = datetime.datetime.combine(day, datetime.time(1), datetime.UTC)
    actions.remind(at=at)
    return set(
        Message.objects.filter(key__contains="-closing-").values_list("key", flat=True)
    ) | set(Message.objects.filter(key__contains="-scan-").values_list("key", flat=True))


def test_last_day_and_scan_are_reminded_of_once(house, report):
    day = report.round.closes_on - datetime.timedelta(days=8)
    assert reminders(day) == set()
    day += datetime.timedelta(days=1)
    assert len(reminders(day)) == 1
    assert len(reminders(day)) == 1
    checked(report, house.filer)
    submitted(report, house.filer)
    assert len(reminders(report.round.closes_on)) == 1
    due = report.round.scan_until
    assert len(reminders(due - datetime.timedelta(days=8))) == 1
    assert len(reminders(due - datetime.timedelta(days=7))) == 2
    assert len(reminders(due)) == 3
    assert len(reminders(due + datetime.timedelta(days=7))) == 4
    assert len(reminders(due + datetime.timedelta(days=8))) == 4
    actions.upload_scan(report=report, upload=made.scan(), by=house.filer, at=AT)
    assert len(reminders(due + datetime.timedelta(days=14))) == 4


def test_file_to_sign_has_tables_checks_and_watermark(house, report):
    with pytest.raises(Refused):
        actions.print_return(report=report, by=house.filer, at=AT)
    checked(report, house.filer, qc49="998")
    actions.explain(report=report, key="CK-101", text=WHY, by=house.filer, at=AT)
    submitted(report, house.filer)
    made_ = actions.print_return(report=report, by=house.filer, at=AT)
    assert actions.print_return(report=report, by=house.filer, at=AT).pk == made_.pk
    content = Document.objects.get(pk=made_.pk).content
    assert report.data_hash[:12] in content["watermark"]
    assert [row["explanation"] for row in content["checks"]] == [WHY]
    economy = next(table for table in content["tables"] if table["code"] == "GQ-002")
    assert ["qc05_0", "营业收入", "千元", "52,000", ""] in economy["rows"]
    page = page_html(content, template="certificates/stats/form.html")
    assert all(
        words in page for words in (content["watermark"], WHY, "52,000", "差 2", "2025-02-28")
    )
    receipt = report.filing.documents.get(kind=DocumentKind.RECEIPT)
    page = page_html(receipt.content, template="certificates/stats/receipt.html")
    assert all(words in page for words in (report.data_hash, "第1次", house.firm.credit_code))


def test_saving_while_one_types_takes_few_queries(house, report):
    entries = {code: f"{n}" for n, code in enumerate(SAMPLE["GQ-002"])} | {"qc226_1": "2"}
    checked(report, house.filer)
    actions.edit(report=report, by=house.filer, at=AT)
    with CaptureQueriesContext(connection) as few:
        save(report, house.filer, {"qc02": "5"})
    with CaptureQueriesContext(connection) as many:
        save(report, house.filer, entries)
    assert len(few) == len(many) <= 6


def test_submission_takes_few_queries_whatever_it_finds(house, report):
    checked(report, house.filer, qc49="998", qd27="100")
    for key in ("CK-101", "CK-206"):
        actions.explain(report=report, key=key, text=WHY, by=house.filer, at=AT)
    with CaptureQueriesContext(connection) as found:
        actions.submit(report=report, by=house.filer, at=AT)
    assert len(found) <= 45
    assert ReturnRevision.objects.count() == 1


# --- rounds ----------------------------------------------------------------------------------


def test_round_past_the_approval_cannot_open(house):
    made_ = made.survey_round(year=2024, opens_on=datetime.date(2025, 1, 15),
                              closes_on=datetime.date(2025, 3, 1))  # fmt: skip
    with pytest.raises(Refused) as refused:
        actions.approve_round(survey_round=made_, by=made.torch(), at=AT)
    assert "valid until 2025-02-28" in texts(refused)
    made_.closes_on = datetime.date(2025, 2, 28)
    made_.save()
    actions.approve_round(survey_round=made_, by=made.torch(), at=AT)
    assert made_.state == RoundState.APPROVED


def test_round_opens_step_by_step_and_by_the_torch_center(house):
    made_ = made.survey_round(year=2023)
    with pytest.raises(Denied):
        actions.approve_round(survey_round=made_, by=house.official, at=AT)
    with pytest.raises(Refused) as refused:
        actions.open_round(survey_round=made_, by=made.torch(), at=AT)
    assert codes(refused) == ["frame"]
    Assignment.objects.create(round=made_, enterprise=house.firm, responsible_unit=house.office)
    with pytest.raises(Stale):
        actions.open_round(survey_round=made_, by=made.torch(), at=AT)


def test_unit_by_place_is_the_narrowest_and_the_city_stands_above(house):
    county = accounts.agency("330199", "330106", name="西湖区科技局")
    unit, city = queries.units_for(house.firm)
    assert (unit, city) == (county, house.office)
    county.active = False
    county.save()
    assert queries.units_for(house.firm) == (house.office, None)
