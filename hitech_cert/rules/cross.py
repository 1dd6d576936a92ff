"""Checks across the tables of an application: what of V01 to V24 its facts alone do not show."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

from hitech_cert.editions import leaf
from hitech_cert.rules import people, rights
from hitech_cert.rules.facts import ZERO
from hitech_cert.rules.tables import (
    IDS,
    TEXT_MOST,
    UNSUMMED,
    Cost,
    Project,
    Tables,
    total_staff,
)
from torch_portal.common.codes import CodeError, credit_code
from torch_portal.common.i18n import _
from torch_portal.common.rulebook import Problem, Problems

# How far the sum of the classes may be from what the activity spent, for rounding; no text says.
TOLERANCE = Decimal("0.02")
# How many times the R&D deducted for tax looks odd; no text says.
FAR_ABOVE = Decimal("1.5")


def check_credit_code(tables: Tables) -> Problems:
    """GB 32100—2015 法人和其他组织统一社会信用代码编码规则."""
    try:
        credit_code(tables.credit_code)
    except CodeError as error:
        yield Problem("credit_code", error.message, error.values)


def check_standing(tables: Tables) -> Problems:
    """国科发火〔2016〕195号 二(二), 五(六)3."""
    return people.check_standing(tables.standing)


def check_ids(tables: Tables) -> Problems:
    """国科发火〔2016〕195号 附件2 填报说明 (编号)."""
    for table, shape in IDS.items():
        named = [row.id for row in getattr(tables, table)]
        times = Counter(named)
        for place, name in enumerate(named):
            if not shape.fullmatch(name):
                message = _("“%(id)s” is no number of this table.")
                yield Problem(f"{table}[{place}].id", message, {"id": name})
            elif times[name] > 1:
                message = _("%(id)s stands here more than once.")
                yield Problem(f"{table}[{place}].id", message, {"id": name})


def check_references(tables: Tables) -> Problems:
    """国科发火〔2016〕195号 附件2 四, 五, 六 (知识产权编号)."""
    known = {right.id for right in tables.rights}
    for table in ("projects", "products"):
        for place, row in enumerate(getattr(tables, table)):
            yield from _unknown(f"{table}[{place}].rights", row.rights, known)
    activities = {project.id for project in tables.projects}
    for place, cost in enumerate(tables.costs):
        yield from _unknown(f"costs[{place}].project", (cost.project,), activities)


def _unknown(field: str, named: tuple[str, ...], known: set[str]) -> Problems:
    for name in named:
        if name not in known:
            yield Problem(field, _("There is no %(id)s in the table it belongs to."), {"id": name})


def check_texts(tables: Tables) -> Problems:
    """国科发火〔2016〕195号 附件2 四, 六, 七 (限400字)."""
    for name, text in tables.texts.items():
        yield from _text(name, text)
    for table in ("projects", "products"):
        for place, row in enumerate(getattr(tables, table)):
            for name, text in row.texts.items():
                yield from _text(f"{table}[{place}].{name}", text)


def _text(field: str, text: str) -> Problems:
    if not text.strip():
        yield Problem(field, _("This cannot be left empty."))
    elif len(text) > TEXT_MOST:
        values = {"count": len(text), "most": TEXT_MOST}
        yield Problem(field, _("%(count)s characters are more than the %(most)s allowed."), values)


def check_patents(tables: Tables) -> Problems:
    """国科发火〔2016〕195号 附件2 二 (授权号)."""
    return rights.check_patents(tables.rights)


def check_usable(tables: Tables) -> Problems:
    """国科发火〔2016〕195号 三(二)."""
    return rights.check_usable(tables.rights, tables.applied_on)


def check_fields(tables: Tables) -> Problems:
    """国科发火〔2016〕32号 附件."""
    for table in ("projects", "products"):
        for place, row in enumerate(getattr(tables, table)):
            if leaf(row.field_code) is None:
                yield Problem(
                    f"{table}[{place}].field_code",
                    _("“%(code)s” is no title of the catalogue that can be named."),
                    {"code": row.field_code},
                )


def check_staff(tables: Tables) -> Problems:
    """国科发火〔2016〕195号 附件2 三; 国科发火〔2016〕195号 三(五)."""
    for place, row in enumerate(tables.staff):
        if row.st > row.staff:
            message = _("S&T personnel (%(part)s) cannot exceed the total staff (%(total)s).")
            values = {"part": f"{row.st:f}", "total": f"{row.staff:f}"}
            yield Problem(f"staff[{place}]", message, values)


def check_staff_sums(tables: Tables) -> Problems:
    """国科发火〔2016〕195号 附件2 三 (合计)."""
    total = total_staff(tables)
    if total is None:
        return
    for group in dict.fromkeys(row.group for row in tables.staff if row.group not in UNSUMMED):
        rows = [row for row in tables.staff if row.group == group]
        for name in ("staff", "st"):
            found, whole = sum((getattr(r, name) for r in rows), ZERO), getattr(total, name)
            if found != whole:
                message = _("The rows add up to %(sum)s, the total is %(stated)s.")
                values = {"sum": f"{found:f}", "stated": f"{whole:f}"}
                yield Problem(f"staff.{group}.{name}", message, values)


def check_costs(tables: Tables) -> Problems:
    """国科发火〔2016〕195号 附件2 四, 五 (年度研发费用结构明细表)."""
    activities = {project.id: project for project in tables.projects}
    for place, cost in enumerate(tables.costs):
        project = activities.get(cost.project)
        if project is not None:
            yield from _cost(f"costs[{place}]", cost, project)
    listed = {(cost.project, cost.year) for cost in tables.costs}
    for place, project in enumerate(tables.projects):
        for year, spent in project.spent.items():
            if spent and (project.id, year) not in listed:
                message = _("%(id)s spent %(spent)s 万元 in %(year)s, but no classes are given.")
                values = {"id": project.id, "spent": f"{spent:,f}", "year": year}
                yield Problem(f"projects[{place}].spent", message, values)


def _cost(field: str, cost: Cost, project: Project) -> Problems:
    if not project.starts_on.year <= cost.year <= project.ends_on.year:
        message = _("%(id)s does not run in %(year)s.")
        yield Problem(f"{field}.year", message, {"id": project.id, "year": cost.year})
    if cost.external_domestic > cost.external:
        yield Problem(
            f"{field}.external_domestic",
            _("Outside R&D done in the mainland cannot be above all outside R&D."),
        )
    spent = project.spent.get(cost.year, ZERO)
    if abs(cost.total - spent) > TOLERANCE:
        message = _("The classes of %(id)s in %(year)s are %(sum)s 万元, spent were %(spent)s.")
        values = {"sum": f"{cost.total:,f}", "spent": f"{spent:,f}"}
        yield Problem(field, message, {"id": project.id, "year": cost.year, **values})


def check_reported(tables: Tables) -> Problems:
    """国科发火〔2016〕195号 二(三)6, 7, 8."""
    stated = _stated(tables)
    for name, figure in tables.main.reported.items():
        if stated[name] != figure:
            yield Problem(
                f"main.reported.{name}",
                _("The table has %(stated)s, the report or statement %(reported)s."),
                {"stated": f"{stated[name]:,f}", "reported": f"{figure:,f}"},
            )


def _stated(tables: Tables) -> Mapping[str, Decimal]:
    """Figures that others state too, by name: plain facts, each year apart, all R&D as paid."""
    main = tables.main
    years = {
        f"{name}[{place}]": value
        for name in ("sales", "net_assets")
        for place, value in enumerate(getattr(main, name))
    }
    names = ("gross_income", "non_taxable_income", "ht_income")
    plain = {name: getattr(main, name) for name in names}
    return {
        **years,
        **plain,
        "rd_total": sum((cost.total for cost in tables.costs), ZERO),
        "rd_domestic": sum((cost.inside + cost.external_domestic for cost in tables.costs), ZERO),
    }


def hint_deduction(tables: Tables) -> Problems:
    """国科发火〔2016〕195号 三(六); 财税〔2015〕119号."""
    deducted = tables.main.super_deduction
    whole = sum((cost.total for cost in tables.costs), ZERO)
    if deducted is not None and whole > FAR_ABOVE * deducted:
        message = _("R&D of %(whole)s 万元 is far above the %(deducted)s 万元 deducted for tax.")
        values = {"whole": f"{whole:,f}", "deducted": f"{deducted:,f}"}
        yield Problem("costs", message, values)


def hint_bought(tables: Tables) -> Problems:
    """国科发火〔2016〕195号 三(七)1 (获得方式)."""
    return rights.hint_bought(tables.rights, tables.applied_on)


def check_intermediary(tables: Tables) -> Problems:
    """国科发火〔2016〕195号 一(三)."""
    if tables.intermediary is not None:
        yield from people.check_intermediary(tables.intermediary, tables.applied_on)


def check_no_secrets(tables: Tables) -> Problems:
    """国科发火〔2016〕32号 第十四条; 附件2 封面."""
    if not tables.no_secrets:
        yield Problem("no_secrets", _("Declare that the application holds no state secret."))
