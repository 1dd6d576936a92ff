"""The quality desk: totals, outliers, sign-off, published tables, micro-data."""

import datetime
import io
from decimal import Decimal

import openpyxl
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from stats import actions
from stats.actions.totals import rate
from stats.enums import RoundState, State
from stats.enums.quality import Dimension
from stats.models import (
    Aggregate,
    MicroAccess,
    Outlier,
    PublicationTable,
    Return,
    Round,
    SignOff,
    SuppressionLog,
)
from stats.queries import outliers, totals
from stats.queries import quality as desk
from tests.factories import accounts
from tests.factories import stats as made
from tests.factories.stats import AT, YEAR
from torch_portal.accounts.models import Jurisdiction, User
from torch_portal.accounts.roles import Denied
from torch_portal.common.findings import Refused
from torch_portal.filings.engine import digest
from torch_portal.filings.models import Filing
from torch_portal.filings.transitions import Stale

pytestmark = pytest.mark.django_db

LATER = AT + datetime.timedelta(days=2)
ZHEJIANG = "33"
THIRD = "91330106MA2KX5TJ2H"


@pytest.fixture
def returns(house):
    """Three accepted returns of this year: two of one industry, one of another; small to large."""
    firms = [
        house.firm,
        house.other_firm,
        accounts.enterprise(THIRD, name="丙公司"),
    ]
    people = [house.filer, house.stranger, accounts.member(firms[2])]
    survey = made.open_round(dict.fromkeys(firms, house.office))
    rows = []
    for firm, by in zip(firms, people, strict=True):
        report = made.draft(survey, firm, by)
        actions.check(report=report, by=by, at=AT)
        actions.submit(report=report, by=by, at=AT)
        rows.append(report)
    for report, industry in zip(rows, ("3562", "3562", "6510"), strict=True):
        change(report, qb03_1=industry)
    return rows


def change(report, **values):
    """Other values in a return, past all rules."""
    report.data = report.data | values
    Return.objects.filter(pk=report.pk).update(data=report.data)


def last_year(report, **values):
    """The same respondent's return a year earlier, accepted, with these values."""
    before, _new = Round.objects.get_or_create(
        version=report.round.version, year=YEAR - 1,
        defaults={"title": "上年", "opens_on": datetime.date(YEAR, 1, 1),
                  "closes_on": datetime.date(YEAR, 3, 1), "scan_until": datetime.date(YEAR, 4, 1),
                  "reassign_until": datetime.date(YEAR, 2, 1)},
    )  # fmt: skip
    cover = Filing.objects.get(pk=report.filing_id)
    cover.pk, cover.number, cover.state = None, f"TJ-{report.pk}", State.ACCEPTED
    cover.save(force_insert=True)
    seat = report.assignment
    seat.pk, seat.round = None, before
    seat.save(force_insert=True)
    return Return.objects.create(
        filing=cover, assignment=seat, round=before, enterprise=report.enterprise,
        unit=report.unit, data=report.data | values, data_hash="0" * 64,
    )  # fmt: skip


def count(survey_round):
    return actions.count_totals(survey_round=survey_round, at=LATER)


def total(survey_round, code="qc05_0", place="", dimension=Dimension.TOTAL, key=""):
    return Aggregate.objects.get(
        round=survey_round, place=place, dimension=dimension, key=key, code=code
    )


def test_totals_by_every_dimension(returns):
    survey = returns[0].round
    change(returns[0], qc05_0="200000")
    change(returns[1], qc05_0="not a number", qd01="")
    count(survey)
    whole = total(survey)
    assert (whole.respondents, whole.value) == (2, Decimal(252000))
    assert total(survey, dimension=Dimension.PROVINCE, key=ZHEJIANG).value == 252000
    assert total(survey, place=ZHEJIANG).value == 252000
    assert total(survey, place=ZHEJIANG, dimension=Dimension.CITY, key="3301").respondents == 2
    assert total(survey, dimension=Dimension.INDUSTRY, key="35").value == 200000
    assert total(survey, dimension=Dimension.SIZE, key="large").value == 200000
    assert total(survey, dimension=Dimension.SIZE, key="medium").value == 52000
    assert total(survey, dimension=Dimension.CERTIFIED, key="no").respondents == 2
    assert total(survey, "qd01").value == 240
    made_once = Aggregate.objects.count()
    assert count(survey) == made_once == Aggregate.objects.count()


def test_draft_and_returned_count_in_no_total(returns, house):
    survey = returns[0].round
    actions.return_for_correction(report=returns[0], items=made.ITEMS, by=house.reviewer, at=LATER)
    count(survey)
    assert total(survey).respondents == 2


def test_total_is_explained_and_the_words_fall_with_it(returns, house):
    survey = returns[0].round
    last_year(returns[0], qc05_0="10000")
    before = Round.objects.get(year=YEAR - 1)
    count(before)
    count(survey)
    row = total(survey, place=ZHEJIANG)
    assert row.before == 10000
    with pytest.raises(Refused, match="short"):
        actions.explain_total(aggregate=row, text="涨了", by=made.province(), at=LATER)
    with pytest.raises(Denied):
        actions.explain_total(
            aggregate=row, text="新纳入企业两家，收入增加", by=house.reviewer, at=LATER
        )
    actions.explain_total(
        aggregate=row, text="新纳入企业两家，收入增加", by=made.province(), at=LATER
    )
    count(survey)
    assert total(survey, place=ZHEJIANG).explanation == "新纳入企业两家，收入增加"
    change(returns[0], qc05_0="52001")
    count(survey)
    assert total(survey, place=ZHEJIANG).explanation == ""
    stale = Aggregate(pk=row.pk, place=ZHEJIANG, value=row.value)
    with pytest.raises(Stale):
        actions.explain_total(
            aggregate=stale, text="新纳入企业两家，收入增加", by=made.province(), at=LATER
        )


def test_fixed_limit_broken_is_an_outlier_and_raises_the_risk(returns, house):
    survey = returns[0].round
    change(returns[0], qc05_0="52000000", qd01="1")
    rate(report=returns[0])
    before = returns[0].risk
    assert actions.find_outliers(survey_round=survey, at=LATER) == 1
    row = Outlier.objects.get(code="revenue_per_head")
    assert row.report == returns[0]
    returns[0].refresh_from_db()
    assert returns[0].risk == before + 20
    words = desk.outlier_words(row, {})
    assert (words["ratio"], words["bounds"]) == ("52,000,000", "1 – 50,000")


def test_outlier_is_looked_at_and_stays_so_until_the_figure_changes(returns, house):
    survey = returns[0].round
    change(returns[0], qc05_0="52000000", qd01="1")
    actions.find_outliers(survey_round=survey, at=LATER)
    row = Outlier.objects.get(code="revenue_per_head")
    high = Return.objects.get(pk=returns[0].pk).risk
    with pytest.raises(Denied):
        actions.note_outlier(outlier=row, note="贸易型企业", by=house.far_reviewer, at=LATER)
    with pytest.raises(Refused, match="note"):
        actions.note_outlier(outlier=row, note="好", by=house.reviewer, at=LATER)
    for each in Outlier.objects.filter(report=returns[0]):
        actions.note_outlier(outlier=each, note="贸易型企业", by=house.reviewer, at=LATER)
    assert Return.objects.get(pk=returns[0].pk).risk == high - 20
    actions.find_outliers(survey_round=survey, at=LATER)
    assert Outlier.objects.get(code="revenue_per_head").note == "贸易型企业"
    change(returns[0], qc05_0="53000000")
    actions.find_outliers(survey_round=survey, at=LATER)
    assert Outlier.objects.get(code="revenue_per_head").seen_at is None


def test_change_far_from_the_group_is_an_outlier(returns, monkeypatch):
    survey = returns[0].round
    for report in returns:
        last_year(report)
    change(returns[0], qc05_0="5200000")
    actions.find_outliers(survey_round=survey, at=LATER)
    assert not Outlier.objects.filter(kind="spread").exists()  # three are too few to judge
    groups = desk_groups(survey)
    assert [(g.name, len(g.changes)) for g in groups] == [("*|*", 3)]


def desk_groups(survey):
    return outliers.groups(survey, "qc05_0")


@pytest.fixture
def closed(returns):
    """The round is over and every return approved up to the province."""
    survey = returns[0].round
    for report in returns:
        report.refresh_from_db()
        fresh = Return.objects.select_related("filing").get(pk=report.pk)
        actions.approve_local(report=fresh, by=_examiner(), at=LATER)
        actions.approve_province(report=fresh, by=made.province(), at=LATER)
    count(survey)
    actions.close_round(survey_round=survey, by=made.torch(), at=LATER)
    return survey


def _examiner():
    return User.objects.get(username="reviewer")


def sign(survey, by=None, place=ZHEJIANG):
    jurisdiction = Jurisdiction.objects.get(pk=place)
    by = by or made.province(place)
    return actions.sign_off(survey_round=survey, jurisdiction=jurisdiction, by=by, at=LATER)


def test_province_signs_off_and_falls_back_when_totals_change(closed, returns):
    assert [p.pk for p in desk.unsigned(closed)] == [ZHEJIANG]
    sign(closed)
    assert desk.unsigned(closed) == []
    change(returns[0], qc05_0="1")
    count(closed)
    assert [p.pk for p in desk.unsigned(closed)] == [ZHEJIANG]
    sign(closed)
    assert SignOff.objects.get().digest == totals.digest_of_place(closed, ZHEJIANG)


def test_sign_off_names_everything_in_its_way(returns, house):
    survey = returns[0].round
    with pytest.raises(Stale):
        sign(survey)
    actions.close_round(survey_round=survey, by=made.torch(), at=LATER)
    with pytest.raises(Refused) as refused:
        sign(survey)
    assert [f.code for f in refused.value.findings] == ["waiting", "uncounted"]
    last_year(returns[0], qc05_0="10000")
    count(Round.objects.get(year=YEAR - 1))
    count(survey)
    with pytest.raises(Refused) as refused:
        sign(survey)
    codes = [f.code for f in refused.value.findings]
    assert codes[0] == "waiting"
    assert set(codes[1:]) == {"unexplained"}
    assert "营业收入" in " ".join(f.text() for f in refused.value.findings)
    with pytest.raises(Denied):
        sign(survey, made.province("32"))


def test_round_is_accepted_when_everybody_signed_and_nothing_waits(closed, returns):
    with pytest.raises(Refused) as refused:
        actions.accept_round(survey_round=closed, by=made.torch(), at=LATER)
    assert [f.code for f in refused.value.findings] == ["waiting", "unsigned"]
    accept_all(closed)
    assert closed.state == RoundState.ACCEPTED
    with pytest.raises(Denied):
        actions.publish_round(survey_round=closed, by=made.province(), at=LATER)


def accept_all(survey):
    for report in Return.objects.filter(round=survey).select_related("filing", "round", "unit"):
        actions.accept(report=report, by=made.torch(), at=LATER)
    sign(survey)
    return actions.accept_round(survey_round=survey, by=made.torch(), at=LATER)


def test_cell_with_two_respondents_is_left_out_and_logged(closed):
    actions.publish_round(survey_round=accept_all(closed), by=made.torch(), at=LATER)
    closed.refresh_from_db()
    assert closed.state == RoundState.PUBLISHED
    table = PublicationTable.objects.get(code="qc05_0", dimension=Dimension.INDUSTRY)
    told = {row["key"]: row for row in table.rows}
    assert told["35"]["value"] is None  # two respondents
    assert told["65"]["value"] is None  # one
    assert told["total"]["value"] == "156000"
    log = {row.key: (row.reason, row.respondents) for row in table.suppressed.all()}
    assert log == {"35": ("few", 2), "65": ("few", 1)}
    assert table.digest == digest(table.rows)
    whole = PublicationTable.objects.get(code="qc05_0", dimension=Dimension.PROVINCE)
    assert [row["value"] for row in whole.rows] == ["156000", "156000"]


def test_what_is_published_is_never_changed(closed):
    actions.publish_round(survey_round=accept_all(closed), by=made.torch(), at=LATER)
    for rows in (PublicationTable.objects.all(), SuppressionLog.objects.all()):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**{"title": "x"} if rows.model is PublicationTable else {"key": "x"})
        with pytest.raises(IntegrityError), transaction.atomic():
            rows._raw_delete(rows.db)


def grant(survey, person, by=None, **fields):
    fields = {"purpose": "核实重点企业收入变动", "until": LATER.date()} | fields
    by = by or made.torch()
    return actions.grant(survey_round=survey, person=person, by=by, at=LATER, **fields)


def test_micro_data_leave_under_a_permission_and_are_logged(returns, house):
    survey, by = returns[0].round, made.province()
    with pytest.raises(Denied, match="permission for micro-data"):
        actions.take(survey_round=survey, by=by, at=LATER)
    held = grant(survey, by)
    content, entry = actions.take(survey_round=survey, by=by, at=LATER)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    place = rows[0].index("qc05_0")
    assert [row[place] for row in rows] == ["qc05_0", "营业收入", "千元", 52000, 52000, 52000]
    assert rows[3][1] == house.firm.credit_code
    assert (entry.rows, entry.grant, entry.taken_by) == (3, held, by)
    with pytest.raises(IntegrityError), transaction.atomic():
        MicroAccess.objects.update(rows=0)
    with pytest.raises(Denied):
        actions.take(survey_round=survey, by=by, at=LATER + datetime.timedelta(days=1))
    actions.end_grant(grant=held, by=made.torch(), at=LATER)
    with pytest.raises(Denied):
        actions.take(survey_round=survey, by=by, at=LATER)


def test_other_provinces_find_none_of_these_returns_in_theirs(returns):
    survey, by = returns[0].round, made.province("32")
    grant(survey, by)
    _content, entry = actions.take(survey_round=survey, by=by, at=LATER)
    assert entry.rows == 0


def test_permission_is_refused_with_everything_that_is_wrong(returns, house):
    survey = returns[0].round
    with pytest.raises(Refused) as refused:
        grant(survey, house.filer, purpose="看看", until=LATER.date() - datetime.timedelta(days=1))
    assert [f.code for f in refused.value.findings] == ["office", "purpose", "until"]
    with pytest.raises(Refused, match="own"):
        grant(survey, made.torch())
    with pytest.raises(Denied):
        grant(survey, made.province(), by=made.province())


def test_coverage_by_province_and_unit(returns, house):
    survey = returns[0].round
    actions.return_for_correction(report=returns[0], items=made.ITEMS, by=house.reviewer, at=LATER)
    by = made.torch()
    with CaptureQueriesContext(connection) as asked:
        row = desk.coverage(survey, by)[0]
    assert len(asked) == 3  # the standing of the person among them
    assert (row.label, row.asked, row.submitted, row.returned) == ("Zhejiang", 3, 3, 1)
    assert (row.missing, row.share, row.timely) == (0, 1, 1)
    unit = desk.coverage(survey, made.province(), place=ZHEJIANG)[0]
    assert (unit.label, unit.in_review) == (house.office.name, 2)
    assert desk.coverage(survey, house.far_reviewer) == []
