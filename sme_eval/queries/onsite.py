"""The on-site triggers of a year as conditions on rows, for the queue; the rules decide."""

from collections.abc import Callable

from django.db.models import Exists, F, OuterRef, Q

from sme_eval.editions import EDITIONS, Edition
from sme_eval.enums import NUMBERED, Onsite
from sme_eval.models import Evaluation, IntegrityEntry, IpRight


def onsite_rows(trigger: str) -> Q:
    """Evaluations that set a trigger of their year off.

    Of rights only that there is one is asked here, not whether it counts.
    """
    found = Q(pk__in=[])
    for edition in EDITIONS:
        sets_off = _CONDITIONS[Onsite(trigger)](edition)
        if sets_off is not None:
            found |= Q(year=edition.year) & sets_off
    return found


def _few_staff(edition: Edition) -> Q | None:
    most = edition.onsite.few_staff
    return None if most is None else Q(staff_total__lte=most)


def _high_share(edition: Edition) -> Q | None:
    share, staff = edition.onsite.high_share, edition.onsite.high_share_staff
    if share is None:
        return None
    least = F("staff_total") * share.numerator / share.denominator
    return Q(staff_total__gte=staff, staff_st__gte=least)


def _no_ip(edition: Edition) -> Q | None:
    rights = IpRight.objects.filter(evaluation=OuterRef("pk"))
    return ~Q(Exists(rights)) if edition.onsite.no_ip else None


def _small_rd(edition: Edition) -> Q | None:
    below = edition.onsite.small_rd
    return None if below is None else Q(rd_cost__lt=below)


def _dishonesty(edition: Edition) -> Q | None:
    years = edition.onsite.dishonesty_years
    if years is None:
        return None
    entries = IntegrityEntry.objects.filter(
        enterprise=OuterRef("enterprise"), written_at__year__gte=edition.year - years
    )
    return Q(Exists(entries))


def _first_time(edition: Edition) -> Q | None:
    others = Evaluation.objects.filter(
        enterprise=OuterRef("enterprise"), filing__state__in=NUMBERED
    ).exclude(pk=OuterRef("pk"))
    return ~Q(Exists(others)) if edition.onsite.first_time else None


_CONDITIONS: dict[Onsite, Callable[[Edition], Q | None]] = {
    Onsite.FEW_STAFF: _few_staff,
    Onsite.HIGH_SHARE: _high_share,
    Onsite.NO_IP: _no_ip,
    Onsite.SMALL_RD: _small_rd,
    Onsite.DISHONESTY: _dishonesty,
    Onsite.FIRST_TIME: _first_time,
}
