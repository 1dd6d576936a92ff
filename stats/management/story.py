"""The people, the questionnaire and the rounds of the demonstration."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from stats import actions
from stats.actions import authoring, publishing
from stats.models import CheckRule, InstrumentVersion, Round, SurveyProgramme
from torch_portal.accounts.enums import OfficeRole
from torch_portal.accounts.models import Agency, Enterprise, User

DAY = datetime.timedelta(days=1)
SOURCE = "GQ-2022"
# The approval of 2022 is past its validity, and a round beyond it cannot open; the one of the
# demonstration is invented and says so.
APPROVAL = "（演示）国统制示例1号"


@dataclass(frozen=True)
class Story:
    """Who acts: two officers of the Torch Center, the province; and when."""

    torch: User
    second: User
    province: User
    now: datetime.datetime

    @property
    def today(self) -> datetime.date:
        """The present day."""
        return timezone.localdate(self.now)


def story_of(at: datetime.datetime) -> Story:
    """Those whom torch_portal.accounts.demo brings in."""
    people = {p.username: p for p in User.objects.filter(username__in=("torch", "torch2"))}
    province = User.objects.get(username="official")
    return Story(people["torch"], people["torch2"], province, at)


def examiner_of(unit: Agency) -> User:
    """Who reviews at a unit."""
    found = User.objects.filter(
        appointments__agency=unit, appointments__role=OfficeRole.REVIEWER, is_active=True
    )
    return found.order_by("pk")[0]


def filer_of(enterprise: Enterprise) -> User:
    """Who files for an enterprise."""
    return User.objects.filter(memberships__enterprise=enterprise).order_by("pk")[0]


def version_of(story: Story) -> InstrumentVersion:
    """The questionnaire of 2022 under the invented approval, in force with its rules."""
    name = f"GQ-{story.today.year}-示例"
    rows = InstrumentVersion.objects.select_related("instrument", "approval")
    known = rows.filter(version=name).first()
    if known is not None:
        return known
    authoring.load_editions()
    source = rows.get(version=SOURCE)
    starts = max(datetime.date(story.today.year, 1, 1), source.starts_on + DAY)
    draft = authoring.start_version(
        source=source, name=name, starts_on=starts, by=story.torch, at=story.now
    )
    InstrumentVersion.objects.filter(pk=draft.pk).update(approval=_approval(story, source))
    draft = rows.get(pk=draft.pk)
    publishing.ask_version(version=draft, by=story.torch, at=story.now)
    publishing.publish_version(version=draft, by=story.second, at=story.now)
    rules = list(CheckRule.objects.filter(instrument=source.instrument_id, published_at=None))
    if rules:
        publishing.ask_rules(rules=rules, by=story.torch, at=story.now)
        publishing.publish_rules(rules=rules, by=story.second, at=story.now)
    return rows.get(pk=draft.pk)


def _approval(story: Story, source: InstrumentVersion) -> SurveyProgramme:
    first = source.approval
    made, _new = SurveyProgramme.objects.get_or_create(
        code=first.code,
        approval_no=APPROVAL,
        defaults={
            "name_zh": first.name_zh,
            "authority": first.authority,
            "approver": first.approver,
            "valid_from": datetime.date(story.today.year - 2, 1, 1),
            "valid_to": datetime.date(story.today.year + 2, 12, 31),
            "unconfirmed": "演示用的批准文号，并非真实文号",
        },
    )
    return made


def round_of(story: Story, version: InstrumentVersion, year: int) -> Round:
    """The round of a year's data; the one of last year's is open around today."""
    known = Round.objects.filter(version=version, year=year).first()
    if known is not None:
        return known
    middle = story.today.replace(year=year + 1, day=min(story.today.day, 28))
    opens = max(middle - 20 * DAY, datetime.date(year + 1, 1, 1))
    closes = middle + 25 * DAY
    values = {
        "version": version,
        "year": year,
        "title": f"{year}年度火炬统计年报（演示）",
        "opens_on": opens,
        "closes_on": closes,
        "reassign_until": closes - 10 * DAY,
        "scan_until": closes + 30 * DAY,
    }
    made = actions.design_round(values=values, by=story.torch, at=story.now)
    return actions.approve_round(survey_round=made, by=story.torch, at=story.now)
