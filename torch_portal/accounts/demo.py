"""The people, the enterprise and the agencies of a demonstration; never loaded elsewhere."""

from typing import Any

from django.db import transaction

from torch_portal.accounts.demo_people import PASSWORD, PEOPLE, Person
from torch_portal.accounts.enums import MemberRole, OfficeRole
from torch_portal.accounts.models import (
    Agency,
    AgencyArea,
    Appointment,
    Enterprise,
    Membership,
    User,
)

ENTERPRISES: tuple[dict[str, Any], ...] = (
    {
        "credit_code": "91330106MAGUJ65R6B",
        "name": "杭州知微能源科技股份有限公司",
        "division": "330106",
        "jurisdiction_id": "33",
        "nature": "100",
        "address": "杭州市西湖区文三路 90 号",
        "legal_representative": "陈知微",
        "contact": "陈知微",
        "phone": "0571-80000001",
        "email": "filing@zhiwei.example",
    },
    {
        "credit_code": "91330106MAE942HR7E",
        "name": "杭州朗途生物医药有限公司",
        "division": "330106",
        "jurisdiction_id": "33",
        "nature": "100",
        "address": "杭州市西湖区古墩路 656 号",
        "legal_representative": "林朗",
        "contact": "林朗",
        "phone": "0571-80000002",
        "email": "contact@langtu.example",
    },
)
CONTRACTS, EVALUATIONS, CERTIFICATION = "contracts", "sme_eval", "hitech_cert"
STATISTICS = "stats"
# Code, name, jurisdiction, its areas, who hears objections, the service that it works for.
AGENCIES: tuple[tuple[str, str, str, tuple[str, ...], str, str], ...] = (
    ("330101", "杭州市技术合同登记处", "33", ("3301",), "浙江省科学技术厅", CONTRACTS),
    ("330001", "浙江省技术市场促进会登记处", "33", ("33",), "浙江省科学技术厅", CONTRACTS),
    ("330201", "宁波市技术合同登记处", "3302", ("3302",), "宁波市科学技术局", CONTRACTS),
    ("320101", "南京市技术合同登记处", "32", ("3201",), "江苏省科学技术厅", CONTRACTS),
    ("110101", "北京技术市场管理办公室登记处", "11", ("11",), "北京技术市场管理办公室", CONTRACTS),
    ("310101", "上海市技术市场管理办公室", "31", ("31",), "上海市科学技术委员会", CONTRACTS),
    ("410101", "郑州市技术合同登记处", "41", ("4101",), "河南省科学技术厅", CONTRACTS),
    (
        "330100",
        "杭州市科学技术局评价工作机构",
        "33",
        ("3301",),
        "浙江省科学技术厅",
        EVALUATIONS,
    ),
    (
        "330103",
        "杭州市科学技术局高新技术处",
        "33",
        ("3301",),
        "浙江省科学技术厅",
        CERTIFICATION,
    ),
    ("330104", "杭州市科学技术局统计岗", "33", ("3301",), "浙江省科学技术厅", STATISTICS),
    (
        "330106",
        "杭州市西湖区科学技术局",
        "33",
        ("330106",),
        "浙江省科学技术厅",
        STATISTICS,
    ),
)


@transaction.atomic
def load() -> None:
    """Bring the demonstration's people, enterprises and agencies in; safe to repeat."""
    for code, name, area, prefixes, body, service in AGENCIES:
        agency, _new = Agency.objects.update_or_create(
            code=code,
            defaults={
                "name": name,
                "jurisdiction_id": area,
                "review_body": body,
                "phone": "",
                "address": "",
                "lines": [service],
            },
        )
        for prefix in prefixes:
            AgencyArea.objects.get_or_create(agency=agency, prefix=prefix)
    for row in ENTERPRISES:
        Enterprise.objects.update_or_create(credit_code=row["credit_code"], defaults=row)
    people = {p.username: _person(p) for p in PEOPLE}
    _give_roles(people)


def _person(person: Person) -> User:
    user, new = User.objects.get_or_create(
        username=person.username,
        defaults={
            "last_name": person.family,
            "first_name": person.given,
            "email": f"{person.username}@portal.example",
            "is_staff": not person.username.startswith(("enterprise", "buyer", "expert")),
        },
    )
    if new:
        user.set_password(PASSWORD)
        user.save()
    return user


def _give_roles(people: dict[str, User]) -> None:
    firms = {e.credit_code: e for e in Enterprise.objects.all()}
    for username, row in zip(("enterprise", "buyer"), ENTERPRISES, strict=True):
        Membership.objects.get_or_create(
            user=people[username],
            enterprise=firms[row["credit_code"]],
            defaults={"role": MemberRole.OWNER},
        )
    offices: tuple[tuple[str, str, str | None, str | None], ...] = (
        ("examiner", OfficeRole.REVIEWER, "330101", None),
        ("examiner", OfficeRole.REVIEWER, "330100", None),
        ("examiner", OfficeRole.REVIEWER, "330103", None),
        ("examiner2", OfficeRole.REVIEWER, "330101", None),
        ("examiner2", OfficeRole.REVIEWER, "330103", None),
        ("examiner2", OfficeRole.REVIEWER, "330100", None),
        ("examiner-nj", OfficeRole.REVIEWER, "320101", None),
        ("official", OfficeRole.OFFICIAL, None, "33"),
        ("official2", OfficeRole.OFFICIAL, None, "33"),
        ("torch", OfficeRole.OFFICIAL, None, None),
        ("torch2", OfficeRole.OFFICIAL, None, None),
        ("bureau", OfficeRole.REVIEWER, "330106", None),
        ("city", OfficeRole.REVIEWER, "330104", None),
        ("operator", OfficeRole.OPERATOR, None, None),
    )
    for username, role, agency, area in offices:
        Appointment.objects.get_or_create(
            user=people[username],
            role=role,
            agency=Agency.objects.get(code=agency) if agency else None,
            jurisdiction_id=area,
        )
