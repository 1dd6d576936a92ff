"""The pages of a move: say what will happen, take the inputs, make it, go on to the next."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext as _

from torch_portal.common import clock
from torch_portal.common.desk_admin.filing import FilingPages
from torch_portal.common.findings import Finding, Refused

if TYPE_CHECKING:
    from torch_portal.filings.transitions import Move


class MoveForm(forms.Form):
    """The inputs of a move; `seen` is the version of the cover that the person looked at."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    template = "admin/desk/move_fields.html"

    def __init__(
        self, data: QueryDict | None = None, *, row: Any, initial: Mapping[str, Any] | None = None
    ) -> None:
        self.row = row
        super().__init__(data, initial=dict(initial or {}))

    @property
    def inputs(self) -> list[forms.BoundField]:
        """The fields that the page shows."""
        return list(self.visible_fields())

    def reply(self) -> bool:
        """Whether the person asked for another row or the like instead of making the move."""
        return False

    def arguments(self) -> dict[str, Any]:
        """What the act is called with, beside row, person and time."""
        return {name: v for name, v in self.cleaned_data.items() if name != "seen"}

    def place(self, findings: Sequence[Finding]) -> list[Finding]:
        """Put each finding at its input; returns all of them for the summary."""
        for finding in findings:
            if finding.field in self.fields:
                self.add_error(finding.field, finding.text())
        return list(findings)


@dataclass(frozen=True)
class Decision:
    """What a button does: the act, the same function that the views call, and its form.

    one_click: nothing to enter, the button makes the move. grave: it harms the applicant.
    """

    act: Callable[..., Any]
    form: type[MoveForm] = MoveForm
    one_click: bool = False
    grave: bool = False


class DeskAdmin(FilingPages):
    """A line's desk: the state changes by moves alone; nothing is logged beside the events.

    The line states columns, queues, `workflow`, `moves`, `row_argument` (what its acts call the
    row), who may (`may_enter`, `check_may_move`) and how `denied` and `stale` are called.
    """

    moves: ClassVar[Mapping[str, Decision]] = {}
    row_argument: ClassVar[str] = "filing"
    in_batches: ClassVar[Sequence[str]] = ()
    denied: ClassVar[type[Exception]]
    stale: ClassVar[type[Exception]]
    turn = "reviewer"
    move_template = "admin/desk/move.html"

    def check_may_move(self, user: Any, cover: Any, move: "Move") -> None:
        """Raise `denied` with the reason when this person may not make this move."""
        raise TypeError(f"{type(self).__name__} does not say who may move")

    def main_move(self, row: Any) -> str:
        """The name of the move that is the usual next one here."""
        return ""

    def stays(self, move: "Move") -> bool:
        """Whether the same person goes on with the filing after this move."""
        return move.target is None

    def move_page(
        self, request: HttpRequest, row: Any, form: MoveForm, name: str
    ) -> dict[str, Any]:
        """What the page of a move shows of this line."""
        return {}

    def events(self, row: Any, *, after: int = 0) -> list[dict[str, Any]]:
        """The acts on the filing since its version `after`, newest first, as text."""
        return []

    def batch_moves(self, request: HttpRequest) -> list[dict[str, Any]]:
        """Those of the line, for who decides here."""
        if not self.may_decide(request.user):
            return []
        return [
            {"move": self.workflow.moves[n], "grave": self.moves[n].grave} for n in self.in_batches
        ]

    def batches_of(self, request: HttpRequest, row: Any) -> list[str]:
        """By the state alone; the plan looks closer."""
        from_here = self.workflow.moves_from(row.filing.state, self.turn)
        return [m.name for m in from_here if m.name in self.in_batches]

    def may_decide(self, user: Any) -> bool:
        """Whether this person makes moves here, not only reads."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """The pages of Django's admin and one more for each move."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_move"
        view = self.admin_site.admin_view(self.move_view)
        return [path("<int:pk>/move/<slug:name>/", view, name=name), *super().get_urls()]

    def buttons(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """The moves that this person may make now, and the reason when it is none at all."""
        found, reason = [], ""
        for move in self.workflow.moves_from(row.filing.state, self.turn):
            try:
                self.check_may_move(request.user, row.filing, move)
            except self.denied as error:
                reason = str(error)
                continue
            if move.name in self.moves:
                url = self.address("move", row.pk, move.name)
                found.append({"move": move, "decision": self.moves[move.name], "url": url})
        main = self.main_move(row)
        return {
            "buttons": [b for b in found if b["move"].name != main],
            "main_button": next((b for b in found if b["move"].name == main), None),
            "denied_reason": "" if found else reason,
        }

    def move_view(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """GET: the consequence and the inputs of a move. POST: the act, then the next filing."""
        row = self.row_or_404(request, pk)
        if name not in self.moves:
            raise Http404
        move = self.workflow.moves[name]
        try:
            self.check_may_move(request.user, row.filing, move)
        except self.denied as error:
            return self._denied(request, row, move, error)
        if request.method == "POST":
            return self._post(request, row, move)
        if row.filing.state not in move.sources:
            return self._not_now(request, row, move)
        initial = {**request.GET.dict(), "seen": row.filing.version}
        return self._page(request, row, move, self.moves[name].form(row=row, initial=initial))

    def _post(self, request: HttpRequest, row: Any, move: "Move") -> HttpResponse:
        form = self.moves[move.name].form(request.POST, row=row)
        form.files = request.FILES
        if form.reply():
            return self._page(request, row, move, form)
        if not form.is_valid() and set(form.errors) != {"seen"}:
            return self._page(request, row, move, form, status=422)
        following = self.links(request, row)["next_url"]
        try:
            with transaction.atomic():
                self._lock(row)
                if form.cleaned_data.get("seen") != row.filing.version:
                    return self._changed(request, row, move, form)
                self._act(request, row, move, form)
        except Refused as refused:
            return self._page(
                request, row, move, form, status=422, found=form.place(refused.findings)
            )
        except self.stale as stale:
            return self._page(request, row, move, form, status=409, notice=str(stale))
        except self.denied as error:
            return self._denied(request, row, move, error)
        return redirect(self._onward(request, row, move, following))

    def _lock(self, row: Any) -> None:
        """Hold the cover as it stands now: nobody decides between the check and the act."""
        row.filing = type(row.filing).objects.select_for_update().get(pk=row.filing.pk)

    def _act(self, request: HttpRequest, row: Any, move: "Move", form: MoveForm) -> None:
        who_and_when = {self.row_argument: row, "by": request.user, "at": clock.now()}
        self.moves[move.name].act(**who_and_when, **form.arguments())
        words = {"move": move.label, "number": row.filing}
        text = _("Done: %(move)s, %(number)s.") % words
        link = format_html('{} <a href="{}">{}</a>', text, self.page_url(request, row), row)
        self.message_user(request, link, level="success")

    def _onward(self, request: HttpRequest, row: Any, move: "Move", following: str) -> str:
        """The next filing of the queue, unless this one still waits for the same person."""
        then = request.POST.get("then") or ("stay" if self.stays(move) else "next")
        if then == "stay":
            return self.page_url(request, row)
        return str(following) or self.address("changelist")

    def _changed(
        self, request: HttpRequest, row: Any, move: "Move", form: MoveForm
    ) -> HttpResponse:
        """Somebody did something since the page was opened: show it before anything is decided."""
        changes = self.events(row, after=form.cleaned_data.get("seen") or 0)
        data = form.data.copy()
        data["seen"] = str(row.filing.version)
        form.data = data
        form.errors.pop("seen", None)
        return self._page(request, row, move, form, status=409, changes=changes)

    def _page(
        self,
        request: HttpRequest,
        row: Any,
        move: "Move",
        form: MoveForm,
        *,
        status: int = 200,
        **more: Any,
    ) -> HttpResponse:
        context = {
            **self.frame(request, row),
            "title": move.label,
            "move": move,
            "decision": self.moves[move.name],
            "form": form,
            "stays": self.stays(move),
            "possible": row.filing.state in move.sources,
            **self.move_page(request, row, form, move.name),
            **more,
        }
        return TemplateResponse(request, self.move_template, context, status=status)

    def _not_now(self, request: HttpRequest, row: Any, move: "Move") -> HttpResponse:
        words = {"move": move.label, "state": self.workflow.labels[row.filing.state]}
        text = _("“%(move)s” is not possible now: the filing is “%(state)s”.") % words
        self.message_user(request, text, level="warning")
        return redirect(self.page_url(request, row))

    def _denied(
        self, request: HttpRequest, row: Any, move: "Move", error: Exception
    ) -> HttpResponse:
        context = {**self.frame(request, row), "title": move.label, "reason": str(error)}
        return TemplateResponse(request, "admin/desk/denied.html", context, status=403)
