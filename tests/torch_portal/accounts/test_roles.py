"""Who sees what: the matrix of people and filings, and who may not decide."""

import pytest
from django.contrib.auth.models import AnonymousUser

from contracts.enums import State
from contracts.models import Contract
from tests.factories import accounts
from tests.factories.contracts import contract_at
from torch_portal.accounts import roles
from torch_portal.accounts.enums import MemberRole, OfficeRole
from torch_portal.accounts.models import User
from torch_portal.accounts.roles import Denied, Standing, check_filer, check_not_own, standing
from torch_portal.filings.models import Attachment, Filing

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(house):
    """One draft and one submitted filing of the firm, and one of the other firm far away."""
    house.other_firm.division, house.other_firm.jurisdiction_id = "320106", "32"
    house.other_firm.save()
    near = {
        "firm": house.firm,
        "by": house.filer,
        "office": house.office,
        "examiner": house.reviewer,
    }
    far = {
        "firm": house.other_firm,
        "by": house.stranger,
        "office": house.far_office,
        "examiner": house.far_reviewer,
    }
    house.filings = {
        "draft": contract_at(State.DRAFT, **near, project_name="草稿").filing,
        "near": contract_at(State.SUBMITTED, **near).filing,
        "returned": contract_at(State.CORRECTING, **near, project_name="退回").filing,
        "far": contract_at(State.SUBMITTED, **far, buyer_code=accounts.ZHIWEI).filing,
    }
    return house


def area_reviewer(area):
    person = accounts.user(f"area-{area}", is_staff=True)
    person.appointments.create(role=OfficeRole.REVIEWER, jurisdiction_id=area)
    return person


OWN = {"draft", "near", "returned"}
SUBMITTED = {"near", "returned"}
ALL = {"near", "returned", "far"}
MATRIX = [
    ("filer", lambda house: house.filer, OWN),
    ("reader", lambda house: house.reader, OWN),
    ("other enterprise", lambda house: house.stranger, {"far"}),
    ("reviewer of the agency", lambda house: house.reviewer, SUBMITTED),
    ("reviewer of another agency", lambda house: house.far_reviewer, {"far"}),
    ("reviewer of the jurisdiction", lambda _house: area_reviewer("33"), SUBMITTED),
    ("reviewer of another jurisdiction", lambda _house: area_reviewer("42"), set()),
    ("official of the province", lambda house: house.official, SUBMITTED),
    ("official of another province", lambda _house: accounts.official("32"), {"far"}),
    ("national official", lambda _house: accounts.official(None), ALL),
    ("operator", lambda house: house.operator, set()),
    ("nobody", lambda _house: accounts.user("nobody"), set()),
    ("superuser", lambda _house: accounts.user("root", is_superuser=True), set()),
    ("visitor", lambda _house: AnonymousUser(), set()),
]


@pytest.mark.parametrize(("who", "seen"), [m[1:] for m in MATRIX], ids=[m[0] for m in MATRIX])
def test_visible_to(places, who, seen):
    person = who(places)
    names = {filing.pk: name for name, filing in places.filings.items()}
    for rows, key in (
        (Filing.objects, "pk"),
        (Contract.objects, "filing_id"),
        (Attachment.objects, "filing_id"),
    ):
        found = list(rows.visible_to(person).values_list(key, flat=True))
        assert sorted(names[pk] for pk in found) == sorted(seen)


def test_a_closed_account_sees_nothing(places):
    places.filer.is_active = False
    assert not Filing.objects.visible_to(places.filer).exists()
    assert standing(places.filer) == Standing()


def test_two_roles_see_the_sum_once(places):
    places.reviewer.memberships.create(enterprise=places.firm, role=MemberRole.READER)
    person = User.objects.get(pk=places.reviewer.pk)
    found = list(Filing.objects.visible_to(person).values_list("pk", flat=True))
    assert sorted(found) == sorted(places.filings[name].pk for name in OWN)


def test_standing_is_read_once_and_kept(house, django_assert_num_queries):
    with django_assert_num_queries(1):
        first = standing(house.reviewer)
    with django_assert_num_queries(0):
        assert standing(house.reviewer) is first
        assert roles.is_reviewer(house.reviewer)


@pytest.mark.parametrize(
    ("who", "reviewer", "official", "operator"),
    [
        ("filer", False, False, False),
        ("reviewer", True, False, False),
        ("official", False, True, False),
        ("operator", False, False, True),
    ],
)
def test_offices(house, who, reviewer, official, operator):
    person = getattr(house, who)
    held = roles.is_reviewer(person), roles.is_official(person), roles.is_operator(person)
    assert held == (reviewer, official, operator)
    assert standing(person).in_office is any(held)


def test_check_filer_takes_owner_and_filer_only(house):
    colleague = accounts.member(house.firm, MemberRole.FILER, name="colleague")
    for person in (house.filer, colleague):
        check_filer(person, house.firm.pk)
    for person in (house.reader, house.stranger, house.reviewer, AnonymousUser()):
        with pytest.raises(Denied) as caught:
            check_filer(person, house.firm.pk)
        assert str(caught.value)


@pytest.mark.parametrize("role", list(MemberRole))
def test_check_not_own_refuses_every_kind_of_member(house, role):
    check_not_own(house.reviewer, house.firm.pk)
    house.second.memberships.create(enterprise=house.firm, role=role)
    with pytest.raises(Denied):
        check_not_own(house.second, house.firm.pk)
    check_not_own(house.second, house.other_firm.pk)
