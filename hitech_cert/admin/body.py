"""What the desks after the decision share: whose rows, their columns, a page with one form."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from hitech_cert import permissions
from hitech_cert.admin.frame import pill
from hitech_cert.models import Application
from hitech_cert.queries.decided import with_cover
from torch_portal.accounts.models import Jurisdiction
from torch_portal.accounts.roles import Person, standing
from torch_portal.common.findings import Refused
from torch_portal.filings.matter_admin import MatterAdmin
from torch_portal.filings.pages.rows import minute

__all__ = [
    "BodyAdmin",
    "OfApplicationAdmin",
    "decided",
    "mine",
    "note_field",
    "pill",
    "places",
    "refuse",
    "visible",
]


def places(user: Person) -> list[tuple[str, str]]:
    """The jurisdictions for which this person acts as the certification body."""
    mine = Jurisdiction.objects.filter(pk__in=permissions.acts_for(user))
    return [(p.pk, p.name) for p in mine.order_by("pk")]


def visible(request: HttpRequest) -> Any:
    """Applications that this person may see, with their covers."""
    return with_cover(Application.objects.visible_to(request.user))


def note_field(label: Any, hint: Any = "", longest: int = 2000) -> forms.CharField:
    """Some lines of text."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def refuse(form: forms.Form, refused: Refused) -> None:
    """Each finding at its entry, the rest on top."""
    for finding in refused.findings:
        place = finding.field if finding.field in form.fields else None
        form.add_error(place, finding.text())


def decided(row: Any, words: str) -> list[tuple[str, Any]]:
    """Who decided it and when, with the words; nothing before."""
    if not (row.decided_at and row.decided_by):
        return []
    return [
        (str(_("Decided")), f"{minute(row.decided_at)} · {row.decided_by.get_full_name()}\n{words}")
    ]


def mine(request: HttpRequest, application: Application) -> bool:
    """Whether this person acts for the body of the application."""
    return permissions.may_act_for(request.user, application.filing.jurisdiction_id)


class BodyAdmin(MatterAdmin):
    """A list that a certification body keeps; some of it is begun here."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who works in a jurisdiction as a whole."""
        return standing(request.user).has_office("official", "reviewer") and bool(
            standing(request.user).jurisdictions
        )

    has_module_permission = has_view_permission

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """None: nothing is edited, what is begun has a page of its own."""
        return []

    def form_page(
        self,
        request: HttpRequest,
        form: forms.Form,
        words: Mapping[str, Any],
        template: str = "admin/hitech_cert/after/form.html",
    ) -> HttpResponse:
        """A page with one form: words are title, effect and button, and what the template adds."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "form": form,
            "list_url": self.address("changelist"),
            "is_nav_sidebar_enabled": False,
            **words,
        }
        status = 422 if form.is_bound and form.errors else 200
        return TemplateResponse(request, template, context, status=status)


class OfApplicationAdmin(BodyAdmin):
    """A list of what hangs on applications."""

    list_select_related: tuple[str, ...] = ("application__enterprise", "application__filing")
    search_fields = ("application__certificate_number", "application__enterprise__name")
    search_help_text = _("Certificate number or name of the enterprise")

    @admin.display(description=_("Enterprise"), ordering="application__enterprise__name")
    def enterprise(self, row: Any) -> str:
        """Whose application it is."""
        return str(row.application.enterprise.name)

    @admin.display(description=_("Certificate number"), ordering="application__certificate_number")
    def certificate(self, row: Any) -> str:
        """As the national list gives it."""
        return row.application.certificate_number or ""

    def shown(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """Whose it is."""
        application = row.application
        number = application.certificate_number or application.filing.number or ""
        return {
            "heading": application.enterprise.name,
            "filing_name": f"{application.filing} · {number}",
            "state_label": row.get_state_display() if hasattr(row, "state") else "",
        }
