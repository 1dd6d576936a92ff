"""The desk of questionnaires: versions with their differences, workbooks, items, approvals."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stats.actions import authoring, items, publishing, workbooks
from stats.admin.frame import acted, pill
from stats.admin.kept import KeptAdmin, shown_differences, shown_findings
from stats.admin.version_page import (
    STATES,
    changed_since,
    facts_of,
    first_values,
    state_of,
    tables_of,
    waiting_in,
)
from stats.forms.instruments import ItemForm, NoWordsForm, VersionForm, WorkbookForm
from stats.models import InstrumentVersion
from stats.queries import examination
from stats.queries import instruments as queries
from stats.queries.workbook import workbook
from torch_portal.common import clock, downloads, sheets
from torch_portal.filings.matter_admin import Answer
from torch_portal.filings.wording import long_date

NOW = {
    "draft": ("ask",),
    "asked": ("publish", "hand_back"),
    "published": ("retire",),
    "retired": (),
}


@admin.register(InstrumentVersion)
class VersionAdmin(KeptAdmin):
    """A draft is written as a workbook or item by item; what is published stays."""

    page_template = "admin/stats/version.html"
    row_argument = "version"
    answer_form = NoWordsForm
    answers = {
        "take_over": Answer(
            workbooks.take_over,
            gettext_lazy("Take the workbook over"),
            gettext_lazy("The draft becomes what the workbook says; rules that differ are drafts."),
        ),
        "drop": Answer(
            workbooks.drop,
            gettext_lazy("Leave the workbook out"),
            gettext_lazy("The draft stays as it is."),
        ),
        "ask": Answer(
            publishing.ask_version,
            gettext_lazy("Hand to the second officer"),
            gettext_lazy("Who wrote it cannot publish it."),
        ),
        "publish": Answer(
            publishing.publish_version,
            gettext_lazy("Publish"),
            gettext_lazy("It is frozen with its digest; nobody can change it any more."),
            grave=True,
        ),
        "hand_back": Answer(
            publishing.hand_back_version,
            gettext_lazy("Hand back"),
            gettext_lazy("It is a draft again."),
        ),
        "retire": Answer(
            publishing.retire_version,
            gettext_lazy("Retire"),
            gettext_lazy("No new round asks it; returns that are there stay."),
            grave=True,
        ),
    }
    list_display = (
        "version", "instrument", "starts_on", "state_shown", "approval_no", "valid_to", "n_items",
    )  # fmt: skip
    list_display_links = ("version",)
    list_filter = ("instrument",)
    list_select_related = ("instrument", "approval")
    search_fields = ("version", "instrument__title_zh", "approval__approval_no")
    search_help_text = gettext_lazy("Version, title or approval number")
    ordering = ("-starts_on", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With how many items each has."""
        rows = super().get_queryset(request).annotate(items_there=Count("items"))
        return rows.select_related(
            "instrument", "approval", "written_by", "asked_by", "published_by", "retired_by",
            "pending_by",
        )  # fmt: skip

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A version begins from an earlier one, on its page."""
        return False

    @admin.display(description=gettext_lazy("Status"))
    def state_shown(self, version: InstrumentVersion) -> SafeString:
        """Draft, with the second officer, published, retired."""
        return pill(*STATES[state_of(version)])

    @admin.display(description=gettext_lazy("approval number"))
    def approval_no(self, version: InstrumentVersion) -> str:
        """Of the approval it is asked under."""
        return version.approval.approval_no

    @admin.display(description=gettext_lazy("valid until"), ordering="approval__valid_to")
    def valid_to(self, version: InstrumentVersion) -> str:
        """The last valid day of the approval."""
        return long_date(version.approval.valid_to)

    @admin.display(description=gettext_lazy("Items"))
    def n_items(self, version: Any) -> int:
        """How many it asks for."""
        return int(version.items_there)

    def answers_now(self, request: HttpRequest, row: InstrumentVersion) -> dict[str, Answer]:
        """Those of its state; a workbook that waits is settled first."""
        names = ("take_over", "drop") if row.pending is not None else NOW[state_of(row)]
        return {name: self.answers[name] for name in names}

    def get_urls(self) -> list[URLPattern]:
        """Django's pages, the workbook out and in, the next version, the items of a draft."""
        pages = (
            ("<int:object_id>/workbook/", "workbook", self.workbook_view),
            ("<int:object_id>/bring/", "bring", self.bring_view),
            ("<int:object_id>/next/", "next", self.next_view),
            ("<int:object_id>/items/add/", "add_item", self.item_view),
            ("<int:object_id>/items/<slug:code>/", "item", self.item_view),
        )
        own = [
            path(route, self.admin_site.admin_view(view), name=f"stats_instrumentversion_{name}")
            for route, name, view in pages
        ]
        return [*own, *super().get_urls()]

    def shown(self, request: HttpRequest, row: InstrumentVersion) -> dict[str, Any]:
        """The facts, what changes, what stands against it, and every item."""
        content = queries.instrument_of(row)
        before = queries.version_before(row)
        tone, label = STATES[state_of(row)]
        changed = changed_since(before, content) if before else []
        return {
            "heading": f"{row.version} {row.instrument.title_zh}",
            "facts": facts_of(row, len(content.items)),
            "tone": tone,
            "state_label": label,
            "before": before,
            "changed": shown_differences(changed),
            "waiting": shown_differences(waiting_in(row, content)) if row.pending else None,
            "findings": shown_findings(examination.of_version(row, content))
            if row.is_draft
            else [],
            "tables": tables_of(content),
            "may_write": row.is_draft and authoring.may_author(request.user),
            "may_begin": authoring.may_author(request.user),
        }

    def workbook_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The version with its rules, to be changed off line."""
        row = self.row_or_404(request, object_id)
        return downloads.workbook(workbook(row), row.version)

    def draft_or_404(self, request: HttpRequest, object_id: int) -> InstrumentVersion:
        """A draft that this person may write."""
        row: InstrumentVersion = self.row_or_404(request, object_id)
        if not authoring.may_author(request.user):
            raise PermissionDenied
        if not row.is_draft:
            raise Http404
        return row

    def bring_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """A workbook comes back."""
        row = self.draft_or_404(request, object_id)
        form = WorkbookForm(request.POST or None, request.FILES or None)
        if form.is_bound and form.is_valid():
            file = form.cleaned_data["file"]
            done = _("The workbook is read. Look at the differences before you take it over.")
            if acted(request, lambda: self._bring(request, row, file), form=form, done=done):
                return redirect(self.address("change", row.pk))
        words = {
            "title": _("Bring a workbook for %(version)s") % {"version": row.version},
            "effect": _("It is laid beside the draft; nothing changes before you take it over."),
            "button": _("Read the workbook"),
            "multipart": True,
            "list_url": self.address("change", row.pk),
        }
        return self.form_page(request, form, words)

    def _bring(self, request: HttpRequest, row: InstrumentVersion, file: Any) -> None:
        if file.size > sheets.Limits().size:
            raise sheets.BadSheet(_("The file is too big. Take the workbook of this draft."))
        workbooks.bring(
            version=row, name=file.name, data=file.read(), by=request.user, at=clock.now()
        )

    def next_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The next version begins as a copy."""
        row = self.row_or_404(request, object_id)
        if not authoring.may_author(request.user):
            raise PermissionDenied
        form = VersionForm(request.POST or None)
        made: list[InstrumentVersion] = []
        if form.is_bound and form.is_valid():
            told = {**form.cleaned_data, "by": request.user, "at": clock.now()}
            if acted(
                request,
                lambda: made.append(authoring.start_version(source=row, **told)),
                form=form,
            ):
                return redirect(self.address("change", made[0].pk))
        words = {
            "title": _("Begin the version after %(version)s") % {"version": row.version},
            "effect": _("A draft with the same tables, items and lists."),
            "button": _("Begin the version"),
            "list_url": self.address("change", row.pk),
        }
        return self.form_page(request, form, words)

    def item_view(self, request: HttpRequest, object_id: int, code: str = "") -> HttpResponse:
        """One item of a draft: changed, added or taken out."""
        row = self.draft_or_404(request, object_id)
        content = queries.instrument_of(row)
        if code and code not in content.items:
            raise Http404
        who = {"version": row, "by": request.user, "at": clock.now()}
        if request.method == "POST" and "remove" in request.POST:
            acted(request, lambda: items.remove_item(code=code, **who))
            return redirect(self.address("change", row.pk))
        form = ItemForm(
            request.POST or None,
            tables=list(content.tables),
            lists=list(content.lists),
            initial=first_values(content, code),
        )
        if form.is_bound and form.is_valid():
            values = form.values()
            if acted(request, lambda: items.write_item(code=code, values=values, **who), form=form):
                return redirect(self.address("change", row.pk))
        title = _("Item %(code)s") % {"code": code} if code else _("Add an item")
        words = {
            "title": f"{title} · {row.version}",
            "effect": _("The draft goes back from the second officer, if it was there."),
            "button": _("Keep"),
            "may_remove": bool(code),
            "list_url": self.address("change", row.pk),
        }
        return self.form_page(request, form, words, "admin/stats/item.html")
