"""Forms of one act: each finding of the rules stands at its entry."""

from collections.abc import Sequence
from typing import Any

from django import forms

from torch_portal.common.findings import Finding
from torch_portal.filings.guided.steps import tell_template


def words(label: Any, hint: Any = "", longest: int = 2000) -> forms.CharField:
    """A text of some lines."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class PlacedForm(forms.Form):
    """A form that shows each finding of the rules at its entry."""

    use_required_attribute = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            tell_template(field)

    def place(self, findings: Sequence[Finding]) -> None:
        """What the rules found, at the entries they speak of; the rest stands on top."""
        for finding in findings:
            field = finding.field if finding.field in self.fields else None
            self.add_error(field, finding.text())
