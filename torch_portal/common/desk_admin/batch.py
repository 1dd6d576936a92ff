"""Moves of many filings at once, as far as a line says which and with what to enter."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

LARGEST = 500
PLAN_URL = "admin:desk_batch_plan"  # the page of whoever runs batches; it stands above the lines


class BatchForm(forms.Form):
    """What is entered once for all filings of a batch; plain data, since it waits in a row."""

    template = "admin/desk/move_fields.html"
    use_required_attribute = False

    def __init__(self, *args: Any, by: Any, **options: Any) -> None:
        self.by = by
        super().__init__(*args, **options)

    @property
    def inputs(self) -> list[forms.BoundField]:
        """The fields that the page shows."""
        return list(self.visible_fields())

    def arguments(self) -> dict[str, Any]:
        """What the act is called with, beside row, person and time."""
        return dict(self.cleaned_data)


@dataclass(frozen=True)
class BatchMove:
    """A move that makes sense for many: the act, what is entered for all, whether it harms."""

    act: Callable[..., Any]
    form: type[BatchForm] = BatchForm
    grave: bool = False


def chosen(desk: Any, request: HttpRequest) -> list[int]:
    """The filings that the list posted: those ticked, or the first LARGEST of its filter.

    Of a filter only its words are posted, never the keys; what it selects is asked again here,
    within what the person may see.
    """
    if request.POST.get("scope") == "filter":
        asked = QueryDict(request.POST.get("filter", ""))
        return list(found(desk, request, asked).values_list("pk", flat=True)[:LARGEST])
    ticked = {int(n) for n in request.POST.getlist("pick") if n.isdecimal() and len(n) < 19}
    rows = desk.get_queryset(request).filter(pk__in=sorted(ticked)[:LARGEST])
    return list(rows.order_by("filing__due_on", "pk").values_list("pk", flat=True))


def found(desk: Any, request: HttpRequest, asked: QueryDict) -> QuerySet[Any]:
    """The rows of the list under these filters, in its order."""
    listing = HttpRequest()
    listing.method, listing.path, listing.META = "GET", request.path, request.META
    listing.GET = asked  # type: ignore[assignment]  # read only, like the other
    listing.user, listing.session = request.user, request.session
    rows: QuerySet[Any] = desk.get_changelist_instance(listing).queryset
    return rows
