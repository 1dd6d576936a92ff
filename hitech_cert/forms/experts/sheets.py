"""The score sheets of Annex 3 and Annex 4 as pages: typed, kept, shown again."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hitech_cert import editions, rules
from hitech_cert.editions import Band
from hitech_cert.enums import ExpertRole, ScoreItem
from hitech_cert.forms.selfcheck import titles
from hitech_cert.rules.sheets import FIN_QUESTIONS, GROWTH_ITEMS, TECH_ITEMS, TECH_QUESTIONS
from torch_portal.common.findings import Finding, Level
from torch_portal.common.ratios import rounded
from torch_portal.filings.guided import fields as f
from torch_portal.filings.guided.placed import PlacedForm, words
from torch_portal.filings.guided.selfcheck import TEN_THOUSAND, ExactField
from torch_portal.filings.guided.steps import tell_template

POINTS = _("points")
WHY = "why_"
QUESTIONS: Mapping[tuple[str, str], Any] = {
    ("tech", "complete"): _("Is the technical material complete and in order?"),
    ("tech", "one_year"): _("Registered for at least one year?"),
    ("tech", "owns_rights"): _("Does it own the intellectual property that its products rest on?"),
    ("tech", "staff_share"): _("Does the share of S&T staff reach 10 per cent?"),
    ("fin", "complete"): _("Is the financial material complete and in order?"),
    ("fin", "intermediary"): _("Is the intermediary qualified?"),
    ("fin", "report"): _("Is the special report acceptable?"),
    ("fin", "rd_grouped"): _("Is R&D cost grouped as the guide asks?"),
    ("fin", "income_grouped"): _("Is income from high-tech products grouped as the guide asks?"),
}
FIGURES: Mapping[str, Any] = {
    "rd_total": _("R&D cost of three years"),
    "rd_domestic": _("R&D cost of three years in the mainland"),
    "income": _("Income of last year from high-tech products and services"),
    "sales_1": _("Sales three years ago"),
    "sales_2": _("Sales two years ago"),
    "sales_3": _("Sales of last year"),
    "net_assets_1": _("Net assets three years ago"),
    "net_assets_2": _("Net assets two years ago"),
    "net_assets_3": _("Net assets of last year"),
    "total_income": _("Total income of last year"),
}
GROWTHS = {
    "growth_net_assets": _("Growth of net assets"),
    "growth_sales": _("Growth of sales"),
}
# The indicator of the figures behind an item that is scored.
BEHIND = {
    ScoreItem.NUMBER: "ip_number",
    ScoreItem.TRANSFORMATION: "transformation",
    "growth_net_assets": "growth_net_assets",
    "growth_sales": "growth_sales",
}


class SheetForm(PlacedForm):
    """The sheet of one expert; every entry may stay empty until it is submitted.

    tables, case: the application. saved: the sheet as kept, and its findings: what contradicts
    the figures gets a box for the reason.
    """

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput(attrs={"id": "id_seen"}))

    def __init__(
        self,
        *args: Any,
        role: str,
        tables: rules.Tables,
        case: rules.Case,
        findings: Iterable[Finding] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.role, self.tables, self.case = role, tables, case
        self.years = len(case.facts.sales)
        self._ask()
        for finding in findings:
            if finding.level is Level.WARN and finding.field in self.fields:
                self._ask_why(finding.field)
        for field in self.fields.values():
            tell_template(field)

    @property
    def technical(self) -> bool:
        """Annex 3; else Annex 4."""
        return self.role == ExpertRole.TECHNICAL

    @property
    def _questions(self) -> tuple[str, ...]:
        return TECH_QUESTIONS if self.technical else FIN_QUESTIONS

    @property
    def _items(self) -> tuple[str, ...]:
        return TECH_ITEMS if self.technical else GROWTH_ITEMS

    @property
    def _figures(self) -> tuple[str, ...]:
        return rules.figures_asked(self.role, self.years)

    def _ask(self) -> None:
        for name in self._questions:
            self.fields[name] = f.yes_no(QUESTIONS[self.role, name])
        if self.technical:
            self.fields["field_code"] = f.choice(
                _("Field of the core technology, as you find it"), titles(), find={}
            )
            self.fields["struck_projects"] = _struck(
                _("R&D activities that you do not accept"), self.tables.projects
            )
            self.fields["struck_products"] = _struck(
                _("Products and services that you do not accept"), self.tables.products
            )
        for name in self._figures:
            self.fields[name] = ExactField(TEN_THOUSAND, label=FIGURES[name])
        for item in self._items:
            self.fields[str(item)] = self._points(item)
        self.fields["comment"] = words(_("Overall comment"))

    def _points(self, item: str) -> forms.Field:
        most = editions.ITEM_MOST.get(item, editions.GROWTH_MOST)  # type: ignore[call-overload]  # a plain name is no key
        label = GROWTHS.get(item) or ScoreItem(item).label
        hint = gettext("0 to %(most)s points.") % {"most": most}
        band = self.case.innovation.bands().get(BEHIND.get(item, ""))
        return f.figure(label, POINTS, 0, help_text=f"{hint} {band_text(band)}".strip())

    def _ask_why(self, name: str) -> None:
        label = gettext("Why “%(entry)s” stands so") % {"entry": self.fields[name].label}
        self.fields[WHY + name] = f.line(label, 1000)

    # What the page shows

    def questions(self) -> list[forms.BoundField]:
        """Questions, and the field of the core technology."""
        names = [*self._questions, *(["field_code"] if self.technical else [])]
        return [self[name] for name in names]

    def struck(self) -> list[forms.BoundField]:
        """What the expert strikes out."""
        return [self[n] for n in ("struck_projects", "struck_products") if n in self.fields]

    def figures(self) -> list[dict[str, Any]]:
        """Each figure as declared, without what is struck out, and as accepted."""
        known = declared(self.case)
        projects, products = self._list("struck_projects"), self._list("struck_products")
        left = None
        if self.technical:
            left = rules.accepted(self.tables, projects, products, self.case.edition)
        return [
            {
                "field": self[name],
                "declared": amount(known.get(name)),
                "left": amount(getattr(left, name, None)),
            }
            for name in self._figures
        ]

    def scores(self) -> list[forms.BoundField]:
        """What is scored."""
        return [self[str(item)] for item in self._items]

    def reasons(self) -> list[forms.BoundField]:
        """The boxes for reasons."""
        return [self[name] for name in self.fields if name.startswith(WHY)]

    def _list(self, name: str) -> list[str]:
        value = self[name].value() if name in self.fields else None
        return [str(code) for code in value or ()]

    # What is kept

    def entries(self) -> dict[str, Any]:
        """What could be read, as the sheet keeps it; call it after validation."""
        data = self.cleaned_data
        points = {str(n): data.get(str(n)) for n in self._items}
        figures = {n: data.get(n) for n in self._figures}
        return {
            "points": {n: None if v is None else int(v) for n, v in points.items()},
            "answers": {n: data.get(n) for n in self._questions},
            "figures": {n: "" if v is None else f"{v:f}" for n, v in figures.items()},
            "field_code": data.get("field_code") or "",
            "struck_projects": data.get("struck_projects") or [],
            "struck_products": data.get("struck_products") or [],
            "comment": data.get("comment") or "",
        }

    def typed(self) -> dict[str, str]:
        """What could not be read, word for word."""
        return {
            name: str(self[name].data)
            for name in self.errors
            if name in self.fields and name != "seen" and self[name].data
        }

    def given_reasons(self) -> dict[str, str]:
        """Reasons by the entry that they explain."""
        return {
            name.removeprefix(WHY): self.cleaned_data.get(name, "")
            for name in self.fields
            if name.startswith(WHY)
        }


def _struck(label: Any, rows: Iterable[Any]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        choices=[(row.id, row.id) for row in rows],
        widget=f.Checks,
        help_text=_("Tick what you strike out; nothing ticked: all are accepted."),
    )


def given(sheet: Any) -> dict[str, Any]:
    """A kept sheet as the page shows it; entries that could not be read as they were typed."""
    if sheet is None:
        return {}
    entries = sheet.entries
    answers = {True: "yes", False: "no", None: ""}
    flat: dict[str, Any] = {
        **entries.get("points", {}),
        **entries.get("figures", {}),
        **{name: answers[value] for name, value in entries.get("answers", {}).items()},
        **{name: entries.get(name) for name in ("field_code", "comment")},
        **{name: entries.get(name, []) for name in ("struck_projects", "struck_products")},
        **{WHY + name: text for name, text in sheet.reasons.items()},
        **sheet.typed,
    }
    return {name: value for name, value in flat.items() if value is not None}


def declared(case: rules.Case) -> dict[str, Any]:
    """The figures of the application by the entries of the sheets, 万元."""
    facts, rd = case.facts, case.research
    found: dict[str, Any] = {
        "rd_total": rd.taken.total if rd else None,
        "rd_domestic": rd.taken.domestic if rd else None,
        "income": facts.ht_income,
        "total_income": case.total_income,
        "staff_st": facts.staff_st,
    }
    for name in ("sales", "net_assets"):
        values = getattr(facts, name)
        years = range(4 - len(values), 4)
        found |= {f"{name}_{y}": value for y, value in zip(years, values, strict=True)}
    return found


def amount(value: Any) -> str:
    """An amount for the eye: two decimals, separators."""
    if value is None:
        return ""
    return f"{value if isinstance(value, Decimal) else rounded(value):,}"


def band_text(band: Band | None) -> str:
    """What the figures of the application say of an item."""
    if band is None:
        return ""
    if band is editions.MANUAL:
        return gettext("The figures tell nothing: you decide.")
    values = {"band": band.letter, "low": band.low, "high": band.high}
    return gettext("By the figures: %(low)s to %(high)s (%(band)s).") % values
