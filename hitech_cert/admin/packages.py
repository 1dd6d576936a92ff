"""E-mailed packages at the desk: opened, filled from what came, handed in with the same checks."""

from typing import Any

from django import forms as pages
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hitech_cert import actions, forms, permissions, queries
from hitech_cert.admin.intakes import moment
from hitech_cert.enums import AttachmentKind
from hitech_cert.forms.moves import at_entries
from hitech_cert.models import Application
from torch_portal.accounts.models import AgencyArea, Enterprise, User
from torch_portal.accounts.roles import Denied, standing
from torch_portal.common import clock
from torch_portal.common.findings import Refused
from torch_portal.common.sheets import BadSheet
from torch_portal.filings.desk_pages.desk import FilingDesk
from torch_portal.filings.desk_pages.page import finding_row
from torch_portal.filings.drafts import Conflict
from torch_portal.filings.guided.fields import CreditCodeField
from torch_portal.filings.guided.saved import form_for
from torch_portal.filings.matter_admin import AnswerForm
from torch_portal.filings.pages.rows import file_row, minute
from torch_portal.filings.queries import live_files
from torch_portal.filings.uploads import BadUpload, check_clean


class OpenPackageForm(AnswerForm):
    """Whose package it is, and when it came."""

    note = None  # type: ignore[assignment]  # Django's way to take an inherited entry out
    credit_code = CreditCodeField(label=gettext_lazy("unified social credit code"))
    received_at = moment(gettext_lazy("e-mail received at"))

    def clean(self) -> dict[str, Any]:
        """The enterprise has to be known, so that the filing lies in its place."""
        known = super().clean() or {}
        code = known.get("credit_code")
        if code:
            known["enterprise"] = Enterprise.objects.filter(credit_code=code).first()
            if known["enterprise"] is None:
                words = _("No enterprise of this code is registered here. Ask it to register.")
                self.add_error("credit_code", words)
        elif "credit_code" not in self.errors:
            self.add_error("credit_code", _("Enter the credit code of the enterprise."))
        if known.get("received_at") is None and "received_at" not in self.errors:
            self.add_error("received_at", _("Enter the day and time at which the e-mail came."))
        return known


class PartsForm(pages.Form):
    """A file for each table, and files of one kind."""

    kind = pages.ChoiceField(
        label=gettext_lazy("Kind of the files"), required=False, choices=AttachmentKind.choices
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for table in forms.SHEETS:
            self.fields[f"table-{table}"] = pages.FileField(
                label=forms.TABLE_TITLES[table],
                required=False,
                widget=pages.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
            )


class PackagePages(FilingDesk):
    """Two addresses more: the open packages, and one of them."""

    def get_urls(self) -> list[URLPattern]:
        """The pages of the desk and those of packages."""
        view = self.admin_site.admin_view
        name = f"{self.opts.app_label}_{self.opts.model_name}_packages"
        return [
            path("packages/", view(self.packages_view), name=name),
            path("packages/<int:pk>/", view(self.package_view), name=name.rstrip("s")),
            *super().get_urls(),
        ]

    def _open_packages(self, user: User) -> Any:
        """Those of the places in which this person registers packages."""
        areas = [area for _role, area in standing(user).jurisdictions if area]
        agencies = [agency for _role, agency in standing(user).agencies]
        prefixes = AgencyArea.objects.filter(agency__in=agencies).values_list("prefix", flat=True)
        reach = Q(filing__jurisdiction__in=areas)
        for prefix in prefixes:
            reach |= Q(enterprise__division__startswith=prefix)
        return queries.open_packages(clock.today().year).filter(reach)

    def packages_view(self, request: HttpRequest) -> HttpResponse:
        """What is open; POST opens another."""
        if not self.may_enter(request.user):
            raise Http404
        form = OpenPackageForm(request.POST or None)
        if form.is_bound and form.is_valid():
            told = form.cleaned_data
            try:
                made = actions.open_package(
                    enterprise=told["enterprise"],
                    received_at=told["received_at"],
                    by=request.user,
                    at=clock.now(),
                )
                return redirect(self.address("package", made.pk))
            except Refused as refused:
                form.place(refused.findings)
            except Denied as denied:
                form.add_error("credit_code", str(denied))
        rows = [(self.address("package", p.pk), p) for p in self._open_packages(request.user)]
        context = {"title": _("E-mailed applications"), "form": form, "packages": rows}
        page = "admin/hitech_cert/packages.html"
        return self._shown(request, page, context, 422 if form.errors else 200)

    def package_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One package: what is there, what it lacks; POST keeps, tells or hands in."""
        rows = queries.with_tables(self._open_packages(request.user))
        application = rows.filter(pk=pk).first() if self.may_enter(request.user) else None
        if application is None:
            raise Http404
        try:
            permissions.check_package(request.user, application.enterprise)
        except Denied as denied:
            raise PermissionDenied(str(denied)) from denied
        if request.method != "POST":
            return self._package(request, application, [])
        faults = self._kept(request, application)
        if faults:
            return self._package(request, application, faults, 422)
        return self._done(request, application)

    def _done(self, request: HttpRequest, application: Application) -> HttpResponse:
        """After what was sent is kept: hand in, tell, or stay."""
        act: dict[str, Any] = {"application": application, "by": request.user, "at": clock.now()}
        here = redirect(self.address("package", application.pk))
        if "hand_in" in request.POST:
            try:
                filing = actions.hand_in_package(**act)
            except Refused:
                messages.error(request, _("Not registered: what stands against it is listed."))
                return here
            messages.success(request, _("Registered under %(number)s.") % {"number": filing.number})
            return redirect(self.address("packages"))
        if "tell" in request.POST:
            told = actions.tell_missing(**act)
            messages.success(request, _("The enterprise was told %(n)s points.") % {"n": len(told)})
        else:
            messages.success(request, _("Kept."))
        return here

    def _kept(self, request: HttpRequest, application: Application) -> list[str]:
        """Keep everything that could be read; what could not, in words."""
        values: dict[str, Any] = {}
        typed: dict[str, str] = {}
        for page in forms.PAGES.values():
            form = page(request.POST)
            form.is_valid()
            values |= form.readable()
            typed |= form.unread()
        rows, faults = _tables(request)
        keep: dict[str, Any] = {"application": application, "by": request.user, "at": clock.now()}
        try:
            actions.keep_package(**keep, values=values, typed=typed, rows=rows)
            faults += _attached(request, keep)
        except Conflict as conflict:
            faults.append(str(conflict))
        return faults

    def _package(
        self, request: HttpRequest, row: Application, faults: list[str], status: int = 200
    ) -> HttpResponse:
        at = row.received_at or clock.now()
        found = at_entries(row, forms.all_findings(row, at=at))
        counts = [
            (forms.TABLE_TITLES[table], getattr(row, table).count()) for table in forms.SHEETS
        ]
        context = {
            "title": row.enterprise.name,
            "application": row,
            "received": minute(at),
            "pages": [form_for(row, form) for form in forms.PAGES.values()],
            "parts": PartsForm(),
            "tables": counts,
            "files": [
                file_row(row.filing, f, removable=False) | {"kind": AttachmentKind(f.kind).label}
                for f in live_files(row.filing)
            ],
            "findings": [finding_row(f, forms.field_label) for f in found],
            "faults": faults,
            "list_url": self.address("packages"),
        }
        return self._shown(request, "admin/hitech_cert/package.html", context, status)

    def _shown(
        self, request: HttpRequest, page: str, context: dict[str, Any], status: int
    ) -> HttpResponse:
        frame = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "queue_url": self.address("changelist"),
            "is_nav_sidebar_enabled": False,
            "is_fullwidth": "1",
        }
        return TemplateResponse(request, page, frame | context, status=status)


def _tables(request: HttpRequest) -> tuple[dict[str, Any], list[str]]:
    """The rows of every workbook that can be taken as a whole, and the faults of the others."""
    rows, faults = {}, []
    for table in forms.SHEETS:
        upload = request.FILES.get(f"table-{table}")
        if upload is None:
            continue
        title = f"{forms.TABLE_TITLES[table]}：{upload.name}"
        try:
            check_clean(upload)
            brought = forms.read_sheet(table, upload.read())
        except (BadSheet, BadUpload) as bad:
            faults.append(f"{title}：{bad}")
            continue
        taken = forms.taken(table, brought.carried) if brought.whole else None
        if taken is not None:
            rows[table] = taken
            continue
        faults += [
            _("%(what)s: row %(number)s, %(fault)s")
            % {"what": title, "number": row["number"], "fault": fault}
            for row in brought.rows
            for fault in (" ".join(map(str, words)).strip() for words in row["faults"])
        ] or [_("%(what)s: it has no row.") % {"what": title}]
    return rows, faults


def _attached(request: HttpRequest, keep: dict[str, Any]) -> list[str]:
    """Keep the files; what speaks against each that was not taken."""
    faults = []
    kind = request.POST.get("kind", "")
    for upload in request.FILES.getlist("files") if kind in AttachmentKind.values else []:
        try:
            actions.attach_package(**keep, kind=kind, upload=upload)
        except BadUpload as bad:
            faults.append(f"{upload.name}：{bad}")
    return faults
