"""What a reviewer enters with a move, at any desk: reasons, hands, the list of corrections."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from torch_portal.common.desk_admin import MoveForm
from torch_portal.common.findings import Finding, Level
from torch_portal.filings.enums import Problem
from torch_portal.filings.models import ReadyText
from torch_portal.filings.people import colleagues
from torch_portal.filings.queries import ready_texts

LONGEST_LIST = 250  # beyond it Django refuses the request for its number of fields
PARTS = ("field", "problem", "remedy", "clause")
WHOLE = ("", _("The filing as a whole"))


def text_field(label: Any, hint: Any = "", rows: int = 4, longest: int = 2000) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ReadyForm(MoveForm):
    """A move with a text, beside which ready-made ones stand.

    The button `ready` (number of the text) shows the page again with the text put in.
    """

    ready_for = "decline"

    def __init__(
        self, data: QueryDict | None = None, *, row: Any, initial: Mapping[str, Any] | None = None
    ) -> None:
        place = row.filing.jurisdiction_id
        self.ready = ready_texts(row.filing.line, self.ready_for, place)
        self.put = data is not None and "ready" in data
        if data is not None and self.put:
            super().__init__(None, row=row, initial=self._with_text(data))
        else:
            super().__init__(data, row=row, initial=initial)

    def _with_text(self, data: QueryDict) -> dict[str, Any]:
        several = isinstance(self.base_fields.get("grounds"), forms.MultipleChoiceField)
        typed: dict[str, Any] = {name: data.get(name, "") for name in self.base_fields}
        if several:
            typed["grounds"] = data.getlist("grounds")
        chosen = self.ready[_number(data.get("ready")) :][:1]
        lines = [typed.get("note", "").strip(), *(text.text for text in chosen)]
        return typed | {"note": "\n".join(line for line in lines if line)}

    def reply(self) -> bool:
        """A ready-made text was asked for."""
        return self.put


class ReasonForm(ReadyForm):
    """Why, in words that the enterprise reads."""

    template = "admin/filings/move_reason.html"

    note = text_field(_("Reason"), _("The enterprise reads these words. Say what it can do now."))


class AssignForm(MoveForm):
    """Who shall have it in hand; first oneself, when allowed."""

    to = forms.TypedChoiceField(label=_("In the hands of"), coerce=int)
    note = text_field(_("Note to the colleague"), rows=2, longest=400)

    def __init__(
        self, data: QueryDict | None = None, *, row: Any, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, row=row, initial=initial)
        people = [(p.pk, p.get_full_name()) for p in colleagues(row.filing)]
        self.fields["to"].choices = people  # type: ignore[attr-defined]  # a choice field


class ItemForm(forms.Form):
    """One row of the correction list."""

    use_required_attribute = False
    field = forms.ChoiceField(label=_("Entry"), required=False)
    problem = forms.ChoiceField(
        label=_("What is wrong"), choices=Problem.choices, initial=Problem.INCOMPLETE
    )
    remedy = text_field(_("What to do"), rows=2, longest=400)
    clause = text_field(_("Clause"), rows=2, longest=120)

    def __init__(self, *args: Any, entries: Sequence[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["field"].choices = entries  # type: ignore[attr-defined]  # a choice field


def suggested(
    found: Iterable[Finding], entries: Sequence[Any], is_missing: Callable[[Finding], bool]
) -> list[dict[str, str]]:
    """A row for each finding that is more than a hint; in the language that is active.

    entries: choices as of CorrectionForm.entries. is_missing: whether something is not there at
    all, rather than wrong.
    """
    known = {name for _page, names in entries[1:] for name, _label in names}
    return [
        {
            "field": x.field if x.field in known else "",
            "problem": (Problem.INCOMPLETE if is_missing(x) else Problem.INCORRECT).value,
            "remedy": x.text()[:400],
            "clause": x.clause[:120],
        }
        for x in found
        if x.level is not Level.INFO
    ]


class CorrectionForm(MoveForm):
    """The complete list of what has to be corrected (一次告知, 行政许可法 第三十二条).

    Rows are posted as items-0-remedy and so on. The buttons `add`, `remove` (number of the row)
    and `take` (number of the finding, or "all") show the page again with other rows. A line says
    which entries there are and which rows it suggests.
    """

    template = "admin/filings/move_items.html"
    note = text_field(
        _("Why only now"),
        _(
            "Only for what could have been told with an earlier list; the enterprise reads it. "
            "The law asks for one complete list (行政许可法 第三十二条)."
        ),
        rows=2,
    )

    def __init__(
        self, data: QueryDict | None = None, *, row: Any, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, row=row, initial=initial)
        self.again = row.filing.corrections.exists()
        self.suggested = self.suggest(row)
        self.ready = self.ready_rows(row)
        self.asked = next((n for n in ("add", "remove", "take") if data and n in data), "")
        self.rows = self._posted(data) if data is not None else self._first(initial or {})
        entries = self.entries()
        self.items = [
            ItemForm(r, prefix=f"items-{n}", entries=entries)
            if data is not None and not self.asked
            else ItemForm(initial=_unprefixed(r, n), prefix=f"items-{n}", entries=entries)
            for n, r in enumerate(self.rows)
        ]
        self.blank = ItemForm(prefix="items-__prefix__", entries=entries)

    def entries(self) -> list[Any]:
        """What an item can be about, as choices."""
        return [WHOLE]

    def suggest(self, row: Any) -> list[dict[str, str]]:
        """Rows to take over, from what the rules say of the filing."""
        return []

    def ready_rows(self, row: Any) -> list[ReadyText]:
        """Rows to take over that are often needed, as the place wrote them."""
        place = row.filing.jurisdiction_id
        return ready_texts(row.filing.line, "return_for_correction", place)

    def _first(self, initial: Mapping[str, Any]) -> list[dict[str, str]]:
        taken = self.suggested if initial.get("take") == "all" else []
        return [_prefixed(s, n) for n, s in enumerate(taken)] or [_prefixed({}, 0)]

    def _posted(self, data: QueryDict) -> list[dict[str, str]]:
        count = min(_number(data.get("items-TOTAL_FORMS")), LONGEST_LIST)
        rows = [{part: data.get(f"items-{n}-{part}", "") for part in PARTS} for n in range(count)]
        removed = _number(data.get("remove")) if self.asked == "remove" else None
        rows = [r for n, r in enumerate(rows) if n != removed]
        if self.asked == "take":
            rows = [r for r in rows if _filled(r)] + self._taken(data.get("take", ""))
        if self.asked == "add" or not rows:
            rows.append({})
        return [_prefixed(r, n) for n, r in enumerate(rows[:LONGEST_LIST])]

    def _taken(self, which: str | None) -> list[dict[str, str]]:
        if which == "all":
            return self.suggested
        if which and which.startswith("ready-"):
            chosen = self.ready[_number(which.removeprefix("ready-")) :][:1]
            return [_ready_row(text) for text in chosen]
        return self.suggested[_number(which) : _number(which) + 1]

    def reply(self) -> bool:
        """A button for the rows was pressed."""
        return bool(self.asked)

    def is_valid(self) -> bool:
        """The form and every row."""
        return all([super().is_valid(), *(item.is_valid() for item in self._filled())])

    def _filled(self) -> list[ItemForm]:
        return [i for i, r in zip(self.items, self.rows, strict=True) if _filled(_unprefixed(r))]

    def arguments(self) -> dict[str, Any]:
        """The rows that say something."""
        return {
            "items": [item.cleaned_data for item in self._filled()],
            "note": self.cleaned_data["note"],
        }

    def place(self, findings: Sequence[Finding]) -> list[Finding]:
        """The finding of a row stands at the row."""
        filled = self._filled()
        for finding in findings:
            number = finding.values.get("number")
            if number:
                filled[number - 1].add_error("remedy", finding.text())
        return super().place(findings)


def _ready_row(text: ReadyText) -> dict[str, str]:
    problem = Problem.INCORRECT.value
    return {"field": text.field, "problem": problem, "remedy": text.text, "clause": text.clause}


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 4 else 0


def _prefixed(row: Mapping[str, str], n: int) -> dict[str, str]:
    return {f"items-{n}-{part}": row[part] for part in PARTS if part in row}


def _unprefixed(row: Mapping[str, str], _n: int = 0) -> dict[str, str]:
    return {name.split("-", 2)[2]: value for name, value in row.items()}


def _filled(row: Mapping[str, str]) -> bool:
    return any(row.get(part, "").strip() for part in ("field", "remedy", "clause"))
