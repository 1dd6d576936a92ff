"""Regions, agencies and enterprises: the loaded tables and what the database refuses."""

import csv

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests.factories import accounts
from torch_portal.accounts.actions import DATA, load_regions
from torch_portal.accounts.enums import JurisdictionKind, OfficeRole
from torch_portal.accounts.models import (
    Agency,
    AgencyArea,
    Appointment,
    Division,
    DivisionPrefix,
    Enterprise,
    Jurisdiction,
    Membership,
    User,
    clean_credit_code,
)
from torch_portal.common.codes import JURISDICTIONS, jurisdiction_of

pytestmark = pytest.mark.django_db


def refused(make, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make()


# --- regions ----------------------------------------------------------------------------------


def test_there_are_37_jurisdictions_as_the_notice_addresses_them():
    kinds = Jurisdiction.objects.values_list("code", "kind")
    counted = {kind: sum(k == kind for _code, k in kinds) for kind in JurisdictionKind}
    assert counted == {
        JurisdictionKind.PROVINCE: 31,
        JurisdictionKind.LISTED_CITY: 5,
        JurisdictionKind.CORPS: 1,
    }
    assert {code for code, _kind in kinds} == JURISDICTIONS


def test_listed_cities_name_their_province():
    cities = Jurisdiction.objects.filter(kind=JurisdictionKind.LISTED_CITY)
    assert dict(cities.values_list("code", "parent_id")) == {
        "2102": "21",
        "3302": "33",
        "3502": "35",
        "3702": "37",
        "4403": "44",
    }
    assert not Jurisdiction.objects.exclude(name_zh__gt="", name_en__gt="").exists()


@pytest.mark.parametrize(
    ("code", "path", "level"),
    [
        ("110000", "北京市", 1),
        ("330100", "浙江省杭州市", 2),
        ("330106", "浙江省杭州市西湖区", 3),
        ("420106", "湖北省武汉市武昌区", 3),
    ],
)
def test_divisions_are_loaded_with_their_full_names(code, path, level):
    division = Division.objects.get(pk=code)
    assert (division.path, division.level) == (path, level)


def test_abolished_divisions_stay_with_their_last_day():
    abolished = Division.objects.exclude(valid_to=None)
    assert abolished.count() > 100
    assert Division.objects.count() > 4000


def test_table_of_divisions_has_each_code_once_and_levels_that_fit():
    with (DATA / "divisions.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    codes = [row["code"] for row in rows]
    assert [c for c in codes if not (len(c) == 6 and c.isascii() and c.isdigit())] == []
    assert len(set(codes)) == len(codes)
    assert [r for r in rows if (r["level"] == "1") != r["code"].endswith("0000")] == []
    assert [r for r in rows if not r["path"].endswith(r["name"])] == []


def test_prefixes_lead_every_division_to_the_jurisdiction_that_the_codes_say():
    prefixes = dict(DivisionPrefix.objects.values_list("prefix", "jurisdiction_id"))
    assert len(prefixes) == 37

    def longest(code):
        return next((prefixes[code[:n]] for n in (6, 4, 2) if code[:n] in prefixes), "")

    codes = Division.objects.values_list("code", flat=True)
    assert [c for c in codes if longest(c) != jurisdiction_of(c)] == []
    assert (longest("659001"), longest("650100"), longest("330206")) == ("66", "65", "3302")


def test_load_regions_again_leaves_what_operators_changed():
    from_operator = DivisionPrefix.objects.get(prefix="3302")
    from_operator.jurisdiction_id = "33"
    from_operator.save()
    count = Division.objects.count()
    load_regions()
    from_operator.refresh_from_db()
    assert (from_operator.jurisdiction_id, Division.objects.count()) == ("33", count)


# --- codes ------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [accounts.ZHIWEI, accounts.LANGTU, "91330106magUJ65r6b"])
def test_credit_code_that_is_right_is_accepted(code):
    clean_credit_code(code)


@pytest.mark.parametrize(
    "code",
    [
        accounts.ZHIWEI[:-1],
        accounts.ZHIWEI + "0",
        accounts.ZHIWEI[:-1] + "C",
        accounts.ZHIWEI[:9] + "O" + accounts.ZHIWEI[10:],
        accounts.ZHIWEI[:2] + "12" + accounts.ZHIWEI[4:],
        "",
    ],
)
def test_credit_code_that_is_wrong_is_refused_with_a_sentence(code):
    with pytest.raises(ValidationError) as caught:
        clean_credit_code(code)
    assert len(caught.value.messages[0]) > 10


def test_enterprise_validates_its_credit_code_and_has_it_once():
    firm = Enterprise(credit_code="x", name="n", division="330106", jurisdiction_id="33")
    with pytest.raises(ValidationError) as caught:
        firm.full_clean()
    assert "credit_code" in caught.value.message_dict
    accounts.enterprise()
    refused(accounts.enterprise, "credit_code")


# --- constraints ------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["33010", "33010A", "33 101", "", "三三零一零一"])
def test_agency_code_has_six_digits(code):
    refused(
        lambda: Agency.objects.create(name="n", code=code, jurisdiction_id="33"),
        "agency_code_six_digits",
    )


def test_agency_area_and_membership_stand_once():
    office, firm = accounts.agency(), accounts.enterprise()
    refused(lambda: AgencyArea.objects.create(agency=office, prefix="3301"), "agency_area_once")
    person = accounts.member(firm)
    again = {"user": person, "enterprise": firm, "role": "reader"}
    refused(lambda: Membership.objects.create(**again), "membership_once")


def test_appointment_stands_once_even_for_the_whole_country():
    person = accounts.official(None)
    again = {"user": person, "role": OfficeRole.OFFICIAL}
    refused(lambda: Appointment.objects.create(**again), "appointment_once")


def test_reviewer_without_area_is_refused_and_others_may_go_without():
    person = accounts.user()
    refused(
        lambda: Appointment.objects.create(user=person, role=OfficeRole.REVIEWER),
        "reviewer_has_area",
    )
    for role in (OfficeRole.OFFICIAL, OfficeRole.OPERATOR):
        Appointment.objects.create(user=person, role=role)


@pytest.mark.parametrize(
    ("family", "given", "shown"),
    [("陈", "知微", "陈知微"), ("Chen", "Zhiwei", "Zhiwei Chen"), ("", "", "anon")],
)
def test_full_name_puts_the_chinese_family_name_first(family, given, shown):
    assert User(username="anon", last_name=family, first_name=given).get_full_name() == shown
