"""Personal numbers at the desk: masked, shown in full by an act of its own that goes on record."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

from torch_portal.accounts.enums import AccountAct
from torch_portal.accounts.models import AccountEvent, Enterprise, User
from torch_portal.accounts.roles import is_operator
from torch_portal.accounts.sealed import SealedField
from torch_portal.common import clock, codes

CLEARED = "-"


class MaskedField(forms.CharField):
    """A sealed value is never sent to the form: typed over, left alone, or cleared by "-"."""

    widget = UnfoldAdminTextInputWidget

    def prepare_value(self, value: Any) -> Any:
        """Nothing: the mask stands in the hint."""
        return ""

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether something was typed."""
        return bool(data)


class Sealed:
    """For an admin whose model has sealed fields, named in `sealed`."""

    sealed: tuple[str, ...] = ()
    change_form_after_template = "admin/accounts/reveal_link.html"

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Masked."""
        if isinstance(db_field, SealedField):
            return MaskedField(
                label=db_field.verbose_name, max_length=db_field.max_length, required=False
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Each sealed entry says what stands there, masked, and how it is changed."""
        form = super().get_form(request, obj, **kwargs)
        for name in self.sealed:
            if obj is not None and name in form.base_fields and getattr(obj, name):
                words = _("Now %(masked)s. Type another one over it; “-” clears it.")
                masked = {"masked": codes.mask(getattr(obj, name))}
                form.base_fields[name].help_text = words % masked
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """What was not typed over stays."""
        before = type(obj).objects.filter(pk=obj.pk).first() if change else None
        for name in self.sealed:
            typed = form.cleaned_data.get(name, "")
            kept = getattr(before, name) if before else ""
            setattr(obj, name, "" if typed == CLEARED else typed or kept)
        super().save_model(request, obj, form, change)

    def get_urls(self) -> list[URLPattern]:
        """The page that shows the values in full."""
        info = self.model._meta  # type: ignore[attr-defined]
        name = f"{info.app_label}_{info.model_name}_reveal"
        view = self.admin_site.admin_view(self.reveal)  # type: ignore[attr-defined]
        return [path("<int:pk>/reveal/", view, name=name), *super().get_urls()]

    def reveal(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Operators, by POST; each look is a row of the record, written before it is shown."""
        if not is_operator(request.user) or request.method != "POST":
            raise PermissionDenied
        row: Model = get_object_or_404(self.model, pk=pk)  # type: ignore[attr-defined]
        AccountEvent.objects.create(
            at=clock.now(),
            by=request.user,
            act=AccountAct.REVEALED,
            person=row if isinstance(row, User) else None,
            enterprise=row if isinstance(row, Enterprise) else None,
            note=", ".join(self.sealed),
        )
        shown = [(row._meta.get_field(n).verbose_name, getattr(row, n)) for n in self.sealed]
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": str(row),
            "shown": shown,
            "opts": row._meta,
            "row": row,
        }
        answer = TemplateResponse(request, "admin/accounts/reveal.html", context)
        answer["Cache-Control"] = "no-store"
        return answer
