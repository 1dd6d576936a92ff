"""A table of a form: rows that can be added and taken out; an empty row is no row."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.forms import BaseFormSet, formset_factory


class BaseLines(BaseFormSet):
    """All rows together. `keys` are the columns, `signs` those that make a row one."""

    keys: ClassVar[Sequence[str]] = ()
    signs: ClassVar[Sequence[str]] = ()

    def rows(self) -> list[dict[str, Any]]:
        """The complete rows, ready for their table."""
        return [
            {key: form.cleaned_data[key] for key in self.keys}
            for form in self.forms
            if form.is_valid()
            and any(form.cleaned_data.get(sign) not in (None, "") for sign in self.signs)
            and not form.cleaned_data.get("DELETE")
        ]

    def typed(self) -> list[dict[str, str]]:
        """The rows word for word, for when one cannot be read."""
        return [
            {key: form[key].data or "" for key in self.keys}
            for form in self.forms
            if any(form[sign].data for sign in self.signs) and not form["DELETE"].data
        ]


def lines_of(
    form: type[forms.Form], base: type[BaseLines], *, most: int, **options: Any
) -> type[BaseLines]:
    """The table of a form's rows, at most so many."""
    made: Any = formset_factory(
        form,
        formset=base,
        extra=1,
        max_num=most,
        absolute_max=most + 20,
        can_delete=True,
        **options,
    )
    return made


def shown_lines(
    table: type[BaseLines],
    *,
    typed: Sequence[Mapping[str, str]] | None,
    saved: Sequence[Mapping[str, Any]],
    prefix: str = "lines",
) -> BaseLines:
    """The saved rows, or what was typed when it could not be read."""
    if typed:
        data = {f"{prefix}-{n}-{key}": v for n, row in enumerate(typed) for key, v in row.items()}
        data |= {f"{prefix}-TOTAL_FORMS": str(len(typed)), f"{prefix}-INITIAL_FORMS": "0"}
        return table(data=data, prefix=prefix)
    return table(initial=list(saved), prefix=prefix)
