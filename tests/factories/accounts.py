"""The standing people: filer, reviewer, stranger, official; and their places."""

from itertools import count

from torch_portal.accounts.enums import MemberRole, OfficeRole
from torch_portal.accounts.models import (
    Agency,
    AgencyArea,
    Appointment,
    Enterprise,
    Membership,
    User,
)

ZHIWEI = "91330106MAGUJ65R6B"
LANGTU = "91330106MAE942HR7E"
PASSWORD = "only-for-tests"
_number = count(1)


def user(name: str = "", **fields: object) -> User:
    """A person without any role."""
    username = name or f"user{next(_number)}"
    fields.setdefault("last_name", username)
    fields.setdefault("email", f"{username}@example.com")
    return User.objects.create_user(username, password=PASSWORD, **fields)


def enterprise(code: str = ZHIWEI, **fields: object) -> Enterprise:
    """An enterprise in Hangzhou's West Lake district."""
    defaults = {
        "name": "杭州知微能源科技股份有限公司",
        "division": "330106",
        "jurisdiction_id": "33",
    }
    return Enterprise.objects.create(credit_code=code, **defaults | fields)


def member(firm: Enterprise, role: str = MemberRole.OWNER, name: str = "") -> User:
    """A person of an enterprise."""
    person = user(name)
    Membership.objects.create(user=person, enterprise=firm, role=role)
    return person


def agency(
    code: str = "330101", area: str = "3301", jurisdiction: str = "33", **fields: object
) -> Agency:
    """A registration agency with one area."""
    fields.setdefault("name", f"登记处{code}")
    fields.setdefault("review_body", "浙江省科学技术厅")
    office = Agency.objects.create(code=code, jurisdiction_id=jurisdiction, **fields)
    AgencyArea.objects.create(agency=office, prefix=area)
    return office


def reviewer(office: Agency, name: str = "") -> User:
    """An examiner of an agency."""
    person = user(name, is_staff=True)
    Appointment.objects.create(user=person, role=OfficeRole.REVIEWER, agency=office)
    return person


def official(jurisdiction: str | None = "33", name: str = "") -> User:
    """An official of a province (None: of the whole country)."""
    person = user(name, is_staff=True)
    Appointment.objects.create(user=person, role=OfficeRole.OFFICIAL, jurisdiction_id=jurisdiction)
    return person


def operator(name: str = "") -> User:
    """Somebody who keeps the installation."""
    person = user(name, is_staff=True)
    Appointment.objects.create(user=person, role=OfficeRole.OPERATOR)
    return person
