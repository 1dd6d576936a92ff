"""What may be sent: the entries of a contract and the words that go with each move."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from contracts import enums
from contracts.models import Contract
from torch_portal.common import codes, money
from torch_portal.filings.enums import Problem
from torch_portal.filings.models import Filing

LONGEST_LIST = 40
AMOUNT = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,6})?")
RATE = re.compile(r"[01](\.[0-9]{1,6})?")
COMPUTED = {field.name for model in (Contract, Filing) for field in model._meta.get_fields()}


class Entries(serializers.Serializer):
    """A body whose names are all known: anything else is refused by name."""

    def to_internal_value(self, data: Any) -> Any:
        """Values by name; ValidationError with every fault at once."""
        refused = self._refused(data)
        try:
            known = super().to_internal_value(data)
        except ValidationError as error:
            raise ValidationError(error.detail | refused) from None
        if refused:
            raise ValidationError(refused)
        return known

    def _refused(self, data: Any) -> dict[str, list[ErrorDetail]]:
        if not isinstance(data, dict):
            return {}
        computed = _("This entry is kept by the portal and cannot be set.")
        unknown = _("There is no entry of this name.")
        return {
            str(name): [ErrorDetail(computed, "read_only")]
            if name in COMPUTED
            else [ErrorDetail(unknown, "unknown")]
            for name in data
            if name not in self.fields
        }


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


class DeductionEntry(Entries):
    """One line of non-technical cost (非技术性费用)."""

    kind = CodeField(choices=enums.DeductionKind.choices)
    amount_yuan = YuanField()
    note = serializers.CharField(max_length=80, required=False, allow_blank=True)


class ContractEntries(Entries):
    """The entries of the registration form. Everything may be missing in a draft.

    Amounts are decimal strings in yuan, days ISO. The technical amount is never set: it follows
    from the total and the deductions.
    """

    project_name = text()
    form = code(enums.Form.choices)
    kind = code(enums.Kind.choices)
    subkind = code(enums.Subkind.choices)
    signed_on = day()
    starts_on = day()
    ends_on = day()
    foreign_language = yes_no()
    contains = serializers.ListField(
        child=CodeField(choices=enums.Content.choices), required=False, max_length=LONGEST_LIST
    )
    goal_clear = yes_no()
    mastered_before = yes_no()
    innovative = yes_no()
    buyer_only_pays = yes_no()
    seals_complete = yes_no()
    applicant = CodeField(choices=enums.Applicant.choices, required=False)
    is_import = yes_no()
    intermediary_name = text(120)
    intermediary_division = DivisionField(required=False, allow_blank=True, allow_null=True)
    seller_name = text(120)
    seller_code = CreditCodeField(required=False, allow_blank=True, allow_null=True)
    seller_division = DivisionField(required=False, allow_blank=True, allow_null=True)
    buyer_name = text(120)
    buyer_code = CreditCodeField(required=False, allow_blank=True, allow_null=True)
    buyer_division = DivisionField(required=False, allow_blank=True, allow_null=True)
    buyer_country = text(60)
    buyer_nature = code(enums.PartyNature.choices)
    related = yes_no()
    total_yuan = YuanField(required=False, allow_null=True)
    payment = code(enums.PaymentMethod.choices)
    royalty_base = code(enums.RoyaltyBase.choices)
    royalty_rate = RateField(required=False, allow_null=True)
    carrier_sets = serializers.IntegerField(
        required=False, allow_null=True, min_value=0, max_value=100_000
    )
    ip_kind = code(enums.IpKind.choices)
    patent_name = text()
    patent_applicant = text(120)
    patentee = text(120)
    patent_filed_on = day()
    patent_number = text(40)
    patent_expires_on = day()
    tech_field = code(enums.Field.choices)
    objective = code(enums.Objective.choices)
    plan_source = code(enums.PlanSource.choices)
    deductions = DeductionEntry(many=True, required=False, max_length=LONGEST_LIST)
    classified = serializers.BooleanField(
        required=False,
        help_text="A classified contract (密级) is refused with VH-11 and nothing is kept; "
        "left out means: it carries no classification.",
    )


class NewContract(ContractEntries):
    """A new draft; the applicant's own side is filled in from the enterprise."""

    enterprise = serializers.CharField(
        max_length=18,
        required=False,
        help_text="Credit code of the enterprise; needed where you file for several.",
    )


NAMES: tuple[str, ...] = tuple(
    name for name in ContractEntries._declared_fields if name not in ("deductions", "classified")
)


def columns(known: dict[str, Any]) -> dict[str, Any]:
    """The columns of the contract in what was sent; an emptied text is ""."""
    found = {name: known[name] for name in NAMES if name in known}
    for name, value in found.items():
        if value is None:
            found[name] = Contract._meta.get_field(name).get_default()
    return found


def emptied() -> dict[str, Any]:
    """Every entry as in a new draft, before the enterprise's own side is filled in."""
    return {name: Contract._meta.get_field(name).get_default() for name in NAMES}


class SubmitEntries(Entries):
    """Which agency shall examine it; needed where several cover the place."""

    agency = serializers.RegexField(
        r"^[0-9]{6}$", required=False, help_text="Six digits of the registration agency."
    )


class NoWords(Entries):
    """A move that needs nothing said."""


class MayNote(Entries):
    """A move with a remark, if one is wanted."""

    note = serializers.CharField(max_length=2000, required=False, allow_blank=True)


class MustNote(Entries):
    """A move that needs a reason that the enterprise can act on; the rules refuse an empty one."""

    note = serializers.CharField(max_length=2000, allow_blank=True, default="")


class CorrectionEntry(Entries):
    """One item of the complete list."""

    field = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    problem = CodeField(choices=Problem.choices)
    remedy = serializers.CharField(max_length=400, allow_blank=True, default="")
    clause = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")


class ReturnEntries(MayNote):
    """The complete list of what has to be corrected (一次告知)."""

    items = CorrectionEntry(many=True, max_length=LONGEST_LIST, default=list)


class FixAmountEntries(MustNote):
    """The technical amount as the agency fixes it, with its reason."""

    amount_yuan = YuanField()


class RefuseEntries(MayNote):
    """Grounds RF-1 to RF-9; RF-9 needs words."""

    grounds = serializers.ListField(
        child=CodeField(choices=enums.RefusalGround.choices),
        max_length=LONGEST_LIST,
        default=list,
    )


class AttachEntries(Entries):
    """One or more files of one kind, as multipart/form-data."""

    kind = CodeField(choices=enums.AttachmentKind.choices)
    file = serializers.ListField(
        child=serializers.FileField(allow_empty_file=True), min_length=1, max_length=LONGEST_LIST
    )
