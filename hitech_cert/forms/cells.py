"""Form fields of this line: money in 万元, persons, numbers of rows, the catalogue, long texts."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hitech_cert.editions import FIELDS
from hitech_cert.forms.selfcheck import titles
from torch_portal.common import codes, figures
from torch_portal.filings.guided import fields as f
from torch_portal.filings.guided.selfcheck import PERSONS, TEN_THOUSAND

LARGEST = Decimal(10) ** 12
SEPARATORS = re.compile(r"[\s、，,;；/]+")
SPAN = re.compile(r"([A-Z]*)(\d+)[-–—~至]([A-Z]*)(\d+)")


class SignedField(f.FigureField):
    """An amount in 万元 with two decimals that may be below zero: profit, net assets."""

    def to_python(self, value: Any) -> Decimal | None:
        """The amount; ValidationError says what cannot be read."""
        if value in (None, ""):
            return None
        try:
            amount = figures.read(str(value), str(self.unit))
        except figures.NumberError as error:
            raise ValidationError(str(error)) from error
        if abs(amount) >= LARGEST:
            raise ValidationError(_("The number is too large."))
        if amount != round(amount, 2):
            raise ValidationError(_("At most two decimals are kept here. Round it yourself."))
        return round(amount, 2)


class AmountField(SignedField):
    """An amount in 万元 with two decimals, zero or more."""

    def to_python(self, value: Any) -> Decimal | None:
        """The amount; ValidationError says what cannot be read."""
        amount = super().to_python(value)
        if amount is not None and amount < 0:
            raise ValidationError(_("A figure cannot be below zero. Write 0 where there is none."))
        return amount


class CodesField(forms.CharField):
    """Numbers of rows of another table: "IP01、IP03", or "IP01-IP05" for those between."""

    def __init__(self, prefix: str, **options: Any) -> None:
        self.prefix = prefix
        self.example = f"{prefix}01、{prefix}03"
        super().__init__(required=False, max_length=2000, **options)

    def clean(self, value: Any) -> list[str]:
        """The numbers in their order, each once; ValidationError names what is none."""
        typed = codes.normalise(SEPARATORS.sub(" ", str(value or "")).replace(" ", "、"))
        found: list[str] = []
        for word in typed.split("、"):
            found += self._named(word) if word else []
        return list(dict.fromkeys(found))

    def _named(self, word: str) -> list[str]:
        span = SPAN.fullmatch(word)
        if span and span[1] in ("", self.prefix) and span[3] in ("", self.prefix):
            first, last = int(span[2]), int(span[4])
            if first <= last < first + 500:
                return [f"{self.prefix}{number:02d}" for number in range(first, last + 1)]
        plain = word.removeprefix(self.prefix)
        if not plain.isdecimal():
            raise ValidationError(
                _("“%(word)s” is no number of a row. Write it like %(example)s."),
                params={"word": word, "example": self.example},
            )
        return [f"{self.prefix}{int(plain):02d}"]

    def prepare_value(self, value: Any) -> Any:
        """As people write them."""
        return "、".join(value) if isinstance(value, list) else value


class NumberField(forms.CharField):
    """A number that somebody else gave: of a patent, a copyright, a standard; without blanks."""

    def clean(self, value: Any) -> str:
        """Plain letters and digits, capitals."""
        return codes.normalise(str(super().clean(value)))


def signed(label: Any, **options: Any) -> SignedField:
    """A box for an amount that may be below zero."""
    return SignedField(label=label, unit=TEN_THOUSAND, places=2, **options)


def amount(label: Any, **options: Any) -> AmountField:
    """A box for an amount."""
    return AmountField(label=label, unit=TEN_THOUSAND, places=2, **options)


def persons(label: Any, **options: Any) -> f.FigureField:
    """A box for persons, as an average with two decimals."""
    return f.FigureField(label=label, unit=PERSONS, places=2, **options)


def number(label: Any, most: int = 60, **options: Any) -> NumberField:
    """A box for a number that somebody else gave."""
    return NumberField(label=label, required=False, max_length=most, **options)


def text(label: Any, **options: Any) -> forms.CharField:
    """A text of at most 400 characters; a longer one is kept, and the rules say so."""
    attrs = {"rows": 5, "data-most": 400}
    widget = forms.Textarea(attrs=attrs)
    options.setdefault("help_text", _("At most 400 characters."))
    return forms.CharField(label=label, required=False, max_length=4000, widget=widget, **options)


def year(label: Any, **options: Any) -> forms.IntegerField:
    """A box for a year."""
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(
        label=label, required=False, min_value=1990, max_value=2100, widget=widget, **options
    )


@cache
def field_keywords() -> Mapping[str, str]:
    """Words by which a title of the catalogue is found beside its own: those above it."""
    return {code: " ".join(field.path[:-1]).lower() for code, field in FIELDS.items() if field.leaf}


def field(label: Any, **options: Any) -> Any:
    """One of the 254 titles of level 3, or of the three of level 2; searched while one types."""
    return f.choice(label, titles(), find=field_keywords(), **options)
