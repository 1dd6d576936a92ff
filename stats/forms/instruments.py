"""What officers enter of questionnaires and check rules."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stats.actions.authoring import RULE_COLUMNS
from stats.enums import Kind
from stats.models import CheckRule, Instrument
from stats.rules.questionnaire import MOST_DECIMALS
from torch_portal.filings.matter_admin import AnswerForm


class WithdrawForm(AnswerForm):
    """Why a rule is withdrawn; the other answers need no words."""

    note = forms.CharField(
        label=_("Reason"),
        help_text=_("Needed to withdraw a rule: at least 10 characters, kept with it."),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NoWordsForm(AnswerForm):
    """Answers that need no words."""

    note = None  # type: ignore[assignment]  # Django's way to take an inherited entry out


class VersionForm(forms.Form):
    """The next version of an instrument."""

    use_required_attribute = False
    name = forms.CharField(label=_("version"), help_text=_("Such as GQ-2023."), max_length=30)
    starts_on = forms.DateField(
        label=_("asked from"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class WorkbookForm(forms.Form):
    """A workbook that was prepared off line."""

    use_required_attribute = False
    file = forms.FileField(
        label=_("Workbook (.xlsx)"),
        help_text=_("Columns are found by their names; the order of columns does not matter."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls"}),
        error_messages={
            "required": _("Choose the workbook first."),
            "empty": _("The file is empty. Choose it again."),
        },
    )


def typed() -> forms.TextInput:
    """An entry of a number that takes any writing of it."""
    return forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})


def number(label: Any) -> forms.DecimalField:
    """A bound of a value; empty for none."""
    return forms.DecimalField(
        label=label, required=False, max_digits=24, decimal_places=4, widget=typed()
    )


class ItemForm(forms.Form):
    """One item of a draft, by the names of plain forms."""

    use_required_attribute = False
    code = forms.CharField(label=_("code of the item"), max_length=40)
    table = forms.ChoiceField(label=_("table"))
    above = forms.CharField(
        label=_("follows the item"),
        help_text=_("Code of the item above it; empty for the first place of the table."),
        max_length=40,
        required=False,
    )
    section = forms.CharField(label=_("section"), max_length=120, required=False)
    indent = forms.IntegerField(
        label=_("indent"), min_value=0, max_value=9, initial=0, widget=typed()
    )
    label_zh = forms.CharField(label=_("label"), max_length=160)
    kind = forms.ChoiceField(label=_("kind of value"), choices=Kind.choices)
    unit = forms.CharField(label=_("unit"), max_length=20, required=False)
    choices = forms.ChoiceField(label=_("list of choices"), required=False)
    required = forms.BooleanField(label=_("required"), required=False)
    visible_if = forms.CharField(
        label=_("asked for if"),
        help_text=_("An expression of the check rules, such as qb11 == 1; empty for always."),
        max_length=400,
        required=False,
    )
    decimals = forms.IntegerField(
        label=_("decimals"),
        min_value=0,
        max_value=MOST_DECIMALS,
        required=False,
        widget=typed(),
    )
    least = number(_("least"))
    most = number(_("most"))
    indicator = forms.CharField(
        label=_("key of the indicator"),
        help_text=_("Another key than the code where the code changed its meaning."),
        max_length=60,
        required=False,
    )
    definition_zh = forms.CharField(
        label=_("definition"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    unconfirmed = forms.CharField(label=_("not confirmed"), max_length=300, required=False)

    def __init__(self, *args: Any, tables: list[Any], lists: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["table"].choices = [(t.code, f"{t.code} {t.title_zh}") for t in tables]  # type: ignore[attr-defined]  # a choice
        self.fields["choices"].choices = [("", "—"), *((code, code) for code in lists)]  # type: ignore[attr-defined]  # a choice

    def values(self) -> dict[str, Any]:
        """What was entered, as plain forms have it."""
        said = dict(self.cleaned_data)
        said["indicator"] = said["indicator"] or said["code"]
        for name in ("least", "most"):
            said[name] = "" if said[name] is None else f"{said[name].normalize():f}"
        return said


class RuleForm(forms.ModelForm):
    """A draft of a check rule."""

    use_required_attribute = False

    class Meta:
        model = CheckRule
        fields = RULE_COLUMNS
        widgets = {
            "expression": forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
            "message_zh": forms.Textarea(attrs={"rows": 2}),
            "tolerance": typed(),
            "active_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "active_to": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "scope": _("A table such as GQ-002, CROSS (with last year) or REGISTER."),
            "expression": _(
                "True means that the return is in order, such as qc55 <= qc05_0. Last year's "
                "value is prev(code), a value of the registers ext(name), a share ratio(a, b)."
            ),
            "tolerance": _("How far both sides may differ, in the unit of the items."),
            "active_from": _("It counts for versions that are asked from this day on."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        tolerance = self.instance.tolerance
        self.initial["tolerance"] = f"{tolerance.normalize():f}" if tolerance else "0"


class NewRuleForm(RuleForm):
    """The first version of a check rule."""

    instrument = forms.ModelChoiceField(
        Instrument.objects.order_by("code"), label=_("survey instrument"), empty_label=None
    )
    key = forms.RegexField(
        r"^[A-Z]{2,4}-[0-9]{1,6}$",
        label=_("key of the rule"),
        help_text=_("Such as CK-122."),
        max_length=20,
        error_messages={"invalid": _("A key looks like CK-122: letters, a hyphen, digits.")},
    )
    field_order = ("instrument", "key", *RULE_COLUMNS)

    def clean_key(self) -> str:
        """A key that no rule has."""
        key = str(self.cleaned_data["key"])
        if CheckRule.objects.filter(key=key).exists():
            raise forms.ValidationError(
                _("There is a rule of this key. Start its next version on its page.")
            )
        return key
