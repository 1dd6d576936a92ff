"""The leader's sheet of Annex 5 as a page."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hitech_cert import rules
from hitech_cert.enums import ScoreItem, Subtotal
from hitech_cert.forms.experts.sheets import GROWTHS, POINTS, amount, declared
from hitech_cert.rules.leading import FIGURES, LEAVES
from torch_portal.common.ratios import rounded
from torch_portal.filings.guided import fields as f
from torch_portal.filings.guided.placed import PlacedForm, words
from torch_portal.filings.guided.selfcheck import PERSONS, TEN_THOUSAND, ExactField
from torch_portal.filings.guided.steps import tell_template

STATED = "stated_"
TOTAL = "total"
LABELS: Mapping[str, Any] = {
    **{str(item): item.label for item in ScoreItem},
    **GROWTHS,
    **{str(part): part.label for part in Subtotal},
    TOTAL: _("Total"),
}
ACCEPTED: Mapping[str, tuple[Any, str]] = {
    "staff_st": (_("S&T staff"), PERSONS),
    "rd_total": (_("R&D cost of three years"), TEN_THOUSAND),
    "rd_domestic": (_("R&D cost of three years in the mainland"), TEN_THOUSAND),
    "income": (_("Income of last year from high-tech products and services"), TEN_THOUSAND),
}
# Averages in the order of Annex 5: the items of each part, then the part.
ORDER: tuple[tuple[str, tuple[str, ...]], ...] = (
    (Subtotal.RIGHTS, LEAVES[:5]),
    (Subtotal.TRANSFORMATION, LEAVES[5:6]),
    (Subtotal.MANAGEMENT, LEAVES[6:10]),
    (Subtotal.GROWTH, LEAVES[10:]),
)

NAMES = (*(name for part, leaves in ORDER for name in (*leaves, str(part))), TOTAL)


class LeaderForm(PlacedForm):
    """Averages may be stated and are compared; figures, opinion and reason are asked for."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput(attrs={"id": "id_seen"}))
    recognise = f.yes_no(_("Does the enterprise meet the conditions, in the panel's opinion?"))
    reason = words(_("Reason of the opinion"))
    explained = words(_("Totals far apart: why they stand"))

    def __init__(self, *args: Any, exact: rules.Averages, case: rules.Case, **options: Any) -> None:
        super().__init__(*args, **options)
        self.exact, self.case = exact, case
        for name in exact.named():
            self.fields[STATED + name] = ExactField(str(POINTS), label=LABELS[name])
        for name in FIGURES:
            label, unit = ACCEPTED[name]
            self.fields[name] = ExactField(unit, label=label)
        for field in self.fields.values():
            tell_template(field)

    def averages(self) -> list[dict[str, Any]]:
        """Each average: exact, rounded for the eye, and the box in which it may be stated."""
        parts = {str(part) for part, _leaves in ORDER} | {TOTAL}
        exact = self.exact.named()
        return [
            {
                "field": self[STATED + name],
                "exact": str(exact[name]),
                "near": f"{rounded(exact[name])}",
                "part": name in parts,
            }
            for name in NAMES
        ]

    def figures(self) -> list[dict[str, Any]]:
        """The figures behind the four ratios: declared, and as the panel accepts them."""
        known = declared(self.case)
        return [{"field": self[name], "declared": amount(known.get(name))} for name in FIGURES]

    def typed(self) -> dict[str, str]:
        """Everything as typed, to be shown again."""
        return {
            name: str(self[name].data)
            for name in self.fields
            if name != "seen" and self[name].data not in (None, "")
        }

    def sheet(self) -> rules.LeaderSheet:
        """What the act takes; call it after validation."""
        data = self.cleaned_data
        return rules.LeaderSheet(
            stated={name: data.get(STATED + name) for name in self.exact.named()},
            figures={name: data.get(name) for name in FIGURES},
            recognise=data.get("recognise"),
            reason=data.get("reason") or "",
            explained=data.get("explained") or "",
        )
