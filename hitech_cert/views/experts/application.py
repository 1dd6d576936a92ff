"""An application as an expert reads it: figures, tables, texts, files; through the seat alone."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from hitech_cert import editions, queries
from hitech_cert.enums import SEATED, AttachmentKind, SeatState
from hitech_cert.models import Application, Expert, Seat
from hitech_cert.queries import panels as reads
from hitech_cert.views.experts.frame import application_of, experts_only, note, own_seat
from torch_portal.common import clock
from torch_portal.common.downloads import download
from torch_portal.common.limits import limited
from torch_portal.filings.actions import note_access
from torch_portal.filings.enums import AccessKind
from torch_portal.filings.pages.rows import file_row

# Columns that say nothing about the enterprise.
OWN = {"id", "application", "typed", "saved_version"}
TEXTS = ("text_rights", "text_results", "text_management", "text_staff")
YEARLY = {
    "sales": gettext_lazy("Sales revenue"),
    "net_assets": gettext_lazy("Net assets at the end of the year"),
    "profit": gettext_lazy("Total profit"),
}
MAIN = ("rd_domestic", "rd_basic", "gross_income", "non_taxable_income")


@require_GET
@experts_only
def review(request: HttpRequest, pk: int, *, expert: Expert) -> HttpResponse:
    """The whole application, after the invitation was accepted."""
    seat = own_seat(request, pk, *SEATED)
    if seat.state == SeatState.INVITED:
        return redirect("hitech_cert:expert_invitation", pk)
    application = application_of(seat)
    note(request, application)
    field = editions.FIELDS.get(application.core_field_code)
    context = {
        "seat": seat,
        "application": application,
        "field": " › ".join(field.path) if field else "",
        "years": years(application),
        "main": [(label_of(n), value_of(application, n)) for n in MAIN],
        "tables": tables(application),
        "texts": [(label_of(n), getattr(application, n)) for n in TEXTS],
        "kinds": kinds(seat, application),
        "submitted": seat.state == SeatState.SUBMITTED,
        "leads": seat.leader and reads.all_in(seat.panel),
        "leader_url": reverse("hitech_cert:expert_leader", args=[seat.pk]),
    }
    return render(request, "hitech_cert/experts/review.html", context)


@require_GET
@limited("download")
@experts_only
def file(request: HttpRequest, pk: int, attachment_pk: int, *, expert: Expert) -> HttpResponse:
    """The bytes of a file of the application, while the panel runs; the access is noted."""
    seat = own_seat(request, pk)
    filing = seat.panel.application.filing
    found = get_object_or_404(filing.attachments.live(), pk=attachment_pk)
    note_access(
        filing=filing, kind=AccessKind.FILE, attachment=found, by=request.user, at=clock.now()
    )
    return download(
        found.file,
        name=found.name,
        content_type=found.content_type,
        inline=request.GET.get("show") == "1",
    )


def label_of(name: str, model: type[models.Model] = Application) -> str:
    """What a column is called."""
    return str(model._meta.get_field(name).verbose_name)


def value_of(row: Any, name: str) -> str:
    """One value as people read it."""
    column = row._meta.get_field(name)
    if column.choices:
        return str(getattr(row, f"get_{name}_display")())
    value = getattr(row, column.attname)
    if value is None or value in ("", []):
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "、".join(map(str, value))
    return f"{value:,}" if isinstance(column, models.DecimalField) else str(value)


def years(application: Application) -> dict[str, Any]:
    """Sales, net assets and profit of the three years, oldest first."""
    first = application.year - 3
    return {
        "heads": [first, first + 1, first + 2],
        "rows": [
            (
                label,
                [value_of(application, f"{name}_{place}") for place in (1, 2, 3)],
            )
            for name, label in YEARLY.items()
        ],
    }


def tables(application: Application) -> list[dict[str, Any]]:
    """All tables of the application, each row with its long texts below it."""
    return [table for name in queries.TABLES if (table := _table(application, name))["rows"]]


def _table(application: Application, name: str) -> dict[str, Any]:
    rows = queries.in_order(getattr(application, name))
    model: type[models.Model] = getattr(Application, name).rel.related_model
    columns = [c for c in model._meta.concrete_fields if c.name not in OWN]
    short = [c.name for c in columns if not isinstance(c, models.TextField)]
    long = [c.name for c in columns if isinstance(c, models.TextField)]
    return {
        "name": name,
        "title": str(model._meta.verbose_name_plural),
        "heads": [label_of(c, model) for c in short],
        "rows": [
            {
                "cells": [(label_of(c, model), value_of(row, c)) for c in short],
                "texts": [(label_of(c, model), getattr(row, c)) for c in long if getattr(row, c)],
            }
            for row in rows
        ],
    }


def kinds(seat: Seat, application: Application) -> list[tuple[str, list[dict[str, Any]]]]:
    """The files by kind, each with the address by which this expert may open it."""
    filing, labels = application.filing, dict(AttachmentKind.choices)
    found: dict[str, list[dict[str, Any]]] = {}
    for row in filing.attachments.live().order_by("pk"):
        shown = file_row(filing, row, removable=False)
        shown["url"] = reverse("hitech_cert:expert_file", args=[seat.pk, row.pk]) + "?show=1"
        found.setdefault(str(labels.get(row.kind, row.kind)), []).append(shown)
    return list(found.items())
