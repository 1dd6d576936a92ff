"""What may be sent: the entries of the information form and the words that go with each move."""

from typing import Any

from django import forms as pages
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from sme_eval import enums, forms
from sme_eval.models import Evaluation
from torch_portal.filings.api.entries import LONGEST_LIST, Entries, MustNote
from torch_portal.filings.api.fields import CodeField, FigureField, code, day, text, yes_no

MOST = {table.name: table.lines.max_num for table in forms.TABLES.values()}
LEVELS = list(forms.LEVELS.items())
PERSON_DIGITS, MONEY_DIGITS = 7, 12


def needed(most: int = 200) -> serializers.CharField:
    """A line of text that has to say something."""
    return serializers.CharField(max_length=most)


def _persons() -> FigureField:
    return FigureField(PERSON_DIGITS, help_text="Persons, the average of the year's quarters.")


def _money() -> FigureField:
    return FigureField(MONEY_DIGITS, help_text="10,000 yuan (万元).")


def _count() -> serializers.IntegerField:
    return serializers.IntegerField(
        required=False, allow_null=True, min_value=0, max_value=10**PERSON_DIGITS
    )


class ProjectEntry(Entries):
    """One R&D project of last year (企业研发项目汇总表); cost in 10,000 yuan (万元)."""

    name = needed()
    form = CodeField(choices=enums.RdForm.choices)
    cost = FigureField(MONEY_DIGITS)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A project has its cost."""
        return _whole(attrs, ("cost",), forms.ProjectForm)


class RightEntry(Entries):
    """One right of intellectual property, tied to a main product (知识产权汇总表)."""

    name = needed()
    kind = CodeField(choices=enums.IpKind.choices)
    number = needed(60)
    granted_on = day()
    expires_on = day()
    gained = CodeField(choices=enums.IpGained.choices)
    product = needed()
    disputed = serializers.BooleanField(default=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """It has its first day, and ends after it."""
        _whole(attrs, ("granted_on",), forms.RightForm)
        ends = attrs.get("expires_on")
        if ends and ends <= attrs["granted_on"]:
            message = _("It expires before it was granted. Correct one day.")
            raise ValidationError({"expires_on": message})
        return attrs


class RouteEntry(Entries):
    """One way of direct confirmation (国科发政〔2017〕115号 第八条); each asks for its entries."""

    route = CodeField(choices=enums.Route.choices)
    title = needed(120)
    level = CodeField(choices=LEVELS, required=False, allow_blank=True)
    unit_rank = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=99)
    dated_on = day()
    valid_to = day()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """What the way asks for is there."""
        asked = forms.RouteForm.asked[enums.Route(attrs["route"])]
        return _whole(attrs, asked, forms.RouteForm)


def _whole(row: dict[str, Any], names: tuple[str, ...], form: type[pages.Form]) -> dict[str, Any]:
    """The row if these are given; each gap is named as on the page."""
    message = _("Fill “%(label)s” in, or remove the row.")
    gaps = {
        name: message % {"label": form.base_fields[name].label}
        for name in names
        if row.get(name) in (None, "")
    }
    if gaps:
        raise ValidationError(gaps)
    return row


class EvaluationEntries(Entries):
    """The entries of the information form (科技型中小企业信息表). Drafts may have gaps.

    Figures are decimal strings with two decimals: persons, or 10,000 yuan (万元). Days are ISO.
    """

    established_on = day()
    registration_type = text(60)
    industry = text(60, help_text="Code and name of GB/T 4754, for example C4030.")
    legal_representative = text(60)
    address = text(160)
    business_scope = text(600)
    restricted_industry = yes_no()
    audited_tax = yes_no()
    misconduct = yes_no()
    abnormal_list = yes_no()
    serious_dishonesty = yes_no()
    staff_total = _persons()
    staff_st = _persons()
    senior_titles = _count()
    middle_titles = _count()
    revenue = _money()
    cost_total = _money()
    assets_total = _money()
    rd_cost = _money()
    rd_basis = code(enums.RdBasis.choices)
    rd_ledger = yes_no()
    main_products = text(400, help_text="Separate several with 、; a right names one of them.")
    tech_field = code(enums.TechField.choices)
    no_ip = serializers.BooleanField(required=False)
    no_projects = serializers.BooleanField(required=False)
    projects = ProjectEntry(many=True, required=False, max_length=MOST["projects"])
    ip_rights = RightEntry(many=True, required=False, max_length=MOST["ip_rights"])
    routes = RouteEntry(many=True, required=False, max_length=MOST["routes"])


class NewEvaluation(EvaluationEntries):
    """A new draft; what the portal knows of the enterprise is filled in."""

    enterprise = serializers.CharField(
        max_length=18,
        required=False,
        help_text="Credit code of the enterprise; needed where you file for several.",
    )


TABLES = tuple(MOST)
NAMES = tuple(name for name in EvaluationEntries._declared_fields if name not in TABLES)


class RevocationEntries(MustNote):
    """Grounds of an intended revocation, and the facts."""

    grounds = serializers.ListField(
        child=CodeField(choices=enums.RevocationGround.choices),
        max_length=LONGEST_LIST,
        default=list,
    )


def _changed(name: str) -> serializers.CharField:
    length = Evaluation._meta.get_field(name).max_length
    return serializers.CharField(max_length=length, required=False, allow_blank=True)


class ChangeEntries(Entries):
    """A change since the entry: the entries that are different now, the day and what happened."""

    changed_on = serializers.DateField(input_formats=["%Y-%m-%d"])
    legal_representative = _changed("legal_representative")
    address = _changed("address")
    business_scope = _changed("business_scope")
    registration_type = _changed("registration_type")
    industry = _changed("industry")
    major = serializers.BooleanField(
        default=False, help_text="It touches the conditions of article 6."
    )
    reason = serializers.CharField(max_length=400, allow_blank=True, default="")


class ShortNote(Entries):
    """What was found or decided, in a sentence."""

    note = serializers.CharField(max_length=400, allow_blank=True, default="")


class ConcludeEntries(ShortNote):
    """What the agency found at a spot check."""

    state = CodeField(choices=[(s.value, s.label) for s in enums.FOUND])


class MaterialEntries(Entries):
    """The figures of the statements, in 10,000 yuan (万元)."""

    revenue = _money()
    cost_total = _money()
    assets_total = _money()
    rd_cost = _money()


class EvaluationFiles(Entries):
    """One or more files of one kind, as multipart/form-data."""

    kind = CodeField(choices=enums.AttachmentKind.choices)
    file = serializers.ListField(
        child=serializers.FileField(allow_empty_file=True), min_length=1, max_length=LONGEST_LIST
    )
