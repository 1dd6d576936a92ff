"""Experts, intermediaries and the enterprise's own standing (195号 一, 二)."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from hitech_cert.editions import Edition
from hitech_cert.enums import ExpertRole
from torch_portal.common.i18n import _
from torch_portal.common.ratios import plain_percent
from torch_portal.common.rulebook import Problem, Problems
from torch_portal.common.spans import months_after


@dataclass(frozen=True)
class Composition:
    """A panel as drawn. leader: ExpertRole value. pool: candidates; None when not drawn yet.

    interested: experts who must withdraw: of the same employer, declared, recent co-operation.
    """

    tech: int
    fin: int
    leader: str
    pool: int | None = None
    interested: tuple[str, ...] = ()


def check_panel(panel: Composition, edition: Edition) -> Problems:
    """国科发火〔2016〕195号 一(四)2."""
    limits, size = edition.limits, panel.tech + panel.fin
    if size < limits.panel.value:
        values = {"size": size, "least": limits.panel.value}
        yield Problem("panel", _("%(size)s experts are fewer than %(least)s."), values)
    if size and Fraction(panel.tech, size) < limits.technical.value:
        least = plain_percent(limits.technical.value)
        message = _("Technical experts must be at least %(least)s%% of the panel.")
        yield Problem("panel", message, {"least": least})
    if not panel.fin:
        yield Problem("panel", _("At least one finance expert is needed."))
    if panel.leader != ExpertRole.TECHNICAL:
        yield Problem("leader", _("The leader has to be a technical expert."))
    if panel.pool is not None and panel.pool < limits.pool.value * size:
        values = {"pool": panel.pool, "size": size, "times": limits.pool.value}
        message = _("%(pool)s candidates are fewer than %(times)s times the %(size)s experts.")
        yield Problem("pool", message, values)
    for name in panel.interested:
        yield Problem("panel", _("%(name)s has an interest and must withdraw."), {"name": name})


@dataclass(frozen=True)
class Intermediary:
    """Who wrote the special report. professionals: accountants and tax agents among the staff.

    Both are averages of the year by month. barred_to: until when it may not take part.
    """

    founded_on: date
    staff: Fraction
    professionals: Fraction
    bad_record: bool = False
    barred_to: date | None = None


LEAST_STAFF, LEAST_YEARS, LEAST_PROFESSIONALS = 20, 3, Fraction(30, 100)


def check_intermediary(agency: Intermediary, applied_on: date) -> Problems:
    """国科发火〔2016〕195号 一(三)."""
    if months_after(agency.founded_on, 12 * LEAST_YEARS) > applied_on:
        yield Problem("intermediary", _("The intermediary is younger than three years."))
    if agency.staff < LEAST_STAFF:
        yield Problem("intermediary", _("The intermediary has fewer than 20 staff."))
    if agency.professionals < LEAST_PROFESSIONALS * agency.staff:
        yield Problem(
            "intermediary",
            _("Accountants and tax agents are fewer than 30 per cent of the intermediary's staff."),
        )
    barred = agency.barred_to is not None and agency.barred_to >= applied_on
    if agency.bad_record or barred:
        yield Problem("intermediary", _("The intermediary has a bad record and may not take part."))


@dataclass(frozen=True)
class Standing:
    """What the body knows of the enterprise on the day of application."""

    activated: bool = True
    applied_this_year: bool = False
    cancelled_this_year: bool = False
    change_open: bool = False


def check_standing(standing: Standing) -> Problems:
    """国科发火〔2016〕195号 二(二), 五(六)3."""
    if not standing.activated:
        yield Problem("", _("The registration has not been activated by the body yet."))
    if standing.applied_this_year:
        yield Problem("", _("The enterprise has applied in this year already."))
    if standing.cancelled_this_year:
        yield Problem("", _("The certificate was cancelled in this year: apply in the next."))
    if standing.change_open:
        yield Problem("", _("A change of the enterprise is still open: finish it first."))
