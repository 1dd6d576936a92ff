"""The registers: what the database refuses, and rows as the facts of the rules."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from incubators import editions, queries
from incubators.enums import CarrierKind, RentBasis
from incubators.models import Incubator, ReliefProgramme
from incubators.rules import Claim, Line, check, tax_relief
from tests.factories import accounts
from tests.factories import incubators as rows

pytestmark = pytest.mark.django_db
D = Decimal
AT = datetime(2020, 3, 2, tzinfo=UTC)


@pytest.fixture
def carrier():
    """A provincial incubator."""
    return rows.carrier()


@pytest.fixture
def stay(carrier):
    """The stay of an enterprise in it."""
    return rows.stay(carrier, rows.tenant())


@contextmanager
def refused(name):
    """The database refuses by the constraint of this name, and the transaction goes on."""
    with pytest.raises(IntegrityError) as found, transaction.atomic():
        yield
    assert found.value.__cause__.diag.constraint_name == name


@pytest.mark.parametrize(
    ("begins", "ends", "room", "free"),
    [
        ((2021, 1, 1), (2021, 12, 31), "A-301", True),
        ((2020, 12, 31), (2021, 12, 31), "A-301", False),
        ((2019, 7, 1), (2019, 12, 31), "A-301", True),
        ((2019, 7, 1), (2020, 1, 1), "A-301", False),
        ((2020, 6, 1), (2020, 6, 1), "A-301", False),
        ((2020, 6, 1), (2020, 6, 1), "A-302", True),
    ],
)
def test_leases_of_a_room_do_not_overlap(stay, begins, ends, room, free):
    rows.lease(stay)
    told = {"begins_on": date(*begins), "ends_on": date(*ends), "room": room}
    if free:
        rows.lease(stay, **told)
    else:
        with refused("lease_overlap"):
            rows.lease(stay, **told)


def test_lease_cannot_be_moved_onto_another(stay):
    first = rows.lease(stay)
    second = rows.lease(stay, begins_on=date(2021, 1, 1), ends_on=date(2021, 12, 31))
    second.begins_on = date(2020, 12, 31)
    with refused("lease_overlap"):
        second.save()
    first.ends_on = date(2020, 11, 30)
    first.save()
    second.save()


def test_other_tenants_may_share_a_room(carrier, stay):
    rows.lease(stay)
    team = rows.tenant(kind="TEAM", credit_code=None, name="星火团队", established_on=None)
    rows.lease(rows.stay(carrier, team))


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"area_tenant": D("11500.01")}, "carrier_areas_fit"),
        ({"area_public": D("3000.01")}, "carrier_areas_fit"),
        ({"cancelled_on": date(2020, 1, 30)}, "carrier_cancelled_after_recognition"),
        ({"cancelled_on": date(2020, 2, 1), "recognised_on": None},
         "carrier_cancelled_after_recognition"),
        ({}, "carrier_once_of_a_kind"),
    ],
)  # fmt: skip
def test_carrier_that_cannot_be_is_refused(fields, name):
    first = rows.carrier(kind="MKS" if fields else "INC")
    with refused(name):
        rows.carrier(enterprise=first.enterprise, **fields)


def test_carrier_at_its_limits_is_kept():
    rows.carrier(area_tenant=D(11500), cancelled_on=date(2020, 1, 31))


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"credit_code": None}, "tenant_enterprise_is_known"),
        ({"established_on": None}, "tenant_enterprise_is_known"),
        ({"credit_code": ""}, "tenant_code_not_empty"),
    ],
)
def test_tenant_that_cannot_be_is_refused(fields, name):
    with refused(name):
        rows.tenant(**fields)


def test_stay_is_open_once_and_begins_after_establishment(carrier, stay):
    with refused("tenancy_open_once"):
        rows.stay(carrier, stay.tenant)
    with refused("tenancy_days_in_order"):
        rows.stay(carrier, stay.tenant, left_on=date(2019, 6, 30))
    with refused("tenancy_after_establishment"):
        rows.stay(carrier, stay.tenant, entered_on=date(2019, 2, 28), left_on=date(2019, 3, 31))
    rows.stay(carrier, stay.tenant, entered_on=date(2019, 3, 1), left_on=date(2019, 3, 31))


def test_graduation_has_its_standard(carrier, stay):
    stay.graduated_on = date(2020, 6, 30)
    with refused("tenancy_graduation_has_its_basis"):
        stay.save()
    stay.basis = "高新技术企业"
    stay.save()
    stay.graduated_on = None
    with refused("tenancy_graduation_has_its_basis"):
        stay.save()


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"ends_on": date(2019, 12, 31)}, "lease_days_in_order"),
        ({"unit_yuan": D("-0.01")}, "lease_amounts_not_negative"),
        ({"rent_basis": RentBasis.PER_M2_DAY}, "lease_by_area_has_one"),
        ({"rent_basis": RentBasis.PER_M2_DAY, "area": D(0)}, "lease_by_area_has_one"),
    ],
)
def test_lease_that_cannot_be_is_refused(stay, fields, name):
    with refused(name):
        rows.lease(stay, **fields)


def test_account_number_is_sealed(carrier):
    carrier.account_number = "1202020219900012345"
    carrier.save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT account_number FROM incubators_incubator")
        assert cursor.fetchone()[0].startswith("sealed:")
    assert Incubator.objects.get().account_number == "1202020219900012345"


# --- programmes -------------------------------------------------------------------------------

TERMS = {"rate": "0.40", "caps": {"INC": "100000"}, "max_months": 2, "kinds": ["INC"],
         "source": "某市 2020年 办法"}  # fmt: skip


def publish(**fields):
    """A version of a programme that is published."""
    by = accounts.user()
    told = {"code": "P-SN", "terms": TERMS, "published_at": AT, "published_by": by}
    return ReliefProgramme.objects.create(**told | fields)


def test_sourced_programme_holds_until_a_version_is_published():
    assert queries.programme("P-SN") == editions.programme("P-SN")
    ReliefProgramme.objects.create(code="P-SN", version=2, terms=TERMS)
    assert queries.programme("P-SN").rate == D("0.10")
    publish(version=3)
    publish(version=4, terms=TERMS | {"rate": "0.45"})
    found = queries.programme("P-SN")
    assert (found.version, found.rate, found.caps) == (
        4, D("0.45"), {CarrierKind.INCUBATOR: 100_000}
    )  # fmt: skip
    with pytest.raises(editions.NoProgramme):
        queries.programme("P-XX")


def test_published_version_stays_as_it_is():
    row = publish(version=2)
    row.terms = TERMS | {"rate": "0.99"}
    with refused("programme_stays"):
        row.save()
    with refused("programme_stays"):
        row.delete()
    with refused("programme_version_once"):
        publish(version=2)
    draft = ReliefProgramme.objects.create(code="P-SN", version=5, terms=TERMS)
    draft.terms = TERMS | {"rate": "0.41"}
    draft.save()
    draft.delete()


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"rate": "1.01"}, "rate"),
        ({"rate": 0.4}, "rate"),
        ({"rate": "viel"}, "rate"),
        ({"kinds": ["HOTEL"]}, "kinds"),
        ({"caps": ["1"]}, "caps"),
        ({"window_from": "2020-02-30"}, "window_from"),
        ({"window_from": "2020-03-01", "window_to": "2020-02-29"}, "window_to"),
        ({"rates": "0.1"}, "rates"),
    ],
)
def test_terms_that_cannot_be_read_are_refused_by_name(change, what):
    row = ReliefProgramme(code="P-SN", terms=TERMS | change)
    with pytest.raises(ValidationError, match=what):
        row.full_clean()
    ReliefProgramme(code="P-SN", terms=TERMS).full_clean()


# --- facts ------------------------------------------------------------------------------------


def test_rows_become_a_claim_of_the_rules(carrier, stay, django_assert_num_queries):
    head = rows.head_lease(carrier)
    rows.lease(stay, head_lease=head)
    team = rows.tenant(kind="TEAM", credit_code=None, name="星火团队", established_on=None)
    rows.lease(rows.stay(carrier, team), room="B-1", head_lease=head, area=D(20),
               rent_basis=RentBasis.PER_M2_MONTH, unit_yuan=D(75))  # fmt: skip
    rows.lease(stay, begins_on=date(2019, 7, 1), ends_on=date(2019, 12, 31))
    with django_assert_num_queries(1):
        leases = queries.leases_between(carrier, date(2020, 2, 1), date(2020, 4, 30))
        tenants = queries.tenant_facts(leases)
    month = Line(date(2020, 2, 1), D(1))
    with django_assert_num_queries(2):
        heads = queries.head_lease_facts(carrier)
    claim = Claim(
        programme=editions.programme("P-SN"),
        carrier=queries.carrier_facts(carrier),
        tenants=tuple(replace(each, lines=(month,)) for each in tenants),
        head_leases=heads,
    )
    result, found = check(claim)
    assert (result.waived, result.subsidy) == (13_500, 1_350)
    assert [(f.code, f.values["missing"]) for f in found] == [("RR-F7", "16500.00")]


def test_title_becomes_tax_relief(carrier):
    answer = tax_relief(queries.title_facts(carrier))
    assert answer.exempt_from == date(2020, 2, 1)
    carrier.recognised_on = None
    assert queries.title_facts(carrier) is None
