"""What the public self-checks of the lines share: boxes, and findings as the page shows them.

Boxes keep figures exactly as typed; whether they can be true, the rules of the line say.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from torch_portal.common import figures
from torch_portal.common.findings import Finding, Level

TEN_THOUSAND = "万元"
PERSONS = "人"
UNKNOWN = _("Not known yet")


class ExactField(forms.Field):
    """A figure in a unit, typed as people do (full-width digits, thousands separators)."""

    def __init__(self, unit: str, **options: Any) -> None:
        self.unit = unit
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(required=False, widget=forms.TextInput(attrs=attrs), **options)

    def to_python(self, value: Any) -> Decimal | None:
        """The figure exactly as typed, None for an empty box."""
        if value in (None, ""):
            return None
        try:
            return figures.read(str(value), self.unit)
        except figures.NumberError as error:
            raise ValidationError(str(error)) from error


def count(label: Any, **options: Any) -> forms.IntegerField:
    """A box for a whole number."""
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(label=label, required=False, widget=widget, **options)


def day(label: Any, **options: Any) -> forms.DateField:
    """A box for a day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, **options)


def yes_no(label: Any, **options: Any) -> forms.TypedChoiceField:
    """A question with two answers; None while nobody answered."""
    return forms.TypedChoiceField(
        label=label,
        required=False,
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        **options,
    )


def told(findings: Iterable[Finding], level: Level) -> list[dict[str, str]]:
    """The findings of a level as the page tells them."""
    found = (f for f in findings if f.level is level)
    return [{"message": f.text(), "clause": f.clause, "level": str(f.level)} for f in found]


def plain(amount: Decimal, sign: str = "") -> str:
    """A figure with separators and without useless noughts."""
    return f"{amount.normalize():{sign},f}"


def state(ok: bool | None, unknown: Any = UNKNOWN) -> dict[str, Any]:
    """How a condition stands, in a word and with its mark. unknown: the word while nobody knows."""
    words = {None: (unknown, ""), True: (_("Met"), "done"), False: (_("Not met"), "needs-you")}
    return dict(zip(("state", "mark"), words[ok], strict=True))
