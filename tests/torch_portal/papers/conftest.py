"""Two jurisdictions, their people, and filings recognised through the engine."""

import datetime
import itertools
from zoneinfo import ZoneInfo

import pytest

from torch_portal.accounts.enums import JurisdictionKind, MemberRole, OfficeRole
from torch_portal.accounts.models import (
    Agency,
    Appointment,
    Enterprise,
    Jurisdiction,
    Membership,
    User,
)
from torch_portal.filings import engine
from torch_portal.filings.transitions import Move, workflow
from torch_portal.papers import actions

SHANGHAI = ZoneInfo("Asia/Shanghai")
LINE = workflow(
    "probe",
    start="draft",
    states={"draft": ("draft", "filer", "draft"), "granted": ("granted", "nobody", "granted")},
    moves=[
        Move(
            name="recognise",
            sources=frozenset({"draft"}),
            target="granted",
            turn="reviewer",
            label="",
            consequence="",
        )
    ],
)
numbers = itertools.count(1)


def moment(day, hour=10):
    """Ten o'clock in Shanghai on a day given as ISO text or date."""
    day = datetime.date.fromisoformat(day) if isinstance(day, str) else day
    return datetime.datetime.combine(day, datetime.time(hour), SHANGHAI)


class House:
    """Who is who; hb is Hubei (42), sd is Shandong (37)."""

    def __init__(self):
        self.hubei = self._jurisdiction("42", "湖北", "Hubei")
        self.shandong = self._jurisdiction("37", "山东", "Shandong")
        self.agency = Agency.objects.create(
            name="武汉登记处", code="420100", jurisdiction=self.hubei
        )
        self.jinan = Agency.objects.create(
            name="济南登记处", code="370100", jurisdiction=self.shandong
        )
        self.enterprise = self.new_enterprise("武汉某科技有限公司", self.hubei)
        self.owner = self.member("owner", self.enterprise, MemberRole.OWNER)
        self.reviewer = self.official("reviewer", OfficeRole.REVIEWER, agency=self.agency)
        self.stranger = self.official("stranger", OfficeRole.REVIEWER, agency=self.jinan)
        self.official_hb = self.official("hb", OfficeRole.OFFICIAL, jurisdiction=self.hubei)
        self.national = self.official("torch", OfficeRole.OFFICIAL)
        self.operator = self.official("operator", OfficeRole.OPERATOR)

    @staticmethod
    def _jurisdiction(code, zh, en):
        return Jurisdiction.objects.get_or_create(
            code=code,
            defaults={"name_zh": zh, "name_en": en, "kind": JurisdictionKind.PROVINCE},
        )[0]

    @staticmethod
    def new_enterprise(name, jurisdiction, **extra):
        return Enterprise.objects.create(
            credit_code=f"PROBE{next(numbers):013}",
            name=name,
            division=f"{jurisdiction.code}0100",
            jurisdiction=jurisdiction,
            **extra,
        )

    @staticmethod
    def member(name, enterprise, role):
        user = User.objects.create(username=name, email=f"{name}@example.org")
        Membership.objects.create(user=user, enterprise=enterprise, role=role)
        return user

    @staticmethod
    def official(name, role, **area):
        user = User.objects.create(
            username=name, last_name=name, email=f"{name}@example.org", is_staff=True
        )
        Appointment.objects.create(user=user, role=role, **area)
        return user

    def recognised(self, day="2020-02-20", enterprise=None, agency=None):
        """A filing recognised on this day."""
        enterprise = enterprise or self.enterprise
        agency = agency or self.agency
        at = moment(day)
        filing = engine.open_filing(LINE, enterprise=enterprise, by=self.owner, at=at)
        engine.fire(
            filing,
            LINE,
            "recognise",
            by=self.reviewer,
            at=at,
            number=f"{agency.code}{next(numbers):08}",
            agency=agency,
            jurisdiction=agency.jurisdiction,
            submitted_at=at,
        )
        return filing

    def paper(self, day="2020-02-20", enterprise=None, agency=None):
        """The paper of a new filing recognised on this day."""
        filing = self.recognised(day, enterprise, agency)
        return actions.defer(filing=filing, kind="contract_text", by=self.reviewer, at=moment(day))


@pytest.fixture
def house(db):
    """The people, with the emergency and policies of the portal loaded."""
    made = House()
    actions.load_policies()
    return made
