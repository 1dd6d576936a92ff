"""The score as people read it: each indicator, its band, what is missing to the next."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from sme_eval import queries, rules
from sme_eval.enums import IndicatorName, RdBasis
from sme_eval.models import Evaluation
from torch_portal.common.ratios import percent
from torch_portal.filings.guided.selfcheck import PERSONS, TEN_THOUSAND

MOST = {IndicatorName.PERSONNEL: 20, IndicatorName.RD: 50, IndicatorName.ACHIEVEMENTS: 30}


def saved_score(evaluation: Evaluation, day: datetime.date) -> dict[str, Any]:
    """The score of the form as saved, if it were filed on that day."""
    case = rules.examine(queries.facts(evaluation, day=day), queries.edition_on(day))
    return shown_score(case)


def filed_score(evaluation: Evaluation) -> dict[str, Any]:
    """The score of the form as it was filed, under its own edition."""
    return shown_score(queries.case_of(evaluation))


def shown_score(case: rules.Case) -> dict[str, Any]:
    """Indicators, both bases, total, what is needed, and whether a direct route holds."""
    return {
        "indicators": list(indicators(case)),
        "bases": list(bases(case)),
        "total": case.score.total,
        "least": case.edition.limits.score,
        "direct": case.direct,
    }


def indicators(case: rules.Case) -> Iterator[dict[str, Any]]:
    """The three indicators of article 7 with band, points and what is missing to the next."""
    score = case.score
    yield _share(IndicatorName.PERSONNEL, score.personnel, PERSONS)
    yield _share(IndicatorName.RD, score.rd, TEN_THOUSAND)
    rights = score.achievements
    shown = _indicator(IndicatorName.ACHIEVEMENTS, rights)
    if rights is not None and rights.next_band is not None:
        shown["next"] = _missing_rights(rights)
    yield shown


def _indicator(name: IndicatorName, reached: rules.Share | rules.Rights | None) -> dict[str, Any]:
    band = reached.band if reached else None
    return {
        "name": name.value,
        "label": name.label,
        "most": MOST[name],
        "points": band.points if band else None,
        "bar": band.points if band else 0,
        "band": band.letter if band else "",
    }


def _share(name: IndicatorName, share: rules.Share | None, unit: str) -> dict[str, Any]:
    shown = _indicator(name, share)
    if share is not None:
        shown["percent"] = percent(share.ratio)
        shown["missing"] = share.missing
        shown["next"] = _missing_share(share, unit)
    return shown


def _missing_share(share: rules.Share, unit: str) -> str:
    if share.next_band is None:
        return ""
    values = {
        "more": share.missing,
        "unit": unit,
        "least": share.next_band.least,
        "points": share.next_band.points,
        "added": share.missing_if_added,
    }
    if share.missing_if_added is None:
        words = _("%(more)s %(unit)s more reach %(least)s%% and %(points)s points.")
    else:
        words = _(
            "%(more)s %(unit)s more reach %(least)s%% and %(points)s points; %(added)s where the "
            "whole grows by them too."
        )
    return words % values


def _missing_rights(rights: rules.Rights) -> str:
    values = {
        "points": rights.next_band.points if rights.next_band else 0,
        "most": MOST[IndicatorName.ACHIEVEMENTS],
        "second": rights.missing_class2,
    }
    if rights.missing_class2 is None:
        return _("One right of class I gives %(most)s points.") % values
    return (
        _("%(second)s more of class II give %(points)s points; one of class I gives %(most)s.")
        % values
    )


def bases(case: rules.Case) -> Iterator[dict[str, Any]]:
    """Both R&D bases, the chosen one marked; without a band where the amount is zero."""
    shares = {RdBasis.REVENUE: case.score.rd_revenue, RdBasis.COST: case.score.rd_cost}
    for basis, share in shares.items():
        shown = _share(IndicatorName.RD, share, TEN_THOUSAND)
        chosen = case.facts.rd_basis == basis
        yield shown | {"name": basis.value, "label": basis.label, "chosen": chosen}
