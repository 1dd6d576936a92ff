"""Rounds from their design to their publication, with the pages of the quality desk."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stats import actions, permissions
from stats.admin import boards
from stats.admin.frame import SurveyAdmin, acted, pill
from stats.enums import RoundState
from stats.forms import rounds as entered
from stats.models import Aggregate, Round
from torch_portal.accounts.models import Jurisdiction
from torch_portal.accounts.roles import Denied
from torch_portal.common import clock
from torch_portal.common.downloads import workbook
from torch_portal.common.queueing import queue_for_person

TONES = {RoundState.OPEN: "office", RoundState.PUBLISHED: "done", RoundState.ACCEPTED: "done"}
# The next step of each state: the act, its name in the address, words, what will happen.
STEPS: dict[str, tuple[str, Callable[..., Any], Any, Any]] = {
    RoundState.DESIGN: (
        "approve",
        actions.approve_round,
        gettext_lazy("Approve the design"),
        gettext_lazy("Version and days stand from then on."),
    ),
    RoundState.APPROVED: (
        "freeze",
        actions.freeze_frame,
        gettext_lazy("Freeze the list of respondents"),
        gettext_lazy(
            "Enterprises certified in the last three years are added; then nobody is added any "
            "more. Bring in lists of others before."
        ),
    ),
    RoundState.FRAME_FROZEN: (
        "open",
        actions.open_round,
        gettext_lazy("Open the round"),
        gettext_lazy("Respondents can answer from the first day on."),
    ),
    RoundState.OPEN: (
        "close",
        actions.close_round,
        gettext_lazy("Close the round"),
        gettext_lazy("No new return is taken; what was sent back can still be corrected."),
    ),
    RoundState.CLOSED: (
        "accept",
        actions.accept_round,
        gettext_lazy("Accept the round"),
        gettext_lazy("Every province has signed off; the totals stand."),
    ),
    RoundState.ACCEPTED: (
        "publish",
        actions.publish_round,
        gettext_lazy("Publish the tables"),
        gettext_lazy("Cells of fewer than three respondents are left out (统计法 第二十五条)."),
    ),
}


@admin.register(Round)
class RoundAdmin(SurveyAdmin):
    """One step after the other; beside them coverage, outliers, totals, sign-off, publication."""

    list_display = ("title", "year", "opens_on", "closes_on", "standing")
    list_display_links = ("title",)
    ordering = ("-year", "-pk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """The Torch Center."""
        return permissions.is_torch(request.user)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Everybody in office sees which rounds there are."""
        return Round.objects.select_related("version__instrument", "version__approval")

    @admin.display(description=gettext_lazy("State"), ordering="state")
    def standing(self, row: Round) -> SafeString:
        """Where it stands."""
        return pill(TONES.get(RoundState(row.state), "plain"), row.get_state_display())

    def get_urls(self) -> list[URLPattern]:
        """Django's pages and those of the steps, of the list and of the totals."""
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/step/<slug:name>/", wrap(self.step_view), name="stats_round_step"),
            path("<int:pk>/design/", wrap(self.design_view), name="stats_round_design"),
            path("<int:pk>/list/", wrap(self.list_view), name="stats_round_list"),
            path("<int:pk>/count/", wrap(self.count_view), name="stats_round_count"),
            path("<int:pk>/sign/<str:place>/", wrap(self.sign_view), name="stats_round_sign"),
            path("<int:pk>/totals/<int:total>/", wrap(self.total_view), name="stats_round_total"),
            path("<int:pk>/microdata/", wrap(self.micro_view), name="stats_round_microdata"),
        ]
        return [*own, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The round with one of its boards."""
        row = self.row_or_404(request, object_id)
        if request.method not in ("GET", "HEAD"):
            raise Http404
        words = boards.shown(request, row) | self._next(request, row)
        return self.form_page(request, forms.Form(), words, "admin/stats/round.html")

    def _next(self, request: HttpRequest, row: Round) -> dict[str, Any]:
        """The step that comes next, where this person makes it."""
        step = STEPS.get(row.state)
        torch = permissions.is_torch(request.user)
        return {
            "next": {"name": step[0], "label": step[2], "effect": step[3]}
            if step and torch
            else None,
            "in_design": torch and row.state == RoundState.DESIGN,
            "takes_lists": torch and row.state == RoundState.APPROVED,
            "tone": TONES.get(RoundState(row.state), "plain"),
        }

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Lay a round out."""
        return self._design(request, None)

    def design_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Change a round that is still in design."""
        return self._design(request, self.row_or_404(request, pk))

    def _design(self, request: HttpRequest, row: Round | None) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = entered.RoundForm(request.POST or None, instance=row)
        if form.is_bound and form.is_valid():
            act = partial(
                actions.design_round,
                values=form.cleaned_data,
                by=request.user,
                at=clock.now(),
                survey_round=row,
            )
            if acted(request, act, form=form, done=_("The round is laid out.")):
                return redirect(self.address("changelist"))
        words = {
            "title": _("Lay out a round"),
            "effect": _("Nobody can answer before it is approved, its list frozen and it is open."),
            "button": _("Keep"),
        }
        return self.form_page(request, form, words)

    def step_view(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """POST: the next step."""
        row = self.row_or_404(request, pk)
        step = STEPS.get(row.state)
        known = {each[0]: each[1] for each in STEPS.values()}
        if request.method != "POST" or name not in known:
            raise Http404
        done = str(step[2]) if step else ""
        acted(
            request,
            partial(known[name], survey_round=row, by=request.user, at=clock.now()),
            done=done,
        )
        return redirect(self.address("change", pk))

    def list_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Bring in a list of respondents."""
        row = self.row_or_404(request, pk)
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = entered.FrameForm(request.POST or None, request.FILES or None)
        if form.is_bound and form.is_valid():
            upload = form.cleaned_data["file"]

            def act() -> None:
                actions.bring_respondents(
                    survey_round=row,
                    rows=entered.read_list(upload),
                    name=upload.name or "",
                    by=request.user,
                    at=clock.now(),
                )

            if acted(request, act, form=form, done=_("The list was taken.")):
                return redirect(self.address("change", pk))
        words = {
            "title": _("Bring in a list of respondents"),
            "effect": _("All rows are taken, or none and each bad row is named."),
            "button": _("Read the list"),
            "multipart": True,
        }
        return self.form_page(request, form, words)

    def count_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """POST: count totals and outliers again, in the background."""
        row = self.row_or_404(request, pk)
        province = permissions.provinces(request.user)
        if request.method != "POST":
            raise Http404
        if not (province or permissions.is_torch(request.user)):
            raise PermissionDenied(_("The province or the Torch Center has it counted."))
        queue_for_person("stats.tasks.count_round", round_id=row.pk)
        self.message_user(request, _("It is being counted; look again in a minute."))
        return redirect(self.address("change", pk) + "?board=totals")

    def sign_view(self, request: HttpRequest, pk: int, place: str) -> HttpResponse:
        """The province signs its totals off."""
        row = self.row_or_404(request, pk)
        jurisdiction = get_object_or_404(Jurisdiction, pk=place)
        if place not in permissions.provinces(request.user):
            raise PermissionDenied(_("The province itself does this."))
        form = entered.SignForm(request.POST or None)
        if form.is_bound and form.is_valid():
            act = partial(
                actions.sign_off,
                survey_round=row,
                jurisdiction=jurisdiction,
                by=request.user,
                at=clock.now(),
                note=form.cleaned_data["note"],
            )
            if acted(request, act, form=form, done=_("Signed off.")):
                return redirect(self.address("change", pk) + "?board=sign_off")
        words = {
            "title": _("Sign off the totals of %(place)s") % {"place": jurisdiction.name},
            "effect": _("The province stands by them; when they change, it has to sign again."),
            "button": _("Sign off"),
        }
        return self.form_page(request, form, words)

    def total_view(self, request: HttpRequest, pk: int, total: int) -> HttpResponse:
        """Explain a total that changed much."""
        row = self.row_or_404(request, pk)
        rows = Aggregate.objects.visible_to(request.user).filter(round=row)
        aggregate = get_object_or_404(rows, pk=total)
        form = entered.ExplainForm(request.POST or None, initial={"text": aggregate.explanation})
        if form.is_bound and form.is_valid():
            act = partial(
                actions.explain_total,
                aggregate=aggregate,
                text=form.cleaned_data["text"],
                by=request.user,
                at=clock.now(),
            )
            if acted(request, act, form=form, done=_("The explanation is kept.")):
                return redirect(
                    f"{self.address('change', pk)}?board=totals&place={aggregate.place}"
                )
        return self.form_page(request, form, boards.total_words(row, aggregate))

    def micro_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """POST: take the single returns along; it is written down."""
        row = self.row_or_404(request, pk)
        if request.method != "POST":
            raise Http404
        try:
            content, _entry = actions.take(survey_round=row, by=request.user, at=clock.now())
        except Denied as error:
            raise PermissionDenied(str(error)) from error
        return workbook(content, f"stats-{row.year}")
