"""Pages of a person's own: which reminders come, and handing everything to a colleague."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from torch_portal.accounts.models import Enterprise, User
from torch_portal.accounts.roles import standing
from torch_portal.common import clock
from torch_portal.common.findings import Refused
from torch_portal.filings import handover
from torch_portal.notices import actions as notices
from torch_portal.notices import queries


class ReminderForm(forms.Form):
    """Yes or no for each kind of reminder."""

    drafts = forms.BooleanField(
        label=gettext_lazy("Remind me of drafts 7 and 30 days after I last saved them"),
        required=False,
    )
    signings = forms.BooleanField(
        label=gettext_lazy("Remind me of drafts 30 and 90 days after the contract was signed"),
        required=False,
    )
    terms = forms.BooleanField(
        label=gettext_lazy(
            "Remind me 30, 7 and 1 days before the last day on which a contract can be filed"
        ),
        required=False,
    )


@require_http_methods(["GET", "POST"])
def reminders(request: HttpRequest) -> HttpResponse:
    """Which reminders this person wants."""
    chosen = queries.reminder_choice(request.user)
    initial = {"drafts": chosen.drafts, "signings": chosen.signings, "terms": chosen.terms}
    form = ReminderForm(request.POST or None, initial=initial)
    if request.method == "POST":
        data = ReminderForm(request.POST)
        data.is_valid()
        notices.choose_reminders(user=request.user, **data.cleaned_data)
        messages.success(request, _("Your choice is kept."))
        return redirect("desk:reminders")
    return render(request, "desk/reminders.html", {"form": form})


class HandOverForm(forms.Form):
    """Whose filings go to whom, in one enterprise."""

    leaver = forms.ChoiceField(label=gettext_lazy("All filings handled by"))
    to = forms.ChoiceField(label=gettext_lazy("go to"))

    def __init__(self, *args: Any, people: list[User], leavers: list[User], **more: Any) -> None:
        super().__init__(*args, **more)
        for name, rows in (("leaver", leavers), ("to", people)):
            choices = [(str(p.pk), p.get_full_name()) for p in rows]
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # choice fields
        others = (p.pk for p in people if leavers and p.pk != leavers[0].pk)
        self.initial.setdefault("to", next(others, None))

    def clean(self) -> dict[str, Any]:
        """Two different people."""
        data = super().clean() or {}
        if data.get("leaver") and data.get("leaver") == data.get("to"):
            self.add_error("to", _("Choose somebody else than who has them now."))
        return data


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, enterprise_pk: int) -> HttpResponse:
    """Everything that a colleague handles goes to another."""
    own = Enterprise.objects.filter(pk__in=standing(request.user).filer_of)
    enterprise = own.filter(pk=enterprise_pk).first()
    if enterprise is None:
        raise Http404
    people = handover.colleagues(enterprise.pk)
    leavers = handover.may_give(enterprise, request.user)
    form = HandOverForm(request.POST or None, people=people, leavers=leavers)
    if form.is_valid() and _all_over(request, enterprise, form, [*people, *leavers]):
        return redirect("desk:mine")
    alone = not any(giver.pk != taker.pk for giver in leavers for taker in people)
    context = {"form": form, "enterprise": enterprise, "alone": alone}
    return render(request, "desk/handover.html", context)


def _all_over(
    request: HttpRequest, enterprise: Enterprise, form: HandOverForm, known: list[User]
) -> bool:
    people = {str(person.pk): person for person in known}
    leaver, to = (people[form.cleaned_data[name]] for name in ("leaver", "to"))
    try:
        count = handover.hand_over_all(
            enterprise=enterprise, leaver=leaver, to=to, by=request.user, at=clock.now()
        )
    except Refused as refused:
        form.add_error("to", refused.findings[0].text())
        return False
    words = ngettext("%(n)d filing went to %(person)s.", "%(n)d filings went to %(person)s.", count)
    messages.success(request, words % {"n": count, "person": to.get_full_name()})
    return True
