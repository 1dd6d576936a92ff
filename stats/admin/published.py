"""The ground of the desks on which guidance is published and withdrawn."""

import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stats.actions import courses as actions
from stats.models import InstrumentVersion
from stats.models.courses import Guidance
from stats.queries import guidance as queries
from torch_portal.accounts.models import Jurisdiction, User
from torch_portal.accounts.roles import Denied, governs, is_official, official_areas
from torch_portal.common.findings import Refused
from torch_portal.filings.matter_admin import Answer, AnswerForm, MatterAdmin, WaitingFilter
from torch_portal.filings.pages.rows import minute


def places_of(user: User) -> Any:
    """The jurisdictions for which this person publishes."""
    areas = official_areas(user)
    rows = Jurisdiction.objects.order_by("pk")
    return rows if None in areas else rows.filter(pk__in=areas - {None})


class NoForm(AnswerForm):
    """Nothing is entered to withdraw."""

    note = None  # type: ignore[assignment]  # Django's way to take an inherited entry out


class PublishForm(AnswerForm):
    """What every kind of guidance is published with."""

    note = None  # type: ignore[assignment]  # Django's way to take an inherited entry out

    version = forms.ModelChoiceField(
        InstrumentVersion.objects.none(),
        label=gettext_lazy("version of an instrument"),
        empty_label=None,
    )
    jurisdiction = forms.ModelChoiceField(
        Jurisdiction.objects.none(),
        label=gettext_lazy("jurisdiction"),
        required=False,
        empty_label=gettext_lazy("The whole country"),
    )

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        place = self.fields["jurisdiction"]
        place.queryset = places_of(by)  # type: ignore[attr-defined]  # a choice of rows
        if not governs(by, None):
            place.empty_label = None  # type: ignore[attr-defined]  # a choice of rows
            place.required = True
        self.fields["version"].queryset = queries.versions()  # type: ignore[attr-defined]  # a choice of rows


class StandingFilter(WaitingFilter):
    """What is published now unless more is asked for."""

    def kinds(self) -> dict[str, tuple[Any, Q]]:
        """Published, withdrawn, all."""
        live = Q(withdrawn_at__isnull=True)
        return {
            "": (gettext_lazy("Published"), live),
            "withdrawn": (gettext_lazy("Withdrawn"), ~live),
            "all": (gettext_lazy("All"), Q()),
        }


def _withdraw(*, guidance: Guidance, by: User, at: datetime.datetime) -> None:
    actions.withdraw(guidance=guidance, by=by, at=at)


class PublishedAdmin(MatterAdmin):
    """Published once, never edited: what is wrong is withdrawn and written anew.

    The desk states `publish_form`, `publish` and the words of its page.
    """

    row_argument = "guidance"
    answer_form = NoForm
    answers = {
        "withdraw": Answer(
            _withdraw,
            gettext_lazy("Withdraw"),
            gettext_lazy("Respondents no longer find it. What was confirmed stays on record."),
            grave=True,
        ),
    }
    publish_form: ClassVar[type[PublishForm]] = PublishForm
    publish_title: ClassVar[Any] = ""
    publish_effect: ClassVar[Any] = ""
    list_filter = (StandingFilter, "version")
    list_select_related = ("version", "jurisdiction")
    ordering = ("-published_at", "-pk")

    def publish(self, request: HttpRequest, said: dict[str, Any]) -> Any:
        """Publish what the form says; Refused says what stands against it."""
        raise TypeError(f"{type(self).__name__} does not say what it publishes")

    def first(self, request: HttpRequest) -> dict[str, Any]:
        """What the empty form begins with."""
        return {}

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Officials."""
        return is_official(request.user)

    def may_answer(self, request: HttpRequest, row: Any) -> bool:
        """Officials where they govern, while it stands."""
        return row.withdrawn_at is None and governs(request.user, row.jurisdiction_id)

    def facts_of(self, row: Any) -> list[tuple[str, str]]:
        """Version, place and who published it."""
        place = row.jurisdiction.name if row.jurisdiction else _("The whole country")
        facts = [
            (_("version of an instrument"), row.version.version),
            (_("jurisdiction"), place),
            (_("published at"), f"{minute(row.published_at)} · {row.published_by.get_full_name()}"),
        ]
        if row.withdrawn_at:
            who = row.withdrawn_by.get_full_name()
            facts.append((_("withdrawn at"), f"{minute(row.withdrawn_at)} · {who}"))
        return facts

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Ask for the words; POST publishes them at once."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = self.publish_form(
            request.POST or None,
            request.FILES or None,
            by=request.user,
            initial=self.first(request),
        )
        if form.is_bound and form.is_valid():
            made = self._published(request, form)
            if made is not None:
                messages.success(request, _("Published."))
                return redirect(self.address("change", made.pk))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": self.publish_title,
            "effect": self.publish_effect,
            "form": form,
            "list_url": self.address("changelist"),
            "is_nav_sidebar_enabled": False,
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/stats/publish.html", context, status=status)

    def _published(self, request: HttpRequest, form: PublishForm) -> Any:
        """What was made; None when something stands against it, which the form then says."""
        try:
            return self.publish(request, dict(form.cleaned_data))
        except Refused as refused:
            form.place(refused.findings)
        except Denied as error:
            raise PermissionDenied(str(error)) from error
        return None
