"""Form fields for what people type: amounts, codes, places, rates, yes-or-no questions."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from torch_portal.accounts.models import Division
from torch_portal.common import codes, figures, money
from torch_portal.filings.guided.places import places_like
from torch_portal.filings.guided.search import keys_of

CANDIDATES = 6


class AmountField(forms.Field):
    """Yuan, typed as people do ("120万元", full-width digits, thousands separators)."""

    unit = _("yuan")

    def __init__(self, **options: Any) -> None:
        options.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        )
        super().__init__(required=False, **options)

    def to_python(self, value: Any) -> Decimal | None:
        """Decimal yuan with two decimals; ValidationError says what cannot be read."""
        if value in (None, ""):
            return None
        try:
            return money.parse(str(value))
        except money.AmountError as error:
            raise ValidationError(str(error)) from error

    def prepare_value(self, value: Any) -> Any:
        """With thousands separators, as typed otherwise."""
        return money.display(value) if isinstance(value, Decimal) else value


class FigureField(forms.Field):
    """A number with its unit that is no money: persons, square metres, 万元 of a yearly report."""

    def __init__(self, *, unit: Any, places: int, **options: Any) -> None:
        self.unit, self.places = unit, places
        attrs = {"inputmode": "decimal" if places else "numeric", "autocomplete": "off"}
        options.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(required=False, **options)

    def to_python(self, value: Any) -> Decimal | None:
        """The number with `places` decimals; ValidationError says what cannot be read."""
        if value in (None, ""):
            return None
        try:
            return figures.parse(str(value), places=self.places, unit=str(self.unit))
        except figures.NumberError as error:
            raise ValidationError(str(error)) from error

    def prepare_value(self, value: Any) -> Any:
        """With thousands separators, as typed otherwise."""
        return f"{value:,.{self.places}f}" if isinstance(value, Decimal) else value


class PercentField(forms.Field):
    """A rate in percent, kept as a fraction."""

    unit = "%"

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(required=False, **options)

    def to_python(self, value: Any) -> Decimal | None:
        """The fraction (3.5 becomes 0.035); ValidationError for anything else."""
        if value in (None, ""):
            return None
        text = str(value).strip().rstrip("%％")
        if not re.fullmatch(r"\d{1,3}(\.\d{1,4})?", text):
            raise ValidationError(_("Write a percentage such as 3.5."))
        return Decimal(text) / 100

    def prepare_value(self, value: Any) -> Any:
        """In percent without useless noughts."""
        return f"{(value * 100).normalize():f}" if isinstance(value, Decimal) else value


class CreditCodeField(forms.CharField):
    """A unified social credit code; both check characters are verified."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("example", "91330106MAE942HR7E")
        self.example = options.pop("example")
        attrs = {"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}
        super().__init__(
            required=False, max_length=60, widget=forms.TextInput(attrs=attrs), **options
        )

    def clean(self, value: Any) -> str:
        """The normalised code; ValidationError names the very fault."""
        typed = str(super().clean(value))
        if not typed:
            return ""
        try:
            return codes.credit_code(typed)
        except codes.CodeError as error:
            raise ValidationError(str(error)) from error


class DivisionInput(forms.TextInput):
    """A text box that suggests places while one types; works with the code alone too."""

    template_name = "filings/division_input.html"

    def __init__(self) -> None:
        super().__init__(
            attrs={
                "autocomplete": "off",
                "hx-get": reverse_lazy("filings:places"),
                "hx-trigger": "input changed delay:250ms",
                "hx-sync": "this:replace",
            }
        )


class DivisionField(forms.CharField):
    """A place by its six digits or its name; kept as six digits."""

    def __init__(self, **options: Any) -> None:
        self.example = options.pop("example", _("杭州市西湖区 or 330106"))
        super().__init__(required=False, max_length=120, widget=DivisionInput(), **options)

    def clean(self, value: Any) -> str:
        """The code; ValidationError lists the candidates when the name is not enough."""
        typed = "".join(str(super().clean(value)).split())
        if not typed:
            return ""
        found = re.search(r"\d{6}", typed)
        if found:
            return self._by_code(found.group())
        return self._by_name(typed)

    def _by_code(self, code: str) -> str:
        try:
            return codes.division(code)
        except codes.CodeError as error:
            raise ValidationError(str(error)) from error

    def _by_name(self, typed: str) -> str:
        rows = [row for row, _keys in places_like(typed, CANDIDATES + 1)]
        exact = [r for r in rows if r.path == typed or r.name == typed]
        if len(exact) == 1 or len(rows) == 1:
            return str((exact or rows)[0].code)
        if not rows:
            raise ValidationError(
                _("No place is called “%(typed)s”. Choose one from the list or give six digits."),
                params={"typed": typed},
            )
        listed = "；".join(f"{r.path} {r.code}" for r in rows[:CANDIDATES])
        raise ValidationError(
            _("Several places fit: %(places)s. Give more of the name or the six digits."),
            params={"places": listed},
        )

    def prepare_value(self, value: Any) -> Any:
        """Name and code of a known place."""
        if isinstance(value, str) and re.fullmatch(r"\d{6}", value):
            row = Division.objects.filter(code=value).first()
            return f"{row.path} {row.code}" if row else value
        return value


class Radios(forms.RadioSelect):
    """Radio buttons drawn by one template instead of three for every button."""

    template_name = "filings/choices.html"


class Checks(forms.CheckboxSelectMultiple):
    """Check boxes drawn by one template instead of three for every box."""

    template_name = "filings/choices.html"


class Drop(forms.Select):
    """A drop-down list drawn by one template instead of two for every option."""

    template_name = "filings/select.html"


class Finder(Drop):
    """A drop-down list that is searched by name, pinyin initials, keyword or code.

    `keywords` by code: words under which people look for an entry that its name does not say.
    Without scripts it is the plain list.
    """

    template_name = "filings/find.html"

    def __init__(self, keywords: Mapping[str, str], **options: Any) -> None:
        super().__init__(**options)
        self.keywords = keywords

    def create_option(self, name: str, value: Any, label: Any, *rest: Any, **more: Any) -> Any:
        """With the words by which it is found."""
        option = super().create_option(name, value, label, *rest, **more)
        code = str(value)
        words = self.keywords.get(code, "")
        option["attrs"]["keys"] = keys_of(code, label, words) if value else ""
        return option

    def prefer(self, recent: Sequence[str]) -> None:
        """Put what was used last first, within each group."""
        rank = {code: n for n, code in enumerate(recent)}
        last = len(rank)
        flat = [c for c in self.choices if not isinstance(c[1], list | tuple)]
        if any(code in rank for code, _label in flat):
            used = sorted((c for c in flat if c[0] in rank), key=lambda c: rank[c[0]])
            rest = [c for c in flat if c[0] and c[0] not in rank]
            empty = [c for c in flat if not c[0]]
            self.choices = [*empty, (_("Last used"), used), (_("All"), rest)]
        else:
            self.choices = [
                (group, sorted(listed, key=lambda c: rank.get(c[0], last)))
                if isinstance(listed, list)
                else (group, listed)
                for group, listed in self.choices
            ]


def yes_no(label: Any, **options: Any) -> forms.TypedChoiceField:
    """A question answered yes or no, unanswered at first."""
    return forms.TypedChoiceField(
        label=label,
        required=False,
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=Radios,
        **options,
    )


def choice(
    label: Any,
    choices: Iterable[Any],
    *,
    radio: bool = False,
    find: Mapping[str, str] | None = None,
    **options: Any,
) -> Any:
    """One of a code list; find: with a box to search it, also by these keywords of its codes."""
    listed = list(choices)
    if not radio:
        listed = [("", format_lazy("— {} —", _("choose"))), *listed]
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=listed,
        widget=Radios if radio else Drop if find is None else Finder(find),
        **options,
    )


def day(label: Any, **options: Any) -> forms.DateField:
    """A day, with the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label,
        required=False,
        widget=widget,
        input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"],
        **options,
    )


def figure(label: Any, unit: Any, places: int = 2, **options: Any) -> FigureField:
    """A number that is no money, with its unit; 0 places: a whole number."""
    return FigureField(label=label, unit=unit, places=places, **options)


def line(label: Any, most: int = 200, **options: Any) -> forms.CharField:
    """A line of text."""
    return forms.CharField(label=label, required=False, max_length=most, **options)
