"""Rows and helpers of the information form: R&D projects, rights, the average of staff."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sme_eval.enums import CLASS_I
from torch_portal.common.i18n import _
from torch_portal.common.money import half_up
from torch_portal.common.rulebook import Problem, Problems


@dataclass(frozen=True)
class Project:
    """One row of the table of R&D projects: name and the cost collected in the year, 万元."""

    name: str
    cost: Decimal


@dataclass(frozen=True)
class Right:
    """One right: IpKind value, the product it belongs to, and the days it is valid.

    granted_on, expires_on: first and last day, expires_on None where it does not end.
    """

    name: str
    kind: str
    product: str
    granted_on: date | None
    expires_on: date | None = None
    disputed: bool = False


def quarterly_average(start: Decimal, ends: Sequence[Decimal]) -> Decimal:
    """The year's average of persons: the mean over quarters of (start + end) / 2.

    start: persons when the first quarter begins; ends: at the end of each quarter, four of them,
    fewer for an enterprise founded in the year. Half up to two decimals (科技型中小企业信息表 填写
    说明 三); ValueError for no quarter or more than four.
    """
    if not 1 <= len(ends) <= 4:
        raise ValueError("a year has one to four quarters")
    halves = start + ends[-1] + 2 * sum(ends[:-1])
    return half_up(halves / (2 * len(ends)))


def check_projects(projects: Sequence[Project], rd_cost: Decimal | None) -> Problems:
    """科技型中小企业信息表 企业研发项目汇总表 填写说明 (合计等于研发费用总额)."""
    for place, project in enumerate(projects):
        if project.cost < 0 or project.cost != half_up(project.cost):
            yield Problem(
                f"projects[{place}].cost",
                _("The cost of “%(name)s” must be zero or more, with two decimals."),
                {"name": project.name},
            )
    total = sum((project.cost for project in projects), Decimal(0))
    if rd_cost is not None and total != rd_cost:
        yield Problem(
            "rd_cost",
            _(
                "The projects add up to %(sum)s 万元, the R&D cost is %(stated)s 万元: "
                "%(difference)s 万元 apart. Correct the projects or the R&D cost."
            ),
            {
                "sum": f"{total:,.2f}",
                "stated": f"{rd_cost:,.2f}",
                "difference": f"{abs(total - rd_cost):,.2f}",
            },
        )


def why_not_counted(right: Right, day: date, products: Collection[str]) -> Any:
    """Why a right does not count on a day, as a sentence; None when it counts.

    products: the main products that the form names.
    """
    if right.granted_on is None or right.granted_on > day:
        return _("it was not granted yet on the day of filing")
    if right.expires_on is not None and right.expires_on < day:
        return _("it had expired on the day of filing")
    if right.disputed:
        return _("it is disputed")
    if right.product not in products:
        return _("it belongs to no main product that the form names")
    return None


def count_rights(rights: Sequence[Right], day: date, products: Collection[str]) -> tuple[int, int]:
    """How many rights of class I and of class II count on a day."""
    counted = [r.kind for r in rights if why_not_counted(r, day, products) is None]
    first = sum(kind in CLASS_I for kind in counted)
    return first, len(counted) - first


def check_rights(rights: Sequence[Right], day: date, products: Collection[str]) -> Problems:
    """国科发政〔2017〕115号 第七条第(三)项."""
    for place, right in enumerate(rights):
        why = why_not_counted(right, day, products)
        if why is not None:
            yield Problem(
                f"rights[{place}]",
                _("“%(name)s” is not counted: %(why)s."),
                {"name": right.name, "why": why},
            )
