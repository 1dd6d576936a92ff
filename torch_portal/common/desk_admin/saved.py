"""Filters of a list that a person keeps under a name, shown as further tabs."""

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin

NAME_LENGTH = 30
KEPT = 12  # more tabs than these nobody overlooks
NOT_KEPT = ("p", "e", "csrfmiddlewaretoken")


class SavedFilters(ModelAdmin):
    """Keeps and drops named filters; where they lie the line says (`filters_of`)."""

    kept: ClassVar[Any]  # the model: name, query, and the columns of `whose`

    def whose(self, user: Any) -> dict[str, Any]:
        """The columns that make a kept filter this person's at this desk."""
        raise TypeError(f"{type(self).__name__} does not say whose filters are shown")

    def filters_of(self, user: Any) -> Any:
        """The kept filters of this person here."""
        return self.kept.objects.filter(**self.whose(user))

    def get_urls(self) -> list[URLPattern]:
        """Two buttons beside the pages."""
        place = f"{self.opts.app_label}_{self.opts.model_name}"
        keep = self.admin_site.admin_view(self.keep_view)
        drop = self.admin_site.admin_view(self.drop_view)
        return [
            path("filters/keep/", keep, name=f"{place}_keep"),
            path("filters/drop/", drop, name=f"{place}_drop"),
            *super().get_urls(),
        ]

    def saved(self, request: HttpRequest) -> list[dict[str, Any]]:
        """The kept filters as tabs, in the order in which they were kept."""
        asked = plain_query(request.GET)
        return [
            {"pk": f.pk, "name": f.name, "url": f"?{f.query}", "current": f.query == asked}
            for f in self.filters_of(request.user).order_by("pk")
        ]

    def list_page(self, request: HttpRequest, changes: Any) -> dict[str, Any]:
        """The list with its kept filters."""
        page: dict[str, Any] = super().list_page(request, changes)
        tabs = self.saved(request)
        current = next((t for t in tabs if t["current"]), None)
        return page | {
            "saved": tabs,
            "saved_now": current,
            "keepable": plain_query(request.GET) if current is None else "",
            "name_length": NAME_LENGTH,
        }

    def keep_view(self, request: HttpRequest) -> HttpResponse:
        """POST: keep the filter under a name; the same name again replaces it."""
        self._only_posted_by_who_works_here(request)
        name = " ".join(request.POST.get("name", "").split())[:NAME_LENGTH]
        query = plain_query(QueryDict(request.POST.get("filter", "")))
        own = self.filters_of(request.user)
        if not name or not query:
            self.message_user(request, _("Give the filter a name."), level="warning")
        elif not own.filter(name=name).exists() and own.count() >= KEPT:
            words = _("You keep %(n)d filters already; drop one first.") % {"n": KEPT}
            self.message_user(request, words, level="warning")
        else:
            own.update_or_create(**self.whose(request.user), name=name, defaults={"query": query})
        return redirect(f"{self._list_address()}?{query}")

    def drop_view(self, request: HttpRequest) -> HttpResponse:
        """POST: forget a filter of one's own."""
        self._only_posted_by_who_works_here(request)
        pk = request.POST.get("pk", "")
        if pk.isdecimal() and len(pk) < 19:
            self.filters_of(request.user).filter(pk=pk).delete()
        return redirect(self._list_address())

    def _only_posted_by_who_works_here(self, request: HttpRequest) -> None:
        if request.method != "POST" or not self.has_view_permission(request):
            raise Http404

    def _list_address(self) -> str:
        return str(self.address("changelist"))


def plain_query(asked: QueryDict) -> str:
    """The words of a filter in one order, without the page."""
    kept = QueryDict(mutable=True)
    for name in sorted(asked):
        value = asked.get(name, "")
        if value and name not in NOT_KEPT:
            kept[name] = value
    return kept.urlencode()
