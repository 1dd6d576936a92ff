"""What a list of filings of any line can be narrowed by."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from torch_portal.filings.enums import Stage
from torch_portal.filings.models.search import condition, query

# Code lists by the name of their filter: the column, and the codes.
Codes = Mapping[str, tuple[str, Sequence[str]]]


def codes_with(states: Sequence[str], more: Codes | None = None) -> Codes:
    """State and stage, which every line has, and the code lists of the line."""
    cover = {"state": ("filing__state", states), "stage": ("filing__stage", Stage.values)}
    return cover | dict(more or {})


def parameters(codes: Codes) -> list[OpenApiParameter]:
    """How the filters stand in the description of the API."""
    return [
        *(OpenApiParameter(name, str, enum=list(known)) for name, (_c, known) in codes.items()),
        OpenApiParameter("number", str, description="Filing number or registration number."),
        OpenApiParameter("q", str, description="Words of the name, a party, a code or a number."),
        OpenApiParameter(
            "submitted_from", date, description="First day of submission that counts."
        ),
        OpenApiParameter("submitted_to", date, description="Last day of submission that counts."),
        OpenApiParameter("due_to", date, description="Due on this day or earlier, and still open."),
    ]


def filtered(
    rows: "QuerySet[Any]", request: Request, codes: Codes, *, number: str
) -> "QuerySet[Any]":
    """The rows that the request asks for; ValidationError names the filter that cannot be read.

    number: the column of the line's own number.
    """
    for name, (column, known) in codes.items():
        wanted = request.query_params.get(name)
        if wanted is None:
            continue
        if wanted not in known:
            message = _("One of these is needed: %(choices)s.") % {"choices": ", ".join(known)}
            raise ValidationError({name: message})
        rows = rows.filter(**{column: wanted})
    wanted = request.query_params.get("number")
    if wanted:
        rows = rows.filter(Q(filing__number=wanted) | Q(**{number: wanted}))
    asked = query(request.query_params.get("q", ""))
    if asked:
        rows = rows.filter(condition(asked, "filing__"))
    return _on_days(rows, request)


def _on_days(rows: "QuerySet[Any]", request: Request) -> "QuerySet[Any]":
    """Days given as ISO; a range upside down is refused."""
    days = {name: _day(request, name) for name in ("submitted_from", "submitted_to", "due_to")}
    first, last, due = days.values()
    if first and last and first > last:
        message = _("The last day lies before the first. Swap them.")
        raise ValidationError({"submitted_to": message})
    if first:
        rows = rows.filter(filing__submitted_at__gte=_midnight(first))
    if last:
        rows = rows.filter(filing__submitted_at__lt=_midnight(last + timedelta(days=1)))
    if due:
        rows = rows.filter(filing__due_on__lte=due)
    return rows


def _day(request: Request, name: str) -> date | None:
    text = request.query_params.get(name, "")
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValidationError({name: _("Write a day like 2020-03-02.")}) from None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
