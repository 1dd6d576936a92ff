"""The national list: brought in, matched, resolved by hand, taken over once."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hitech_cert.actions import certifying, lists, national
from hitech_cert.enums import State
from hitech_cert.models import Application, NationalList, NationalRow
from hitech_cert.queries.national import tally
from tests.factories import accounts
from tests.factories.hitech_after import (
    ANNOUNCED,
    DAY,
    HEADS,
    ISSUED,
    NATIONAL,
    REPLY,
    bring,
    code,
    fresh,
    province,
    reported,
    states,
)
from torch_portal.accounts.models import Jurisdiction
from torch_portal.accounts.roles import Denied
from torch_portal.common.findings import Refused
from torch_portal.common.sheets import BadSheet
from torch_portal.filings.models import Qualification
from torch_portal.filings.transitions import Stale
from torch_portal.notices.models import Message

NUMBER = "GR202033008462"
pytestmark = pytest.mark.django_db


@pytest.fixture
def body(house):
    return province()


@pytest.fixture
def application(house, body):
    return reported(house.firm, house.filer, house.office)


@pytest.fixture
def other(house, body, application):
    return reported(house.other_firm, house.stranger, house.office)


def line(firm, number=NUMBER, day=ISSUED):
    return (firm.name, firm.credit_code, number, day)


def take(brought, by, at=ANNOUNCED):
    return national.take_over(national=brought, by=by, at=at)


def test_nothing_is_taken_before_it_is_accepted(house, body, application):
    brought = bring([line(house.firm)], by=body)
    assert tally(brought)["good"] == 1
    assert states(application) == [State.REPORTED]
    assert fresh(application).certificate_number is None


def test_good_row_gives_number_day_term_qualification_and_a_letter(house, body, application):
    brought = bring([line(house.firm)], by=body)
    assert take(brought, body) == 1
    now = fresh(application)
    assert (now.certificate_number, now.issued_on) == (NUMBER, ISSUED)
    assert now.valid_to == datetime.date(2023, 11, 30)
    assert now.filing.state == State.CERTIFIED
    held = Qualification.objects.get()
    assert (held.number, held.valid_to, held.source) == (NUMBER, now.valid_to, REPLY)
    assert NUMBER in Message.objects.get(key__contains="-certified-").body
    event = now.filing.events.get(move="certify")
    assert event.data == {"number": NUMBER, "issued_on": "2020-12-01", "source": REPLY}


def send(content, by, at=ANNOUNCED):
    return national.open_list(
        jurisdiction=Jurisdiction.objects.get(pk="33"),
        upload=SimpleUploadedFile("名单.csv", content),
        document=REPLY,
        by=by,
        at=at,
    )


def test_the_same_file_is_the_same_list_and_twice_is_once(house, body, application):
    cells = f"{house.firm.name},{house.firm.credit_code},{NUMBER},2020-12-01"
    content = f"企业名称,统一社会信用代码,证书编号,发证日期\n{cells}\n".encode()
    brought = send(content, body)
    assert send(content, body) == brought
    take(brought, body)
    with pytest.raises(Refused):
        take(brought, body)
    assert send(content, body) == brought
    assert application.filing.events.filter(move="certify").count() == 1


def test_a_second_list_finds_it_taken_over_before(house, body, application, other):
    take(bring([line(house.firm)], by=body), body)
    second = bring([line(house.firm), line(house.other_firm, "GR202033008463")], by=body)
    assert {k: v for k, v in tally(second).items() if v} == {"good": 1, "known": 1, "all": 2}
    assert take(second, body) == 1
    assert states(application, other) == [State.CERTIFIED] * 2


def test_name_that_matches_two_firms_waits_for_a_person(house, body, application, other):
    house.other_firm.name = house.firm.name
    house.other_firm.save()
    brought = bring([(house.firm.name, "", NUMBER, ISSUED)], by=body)
    row = brought.rows.get()
    assert (row.trouble, row.candidates) == (
        "ambiguous",
        sorted([house.firm.pk, house.other_firm.pk]),
    )
    with pytest.raises(Refused):
        take(brought, body)
    with pytest.raises(Refused) as caught:
        national.resolve(row=row, enterprise=house.firm, by=body, at=ANNOUNCED)
    assert [f.field for f in caught.value.findings] == ["note"]
    note = "与纸质公告核对信用代码"
    national.resolve(row=row, enterprise=house.firm, note=note, by=body, at=ANNOUNCED)
    assert take(brought, body) == 1
    assert states(application, other) == [State.CERTIFIED, State.REPORTED]


def test_number_of_the_wrong_province_is_mended_by_hand(house, body, application):
    brought = bring([line(house.firm, "GR202011008462")], by=body)
    row = brought.rows.get()
    assert (row.trouble, row.problem["values"]) == ("province", {"found": "11", "expected": "33"})
    with pytest.raises(Refused) as caught:
        national.resolve(row=row, number="GR2020330084", note="笔误", by=body, at=ANNOUNCED)
    assert [f.field for f in caught.value.findings] == ["number"]
    national.resolve(row=row, number=NUMBER, note="与证书核对", by=body, at=ANNOUNCED)
    take(brought, body)
    row.refresh_from_db()
    assert (row.number, row.mended) == ("GR202011008462", {"number": NUMBER})
    assert fresh(application).certificate_number == NUMBER


def test_good_rows_are_taken_and_the_others_stay(house, body, application, other):
    brought = bring(
        [line(house.firm), line(house.other_firm, "GR20203300846X"), ("无此公司", "", "", "")],
        by=body,
    )
    assert take(brought, body) == 1
    assert [r.trouble for r in brought.rows.order_by("place")] == ["", "shape", "unknown"]
    assert states(application, other) == [State.CERTIFIED, State.REPORTED]


def test_day_of_the_list_serves_rows_without_one(house, body, application):
    heads = HEADS[:4]
    rows = [line(house.firm)[:3]]
    assert bring(rows, by=body, heads=heads).rows.get().trouble == "day"
    NationalList.objects.all().update(dropped_at=ANNOUNCED, dropped_by=body)
    brought = bring(rows, by=body, heads=heads, issued_on=ISSUED)
    take(brought, body)
    assert fresh(application).issued_on == ISSUED


def test_row_left_out_is_not_taken_and_can_come_back(house, body, application):
    brought = bring([line(house.firm)], by=body)
    row = brought.rows.get()
    national.leave_out(row=row, skipped=True, by=body, at=ANNOUNCED, note="待核")
    with pytest.raises(Refused):
        take(brought, body)
    national.leave_out(row=row, skipped=False, by=body, at=ANNOUNCED)
    assert take(brought, body) == 1
    row.refresh_from_db()
    with pytest.raises(Stale):
        national.leave_out(row=row, skipped=True, by=body, at=ANNOUNCED)


def test_former_name_of_the_report_is_found(house, body, application):
    before = house.firm.name
    house.firm.name = "杭州知微新能源股份有限公司"
    house.firm.save()
    assert take(bring([(before, "", NUMBER, ISSUED)], by=body), body) == 1


def test_open_objection_holds_back_its_own_enterprise_only(house, body, application, other):
    report = lists.report_of(application)
    lists.publicise_nationally(report=report, opens_on=NATIONAL.date(), by=body, at=NATIONAL)
    objection = lists.enter_objection(
        application=application,
        objector="浙江某某仪器有限公司",
        received_on=NATIONAL.date(),
        facts="专利不属于该企业",
        by=body,
        at=NATIONAL,
    )
    brought = bring([line(house.firm), line(house.other_firm, "GR202033008463")], by=body)
    assert take(brought, body) == 1
    assert states(application, other) == [State.NATIONAL_PUBLICITY, State.CERTIFIED]
    lists.reject_objection(objection=objection, by=body, at=ANNOUNCED, note="经核实不成立")
    assert take(brought, body) == 1


def test_before_the_end_of_the_publicity_nothing_is_taken(house, body, application):
    report = lists.report_of(application)
    lists.publicise_nationally(report=report, opens_on=NATIONAL.date(), by=body, at=NATIONAL)
    report.refresh_from_db()
    moment = datetime.datetime.combine(report.public_to, datetime.time(4), datetime.UTC)
    day = datetime.date(2020, 11, 2)
    brought = bring([line(house.firm, day=day)], by=body, at=moment)
    assert brought.rows.get().trouble == "publicity"
    assert take(brought, body, moment + DAY) == 1


@pytest.mark.parametrize("who", ["reviewer", "filer", "far"])
def test_only_the_body_takes_a_list_over(house, body, application, who):
    house.far = accounts.official("32", name="far-official")
    brought = bring([line(house.firm)], by=body)
    with pytest.raises(Denied):
        take(brought, getattr(house, who))
    with pytest.raises(Denied):
        bring([line(house.firm)], by=getattr(house, who))


def test_row_of_the_own_enterprise_is_left_to_somebody_else(house, body, application):
    own = accounts.official("33", name="own-official")
    house.firm.memberships.create(user=own, role="filer")
    brought = bring([line(house.firm)], by=body)
    assert take(brought, own) == 0
    assert take(brought, body) == 1


def test_list_put_away_is_closed_and_can_be_sent_again(house, body, application):
    brought = bring([line(house.firm)], by=body)
    national.drop_list(national=brought, by=body, at=ANNOUNCED)
    with pytest.raises(Stale):
        take(brought, body)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空"),
        ("企业名称,信用代码\n甲,乙\n".encode(), "证书编号"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, ""),
    ],
)
def test_file_that_cannot_be_read_says_how_to_mend_it(house, body, content, words):
    with pytest.raises(BadSheet) as caught:
        send(content, body)
    assert words in str(caught.value)
    assert NationalList.objects.count() == 0


def test_list_needs_its_source(house, body):
    with pytest.raises(Refused):
        national.open_list(
            jurisdiction=Jurisdiction.objects.get(pk="33"),
            upload=SimpleUploadedFile("名单.csv", b"x"),
            document=" ",
            by=body,
            at=ANNOUNCED,
        )


def test_csv_with_full_width_digits_is_read(house, body, application):
    cells = f"{house.firm.name},,ＧＲ202033008462,2020年12月1日"
    text = f"企业名称,统一社会信用代码,证书编号,发证日期\n{cells}\n"
    brought = send(text.encode("gb18030"), body)
    assert take(brought, body) == 1
    assert fresh(application).certificate_number == NUMBER


def test_one_by_hand_has_the_same_checks(house, body, application, other):
    def by_hand(one, **more):
        given = {"number": NUMBER, "issued_on": ISSUED, "source": REPLY} | more
        return certifying.certify(application=one, by=body, at=ANNOUNCED, **given)

    with pytest.raises(Refused) as caught:
        by_hand(application, number="GR202011008462", source="")
    assert [f.field for f in caught.value.findings] == ["number", "source"]
    by_hand(application)
    with pytest.raises(Refused):
        by_hand(other)
    with pytest.raises(Stale):
        by_hand(fresh(application))
    assert Application.objects.filter(certificate_number=NUMBER).count() == 1


def test_statements_do_not_grow_with_the_rows(house, body, django_assert_max_num_queries):
    made = []
    for n in range(3):
        firm = accounts.enterprise(code(n), name=f"杭州测试{n}有限公司")
        made.append(reported(firm, accounts.member(firm), house.office))
    firms = [application.enterprise for application in made]
    one = [line(firms[0], "GR202033000001")]
    more = [line(firm, f"GR20203300010{n}") for n, firm in enumerate(firms[1:])]
    for rows in (one, more):
        with django_assert_max_num_queries(24):
            brought = bring(rows, by=body)
        with django_assert_max_num_queries(48):
            assert take(brought, body) == len(rows)
    assert NationalRow.objects.filter(taken_at__isnull=False).count() == 3
