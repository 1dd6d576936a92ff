"""The desk of matters beside the filings: a list, one page each, answered and never edited."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin

from torch_portal.accounts.roles import Denied, is_official, is_reviewer
from torch_portal.common import clock
from torch_portal.common.desk_admin import CappedPaginator
from torch_portal.common.findings import Finding, Refused
from torch_portal.filings.transitions import Stale


class AnswerForm(forms.Form):
    """What is entered with an answer; what the act finds stands at its entry."""

    use_required_attribute = False
    note = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("The enterprise reads these words."),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def place(self, findings: list[Finding]) -> None:
        """Each finding at its entry, the rest on top."""
        for finding in findings:
            field = finding.field if finding.field in self.fields else None
            self.add_error(field, finding.text())


@dataclass(frozen=True)
class Answer:
    """A button of a matter: the act it makes, its words, and what will happen."""

    act: Callable[..., Any]
    label: Any
    consequence: Any
    grave: bool = False


class MatterAdmin(ModelAdmin):
    """Reviewers and officials, each within reach.

    The line states `page_template`, `shown` (what the page says) and, where something can be
    answered, `answers`, `row_argument` (what the acts call the row) and `may_answer`.
    """

    page_template: ClassVar[str] = "admin/filings/matter.html"
    answers: ClassVar[Mapping[str, Answer]] = {}
    answer_form: ClassVar[type[AnswerForm]] = AnswerForm
    row_argument: ClassVar[str] = ""
    show_full_result_count = False
    paginator = CappedPaginator
    actions = None

    def shown(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """What the page of a row says."""
        return {}

    def may_answer(self, request: HttpRequest, row: Any) -> bool:
        """Whether this person answers it, and it waits for an answer."""
        return False

    def answers_now(self, request: HttpRequest, row: Any) -> Mapping[str, Answer]:
        """Which of the answers the page of a row offers; the acts refuse the others."""
        return self.answers

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """By role alone; which rows is decided by visible_to."""
        return is_reviewer(request.user) or is_official(request.user)

    has_module_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody: an act makes it."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: it is answered."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody, never."""
        return False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """None: whatever is entered here is entered on a page of its own."""
        return ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """What this person may see."""
        rows: Any = super().get_queryset(request)
        return rows.visible_to(request.user)

    def get_urls(self) -> list[URLPattern]:
        """Django's pages and one for the answers."""
        view = self.admin_site.admin_view(self.answer_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_answer"
        own = (
            [path("<int:object_id>/answer/<slug:answer>/", view, name=name)] if self.answers else []
        )
        return [*own, *super().get_urls()]

    def address(self, page: str, *args: Any) -> str:
        """The address of a page of this desk."""
        name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_{page}"
        return reverse(name, args=args)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """The history stands with the filing."""
        raise Http404

    def row_or_404(self, request: HttpRequest, object_id: Any) -> Any:
        """The row if this person may see it."""
        if not self.has_view_permission(request) or not str(object_id).isdecimal():
            raise Http404
        return get_object_or_404(self.get_queryset(request), pk=object_id)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The matter to read, with its answers where this person may answer now."""
        row = self.row_or_404(request, object_id)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return self._page(request, row, self.answer_form())

    def answer_view(self, request: HttpRequest, object_id: int, answer: str) -> HttpResponse:
        """One of the buttons was pressed."""
        row = self.row_or_404(request, object_id)
        if answer not in self.answers or request.method != "POST":
            raise Http404
        form = self.answer_form(request.POST)
        if not form.is_valid():
            return self._page(request, row, form, status=422)
        who_and_when = {self.row_argument: row, "by": request.user, "at": clock.now()}
        try:
            self.answers[answer].act(**who_and_when, **form.cleaned_data)
        except Denied as error:
            raise PermissionDenied(str(error)) from error
        except Refused as refused:
            form.place(refused.findings)
            return self._page(request, row, form, status=422)
        except Stale as stale:
            messages.error(request, str(stale))
        else:
            messages.success(request, _("Decided."))
        return redirect(self.address("change", object_id))

    def _page(
        self, request: HttpRequest, row: Any, form: AnswerForm, *, status: int = 200
    ) -> HttpResponse:
        may = bool(self.answers) and self.may_answer(request, row)
        buttons = [
            {"answer": answer, "url": self.address("answer", row.pk, name)}
            for name, answer in (self.answers_now(request, row) if may else {}).items()
        ]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(self.opts.verbose_name),
            "row": row,
            "form": form,
            "buttons": buttons,
            "list_url": self.address("changelist"),
            "is_nav_sidebar_enabled": False,
            **self.shown(request, row),
        }
        return TemplateResponse(request, self.page_template, context, status=status)


class WaitingFilter(admin.SimpleListFilter):
    """What waits unless more is asked for; the list says what (`kinds`)."""

    title = gettext_lazy("State")
    parameter_name = "waiting"

    def kinds(self) -> dict[str, tuple[Any, Q]]:
        """Name of each choice, its words and its rows; "" is what is shown at first."""
        raise TypeError(f"{type(self).__name__} does not say what can be chosen")

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The choices but the first."""
        return [(name, words) for name, (words, _rows) in self.kinds().items() if name]

    def choices(self, changelist: Any) -> Any:
        """Django's own “All” stands for what waits."""
        own = list(super().choices(changelist))
        own[0]["display"] = self.kinds()[""][0]
        return own

    def queryset(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows of the choice."""
        kinds = self.kinds()
        return rows.filter(kinds.get(self.value() or "", kinds[""])[1])
