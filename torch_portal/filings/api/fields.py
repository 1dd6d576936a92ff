"""Entries of the API by kind: amounts, rates, codes, places, days; strict, with plain refusals."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from torch_portal.common import codes, figures, money

AMOUNT = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,6})?")
RATE = re.compile(r"[01](\.[0-9]{1,6})?")


@extend_schema_field(
    {"type": "string", "format": "decimal", "pattern": r"^[0-9]{1,16}(\.[0-9]{1,2})?$"}
)
class YuanField(serializers.Field):
    """Yuan as a decimal string, never a JSON number."""

    default_error_messages = {
        "decimal": _('A decimal number in quotes is needed, such as "1200.50".'),
    }

    def to_internal_value(self, data: Any) -> Decimal:
        """The amount with two decimals."""
        if not isinstance(data, str) or not AMOUNT.fullmatch(data):
            self.fail("decimal")
        try:
            return money.parse(data)
        except money.AmountError as error:
            raise ValidationError(str(error), "amount") from None

    def to_representation(self, value: Decimal) -> str:
        """With two decimals and no separators."""
        return money.plain(value)


@extend_schema_field(
    {"type": "string", "format": "decimal", "pattern": r"^[0-9]{1,12}(\.[0-9]{1,2})?$"}
)
class FigureField(serializers.Field):
    """A figure with its unit in the name: persons, 10,000 yuan; a decimal string, two decimals."""

    default_error_messages = {
        "decimal": _('A decimal number in quotes is needed, such as "1200.50".'),
        "large": _("The number is too large."),
    }

    def __init__(self, digits: int, **options: Any) -> None:
        """digits: how many may stand before the point."""
        self.limit = Decimal(10) ** digits
        super().__init__(required=False, allow_null=True, **options)

    def to_internal_value(self, data: Any) -> Decimal:
        """The figure with two decimals."""
        if not isinstance(data, str) or not AMOUNT.fullmatch(data):
            self.fail("decimal")
        try:
            found = figures.parse(data, places=2)
        except figures.NumberError as error:
            raise ValidationError(str(error), "figure") from None
        if found >= self.limit:
            self.fail("large")
        return found

    def to_representation(self, value: Decimal) -> str:
        """With two decimals and no separators."""
        return money.plain(value)


@extend_schema_field({"type": "string", "format": "decimal", "pattern": f"^{RATE.pattern}$"})
class RateField(serializers.Field):
    """A rate as a fraction: "0.035" is 3.5 percent."""

    default_error_messages = {
        "fraction": _('A fraction in quotes is needed, such as "0.035" for 3.5 percent.'),
    }

    def to_internal_value(self, data: Any) -> Decimal:
        """The fraction, 0 to 1."""
        if not isinstance(data, str) or not RATE.fullmatch(data) or Decimal(data) > 1:
            self.fail("fraction")
        return Decimal(data)

    def to_representation(self, value: Decimal) -> str:
        """Without useless noughts."""
        return f"{value.normalize():f}"


class CreditCodeField(serializers.CharField):
    """A unified social credit code; both check characters are verified."""

    def to_internal_value(self, data: Any) -> str:
        """The normalised code; the message names the very fault."""
        return _read(codes.credit_code, super().to_internal_value(data))


class DivisionField(serializers.CharField):
    """A place by its six digits (GB/T 2260)."""

    def to_internal_value(self, data: Any) -> str:
        """The six digits."""
        return _read(codes.division, super().to_internal_value(data))


def _read(reader: Any, typed: str) -> str:
    try:
        return str(reader(typed))
    except codes.CodeError as error:
        raise ValidationError(str(error), "code") from None


class CodeField(serializers.ChoiceField):
    """One of a code list; the message lists it."""

    def to_internal_value(self, data: Any) -> Any:
        """The code."""
        try:
            return super().to_internal_value(data)
        except ValidationError:
            message = _("One of these is needed: %(choices)s.")
            listed = {"choices": ", ".join(str(c) for c in self.choices)}
            raise ValidationError(message % listed, "invalid_choice") from None


def text(most: int = 200, **options: Any) -> serializers.CharField:
    """A line of text; null empties it."""
    return serializers.CharField(
        max_length=most, required=False, allow_blank=True, allow_null=True, **options
    )


def code(choices: Iterable[Any], **options: Any) -> CodeField:
    """One of a code list; "" and null empty it."""
    return CodeField(choices=choices, required=False, allow_blank=True, allow_null=True, **options)


def yes_no() -> serializers.BooleanField:
    """True, false, or null while it is not known."""
    return serializers.BooleanField(required=False, allow_null=True)


def day() -> serializers.DateField:
    """A day, ISO."""
    return serializers.DateField(required=False, allow_null=True, input_formats=["%Y-%m-%d"])
