"""The desks of questions and of the FAQ that grows from them."""

import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stats import permissions
from stats.actions import faq
from stats.actions import guidance as actions
from stats.admin.published import PublishedAdmin, PublishForm
from stats.editions.guidance import LONGEST_TEXT
from stats.enums import QuestionState
from stats.models import FaqEntry, Question
from stats.queries import guidance as queries
from torch_portal.accounts.models import Agency, Jurisdiction, User
from torch_portal.accounts.roles import is_official, is_reviewer
from torch_portal.common import clock
from torch_portal.common.findings import Finding
from torch_portal.filings.enums import Side
from torch_portal.filings.matter_admin import Answer, AnswerForm, MatterAdmin, WaitingFilter
from torch_portal.filings.pages.rows import minute
from torch_portal.filings.wording import long_date, provisional

TONES = {
    QuestionState.WAITING: "waiting",
    QuestionState.OVERDUE: "needs-you",
    QuestionState.ANSWERED: "done",
    QuestionState.SETTLED: "plain",
}


class QuestionForm(AnswerForm):
    """An answer; or another unit that knows it."""

    note = forms.CharField(
        label=gettext_lazy("Answer"),
        help_text=gettext_lazy("The enterprise reads these words under the name of the unit."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    unit = forms.ModelChoiceField(
        Agency.objects.filter(active=True).order_by("name"),
        label=gettext_lazy("Hand on to"),
        required=False,
    )

    def place(self, findings: list[Finding]) -> None:
        """What speaks of the text stands at the answer."""
        super().place(
            [
                Finding(f.code, f.level, {"text": "note"}.get(f.field, f.field), f.text(), f.clause)
                for f in findings
            ]
        )


def pill(tone: str, label: Any) -> SafeString:
    """A state in words; the colour repeats them."""
    html = '<span class="desk"><span class="pill pill--{}">{}</span></span>'
    return format_html(html, tone, label)


def _reply(*, question: Question, by: User, at: datetime.datetime, note: str, unit: Any) -> None:
    actions.reply(question=question, text=note, by=by, at=at)


def _settle(*, question: Question, by: User, at: datetime.datetime, note: str, unit: Any) -> None:
    actions.settle(question=question, by=by, at=at)


def _hand_on(*, question: Question, by: User, at: datetime.datetime, note: str, unit: Any) -> None:
    actions.hand_on(question=question, unit=unit, by=by, at=at)


class QuestionFilter(WaitingFilter):
    """What waits for an answer unless more is asked for."""

    def kinds(self) -> dict[str, tuple[Any, Q]]:
        """Waiting, overdue, answered, all."""
        waiting = Q(awaits=Side.AGENCY)
        return {
            "": (QuestionState.WAITING.label, waiting),
            "overdue": (QuestionState.OVERDUE.label, waiting & Q(due_on__lt=clock.today())),
            "answered": (QuestionState.ANSWERED.label, Q(answered_at__isnull=False)),
            "all": (gettext_lazy("All"), Q()),
        }


@admin.register(Question)
class QuestionAdmin(MatterAdmin):
    """Questions to the unit, the most urgent first, answered here under the unit's name."""

    page_template = "admin/stats/question.html"
    row_argument = "question"
    answer_form = QuestionForm
    answers = {
        "answer": Answer(
            _reply,
            gettext_lazy("Send the answer"),
            gettext_lazy("The enterprise is told at once."),
        ),
        "hand-on": Answer(
            _hand_on,
            gettext_lazy("Hand on"),
            gettext_lazy("The other unit is told; the day to answer stays."),
        ),
        "settle": Answer(
            _settle,
            gettext_lazy("No answer needed"),
            gettext_lazy("For a word of thanks after an answer."),
        ),
    }
    list_display = ("title", "item_code", "enterprise_name", "unit", "state", "due", "asked_at")
    list_display_links = ("title",)
    list_filter = (QuestionFilter,)
    list_select_related = ("enterprise", "unit", "version")
    search_fields = ("title", "item_code", "enterprise__name", "enterprise__credit_code")
    ordering = ("due_on", "pk")

    def may_answer(self, request: HttpRequest, row: Question) -> bool:
        """The unit asked and the places above it, never for the own enterprise."""
        return permissions.may_answer(request.user, row)

    @admin.display(description=gettext_lazy("enterprise"), ordering="enterprise__name")
    def enterprise_name(self, question: Question) -> str:
        """Its name."""
        return question.enterprise.name

    @admin.display(description=gettext_lazy("State"))
    def state(self, question: Question) -> SafeString:
        """In words; the colour repeats them."""
        state = question.state_on(clock.today())
        return pill(TONES[state], state.label)

    @admin.display(description=gettext_lazy("answer due on"), ordering="due_on")
    def due(self, question: Question) -> str:
        """The day, while an answer is awaited."""
        return long_date(question.due_on) if question.awaits == Side.AGENCY else "—"

    def shown(self, request: HttpRequest, row: Question) -> dict[str, Any]:
        """The facts, the thread, the item, and what was published from it."""
        state = row.state_on(clock.today())
        due = long_date(row.due_on)
        facts = [
            (_("enterprise"), row.enterprise.name),
            (_("version of an instrument"), row.version.version),
            (_("code of the item"), row.item_code or "—"),
            (_("responsible unit"), row.unit.name if row.unit else row.jurisdiction.name),
            (_("asked at"), minute(row.asked_at)),
            (_("answer due on"), f"{due} {provisional()}" if row.due_provisional else due),
        ]
        publish = reverse("admin:stats_faqentry_add")
        return {
            "heading": row.title,
            "facts": facts,
            "tone": TONES[state],
            "state_label": state.label,
            "thread": [_message(m) for m in row.messages.order_by("pk")],
            "item": queries.item_of(row.version, row.item_code) if row.item_code else None,
            "entries": list(FaqEntry.objects.filter(question_asked=row).order_by("pk")),
            "publish_url": f"{publish}?question={row.pk}" if row.answered_at else "",
        }

    def _page(
        self, request: HttpRequest, row: Question, form: AnswerForm, *, status: int = 200
    ) -> HttpResponse:
        units = Agency.objects.filter(active=True, jurisdiction=row.jurisdiction_id)
        others = units.exclude(pk=row.unit_id).order_by("name")
        form.fields["unit"].queryset = others  # type: ignore[attr-defined]  # a choice of rows
        return super()._page(request, row, form, status=status)


def _message(message: Any) -> dict[str, Any]:
    return {
        "side": message.side,
        "who": message.sent_by_name,
        "when": minute(message.sent_at),
        "text": message.text,
    }


class EntryForm(PublishForm):
    """A frequent question to publish, grown from one that was asked or not."""

    item_code = forms.CharField(
        label=gettext_lazy("code of the item"), max_length=40, required=False
    )
    question = forms.CharField(label=gettext_lazy("question"), max_length=300, required=False)
    answer = forms.CharField(
        label=gettext_lazy("answer"), required=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    source = forms.CharField(
        label=gettext_lazy("source document"),
        help_text=gettext_lazy("The form, notice or regulation the answer rests on."),
        max_length=160,
        required=False,
    )
    grown_from = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, by=by, **options)
        asked = _asked(by, self.data.get("grown_from") or self.initial.get("grown_from"))
        self.asked = asked
        if asked is not None:
            places = self.fields["jurisdiction"].queryset  # type: ignore[attr-defined]  # a choice of rows
            own = Jurisdiction.objects.filter(pk=asked.jurisdiction_id)
            self.fields["jurisdiction"].queryset = (places | own).order_by("pk")  # type: ignore[attr-defined]  # a choice of rows


def _asked(user: User, pk: Any) -> Question | None:
    """The question that an entry grows from, if this person may answer it."""
    if not str(pk or "").isdecimal():
        return None
    found = queries.questions(user).filter(pk=pk).first()
    return found if found is not None and permissions.may_answer(user, found) else None


@admin.register(FaqEntry)
class FaqEntryAdmin(PublishedAdmin):
    """Frequent questions: public, searchable, and shown at their item."""

    page_template = "admin/stats/faq.html"
    publish_form = EntryForm
    publish_title = gettext_lazy("Publish a frequent question")
    publish_effect = gettext_lazy(
        "Everybody can read it at once, without an account. Name no enterprise."
    )
    list_display = ("question", "item_code", "version", "jurisdiction", "published_at")
    list_display_links = ("question",)
    search_fields = ("question", "answer", "item_code")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Officials; reviewers from a question that they answer."""
        grown = request.POST.get("grown_from") or request.GET.get("question")
        own = is_reviewer(request.user) and _asked(request.user, grown) is not None
        return own or is_official(request.user)

    def first(self, request: HttpRequest) -> dict[str, Any]:
        """The words of the question and of its newest answer."""
        asked = _asked(request.user, request.GET.get("question"))
        if asked is None:
            return {}
        answer = asked.messages.filter(side=Side.AGENCY).order_by("-pk").first()
        return {
            "version": asked.version_id,
            "item_code": asked.item_code,
            "jurisdiction": asked.jurisdiction_id,
            "question": asked.title,
            "answer": answer.text if answer else "",
            "grown_from": asked.pk,
        }

    def shown(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """Its words."""
        facts = [
            *self.facts_of(row),
            (_("code of the item"), row.item_code or "—"),
            (_("answer"), row.answer),
            (_("source document"), row.source),
        ]
        return {"heading": row.question, "facts": facts}

    def publish(self, request: HttpRequest, said: dict[str, Any]) -> FaqEntry:
        """By the act."""
        about = actions.About(said.pop("version"), said.pop("item_code"))
        asked = _asked(request.user, said.pop("grown_from"))
        return faq.publish_entry(
            about=about,
            entry=faq.Entry(**said),
            question=asked,
            by=request.user,
            at=clock.now(),
        )
