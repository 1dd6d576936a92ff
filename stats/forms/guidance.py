"""What respondents type on the pages of guidance: a question, a further word, a try of a quiz."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from stats.editions.guidance import LONGEST_TEXT, LONGEST_TITLE
from stats.models import QuizQuestion
from torch_portal.accounts.models import Enterprise
from torch_portal.filings.guided import fields as f
from torch_portal.filings.guided.placed import PlacedForm, words


class AskForm(PlacedForm):
    """A question to the responsible unit."""

    enterprise = forms.ModelChoiceField(
        Enterprise.objects.none(), label=_("Enterprise"), empty_label=None, widget=f.Drop
    )
    item_code = f.line(
        _("Code of the item"), 40, help_text=_("For example qc05_0. Empty: the survey as a whole.")
    )
    title = f.line(_("In short"), LONGEST_TITLE)
    text = words(_("Your question"), _("What you understood, and where you are in doubt."))

    def __init__(self, *args: Any, own: Iterable[Enterprise], **options: Any) -> None:
        mine = Enterprise.objects.filter(pk__in=[firm.pk for firm in own]).order_by("pk")
        super().__init__(*args, **options)
        self.fields["enterprise"].queryset = mine  # type: ignore[attr-defined]  # a choice of rows


class ReplyForm(PlacedForm):
    """A further word on a question."""

    text = words(_("Your message"), longest=LONGEST_TEXT)


def chosen(data: QueryDict, questions: Iterable[QuizQuestion]) -> Mapping[int, list[int]]:
    """The places of the options that were ticked, by question; what is no number is left out."""
    return {
        question.pk: [
            int(place) for place in data.getlist(f"question-{question.pk}") if place.isdecimal()
        ]
        for question in questions
    }
