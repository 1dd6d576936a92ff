"""What makes the agency look on site before publicity: hints, never grounds of refusal."""

from collections.abc import Callable

from sme_eval.enums import Onsite
from sme_eval.rules.case import Case
from torch_portal.common.i18n import _
from torch_portal.common.rulebook import Problem, Problems


def onsite_triggers(case: Case) -> tuple[Onsite, ...]:
    """The triggers of the year that an enterprise sets off."""
    return tuple(trigger for trigger, sets_off, _field in _TRIGGERS if sets_off(case))


def hint_onsite(case: Case) -> Problems:
    """科技型中小企业评价年度通知 (工信厅企业函〔2024〕244号; 工企业函〔2026〕160号)."""
    for trigger, sets_off, name in _TRIGGERS:
        if sets_off(case):
            yield Problem(
                name,
                _("The agency looks on site before publicity: %(why)s."),
                {"why": trigger.label},
            )


def _few_staff(case: Case) -> bool:
    most, staff = case.edition.onsite.few_staff, case.facts.staff_total
    return most is not None and staff is not None and staff <= most


def _high_share(case: Case) -> bool:
    onsite, staff, personnel = case.edition.onsite, case.facts.staff_total, case.score.personnel
    if onsite.high_share is None or staff is None or personnel is None:
        return False
    return staff >= onsite.high_share_staff and personnel.ratio >= onsite.high_share


def _no_ip(case: Case) -> bool:
    return case.edition.onsite.no_ip and case.facts.ip_class1 == case.facts.ip_class2 == 0


def _small_rd(case: Case) -> bool:
    below, rd = case.edition.onsite.small_rd, case.facts.rd_cost
    return below is not None and rd is not None and rd < below


def _dishonesty(case: Case) -> bool:
    return case.edition.onsite.dishonesty_years is not None and bool(case.facts.recent_dishonesty)


def _first_time(case: Case) -> bool:
    return case.edition.onsite.first_time and bool(case.facts.first_time)


_TRIGGERS: tuple[tuple[Onsite, Callable[[Case], bool], str], ...] = (
    (Onsite.FEW_STAFF, _few_staff, "staff_total"),
    (Onsite.HIGH_SHARE, _high_share, "staff_st"),
    (Onsite.NO_IP, _no_ip, "ip_class1"),
    (Onsite.SMALL_RD, _small_rd, "rd_cost"),
    (Onsite.DISHONESTY, _dishonesty, "recent_dishonesty"),
    (Onsite.FIRST_TIME, _first_time, "first_time"),
)
