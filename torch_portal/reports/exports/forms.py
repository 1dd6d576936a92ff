"""The page on which columns, days, format and unit of an export are chosen."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from torch_portal.common.columns import Report
from torch_portal.reports.enums import FileFormat, MoneyUnit
from torch_portal.reports.exports.wishes import Wish
from torch_portal.reports.models import ExportTemplate

NAME_LENGTH = 30
KEPT = 20  # templates of one list


class ExportForm(forms.Form):
    """What is wanted of a list. Which columns a person may take is asked with the wish."""

    file_format = forms.ChoiceField(
        label=gettext_lazy("Format"), choices=FileFormat.choices, widget=forms.RadioSelect
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("Unit of amounts"), choices=MoneyUnit.choices, widget=forms.RadioSelect
    )
    since = forms.DateField(
        label=gettext_lazy("From"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label=gettext_lazy("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    use_required_attribute = False

    def __init__(self, *args: Any, report: Report, user: Any, **options: Any) -> None:
        self.report, self.user = report, user
        super().__init__(*args, **options)
        if report.entries is None:
            plain = [c for c in FileFormat.choices if c[0] != FileFormat.ZIP]
            self.fields["file_format"].choices = plain  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[str]:
        """The ticked columns by name."""
        if self.is_bound:
            return list(self.data.getlist("columns"))  # type: ignore[attr-defined]
        return list(self.initial["columns"])

    def ticks(self) -> list[dict[str, Any]]:
        """Every column with whether it is ticked and whether this person may take it."""
        chosen = set(self.chosen)
        return [
            {
                "name": c.name,
                "label": c.label,
                "personal": c.personal,
                "allowed": c.allowed(self.user),
                "ticked": c.name in chosen,
            }
            for c in self.report.columns
        ]

    def wish(self, query: str) -> Wish:
        """What was chosen, under this filter."""
        said = self.cleaned_data
        return Wish(
            report=self.report,
            columns=tuple(dict.fromkeys(self.chosen)),
            file_format=said["file_format"],
            unit=said["unit"],
            filter=query,
            since=said["since"],
            until=said["until"],
        )


def offered(report: Report, user: Any, template: ExportTemplate | None) -> dict[str, Any]:
    """What the page shows before anything is chosen: a kept template, else the usual columns."""
    if template is not None:
        return {
            "columns": template.columns,
            "file_format": template.file_format,
            "unit": template.unit,
        }
    usual = [c.name for c in report.columns if c.offered and c.allowed(user)]
    return {"columns": usual, "file_format": FileFormat.XLSX, "unit": MoneyUnit.YUAN}


def keep_template(form: ExportForm, name: str) -> tuple[ExportTemplate | None, str]:
    """Keep the choice under a name, over an earlier one of this name; else why not."""
    name = " ".join(name.split())[:NAME_LENGTH]
    own = ExportTemplate.objects.filter(person=form.user, report=form.report.code)
    if not name:
        return None, _("Give the template a name.")
    if not form.chosen:
        return None, _("Choose at least one column.")
    if not own.filter(name=name).exists() and own.count() >= KEPT:
        return None, _("You keep %(n)d templates already; drop one first.") % {"n": KEPT}
    known = {c.name for c in form.report.columns}
    kept, _new = own.update_or_create(
        person=form.user,
        report=form.report.code,
        name=name,
        defaults={
            "columns": [n for n in form.chosen if n in known],
            "file_format": form.cleaned_data["file_format"],
            "unit": form.cleaned_data["unit"],
        },
    )
    return kept, ""
