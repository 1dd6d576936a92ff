"""One expert's sheet (195号 附件3, 附件4): what is missing, what cannot be, what needs a reason."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from hitech_cert import editions
from hitech_cert.editions import Edition
from hitech_cert.enums import ExpertRole, ScoreItem
from hitech_cert.rules.case import Case
from hitech_cert.rules.experts import fin_total, sheet_problems, tech_total
from hitech_cert.rules.facts import ExpertScores, Facts, FinSheet, TechSheet
from hitech_cert.rules.innovation import innovation
from hitech_cert.rules.research import research
from hitech_cert.rules.tables import Tables, cost_years
from torch_portal.common.findings import Level
from torch_portal.common.i18n import _
from torch_portal.common.ratios import rounded
from torch_portal.common.rulebook import Problem, Problems

TECH_ITEMS = tuple(ScoreItem)
GROWTH_ITEMS = ("growth_net_assets", "growth_sales")
# Questions answered yes or no, by kind of expert.
TECH_QUESTIONS = ("complete", "one_year", "owns_rights", "staff_share")
FIN_QUESTIONS = ("complete", "intermediary", "report", "rd_grouped", "income_grouped")
SALES = ("sales_1", "sales_2", "sales_3")
NET_ASSETS = ("net_assets_1", "net_assets_2", "net_assets_3")
TECH_FIGURES = ("rd_total", "rd_domestic", "income")
FIN_FIGURES = (*SALES, *NET_ASSETS, "total_income")


@dataclass(frozen=True)
class Sheet:
    """A sheet as filled in. role: ExpertRole. None and "" where nothing stands yet.

    points: by the names of ScoreItem or of the two growths. answers: questions by name. figures:
    what the expert accepts, 万元; sales and net assets with the oldest year first, None for a year
    in which the enterprise was not operating. struck_projects, struck_products: ids of R&D
    activities and products that the expert does not accept.
    """

    role: str
    points: Mapping[str, int | None] = field(default_factory=dict)
    answers: Mapping[str, bool | None] = field(default_factory=dict)
    figures: Mapping[str, Decimal | None] = field(default_factory=dict)
    field_code: str = ""
    struck_projects: frozenset[str] = frozenset()
    struck_products: frozenset[str] = frozenset()
    comment: str = ""

    @property
    def items(self) -> tuple[str, ...]:
        """What this expert scores."""
        return TECH_ITEMS if self.role == ExpertRole.TECHNICAL else GROWTH_ITEMS

    @property
    def questions(self) -> tuple[str, ...]:
        """What this expert answers."""
        return TECH_QUESTIONS if self.role == ExpertRole.TECHNICAL else FIN_QUESTIONS

    def scores(self) -> TechSheet | FinSheet | None:
        """The points for sums and averages; None while one is missing."""
        given = ((name, self.points.get(name)) for name in self.items)
        points = {str(name): value for name, value in given if value is not None}
        if len(points) < len(self.items):
            return None
        return TechSheet(**points) if self.role == ExpertRole.TECHNICAL else FinSheet(**points)

    def total(self, edition: Edition) -> int | None:
        """The expert's total: at most 80 technical, 20 financial; None while one is missing."""
        scores = self.scores()
        if scores is None:
            return None
        return tech_total(scores, edition) if isinstance(scores, TechSheet) else fin_total(scores)


@dataclass(frozen=True)
class Accepted:
    """What remains of R&D and product income without what an expert struck out, 万元."""

    rd_total: Fraction
    rd_domestic: Fraction
    income: Fraction


def accepted(
    tables: Tables,
    struck_projects: Collection[str],
    struck_products: Collection[str],
    edition: Edition,
) -> Accepted:
    """R&D that counts (outside work in part, other cost up to its share) and product income."""
    costs = tuple(c for c in tables.costs if c.project not in struck_projects)
    found = research(cost_years(replace(tables, costs=costs)), (), edition)
    taken = found.taken if found else None
    left = (p.income for p in tables.products if p.id not in struck_products)
    return Accepted(
        rd_total=taken.total if taken else Fraction(0),
        rd_domestic=taken.domestic if taken else Fraction(0),
        income=Fraction(sum(left, Decimal(0))),
    )


def check_sheet(sheet: Sheet, tables: Tables, case: Case) -> Problems:
    """国科发火〔2016〕195号 附件3; 附件4.

    Blocking what is missing or cannot be; warnings are contradictions that need a reason.
    """
    yield from _missing(sheet, case)
    if sheet.role == ExpertRole.TECHNICAL:
        yield from _field(sheet, case)
        yield from _struck(sheet, tables)
        yield from _figures(sheet, tables, case)
    yield from _points(sheet, case)


def _missing(sheet: Sheet, case: Case) -> Problems:
    for name in sheet.questions:
        if sheet.answers.get(name) is None:
            yield Problem(name, _("Answer with yes or no."))
    for name in sheet.items:
        if sheet.points.get(name) is None:
            yield Problem(str(name), _("Give points."))
    for name in figures_asked(sheet.role, len(case.facts.sales)):
        if sheet.figures.get(name) is None:
            yield Problem(name, _("Enter the figure that you accept; where there is none, 0."))
    if not sheet.comment.strip():
        yield Problem("comment", _("Write your overall comment."))


def figures_asked(role: str, years: int) -> tuple[str, ...]:
    """The figures of a sheet; of a young enterprise only those of its years, the newest last."""
    if role == ExpertRole.TECHNICAL:
        return TECH_FIGURES
    most = min(3, max(1, years))
    return (*SALES[-most:], *NET_ASSETS[-most:], "total_income")


def _field(sheet: Sheet, case: Case) -> Problems:
    if editions.leaf(sheet.field_code) is None:
        yield Problem("field_code", _("Name the title of the catalogue without any below."))
    elif sheet.field_code != case.facts.core_field_code:
        message = _("The enterprise names %(declared)s; you find %(found)s.")
        values = {"declared": case.facts.core_field_code or "—", "found": sheet.field_code}
        yield Problem("field_code", message, values, level=Level.WARN)


def _struck(sheet: Sheet, tables: Tables) -> Problems:
    for name, struck, rows in (
        ("struck_projects", sheet.struck_projects, tables.projects),
        ("struck_products", sheet.struck_products, tables.products),
    ):
        unknown = sorted(struck - {row.id for row in rows})
        if unknown:
            message = _("%(ids)s are not in the application.")
            yield Problem(name, message, {"ids": ", ".join(unknown)})


def _figures(sheet: Sheet, tables: Tables, case: Case) -> Problems:
    left = accepted(tables, sheet.struck_projects, sheet.struck_products, case.edition)
    for name in TECH_FIGURES:
        struck = sheet.struck_products if name == "income" else sheet.struck_projects
        value, most = sheet.figures.get(name), getattr(left, name)
        if value is None or Fraction(value) <= Fraction(rounded(most)):
            continue
        message = (
            _("%(ids)s is struck out, so at most %(most)s 万元 remain; you accept %(value)s.")
            if struck
            else _("The application has %(most)s 万元; you accept %(value)s.")
        )
        values = {
            "ids": ", ".join(sorted(struck)),
            "most": f"{rounded(most):,}",
            "value": f"{value:,}",
        }
        yield Problem(name, message, values, level=Level.WARN)
    total, domestic = sheet.figures.get("rd_total"), sheet.figures.get("rd_domestic")
    if total is not None and domestic is not None and domestic > total:
        yield Problem("rd_domestic", _("The part in the mainland is more than all R&D."))


def _points(sheet: Sheet, case: Case) -> Iterator[Problem]:
    """The counting checks of `experts`, named by the entries of this sheet."""
    for name in sheet.items:
        points = sheet.points.get(name)
        if points is not None and points < 0:
            yield Problem(str(name), _("Points are not below zero."))
    scores = sheet.scores()
    if scores is None:
        return
    found = innovation(_as_accepted(sheet, case.facts), case.edition)
    if isinstance(scores, TechSheet):
        given = ExpertScores(tech=(scores,))
    else:
        given = ExpertScores(fin=(scores,))
    for problem in sheet_problems(given, found, case.facts.standards, case.edition):
        yield replace(problem, field=problem.field.rpartition(".")[2])


def _as_accepted(sheet: Sheet, facts: Facts) -> Facts:
    """The facts with sales and net assets as a finance expert accepts them, where known."""
    if sheet.role != ExpertRole.FINANCE:
        return facts
    sales, net_assets = _known(sheet, SALES), _known(sheet, NET_ASSETS)
    return replace(facts, sales=sales or facts.sales, net_assets=net_assets or facts.net_assets)


def _known(sheet: Sheet, names: Sequence[str]) -> tuple[Decimal, ...]:
    found = (sheet.figures.get(name) for name in names)
    return tuple(value for value in found if value is not None)
