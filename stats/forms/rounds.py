"""What officers of the survey enter about rounds, respondents, totals and permissions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stats import queries
from stats.models import InstrumentVersion, Round
from stats.queries.frames import Listed
from torch_portal.accounts.models import Agency, User
from torch_portal.common import sheets
from torch_portal.common.sheets import BadSheet, cells, heads

CODE_HEADS = ("统一社会信用代码", "credit_code", "信用代码")
UNIT_HEADS = ("责任单位代码", "unit", "单位代码")


def day_widget() -> forms.DateInput:
    """The browser's own calendar."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class RoundForm(forms.ModelForm):
    """Version, year and days of a round."""

    use_required_attribute = False

    class Meta:
        model = Round
        fields = (
            "version", "year", "title", "opens_on", "closes_on", "reassign_until", "scan_until",
        )  # fmt: skip
        widgets = {"year": forms.TextInput(attrs={"inputmode": "numeric"})} | {
            name: day_widget() for name in ("opens_on", "closes_on", "reassign_until", "scan_until")
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        published = InstrumentVersion.objects.filter(published_at__isnull=False)
        self.fields["version"].queryset = published.order_by("-starts_on")  # type: ignore[attr-defined]  # a choice of rows


class FrameForm(forms.Form):
    """A list of respondents to bring in."""

    use_required_attribute = False
    file = forms.FileField(
        label=_("The list (.xlsx, .xls, .csv)"),
        help_text=_(
            "Columns are found by their heads: 统一社会信用代码, and if you like 责任单位代码; "
            "without it the unit of the seat is responsible."
        ),
    )


def read_list(upload: Any) -> list[Listed]:
    """The rows of a list of respondents; BadSheet says what is wrong with the file."""
    sheet = sheets.read(upload.read())
    known = {heads.plain_head(word) for word in (*CODE_HEADS, *UNIT_HEADS)}
    table = heads.find_table(sheet, known)
    places = [heads.plain_head(head) for head in table.heads] if table else []
    code = next((places.index(h) for h in CODE_HEADS if h in places), None)
    unit = next((places.index(h) for h in UNIT_HEADS if h in places), None)
    if table is None or code is None:
        raise BadSheet(str(_("No column 统一社会信用代码 was found. Name it in the first row.")))
    return [
        Listed(
            number,
            cells.text(row[code]) if code < len(row) else "",
            cells.text(row[unit]) if unit is not None and unit < len(row) else "",
        )
        for number, row in table.rows
    ]


class ReasonForm(forms.Form):
    """Why."""

    use_required_attribute = False
    note = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class UnitForm(ReasonForm):
    """The unit that is responsible from now on."""

    unit = forms.ModelChoiceField(Agency.objects.none(), label=_("Responsible unit"))
    field_order = ("unit", "note")

    def __init__(self, *args: Any, jurisdiction: str, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = Agency.objects.filter(active=True, jurisdiction=jurisdiction).order_by("name")
        fitting = [unit.pk for unit in rows if unit.serves(queries.LINE)]
        self.fields["unit"].queryset = rows.filter(pk__in=fitting)  # type: ignore[attr-defined]  # a choice of rows


class ExplainForm(forms.Form):
    """Why a total changed so much."""

    use_required_attribute = False
    text = forms.CharField(
        label=_("Explanation"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SignForm(forms.Form):
    """What the province adds to its signature."""

    use_required_attribute = False
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class GrantForm(forms.Form):
    """Who may take single returns along, for what and how long."""

    use_required_attribute = False
    survey_round = forms.ModelChoiceField(Round.objects.order_by("-year", "-pk"), label=_("Round"))
    person = forms.CharField(label=_("Account"), help_text=_("The user name."), max_length=150)
    purpose = forms.CharField(
        label=_("Purpose"), max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )
    until = forms.DateField(label=_("Valid until"), widget=day_widget())

    def clean_person(self) -> User:
        """The account of this name."""
        found = User.objects.filter(username=self.cleaned_data["person"], is_active=True).first()
        if found is None:
            raise forms.ValidationError(_("No account has this name."))
        return found
