"""Draws of panels at the desk: made once for a batch or one filing, repeatable by anybody."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hitech_cert import rules
from hitech_cert.actions import drawing
from hitech_cert.admin.experts import OfBodies
from hitech_cert.admin.frame import pill
from hitech_cert.admin.intakes import kept_by
from hitech_cert.models import Application, Intake, PanelDraw, code_of
from hitech_cert.queries import panels as reads
from torch_portal.accounts.roles import Denied
from torch_portal.common import clock
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.filings.matter_admin import AnswerForm
from torch_portal.filings.pages.rows import minute
from torch_portal.filings.transitions import Stale
from torch_portal.filings.wording import long_date


class DrawForm(AnswerForm):
    """What is drawn for, with which seed and how many seats."""

    note = None  # type: ignore[assignment]  # Django's way to take an inherited entry out

    intake = forms.ModelChoiceField(
        Intake.objects.none(),
        label=gettext_lazy("Batch"),
        required=False,
        help_text=gettext_lazy("All its accepted applications; a worker draws them."),
    )
    number = forms.CharField(
        label=gettext_lazy("Or one filing, by its number"), required=False, max_length=32
    )
    seed = forms.CharField(
        label=gettext_lazy("Seed"),
        required=False,
        max_length=64,
        help_text=gettext_lazy(
            "Any words or digits, such as the figures of a public lottery of that day. Empty: the "
            "portal throws dice and keeps them."
        ),
    )
    tech = forms.IntegerField(
        label=gettext_lazy("Technical experts a panel"), min_value=1, max_value=15
    )
    fin = forms.IntegerField(
        label=gettext_lazy("Finance experts a panel"), min_value=0, max_value=15
    )

    def __init__(self, *args: Any, places: list[Any], **options: Any) -> None:
        wish = drawing.default_wish()
        super().__init__(*args, initial={"tech": wish.tech, "fin": wish.fin}, **options)
        mine = Intake.objects.filter(jurisdiction__in=places).order_by("-year", "-number")
        self.fields["intake"].queryset = mine  # type: ignore[attr-defined]  # a choice of rows

    def clean(self) -> dict[str, Any]:
        """A batch or a filing."""
        data = super().clean() or {}
        if bool(data.get("intake")) == bool(data.get("number", "").strip()):
            self.add_error(None, _("Choose a batch, or give the number of one filing."))
        return data

    def wish(self) -> rules.Wish:
        """The seats asked for."""
        return rules.Wish(self.cleaned_data["tech"], self.cleaned_data["fin"])


@admin.register(PanelDraw)
class PanelDrawAdmin(OfBodies):
    """A draw is made here once and stands for ever; anybody can repeat it."""

    page_template = "admin/hitech_cert/panel_draw.html"
    fields = ("seed", "tech", "fin")
    list_display = ("place", "drawn_on", "standing", "progress", "pool", "seats", "due_on",
                    "drawn_by")  # fmt: skip
    list_display_links = ("place", "drawn_on")
    list_select_related = ("jurisdiction", "intake", "drawn_by")
    ordering = ("-drawn_at", "-pk")

    @admin.display(description=gettext_lazy("For"))
    def place(self, draw: PanelDraw) -> str:
        """The batch, or one application of the jurisdiction."""
        return str(draw.intake or draw.jurisdiction)

    @admin.display(description=gettext_lazy("Drawn"), ordering="drawn_at")
    def drawn_on(self, draw: PanelDraw) -> str:
        """When."""
        return minute(draw.drawn_at)

    @admin.display(description=gettext_lazy("State"), ordering="state")
    def standing(self, draw: PanelDraw) -> SafeString:
        """Whether a worker still draws."""
        return pill("done" if draw.state == "done" else "office", draw.get_state_display())

    @admin.display(description=gettext_lazy("Panels"))
    def progress(self, draw: PanelDraw) -> str:
        """Drawn of those that wait."""
        return f"{draw.done} / {draw.total}"

    @admin.display(description=gettext_lazy("Seats"))
    def seats(self, draw: PanelDraw) -> str:
        """Technical and finance experts of each panel."""
        return f"{draw.tech} + {draw.fin}"

    def shown(self, request: HttpRequest, row: PanelDraw) -> dict[str, Any]:
        """Seed, pool, digest, how to repeat it, its panels, what was left out."""
        facts = [
            (_("Drawn"), f"{minute(row.drawn_at)} · {row.drawn_by.get_full_name()}"),
            (_("Panels"), self.progress(row)),
            (_("Seats of each panel"), self.seats(row)),
            (_("Experts in the pool"), row.pool),
            (_("Seed"), row.seed),
            (_("Digest of the pool (SHA-256)"), row.digest),
            (_("Sheets due"), long_date(row.due_on)),
        ]
        if row.last_error:
            facts.append((_("Last error"), f"{row.attempts} · {row.last_error}"))
        return {
            "heading": self.place(row),
            "facts": facts,
            "state_label": row.get_state_display(),
            "tone": "done" if row.state == "done" else "office",
            "draw": row,
            "panels": reads.draw_rows(row),
            "first_code": code_of(1),
        }

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Ask for batch or filing, seed and seats; POST draws."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        data = request.POST if request.method == "POST" else None
        form = DrawForm(data, places=kept_by(request.user))
        if form.is_bound and form.is_valid():
            try:
                made = self._drawn(request, form)
            except (Refused, Stale) as stopped:
                form.place(_told(stopped))
            except Denied as error:
                raise PermissionDenied(str(error)) from error
            else:
                messages.success(request, _("Drawn; the experts have been invited."))
                return redirect(self.address("change", made.pk))
        more = {"form": form, "title": _("Draw panels")}
        return self.form_page(request, "admin/hitech_cert/panel_draw_form.html", more)

    def _drawn(self, request: HttpRequest, form: DrawForm) -> PanelDraw:
        how = {"seed": form.cleaned_data["seed"], "wish": form.wish()}
        who: dict[str, Any] = {"by": request.user, "at": clock.now()}
        intake = form.cleaned_data["intake"]
        if intake is not None:
            return drawing.draw_batch(intake=intake, **who, **how)
        rows = Application.objects.visible_to(request.user).select_related("filing", "enterprise")
        number = form.cleaned_data["number"].strip()
        found = rows.filter(filing__number=number).first()
        if found is None:
            words = _("No application with this number lies before you.")
            raise Refused([Finding("number", Level.BLOCK, "number", words, "")])
        return drawing.draw_panel(application=found, **who, **how).draw


def _told(stopped: Refused | Stale) -> list[Finding]:
    if isinstance(stopped, Refused):
        return stopped.findings
    return [Finding("stale", Level.BLOCK, "", str(stopped), "")]
