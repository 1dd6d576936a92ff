"""Keys of one's programs: the list, a new one shown once, an end."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from torch_portal.accounts import keys as acts
from torch_portal.accounts.enums import KeyScope
from torch_portal.accounts.key_form import KeyForm
from torch_portal.accounts.models import ApiKey
from torch_portal.common import clock
from torch_portal.common.findings import Refused


@never_cache
@reauthentication_required
@require_http_methods(["GET", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """All keys that open something; a new one stands on the answer to its making, once."""
    form, text = KeyForm(request.POST or None, by=request.user), ""
    if request.method == "POST" and form.is_valid():
        try:
            _key, text = acts.make(by=request.user, at=clock.now(), **form.cleaned_data)
            form = KeyForm(by=request.user)
        except Refused as refused:
            for finding in refused.findings:
                form.add_error(finding.field, finding.message)
    labels = dict(KeyScope.choices)
    rows = [
        {"key": key, "scopes": [labels[scope] for scope in key.scopes]}
        for key in acts.live_keys(request.user, clock.now())
    ]
    return render(request, "accounts/keys.html", {"form": form, "text": text, "rows": rows})


@require_POST
def end_key(request: HttpRequest, key_pk: int) -> HttpResponse:
    """A key that shall open nothing any more."""
    key = get_object_or_404(ApiKey, pk=key_pk, user=request.user)
    acts.end(key=key, by=request.user, at=clock.now())
    messages.success(request, _("The key “%(name)s” is ended.") % {"name": key.name})
    return redirect("accounts:keys")
