"""A page of a draft as saved: shown again with what could not be read."""

from collections.abc import Mapping
from typing import Any, Protocol

from django import forms

from torch_portal.common.findings import Finding, Level
from torch_portal.filings.guided.steps import StepForm


class Draft(Protocol):
    """The main row of a line; `typed` holds entries that could not be read, word for word."""

    typed: Any
    saved_version: Any


def initial(row: Draft, form: type[StepForm], seen: int | None = None) -> dict[str, Any]:
    """The row's values as the form shows them. seen: the save that it goes on from."""
    known = {n: getattr(row, n) for n in form.base_fields if n != "seen"}
    answers = {True: "yes", False: "no", None: ""}
    for name, value in known.items():
        if isinstance(form.base_fields[name], forms.TypedChoiceField):
            known[name] = answers[value]
    return known | {"seen": row.saved_version if seen is None else seen}


def form_for(row: Draft, form: type[StepForm], seen: int | None = None) -> StepForm:
    """The page as saved; entries that could not be read come back with their error.

    seen: the save that it goes on from, where that is not the row's own count.
    """
    shown = initial(row, form, seen)
    unread = {n: t for n, t in row.typed.items() if n in form.base_fields}
    if not unread:
        return form(initial=shown)
    data = {n: form.base_fields[n].prepare_value(v) for n, v in shown.items()}
    return form(data={n: v for n, v in data.items() if v is not None} | unread)


def typed_after(row: Draft, form: StepForm) -> dict[str, Any]:
    """What stays unread in the whole draft once this page (bound and checked) is saved."""
    elsewhere = {k: v for k, v in row.typed.items() if k not in form.fields}
    return elsewhere | form.unread()


def unread_findings(
    row: Draft, pages: Mapping[str, type[StepForm]], *, code: str, clause: str
) -> list[Finding]:
    """A blocking finding for each entry that was typed but cannot be read."""
    found = []
    for page in pages.values():
        if row.typed.keys().isdisjoint(page.base_fields):
            continue
        form = form_for(row, page)
        for name, errors in form.errors.items() if form.is_bound else ():
            found.append(Finding(code, Level.BLOCK, name, str(errors[0]), clause))
    return found
