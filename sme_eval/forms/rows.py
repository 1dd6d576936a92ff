"""The tables of the form: projects, rights, ways of direct confirmation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from sme_eval.enums import InstitutionLevel, IpGained, IpKind, RdForm, Route, StandardLevel
from sme_eval.forms.steps import FORM_CLAUSE, TEN_THOUSAND
from sme_eval.models import Evaluation
from torch_portal.common.findings import Finding, Level
from torch_portal.filings.guided import fields as f
from torch_portal.filings.guided.lines import BaseLines, lines_of, shown_lines

LEVELS = {**dict(InstitutionLevel.choices), **dict(StandardLevel.choices)}


class RowForm(forms.Form):
    """One row; a row that says something has to be whole."""

    needed: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        """Each gap of a begun row is named."""
        data = self.cleaned_data
        begun = any(data.get(name) not in (None, "") for name in self.signs)
        for name in self.needed if begun else ():
            if data.get(name) in (None, "") and name not in self.errors:
                message = _("Fill “%(label)s” in, or remove the row.")
                label = {"label": self.fields[name].label}
                self.add_error(name, forms.ValidationError(message, params=label))
        return data


class ProjectForm(RowForm):
    """One R&D project of last year."""

    name = f.line(_("Project name"))
    form = f.choice(_("Form of R&D"), RdForm.choices)
    cost = f.FigureField(label=_("R&D cost"), unit=TEN_THOUSAND, places=2)
    needed = signs = ("name", "form", "cost")


class RightForm(RowForm):
    """One right of intellectual property."""

    name = f.line(_("Name of the right"))
    kind = f.choice(_("Kind of right"), IpKind.choices)
    number = f.line(_("Number"), 60)
    granted_on = f.day(_("Granted on"))
    expires_on = f.day(_("Expires on"))
    gained = f.choice(_("Obtained by"), IpGained.choices)
    product = f.line(_("For the product"))
    disputed = forms.BooleanField(label=_("Disputed"), required=False)
    needed = ("name", "kind", "number", "granted_on", "gained", "product")
    signs = ("name", "kind", "number")

    def clean(self) -> dict[str, Any]:
        """The right ends after it begins."""
        data = super().clean()
        begins, ends = data.get("granted_on"), data.get("expires_on")
        if begins and ends and ends <= begins:
            self.add_error("expires_on", _("It expires before it was granted. Correct one day."))
        return data


class RouteForm(RowForm):
    """One way of direct confirmation."""

    route = f.choice(_("Way"), Route.choices)
    title = f.line(_("Number or name"), 120)
    level = f.choice(_("Level"), LEVELS.items())
    unit_rank = forms.IntegerField(
        label=_("Place among the units"), required=False, min_value=1, max_value=99
    )
    dated_on = f.day(_("Issued, awarded or published on"))
    valid_to = f.day(_("Valid to"))
    needed: tuple[str, ...] = ("route", "title")
    signs = ("route", "title")
    asked: Mapping[str, tuple[str, ...]] = {
        Route.HNTE_CERTIFICATE: ("dated_on", "valid_to"),
        Route.NATIONAL_AWARD: ("unit_rank", "dated_on"),
        Route.RD_INSTITUTION: ("level",),
        Route.STANDARD: ("level", "unit_rank", "dated_on"),
    }

    def clean(self) -> dict[str, Any]:
        """Each way asks for its own entries."""
        route = self.cleaned_data.get("route")
        if route:
            self.needed = ("route", "title", *self.asked[Route(route)])
        return super().clean()


class ProjectLines(BaseLines):
    """企业研发项目汇总表."""

    keys = ("name", "form", "cost")
    signs = ("name", "form", "cost")


class RightLines(BaseLines):
    """知识产权汇总表."""

    keys = ("name", "kind", "number", "granted_on", "expires_on", "gained", "product", "disputed")
    signs = ("name", "kind", "number")


class RouteLines(BaseLines):
    """直接确认."""

    keys = ("route", "title", "level", "unit_rank", "dated_on", "valid_to")
    signs = ("route", "title")


@dataclass(frozen=True)
class Table:
    """A table on a page of the form: its name among the row's relations, words around it."""

    name: str
    lines: type[BaseLines]
    title: Any
    hint: Any
    add: Any
    cards: bool = False  # too many columns for a table: each row is a card


TABLES: Mapping[str, Table] = {
    "money": Table(
        "projects",
        lines_of(ProjectForm, ProjectLines, most=100),
        _("R&D projects of last year"),
        _("Their cost sums to the R&D cost above."),
        _("Add a project"),
    ),
    "results": Table(
        "ip_rights",
        lines_of(RightForm, RightLines, most=200),
        _("Rights of intellectual property"),
        _("Valid, undisputed and tied to a main product; others are listed but do not count."),
        _("Add a right"),
        cards=True,
    ),
    "routes": Table(
        "routes",
        lines_of(RouteForm, RouteLines, most=8),
        _("Ways of direct confirmation"),
        _("A certificate that the portal knows stands here already."),
        _("Add a way"),
        cards=True,
    ),
}


def lines_for(evaluation: Evaluation, step: str) -> BaseLines | None:
    """The rows of a page as saved, or as typed when they could not be read; None without any."""
    table = TABLES.get(step)
    if table is None:
        return None
    saved = getattr(evaluation, table.name).order_by("pk").values(*table.lines.keys)
    return shown_lines(table.lines, typed=evaluation.typed.get(table.name), saved=list(saved))


def unread_rows(evaluation: Evaluation) -> list[Finding]:
    """The first fault of each row that was typed but cannot be read."""
    found = []
    for step, table in TABLES.items():
        lines = lines_for(evaluation, step) if evaluation.typed.get(table.name) else None
        for row in lines.forms if lines is not None else ():
            for _name, errors in list(row.errors.items())[:1]:
                found.append(
                    Finding("unread", Level.BLOCK, table.name, str(errors[0]), FORM_CLAUSE)
                )
    return found


def rows_with_sources(
    evaluation: Evaluation, name: str, rows: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Rows of a table as sent; a way of confirmation that the portal knew keeps its source."""
    if name != "routes":
        return rows
    known = {_way(vars(r)): r.source for r in evaluation.routes.all()}
    return [{**row, "source": known.get(_way(row), "")} for row in rows]


def _way(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row.get(name) for name in ("route", "title", "dated_on", "valid_to"))


def posted_lines(data: QueryDict, step: str) -> BaseLines | None:
    """The rows of a page as they were sent."""
    table = TABLES.get(step)
    return table.lines(data, prefix="lines") if table else None
