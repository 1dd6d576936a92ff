"""The desk of the national list: sent, matched, resolved by hand, taken over."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hitech_cert import permissions
from hitech_cert.actions import national
from hitech_cert.admin.body import BodyAdmin, note_field, places, refuse
from hitech_cert.models import NationalList, NationalRow
from hitech_cert.queries.national import STANDS, rows_by, tally
from torch_portal.accounts.models import Enterprise, Jurisdiction
from torch_portal.accounts.roles import Denied
from torch_portal.common import clock
from torch_portal.common.findings import Refused
from torch_portal.common.sheets import BadSheet
from torch_portal.filings.pages.rows import minute
from torch_portal.filings.transitions import Stale
from torch_portal.filings.uploads import BadUpload
from torch_portal.filings.wording import long_date

PER_PAGE = 50
TABS = {
    "trouble": gettext_lazy("To be resolved by hand"),
    "good": gettext_lazy("Ready to be taken over"),
    "taken": gettext_lazy("Taken over"),
    "known": gettext_lazy("Taken over before"),
    "skipped": gettext_lazy("Left out"),
    "all": gettext_lazy("All"),
}


def day_widget() -> forms.DateInput:
    """The browser's own calendar."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SendForm(forms.Form):
    """The file, where it comes from, and a day for rows without one."""

    use_required_attribute = False
    jurisdiction = forms.ModelChoiceField(
        Jurisdiction.objects.none(), label=gettext_lazy("Jurisdiction"), empty_label=None
    )
    file = forms.FileField(
        label=gettext_lazy("The list (.xlsx, .xls, .csv)"),
        help_text=gettext_lazy(
            "Columns are found by their heads: 企业名称, 统一社会信用代码, 证书编号, 发证日期."
        ),
    )
    document = forms.CharField(
        label=gettext_lazy("Number of the reply letter, or address of the announcement"),
        required=False,
        max_length=200,
    )
    issued_on = forms.DateField(
        label=gettext_lazy("Day of issue, for rows that have none"),
        required=False,
        widget=day_widget(),
    )

    def __init__(self, *args: Any, by: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        mine = [code for code, _name in places(by)]
        rows = Jurisdiction.objects.filter(pk__in=mine).order_by("pk")
        self.fields["jurisdiction"].queryset = rows  # type: ignore[attr-defined]  # a choice of rows


class ResolveForm(forms.Form):
    """Whose the row is, and what the paper says; what stays empty stays as it is."""

    use_required_attribute = False
    enterprise = forms.CharField(
        label=gettext_lazy("Enterprise (credit code)"), required=False, max_length=40
    )
    number = forms.CharField(
        label=gettext_lazy("Certificate number"), required=False, max_length=40
    )
    issued_on = forms.DateField(
        label=gettext_lazy("Issued on"), required=False, widget=day_widget()
    )
    note = note_field(gettext_lazy("On what it rests"), longest=400)

    def clean_enterprise(self) -> Enterprise | None:
        """The enterprise of this credit code."""
        code = self.cleaned_data["enterprise"].strip().upper()
        if not code:
            return None
        found = Enterprise.objects.filter(credit_code=code).first()
        if found is None:
            raise forms.ValidationError(_("No enterprise of the portal has this credit code."))
        return found


@admin.register(NationalList)
class NationalListAdmin(BodyAdmin):
    """Nothing is taken over before somebody accepts it; no number is ever made here."""

    list_display = ("name", "jurisdiction", "document", "sent_on", "rows_shown", "dropped")
    list_select_related = ("jurisdiction",)
    ordering = ("-opened_at", "pk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Who acts for a certification body."""
        return bool(permissions.acts_for(request.user))

    def get_queryset(self, request: HttpRequest) -> Any:
        """With how many rows each has, and how many of them were taken over."""
        taken = Count("rows", filter=Q(rows__taken_at__isnull=False))
        return super().get_queryset(request).annotate(n_all=Count("rows"), n_taken=taken)

    @admin.display(description=gettext_lazy("Sent on"), ordering="opened_at")
    def sent_on(self, row: NationalList) -> str:
        """The day."""
        return minute(row.opened_at)[:10]

    @admin.display(description=gettext_lazy("Rows"))
    def rows_shown(self, row: NationalList) -> str:
        """Taken over, of all."""
        found = {"taken": getattr(row, "n_taken", 0), "all": getattr(row, "n_all", 0)}
        return _("%(taken)s of %(all)s taken over") % found

    @admin.display(description=gettext_lazy("Put away"), boolean=True)
    def dropped(self, row: NationalList) -> bool:
        """Whether it is closed."""
        return row.dropped_at is not None

    def get_urls(self) -> list[URLPattern]:
        """Django's pages, the acts on a list and the page of a row."""
        act = self.admin_site.admin_view(self.act_view)
        row = self.admin_site.admin_view(self.row_view)
        own = [
            path("<int:object_id>/act/<slug:act>/", act, name="hitech_cert_nationallist_act"),
            path("<int:object_id>/rows/<int:row_id>/", row, name="hitech_cert_nationallist_row"),
        ]
        return [*own, *super().get_urls()]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Send a list."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = SendForm(request.POST or None, request.FILES or None, by=request.user)
        if form.is_bound and form.is_valid():
            said = dict(form.cleaned_data)
            upload = said.pop("file")
            try:
                made = national.open_list(upload=upload, by=request.user, at=clock.now(), **said)
            except Refused as refused:
                refuse(form, refused)
            except (BadSheet, BadUpload) as error:
                form.add_error("file", str(error))
            except Denied as error:
                raise PermissionDenied(str(error)) from error
            else:
                return redirect(self.address("change", made.pk))
        words = {
            "title": _("Bring in a national list"),
            "effect": _("Its rows are matched; nothing is taken over before you accept it."),
            "button": _("Read the list"),
            "multipart": True,
        }
        return self.form_page(request, form, words)

    def act_view(self, request: HttpRequest, object_id: int, act: str) -> HttpResponse:
        """Take over, match again, put away."""
        row = self.row_or_404(request, object_id)
        if request.method != "POST" or act not in ("take", "match", "drop"):
            raise Http404
        who_and_when = {"national": row, "by": request.user, "at": clock.now()}
        try:
            if act == "take":
                count = national.take_over(**who_and_when)
                messages.success(request, _("%(count)s taken over.") % {"count": count})
            elif act == "match":
                national.match_again(**who_and_when)
            else:
                national.drop_list(**who_and_when)
        except Refused as refused:
            for finding in refused.findings:
                messages.error(request, finding.text())
        except Stale as stale:
            messages.error(request, str(stale))
        except Denied as error:
            raise PermissionDenied(str(error)) from error
        return redirect(self.address("change", object_id))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The rows by how they stand, those to be resolved first."""
        row = self.row_or_404(request, object_id)
        counts = tally(row)
        first = next((name for name in TABS if counts[name]), "all")
        asked = request.GET.get("rows", first)
        stands = asked if asked in STANDS else first
        page = Paginator(rows_by(row, stands), PER_PAGE).get_page(request.GET.get("page"))
        words = {
            "title": row.name,
            "row": row,
            "facts": _facts(row),
            "tabs": [(name, label, counts[name]) for name, label in TABS.items()],
            "stands": stands,
            "page": page,
            "rows": [_shown(one) for one in page],
            "open": row.dropped_at is None and self.has_add_permission(request),
            "good": counts["good"],
        }
        template = "admin/hitech_cert/after/national.html"
        return self.form_page(request, forms.Form(), words, template)

    def row_view(self, request: HttpRequest, object_id: int, row_id: int) -> HttpResponse:
        """One row: what it says, who fits, and what a person says of it."""
        listed = self.row_or_404(request, object_id)
        row = get_object_or_404(listed.rows.select_related("national", "enterprise"), pk=row_id)
        form = ResolveForm(request.POST or None)
        if form.is_bound and form.is_valid() and self._resolve(request, row, form):
            return redirect(self.address("change", object_id))
        words = {
            "title": _("Row %(place)s of %(name)s") % {"place": row.place, "name": listed.name},
            "row": row,
            "said": _shown(row),
            "candidates": Enterprise.objects.filter(pk__in=row.candidates).order_by("name"),
            "back_url": self.address("change", object_id),
            "open": row.taken_at is None and self.has_add_permission(request),
        }
        return self.form_page(request, form, words, "admin/hitech_cert/after/national_row.html")

    def _resolve(self, request: HttpRequest, row: NationalRow, form: ResolveForm) -> bool:
        """Settle the row; True when the list can be shown again."""
        said = form.cleaned_data
        who_and_when = {"row": row, "by": request.user, "at": clock.now()}
        try:
            if "leave" in request.POST or "take" in request.POST:
                skipped = "leave" in request.POST
                national.leave_out(skipped=skipped, note=said["note"], **who_and_when)
            else:
                national.resolve(**said, **who_and_when)
        except Refused as refused:
            refuse(form, refused)
            return False
        except Stale as stale:
            messages.error(request, str(stale))
        except Denied as error:
            raise PermissionDenied(str(error)) from error
        return True


def _facts(row: NationalList) -> list[tuple[str, str]]:
    sent = f"{minute(row.opened_at)} · {row.opened_by.get_full_name()}"
    facts = [(_("Sent"), sent), (_("Source"), row.document), ("SHA-256", row.sha256)]
    if row.issued_on:
        facts.append((_("Day of issue, for rows that have none"), long_date(row.issued_on)))
    return facts


def _shown(row: NationalRow) -> dict[str, Any]:
    """A row in words, with what is in the way."""
    problem = ""
    if row.problem:
        problem = _(row.problem["message"]) % row.problem["values"]
    application = row.application
    return {
        "row": row,
        "number": row.mended.get("number") or row.number,
        "issued_on": row.mended.get("issued_on") or row.issued_on or row.unread,
        "trouble": row.get_trouble_display() if row.trouble else "",
        "problem": problem,
        "whose": application.enterprise.name if application else "",
    }
