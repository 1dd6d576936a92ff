"""The four routes of article 8 by which an enterprise is confirmed without a score."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sme_eval.editions import Limits
from sme_eval.enums import QUALIFYING_INSTITUTIONS, QUALIFYING_STANDARDS, Route
from sme_eval.rules.facts import Claim
from torch_portal.common.i18n import _
from torch_portal.common.rulebook import Problem
from torch_portal.common.spans import months_after


@dataclass(frozen=True)
class Verdict:
    """Whether a claimed route holds on the day of filing, and if not, everything that stops it.

    The fields of the problems are those of the claim (valid_to, unit_rank, ...).
    """

    claim: Claim
    problems: tuple[Problem, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing stops it."""
        return not self.problems


def judge(claim: Claim, day: date, limits: Limits) -> Verdict:
    """Whether a route holds on the day of filing.

    A certificate holds on both its first and its last day. An award or standard counts for five
    years date to date: the day five years before still counts (第八条 says 近五年, no more).
    """
    empty = [name for name in _NEEDED[claim.route] if getattr(claim, name) is None]
    if empty:
        message = _("This is needed to judge the route.")
        return Verdict(claim, tuple(Problem(name, message) for name in empty))
    return Verdict(claim, tuple(_JUDGES[claim.route](claim, day, limits)))


def _certificate(claim: Claim, day: date, limits: Limits) -> list[Problem]:
    found = []
    if claim.valid_from is None or day < claim.valid_from:
        found.append(
            Problem(
                "valid_from",
                _("The certificate begins on %(first)s; on %(day)s it was not valid yet."),
                {"first": claim.valid_from, "day": day},
            )
        )
    if claim.valid_to is None or day > claim.valid_to:
        found.append(
            Problem(
                "valid_to",
                _("The certificate ended on %(last)s; on %(day)s it was no longer valid."),
                {"last": claim.valid_to, "day": day},
            )
        )
    return found


def _award(claim: Claim, day: date, limits: Limits) -> list[Problem]:
    return [
        *_recent("awarded_on", claim.awarded_on, day, limits.recent_years),
        *_ranked(claim, limits.award_rank),
    ]


def _institution(claim: Claim, day: date, limits: Limits) -> list[Problem]:
    if claim.level in QUALIFYING_INSTITUTIONS:
        return []
    message = _("The institution must be recognised by a province, a ministry or the state.")
    return [Problem("level", message)]


def _standard(claim: Claim, day: date, limits: Limits) -> list[Problem]:
    found = [
        *_recent("published_on", claim.published_on, day, limits.recent_years),
        *_ranked(claim, limits.standard_rank),
    ]
    if claim.level not in QUALIFYING_STANDARDS:
        message = _("Only international, national and industry standards count.")
        found.append(Problem("level", message))
    return found


def _recent(name: str, event: date | None, day: date, years: int) -> list[Problem]:
    earliest = months_after(day, -12 * years)
    if event is not None and earliest <= event <= day:
        return []
    message = _("The day must lie between %(earliest)s and %(day)s: the last %(years)s years.")
    return [Problem(name, message, {"earliest": earliest, "day": day, "years": years})]


def _ranked(claim: Claim, last: int) -> list[Problem]:
    if claim.unit_rank is not None and 1 <= claim.unit_rank <= last:
        return []
    message = _("The enterprise must be among the first %(last)s units; it is number %(rank)s.")
    return [Problem("unit_rank", message, {"last": last, "rank": claim.unit_rank})]


_NEEDED: Mapping[str, tuple[str, ...]] = {
    Route.HNTE_CERTIFICATE.value: ("valid_from", "valid_to"),
    Route.NATIONAL_AWARD.value: ("awarded_on", "unit_rank"),
    Route.RD_INSTITUTION.value: ("level",),
    Route.STANDARD.value: ("published_on", "unit_rank", "level"),
}
_JUDGES: Mapping[str, Callable[[Claim, date, Limits], list[Problem]]] = {
    Route.HNTE_CERTIFICATE.value: _certificate,
    Route.NATIONAL_AWARD.value: _award,
    Route.RD_INSTITUTION.value: _institution,
    Route.STANDARD.value: _standard,
}
