"""What may be sent: the entries of a contract and the words that go with each move."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from contracts import enums
from contracts.api.fields import (
    CodeField,
    CreditCodeField,
    DivisionField,
    RateField,
    YuanField,
    code,
    day,
    text,
    yes_no,
)
from contracts.models import Contract
from torch_portal.accounts.models import User
from torch_portal.filings.enums import Problem
from torch_portal.filings.models import Filing

LONGEST_LIST = 40
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


class AssignEntries(MayNote):
    """Who shall have it in hand, by user name; nobody named is oneself."""

    to = serializers.CharField(max_length=150, required=False)

    def validate_to(self, name: str) -> int:
        """The account's id, or 0: whether there is such an account is not told."""
        return User.objects.filter(username=name).values_list("pk", flat=True).first() or 0


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


class NoticeEntries(MustNote):
    """Grounds RV-1 to RV-4 of an intended revocation, and the facts."""

    grounds = serializers.ListField(
        child=CodeField(choices=enums.RevocationGround.choices),
        max_length=LONGEST_LIST,
        default=list,
    )


class ExpertEntry(Entries):
    """One expert."""

    expert = serializers.CharField(max_length=60)
    unit = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")


class ExpertsEntries(MustNote):
    """Whom to ask, and the question."""

    experts = ExpertEntry(many=True, max_length=LONGEST_LIST, default=list)


class OpinionEntries(MustNote):
    """What one expert said, with files if any (as multipart/form-data)."""

    expert = serializers.CharField(max_length=60)
    view = CodeField(choices=enums.ExpertView.choices)
    file = serializers.ListField(
        child=serializers.FileField(allow_empty_file=True), max_length=5, default=list
    )


class AttachEntries(Entries):
    """One or more files of one kind, as multipart/form-data."""

    kind = CodeField(choices=enums.AttachmentKind.choices)
    file = serializers.ListField(
        child=serializers.FileField(allow_empty_file=True), min_length=1, max_length=LONGEST_LIST
    )


class AnswerEntry(Entries):
    """What was done about one item of the correction list."""

    id = serializers.IntegerField(min_value=1)
    answer = serializers.CharField(max_length=400, allow_blank=True)


class AnswerEntries(Entries):
    """Answers to items of the open correction list."""

    answers = AnswerEntry(many=True, max_length=LONGEST_LIST)


class MessageEntries(Entries):
    """A message on the thread, with files if any."""

    text = serializers.CharField(max_length=2000, allow_blank=True, default="")
    file = serializers.ListField(
        child=serializers.FileField(allow_empty_file=True), max_length=5, default=list
    )
