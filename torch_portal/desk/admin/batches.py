"""Batches at the desk: what will happen, the start, how far it is, what came of each filing."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin

from torch_portal.accounts.roles import is_official, is_reviewer
from torch_portal.common import clock
from torch_portal.common.desk_admin import CappedPaginator, chosen
from torch_portal.desk import actions
from torch_portal.desk.admin.day import day_page
from torch_portal.desk.enums import Outcome
from torch_portal.desk.lines import LINES
from torch_portal.desk.models import Batch, BatchRow

TONES = {Outcome.DONE: "done", Outcome.FAILED: "needs-you", Outcome.LEFT_OUT: "plain"}


@admin.register(Batch)
class BatchAdmin(ModelAdmin):
    """Who decides, each their own batches."""

    list_display = ["label", "made_at", "so_far", "ended_at"]
    ordering = ["-made_at", "-pk"]
    show_full_result_count = False
    paginator = CappedPaginator
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Batch]:
        """One's own."""
        own = super().get_queryset(request).filter(made_by_id=request.user.pk)
        done = Count("rows", filter=Q(rows__outcome=Outcome.DONE))
        return own.annotate(done=done, of=Count("rows"))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Reviewers, and officials: in some lines they decide too."""
        return is_reviewer(request.user) or is_official(request.user)

    has_module_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody here: it begins in the list of filings."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: what happened happened."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False

    @admin.display(description=gettext_lazy("Move"))
    def label(self, batch: Batch) -> str:
        """The move by its label."""
        return str(LINES[batch.line].workflow.moves[batch.move].label)

    @admin.display(description=gettext_lazy("Done"))
    def so_far(self, batch: Any) -> str:
        """Of how many filings."""
        return _("%(done)s of %(of)s") % {"done": batch.done, "of": batch.of}

    def get_urls(self) -> list[URLPattern]:
        """The admin's own pages; the workload; the plan, the start and the stop."""
        view = self.admin_site.admin_view
        return [
            path("workload/", view(self.workload_view), name="desk_batch_workload"),
            path("plan/", view(self.plan_view), name="desk_batch_plan"),
            path("<int:pk>/start/", view(self.start_view), name="desk_batch_start"),
            path("<int:pk>/stop/", view(self.stop_view), name="desk_batch_stop"),
            *super().get_urls(),
        ]

    def workload_view(self, request: HttpRequest) -> HttpResponse:
        """Who has how much in hand, and what can be given to others."""
        return day_page(request, self)

    def plan_view(self, request: HttpRequest) -> HttpResponse:
        """POST from a line's list: note what would happen and show it."""
        line, move = request.POST.get("line", ""), request.POST.get("move", "")
        if line not in LINES or move not in LINES[line].BATCHES:
            raise Http404
        desk = self.admin_site.get_model_admin(LINES[line].MODEL)
        if not desk.may_decide(request.user):
            raise Http404
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        picked = chosen(desk, request)
        if not picked:
            self.message_user(request, _("Tick at least one filing first."), level="warning")
            return redirect(LINES[line].QUEUE_URL)
        batch = actions.plan(
            line=line, move=move, filing_ids=picked, by=request.user, at=clock.now()
        )
        return redirect("admin:desk_batch_change", batch.pk)

    def batch_or_404(self, request: HttpRequest, pk: Any) -> Batch:
        """One's own batch."""
        may = self.has_view_permission(request)
        batch = self.get_object(request, str(pk)) if may else None
        if batch is None:
            raise Http404
        return batch

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The plan before the start, the progress and the results after it."""
        batch = self.batch_or_404(request, object_id)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return self.page(request, batch, self.move_of(batch).form(by=request.user))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """The results tell it."""
        raise Http404

    def move_of(self, batch: Batch) -> Any:
        """What the line says of its move."""
        return LINES[batch.line].BATCHES[batch.move]

    def start_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The start: what is entered for all, and the second confirmation of a grave move."""
        batch = self.batch_or_404(request, pk)
        if request.method != "POST":
            return redirect("admin:desk_batch_change", batch.pk)
        move = self.move_of(batch)
        form = move.form(request.POST, by=request.user)
        sure = not move.grave or request.POST.get("sure") == "1"
        if not form.is_valid() or not sure:
            return self.page(request, batch, form, unsure=not sure, status=422)
        actions.start(batch=batch, arguments=form.arguments(), by=request.user, at=clock.now())
        return redirect("admin:desk_batch_change", batch.pk)

    def stop_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Leave the rest alone."""
        batch = self.batch_or_404(request, pk)
        if request.method == "POST" and batch.started_at:
            actions.stop(batch=batch, by=request.user, at=clock.now())
        return redirect("admin:desk_batch_change", batch.pk)

    def page(
        self,
        request: HttpRequest,
        batch: Batch,
        form: Any,
        *,
        unsure: bool = False,
        status: int = 200,
    ) -> HttpResponse:
        """The one page of a batch."""
        line = LINES[batch.line]
        rows = [_shown(r, line) for r in batch.rows.select_related("filing").order_by("pk")]
        counts = {o.value: sum(r["outcome"] == o for r in rows) for o in Outcome}
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": line.workflow.moves[batch.move].label,
            "batch": batch,
            "move": line.workflow.moves[batch.move],
            "grave": self.move_of(batch).grave,
            "form": form,
            "unsure": unsure,
            "groups": _groups(rows, planned=batch.started_at is None),
            "counts": counts,
            "settled": len(rows) - counts[Outcome.WAITING] - counts[Outcome.LEFT_OUT],
            "of": len(rows) - counts[Outcome.LEFT_OUT],
            "running": batch.started_at is not None and batch.ended_at is None,
            "list_url": reverse(line.QUEUE_URL),
            "is_nav_sidebar_enabled": False,
            "is_fullwidth": "1",
        }
        return TemplateResponse(request, "admin/desk/batch.html", context, status=status)


def _shown(row: BatchRow, line: Any) -> dict[str, Any]:
    """A filing of a batch as text."""
    settled = row.settled_at
    return {
        "outcome": row.outcome,
        "outcome_label": row.get_outcome_display(),
        "tone": TONES.get(Outcome(row.outcome), "office"),
        "number": str(row.filing),
        "title": row.title,
        "words": row.words.splitlines(),
        "state_label": line.workflow.labels[row.filing.state],
        "url": reverse(line.ROW_URL, args=[row.filing_id]),
        "when": f"{timezone.localtime(settled):%H:%M:%S}" if settled else "",
    }


def _groups(rows: list[dict[str, Any]], *, planned: bool) -> list[dict[str, Any]]:
    """What failed first, then what waits, was left out, was done."""
    titles = {
        Outcome.FAILED: _("Not done: look at these yourself"),
        Outcome.WAITING: _("Will be done") if planned else _("Still to come"),
        Outcome.STOPPED: _("Stopped before these"),
        Outcome.LEFT_OUT: _("Left out: nothing happens to these"),
        Outcome.DONE: _("Done"),
    }
    groups = [
        {"title": title, "rows": [r for r in rows if r["outcome"] == outcome]}
        for outcome, title in titles.items()
    ]
    return [g for g in groups if g["rows"]]
