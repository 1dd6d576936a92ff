"""Which returns wait for which level of review, as conditions on the table of returns."""

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Mod
from django.db.models.lookups import Exact

from stats import permissions
from stats.editions.quality import LARGE_POINTS
from stats.enums import IN_REVIEW, State
from stats.models import Outlier, Return
from stats.workflow import APPROVALS
from torch_portal.accounts.roles import Person, standing

ONE_IN = 10  # 小规模企业抽查: of the small ones every tenth is looked at


def waiting_for(user: Person) -> Q:
    """Returns whose next approval this person makes; none of the own enterprises."""
    offices = permissions.offices(user)
    found = Q(pk__in=[])
    if offices:
        at_unit = Q(filing__state__in=(State.SUBMITTED, State.CANCEL_REQUESTED))
        found |= at_unit & Q(unit_id__in=offices)
        found |= Q(filing__state=State.LOCAL_APPROVED, city_unit_id__in=offices)
    areas = permissions.provinces(user)
    if areas:
        here = Q(filing__jurisdiction_id__in=areas)
        found |= here & Q(filing__state=State.CITY_APPROVED)
        found |= here & Q(filing__state=State.LOCAL_APPROVED, city_unit__isnull=True)
    if permissions.is_torch(user):
        found |= Q(filing__state=State.PROVINCE_APPROVED)
    return found & ~Q(enterprise_id__in=standing(user).member_of)


def passed_on(user: Person) -> Q:
    """In review, and with another level than this person's."""
    return Q(filing__state__in=IN_REVIEW) & ~waiting_for(user)


def sampled(user: Person) -> Q:
    """Small ones without errors, drawn by their number: every tenth of those that wait."""
    small = Q(errors=0, risk__lt=LARGE_POINTS)
    drawn = Q(Exact(Mod(F("filing_id"), ONE_IN), 0))
    return waiting_for(user) & small & drawn


def with_outliers() -> Q:
    """Those with an outlier that nobody has looked at."""
    return Q(Exists(Outlier.objects.filter(report=OuterRef("pk"), seen_at__isnull=True)))


def approval_here(report: Return) -> str:
    """The name of the approval that comes next; "" where none does."""
    level = permissions.level_of(report.filing)
    if level is None or report.filing.state == State.CANCEL_REQUESTED:
        return ""
    return next(name for name, of_level in APPROVALS.items() if of_level is level)
