"""Panels at the desk of the province: progress, who is late, replacement, draws of a batch."""

from fractions import Fraction
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hitech_cert.actions import drawing, seats
from hitech_cert.admin.experts import OfBodies
from hitech_cert.admin.frame import pill
from hitech_cert.admin.intakes import kept_by
from hitech_cert.enums import PanelState, SeatState, Subtotal
from hitech_cert.forms.experts.leading import LABELS, NAMES
from hitech_cert.models import Panel, Seat
from hitech_cert.queries import panels as reads
from torch_portal.accounts.roles import Denied
from torch_portal.common import clock
from torch_portal.common.findings import Refused
from torch_portal.common.ratios import rounded
from torch_portal.filings.matter_admin import Answer, WaitingFilter
from torch_portal.filings.pages.rows import minute
from torch_portal.filings.transitions import Stale
from torch_portal.filings.wording import long_date

TONES = {
    PanelState.RUNNING: "office",
    PanelState.CLOSED: "done",
    PanelState.DISSOLVED: "plain",
}
SEAT_TONES = {
    SeatState.INVITED: "waiting",
    SeatState.ACCEPTED: "office",
    SeatState.SUBMITTED: "done",
    SeatState.DECLINED: "plain",
    SeatState.REPLACED: "plain",
}
LEVELS = {1: gettext_lazy("first level"), 2: gettext_lazy("second level")}


class PanelFilter(WaitingFilter):
    """At first those that run."""

    def kinds(self) -> dict[str, tuple[Any, Q]]:
        """Running, late, with an empty seat, waiting for the leader, far apart, closed, all."""
        return {
            "": (gettext_lazy("In review"), Q(state=PanelState.RUNNING)),
            "late": (gettext_lazy("Late"), reads.late(clock.today())),
            "short": (gettext_lazy("With an empty seat"), reads.short()),
            "ready": (gettext_lazy("Waiting for the leader"), reads.ready()),
            "far": (gettext_lazy("Totals far apart"), ~Q(explained="")),
            "closed": (gettext_lazy("Review closed"), Q(state=PanelState.CLOSED)),
            "gone": (gettext_lazy("Dissolved"), Q(state=PanelState.DISSOLVED)),
            "all": (gettext_lazy("All"), Q()),
        }


@admin.register(Panel)
class PanelAdmin(OfBodies):
    """Nobody sees points before the leader has signed, the desk neither."""

    row_argument = "panel"
    page_template = "admin/hitech_cert/panel.html"
    answers = {
        "remind": Answer(
            seats.remind_panel,
            gettext_lazy("Remind"),
            gettext_lazy("Experts with something to do get a letter today; no reason is needed."),
        ),
        "dissolve": Answer(
            drawing.dissolve_panel,
            gettext_lazy("Dissolve the panel"),
            gettext_lazy("Its sheets stay on record and no longer count; another can be drawn."),
            grave=True,
        ),
    }
    list_display = ("enterprise", "number", "standing", "progress", "due_on", "drawn_on")
    list_display_links = ("enterprise",)
    list_filter = (PanelFilter, ("application__intake", admin.RelatedOnlyFieldListFilter))
    search_fields = ("application__enterprise__name", "application__filing__number")
    search_help_text = gettext_lazy("Name of the enterprise or filing number")
    ordering = ("due_on", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With how many sit and how many submitted."""
        return reads.with_progress(super().get_queryset(request))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: a draw makes panels."""
        return False

    def may_answer(self, request: HttpRequest, row: Panel) -> bool:
        """The certification body, while it runs."""
        mine = {place.pk for place in kept_by(request.user)}
        here = row.application.filing.jurisdiction_id in mine
        return row.state == PanelState.RUNNING and here

    def get_urls(self) -> list[URLPattern]:
        """The pages of matters, and one to replace an expert."""
        view = self.admin_site.admin_view(self.replace_view)
        where = "<int:object_id>/seats/<int:seat_pk>/replace/"
        return [path(where, view, name="hitech_cert_panel_replace"), *super().get_urls()]

    @admin.display(description=gettext_lazy("Enterprise"))
    def enterprise(self, panel: Panel) -> str:
        """Whose application it reviews."""
        return panel.application.enterprise.name

    @admin.display(description=gettext_lazy("Filing"))
    def number(self, panel: Panel) -> str:
        """The filing number."""
        return panel.application.filing.number or ""

    @admin.display(description=gettext_lazy("State"), ordering="state")
    def standing(self, panel: Panel) -> SafeString:
        """Where it stands."""
        if panel.state == PanelState.RUNNING and panel.due_on < clock.today():
            return pill("needs-you", _("Late"))
        return pill(TONES[PanelState(panel.state)], panel.get_state_display())

    @admin.display(description=gettext_lazy("Sheets"))
    def progress(self, panel: Any) -> str:
        """Submitted of those who sit."""
        return f"{panel.submitted} / {panel.seated}"

    @admin.display(description=gettext_lazy("Drawn on"))
    def drawn_on(self, panel: Panel) -> str:
        """The day of its draw."""
        return minute(panel.draw.drawn_at)[:10]

    def shown(self, request: HttpRequest, row: Panel) -> dict[str, Any]:
        """How it was drawn, its seats, and after it is closed what it found."""
        filing = row.application.filing
        facts = [
            (_("Filing"), filing.number or ""),
            (_("Sheets due"), long_date(row.due_on)),
            (
                _("Candidates"),
                _("%(tech)s technical (%(level)s of the catalogue), %(fin)s for finance")
                % {
                    "tech": len(row.tech_order),
                    "fin": len(row.fin_order),
                    "level": LEVELS[row.level],
                },
            ),
            (_("Seed"), row.draw.seed),
        ]
        if row.note:
            facts.append((_("Dissolved"), row.note))
        closed = row.state == PanelState.CLOSED
        return {
            "heading": row.application.enterprise.name,
            "tone": TONES[PanelState(row.state)],
            "state_label": row.get_state_display(),
            "filing_name": str(filing),
            "filing_url": reverse("admin:hitech_cert_application_change", args=[filing.pk]),
            "facts": facts,
            "seats": [self._seat(row, seat, closed=closed) for seat in reads.seats_of(row)],
            "excluded": reads.excluded_of(row),
            "averages": _averages(row) if closed else [],
            "opinion": row.opinion,
            "panel": row,
            "draw_url": reverse("admin:hitech_cert_paneldraw_change", args=[row.draw_id]),
            "may_replace": self.may_answer(request, row),
        }

    def _seat(self, panel: Panel, seat: Seat, *, closed: bool) -> dict[str, Any]:
        sheet = getattr(seat, "sheet", None)
        open_ = seat.state in reads.TO_DO
        return {
            "code": seat.expert.code,
            "name": seat.expert.user.get_full_name(),
            "employer": seat.expert.employer,
            "role": seat.get_role_display(),
            "leader": seat.leader,
            "lot": seat.lot + 1,
            "state": seat.get_state_display(),
            "tone": SEAT_TONES[SeatState(seat.state)],
            "since": minute(seat.left_at or seat.answered_at or seat.invited_at),
            "note": seat.note,
            "total": sheet.total if closed and sheet else None,
            "replace_url": self.address("replace", panel.pk, seat.pk) if open_ else "",
        }

    def replace_view(self, request: HttpRequest, object_id: int, seat_pk: int) -> HttpResponse:
        """An expert leaves, the next in the drawn order comes."""
        row = self.row_or_404(request, object_id)
        if request.method != "POST":
            raise Http404
        seat = get_object_or_404(row.seats.select_related("expert__user", "panel"), pk=seat_pk)
        note = request.POST.get("note", "")
        try:
            seats.replace_seat(seat=seat, by=request.user, at=clock.now(), note=note)
        except Denied as error:
            raise PermissionDenied(str(error)) from error
        except Refused as refused:
            messages.error(request, " ".join(f.text() for f in refused.findings))
        except Stale as stale:
            messages.error(request, str(stale))
        else:
            messages.success(request, _("Replaced by the next in the drawn order."))
        return redirect(self.address("change", object_id))


def _averages(panel: Panel) -> list[dict[str, Any]]:
    parts = {str(part) for part in Subtotal} | {"total"}
    return [
        {
            "label": LABELS[name],
            "exact": text,
            "near": f"{rounded(Fraction(text))}",
            "part": name in parts,
        }
        for name in NAMES
        for text in [panel.averages[name]]
    ]
