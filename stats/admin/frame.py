"""What the lists beside the returns share: who enters, a page with one form, a button that acts."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from torch_portal.accounts.roles import Denied, is_official, is_reviewer
from torch_portal.common.findings import Refused
from torch_portal.common.sheets import BadSheet
from torch_portal.filings.matter_admin import MatterAdmin
from torch_portal.filings.transitions import Stale


class SurveyAdmin(MatterAdmin):
    """A list of the survey: read by all in office, changed by acts alone."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Reviewers and officials."""
        return is_reviewer(request.user) or is_official(request.user)

    has_module_permission = has_view_permission

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """None: what is entered has a page of its own."""
        return []

    def form_page(
        self,
        request: HttpRequest,
        form: forms.Form,
        words: Mapping[str, Any],
        template: str = "admin/filings/form.html",
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


def acted(
    request: HttpRequest, act: Callable[[], Any], *, form: forms.Form | None = None, done: str = ""
) -> bool:
    """Make an act; what stands against it is told at the form, or on the page that follows."""
    try:
        act()
    except Refused as refused:
        for finding in refused.findings:
            if form is None:
                messages.error(request, finding.text())
            else:
                field = finding.field if finding.field in form.fields else None
                form.add_error(field, finding.text())
        return False
    except BadSheet as error:
        if form is not None:
            form.add_error("file", str(error))
        return False
    except Stale as stale:
        messages.error(request, str(stale))
        return False
    except Denied as error:
        raise PermissionDenied(str(error)) from error
    messages.success(request, done or _("Done."))
    return True


def pill(tone: str, label: Any) -> SafeString:
    """A state in words; the colour repeats them."""
    html = '<span class="desk"><span class="pill pill--{}">{}</span></span>'
    return format_html(html, tone, label)
