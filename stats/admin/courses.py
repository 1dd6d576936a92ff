"""The desks of courseware: material with its receipts, quizzes."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stats.actions import courses as actions
from stats.admin.published import PublishedAdmin, PublishForm
from stats.editions.guidance import LONGEST_TITLE
from stats.models import CourseMaterial, Quiz
from stats.queries import guidance as queries
from torch_portal.common import clock

FORMAT = gettext_lazy(
    "One block for each question, an empty line between blocks: first the question, with the code "
    "of the item in brackets at its end; then one answer a line, “*” before the right ones and "
    "“-” before the others; “=” before the explanation."
)


class ManyFiles(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; the act judges each of them."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """As they came."""
        return data or []


class MaterialForm(PublishForm):
    """A material to publish."""

    order = forms.IntegerField(label=gettext_lazy("order"), min_value=1, max_value=999, initial=1)
    title = forms.CharField(label=gettext_lazy("title"), max_length=LONGEST_TITLE, required=False)
    text = forms.CharField(
        label=gettext_lazy("text"), required=False, widget=forms.Textarea(attrs={"rows": 14})
    )
    source = forms.CharField(
        label=gettext_lazy("source document"),
        help_text=gettext_lazy("The form, notice or regulation it explains."),
        max_length=160,
        required=False,
    )
    required = forms.BooleanField(
        label=gettext_lazy("to be read by every respondent"), required=False
    )
    uploads = FilesField(
        label=gettext_lazy("Files"),
        help_text=gettext_lazy("PDF, PNG or JPEG, at most five."),
        required=False,
        widget=ManyFiles(attrs={"multiple": True}),
    )


@admin.register(CourseMaterial)
class CourseMaterialAdmin(PublishedAdmin):
    """Courseware, and which enterprises of which unit confirmed to have read it."""

    page_template = "admin/stats/material.html"
    publish_form = MaterialForm
    publish_title = gettext_lazy("Publish a course material")
    publish_effect = gettext_lazy(
        "Respondents of the version read it at once. It is not changed afterwards, only withdrawn."
    )
    list_display = ("title", "version", "jurisdiction", "required", "receipts", "published_at")
    list_display_links = ("title",)
    search_fields = ("title", "text")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With how many receipts there are."""
        return super().get_queryset(request).annotate(receipts_count=Count("receipts"))

    @admin.display(description=gettext_lazy("read receipts"))
    def receipts(self, row: Any) -> int:
        """How many."""
        return int(row.receipts_count)

    def shown(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """Text, files, and the receipts by responsible unit."""
        facts = [*self.facts_of(row), (_("source document"), row.source)]
        return {
            "heading": row.title,
            "facts": facts,
            "text": row.text,
            "files": [file.name for file in row.files.order_by("pk")],
            "readers": queries.readers(row, request.user),
        }

    def publish(self, request: HttpRequest, said: dict[str, Any]) -> CourseMaterial:
        """By the act."""
        version = said.pop("version")
        said.pop("uploads")
        return actions.publish_material(
            version=version,
            material=actions.Material(**said),
            uploads=request.FILES.getlist("uploads"),
            by=request.user,
            at=clock.now(),
        )


class QuizForm(PublishForm):
    """A quiz to publish."""

    title = forms.CharField(label=gettext_lazy("title"), max_length=LONGEST_TITLE, required=False)
    questions = forms.CharField(
        label=gettext_lazy("questions of quizzes"),
        help_text=FORMAT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 20}),
    )
    needed = forms.IntegerField(label=gettext_lazy("right answers to pass"), min_value=0)


@admin.register(Quiz)
class QuizAdmin(PublishedAdmin):
    """Quizzes, and how they are answered."""

    page_template = "admin/stats/quiz.html"
    publish_form = QuizForm
    publish_title = gettext_lazy("Publish a quiz")
    publish_effect = gettext_lazy(
        "Respondents can take it at once, as often as they like. What they answer shows which "
        "items need better words."
    )
    list_display = ("title", "version", "jurisdiction", "tries", "published_at")
    list_display_links = ("title",)
    search_fields = ("title",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With how often they were taken."""
        return super().get_queryset(request).annotate(tries_count=Count("attempts"))

    @admin.display(description=gettext_lazy("tries of quizzes"))
    def tries(self, row: Any) -> int:
        """How often it was taken."""
        return int(row.tries_count)

    def shown(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """Each question with how many answered it right, without any name."""
        facts = [*self.facts_of(row), (_("right answers to pass"), str(row.needed))]
        return {"heading": row.title, "facts": facts, "questions": queries.answered(row)}

    def publish(self, request: HttpRequest, said: dict[str, Any]) -> Quiz:
        """By the act."""
        version = said.pop("version")
        return actions.publish_quiz(
            version=version, test=actions.Test(**said), by=request.user, at=clock.now()
        )
