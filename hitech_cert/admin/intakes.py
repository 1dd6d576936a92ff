"""The batches of a certification body: opened here, extended with their history, closed."""

import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hitech_cert import actions, permissions, queries
from hitech_cert.admin.frame import pill
from hitech_cert.models import Intake
from torch_portal.accounts.models import Jurisdiction, User
from torch_portal.accounts.roles import Denied, Person
from torch_portal.common import clock
from torch_portal.common.findings import Refused
from torch_portal.filings.matter_admin import Answer, AnswerForm, MatterAdmin
from torch_portal.filings.pages.rows import minute
from torch_portal.filings.wording import long_date

STATUS = {
    "planned": ("plain", gettext_lazy("Announced")),
    "open": ("done", gettext_lazy("Open")),
    "closed": ("plain", gettext_lazy("Closed")),
}


def kept_by(user: Person) -> list[Jurisdiction]:
    """The places whose batches this person opens and extends."""
    return list(Jurisdiction.objects.filter(pk__in=permissions.acts_for(user)).order_by("pk"))


def moment(label: Any, hint: Any = "") -> forms.DateTimeField:
    """A day and a time of day, in the portal's time zone."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, help_text=hint, required=False, widget=widget)


def day(label: Any, hint: Any = "") -> forms.DateField:
    """A day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=hint, required=False, widget=widget)


class ExtendForm(AnswerForm):
    """Later deadlines and the notice that moves them; what is left empty stays as it is."""

    note = None  # type: ignore[assignment]  # Django's way to take an inherited entry out

    closes_at = moment(gettext_lazy("closes for enterprises at"))
    recommend_by = day(gettext_lazy("recommended by"))
    paper_by = day(gettext_lazy("paper by"))
    source = forms.CharField(
        label=gettext_lazy("source document"),
        help_text=gettext_lazy("The notice that moves the deadline; the public page names it."),
        required=False,
        max_length=160,
    )


class OpenForm(ExtendForm):
    """A batch to publish."""

    field_order = (
        "jurisdiction", "year", "number", "title", "opens_at", "closes_at", "recommend_by",
        "paper_by", "source",
    )  # fmt: skip
    jurisdiction = forms.ModelChoiceField(
        Jurisdiction.objects.none(), label=gettext_lazy("Jurisdiction"), empty_label=None
    )
    year = forms.IntegerField(label=gettext_lazy("year"), min_value=2016, max_value=2100)
    number = forms.IntegerField(
        label=gettext_lazy("number of the batch"), min_value=1, max_value=99
    )
    title = forms.CharField(label=gettext_lazy("title"), max_length=160)
    opens_at = moment(gettext_lazy("opens at"))

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        places = kept_by(by)
        super().__init__(*args, initial=first_values(places), **options)
        mine = Jurisdiction.objects.filter(pk__in=[p.pk for p in places])
        self.fields["jurisdiction"].queryset = mine  # type: ignore[attr-defined]  # a choice of rows
        for name in ("opens_at", "closes_at", "recommend_by"):
            self.fields[name].required = True
        self.fields["paper_by"].help_text = _("Empty: paper is deferred by the paper ledger.")


def first_values(places: list[Jurisdiction]) -> dict[str, Any]:
    """The next number of this year, to begin with."""
    year = clock.today().year
    if not places:
        return {"year": year}
    rows = Intake.objects.filter(jurisdiction=places[0], year=year)
    number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    title = _("Batch %(number)s of %(year)s, %(place)s")
    values = {"number": number, "year": year, "place": places[0].name}
    return {
        "jurisdiction": places[0].pk,
        "year": year,
        "number": number,
        "title": title % values,
        "opens_at": timezone.localtime(clock.now()).replace(second=0, microsecond=0),
    }


def _extend(
    *, intake: Intake, by: User, at: datetime.datetime, source: str, **deadlines: Any
) -> None:
    actions.extend(intake=intake, deadlines=deadlines, source=source, by=by, at=at)


def _close(*, intake: Intake, by: User, at: datetime.datetime, **_unused: Any) -> None:
    actions.close_intake(intake=intake, by=by, at=at)


@admin.register(Intake)
class IntakeAdmin(MatterAdmin):
    """A batch is never edited: it is opened, its deadlines move later, it is closed."""

    page_template = "admin/hitech_cert/intake.html"
    row_argument = "intake"
    answer_form = ExtendForm
    answers = {
        "extend": Answer(
            _extend,
            gettext_lazy("Extend"),
            gettext_lazy(
                "Everybody with an application of the year in hand is told; the public calendar "
                "shows both days and the notice."
            ),
        ),
        "close": Answer(
            _close,
            gettext_lazy("Close"),
            gettext_lazy("Its deadlines cannot be moved any more."),
            grave=True,
        ),
    }
    list_display = (
        "title", "jurisdiction", "status", "closes", "recommend_by", "paper_day", "moved",
        "waiting",
    )  # fmt: skip
    list_display_links = ("title",)
    list_filter = ("year",)
    list_select_related = ("jurisdiction",)
    ordering = ("-year", "-number", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With its extensions and how many wait in local check."""
        return queries.counted(super().get_queryset(request)).prefetch_related("extensions")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Who acts for a certification body."""
        return bool(permissions.acts_for(request.user))

    def may_answer(self, request: HttpRequest, row: Intake) -> bool:
        """The certification body, until it is closed."""
        mine = permissions.may_act_for(request.user, row.jurisdiction_id)
        return row.closed_at is None and mine

    @admin.display(description=gettext_lazy("Status"))
    def status(self, intake: Intake) -> SafeString:
        """Announced, open or closed now."""
        tone, label = STATUS[queries.status(intake, clock.now())]
        return pill(tone, label)

    @admin.display(description=gettext_lazy("Closes"), ordering="closes_at")
    def closes(self, intake: Intake) -> str:
        """With its time of day."""
        return minute(intake.closes_at)

    @admin.display(description=gettext_lazy("paper by"), ordering="paper_by")
    def paper_day(self, intake: Intake) -> str:
        """The day, or that paper is deferred."""
        return f"{intake.paper_by:%Y-%m-%d}" if intake.paper_by else _("deferred")

    @admin.display(description=gettext_lazy("Extensions"))
    def moved(self, intake: Intake) -> int:
        """How often a deadline was moved."""
        return len(intake.extensions.all())

    @admin.display(description=gettext_lazy("In local check"))
    def waiting(self, intake: Any) -> str:
        """How many of how many."""
        return f"{intake.waiting} / {intake.handed_in}"

    def shown(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """Deadlines, their history, and where its applications stand."""
        status = queries.status(row, clock.now())
        facts = [
            (_("opens at"), minute(row.opens_at)),
            (_("closes for enterprises at"), minute(row.closes_at)),
            (_("recommended by"), long_date(row.recommend_by)),
            (_("paper by"), long_date(row.paper_by) if row.paper_by else _("deferred")),
            (_("source document"), row.source),
            (_("number of the reply letter"), row.reply_number or "—"),
        ]
        if row.closed_at and row.closed_by:
            facts.append(
                (_("Closed"), f"{minute(row.closed_at)} · {row.closed_by.get_full_name()}")
            )
        return {
            "heading": row.title,
            "facts": facts,
            "tone": STATUS[status][0],
            "state_label": STATUS[status][1],
            "extensions": [_extension(e) for e in row.extensions.select_related("extended_by")],
            "states": queries.states_of(row),
            "filing_name": row.jurisdiction.name,
        }

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Ask for number and deadlines; POST publishes the batch."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = OpenForm(request.POST or None, by=request.user)
        made = self._opened(request, form) if form.is_bound and form.is_valid() else None
        if made is not None:
            messages.success(request, _("The batch is published in the calendar."))
            return redirect(self.address("change", made.pk))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Open a batch"),
            "form": form,
            "list_url": self.address("changelist"),
            "is_nav_sidebar_enabled": False,
        }
        status = 422 if form.errors else 200
        return TemplateResponse(
            request, "admin/hitech_cert/intake_form.html", context, status=status
        )

    def _opened(self, request: HttpRequest, form: OpenForm) -> Intake | None:
        """The batch; None when something stands against it, which the form then says."""
        told = dict(form.cleaned_data)
        place = get_object_or_404(Jurisdiction, pk=told.pop("jurisdiction").pk)
        try:
            return actions.open_intake(
                jurisdiction=place,
                terms=actions.Terms(**told),
                by=request.user,
                at=clock.now(),
            )
        except Refused as refused:
            form.place(refused.findings)
        except Denied as error:
            raise PermissionDenied(str(error)) from error
        return None


def _extension(row: Any) -> dict[str, Any]:
    """A moved deadline as text."""
    moved = queries.changes(row.before, row.after)
    return {
        "when": minute(row.extended_at),
        "who": row.extended_by.get_full_name(),
        "source": row.source,
        "changes": [(queries.label_of_deadline(name), was, now) for name, was, now in moved],
    }
