"""What may be sent: the entries of a contract and the words that go with each move."""

from rest_framework import serializers

from contracts import enums
from torch_portal.filings.api.entries import LONGEST_LIST, Entries, MayNote, MustNote
from torch_portal.filings.api.fields import (
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
