"""The roster of experts: taken in one by one or by workbook, changed with a reason, looked at."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hitech_cert import permissions
from hitech_cert.actions import experts as acts
from hitech_cert.admin.intakes import kept_by
from hitech_cert.forms.experts import roster
from hitech_cert.models import Expert
from hitech_cert.queries import experts as pools
from torch_portal.accounts.changes.queries import history
from torch_portal.accounts.roles import Denied, standing
from torch_portal.common import clock
from torch_portal.common.downloads import workbook
from torch_portal.common.findings import Refused
from torch_portal.common.sheets import BadSheet
from torch_portal.filings.matter_admin import MatterAdmin, WaitingFilter
from torch_portal.filings.pages.rows import minute
from torch_portal.filings.uploads import BadUpload, check_clean

COLUMNS = ("role", "licence", "title", "since", "employer", "employer_code", "resident",
           "active")  # fmt: skip


class OfBodies(MatterAdmin):
    """For who acts for a certification body in a whole jurisdiction."""

    list_per_page = 50

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Officials, and reviewers of a jurisdiction as a whole."""
        roles = standing(request.user)
        return roles.has_office("official", "reviewer") and any(
            role in ("official", "reviewer") for role, _area in roles.jurisdictions
        )

    has_module_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Who acts for one."""
        return bool(permissions.acts_for(request.user))

    def form_page(
        self, request: HttpRequest, template: str, more: dict[str, Any]
    ) -> TemplateResponse:
        """A page of this desk with a form."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "list_url": self.address("changelist"),
            "is_nav_sidebar_enabled": False,
            **more,
        }
        status = 422 if more["form"].errors or more.get("faults") else 200
        return TemplateResponse(request, template, context, status=status)


class ActiveFilter(WaitingFilter):
    """At first those who can be drawn."""

    def kinds(self) -> dict[str, tuple[Any, Q]]:
        """In the pool, of each kind, out of it."""
        return {
            "": (gettext_lazy("Can be drawn"), Q(active=True)),
            "tech": (gettext_lazy("Technical expert"), Q(active=True, role="tech")),
            "fin": (gettext_lazy("Finance expert"), Q(active=True, role="fin")),
            "unsigned": (
                gettext_lazy("Commitment not signed yet"), Q(active=True, signed_at__isnull=True),
            ),
            "late": (gettext_lazy("With late sheets"), pools.late(clock.today())),
            "no": (gettext_lazy("Taken out"), Q(active=False)),
            "all": (gettext_lazy("All"), Q()),
        }  # fmt: skip


@admin.register(Expert)
class ExpertAdmin(OfBodies):
    """Experts of the own jurisdiction; every change has a reason and stays on record."""

    page_template = "admin/hitech_cert/expert.html"
    list_display = ("code", "name", "role", "employer", "title", "codes", "waiting", "signed")
    list_display_links = ("code", "name")
    list_filter = (ActiveFilter,)
    search_fields = ("user__last_name", "user__first_name", "employer", "employer_code")
    search_help_text = gettext_lazy("Name or employer")
    ordering = ("pk",)
    change_list_template = "admin/hitech_cert/expert_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With what waits for each."""
        return pools.roster(request.user)

    @admin.display(description=gettext_lazy("Code"), ordering="pk")
    def code(self, expert: Expert) -> str:
        """What he is called in a draw."""
        return expert.code

    @admin.display(description=gettext_lazy("Name"))
    def name(self, expert: Expert) -> str:
        """Of the person."""
        return expert.user.get_full_name()

    @admin.display(description=gettext_lazy("Fields of technology"))
    def codes(self, expert: Expert) -> str:
        """Codes of the catalogue."""
        return ", ".join(expert.fields)

    @admin.display(description=gettext_lazy("Waiting sheets"), ordering="waiting")
    def waiting(self, expert: Any) -> int:
        """Invitations and sheets to do."""
        return int(expert.waiting)

    @admin.display(description=gettext_lazy("Commitment"), ordering="signed_at")
    def signed(self, expert: Expert) -> str:
        """When it was signed."""
        return minute(expert.signed_at)[:10] if expert.signed_at else "—"

    def get_urls(self) -> list[URLPattern]:
        """Django's pages, the change of an entry, the workbook."""
        view = self.admin_site.admin_view
        own = [
            ("<int:object_id>/edit/", self.edit_view, "edit"),
            ("import/", self.import_view, "import"),
            ("import/workbook/", self.workbook_view, "workbook"),
        ]
        return [
            *(path(where, view(page), name=f"hitech_cert_expert_{n}") for where, page, n in own),
            *super().get_urls(),
        ]

    def shown(self, request: HttpRequest, row: Expert) -> dict[str, Any]:
        """Who it is, ties, how the sheets lie to those of the others, changes."""
        facts = [
            (_("Kind of expert"), row.get_role_display()),
            (_("Qualified by"), row.get_licence_display()),
            (_("Professional title"), row.title or "—"),
            (_("In the trade since"), f"{row.since:%Y-%m-%d}" if row.since else "—"),
            (_("Employer"), f"{row.employer} {row.employer_code}".strip()),
            (_("Fields of technology"), pools.titles_of(row) or "—"),
            (_("E-mail"), row.user.email or "—"),
            (
                _("Commitment"),
                f"{minute(row.signed_at)} · {row.signed_text}" if row.signed_at else "—",
            ),
        ]
        return {
            "heading": f"{row.code} {row.user.get_full_name()}",
            "facts": facts,
            "state_label": _("Can be drawn") if row.active else _("Taken out"),
            "tone": "done" if row.active else "plain",
            "ties": pools.ties_of(row),
            "sheets": pools.sheets_beside(row),
            "changes": history(row),
            "edit_url": self.address("edit", row.pk),
        }

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Ask for the entries; POST takes the person in and writes to him."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        data = request.POST if request.method == "POST" else None
        form = roster.NewExpertForm(data, places=kept_by(request.user))
        if form.is_bound and form.is_valid():
            try:
                made = acts.add_expert(
                    entry=form.entry(),
                    jurisdiction=form.cleaned_data["jurisdiction"],
                    reason=form.cleaned_data["reason"],
                    by=request.user,
                    at=clock.now(),
                )
            except Refused as refused:
                form.place(refused.findings)
            else:
                messages.success(request, _("Taken into the pool; the person is written to."))
                return redirect(self.address("change", made.pk))
        more = {"form": form, "title": _("Take an expert into the pool")}
        return self.form_page(request, "admin/hitech_cert/expert_form.html", more)

    def edit_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Change the entries of an expert, with a reason."""
        row = self.row_or_404(request, object_id)
        data = request.POST if request.method == "POST" else None
        initial = {name: getattr(row, name) for name in COLUMNS} | {"codes": row.fields}
        form = roster.ChangedExpertForm(data, initial=initial)
        if form.is_bound and form.is_valid():
            try:
                acts.change_expert(
                    expert=row,
                    columns=form.columns(),
                    reason=form.cleaned_data["reason"],
                    by=request.user,
                    at=clock.now(),
                )
            except Refused as refused:
                form.place(refused.findings)
            except Denied as error:
                raise PermissionDenied(str(error)) from error
            else:
                messages.success(request, _("Changed."))
                return redirect(self.address("change", row.pk))
        more = {"form": form, "title": str(row)}
        return self.form_page(request, "admin/hitech_cert/expert_form.html", more)

    def workbook_view(self, request: HttpRequest) -> HttpResponse:
        """The workbook to fill in."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return workbook(roster.workbook(), _("Experts"))

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Bring a workbook: all of its experts are taken in, or none and every fault is named."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        data = (request.POST, request.FILES) if request.method == "POST" else ()
        form = roster.RosterForm(*data, places=kept_by(request.user))
        faults: list[tuple[int, str, str]] = []
        if form.is_bound and form.is_valid():
            try:
                found = self._import(request, form)
            except (BadSheet, BadUpload) as bad:
                form.add_error("file", str(bad))
            else:
                if not found.faults:
                    count = len(found.entries)
                    messages.success(request, _("%(count)s experts taken in.") % {"count": count})
                    return redirect(self.address("changelist"))
                faults = found.faults
        more = {
            "form": form,
            "faults": faults,
            "title": _("Bring a workbook of experts"),
            "workbook_url": self.address("workbook"),
        }
        return self.form_page(request, "admin/hitech_cert/expert_import.html", more)

    def _import(self, request: HttpRequest, form: roster.RosterForm) -> roster.Roster:
        upload = form.cleaned_data["file"]
        check_clean(upload)
        found = roster.read(upload.read())
        if found.faults:
            return found
        try:
            acts.import_experts(
                entries=found.entries,
                jurisdiction=form.cleaned_data["jurisdiction"],
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=clock.now(),
            )
        except Refused as refused:
            found.place(refused.findings)
        return found
