"""The public lists for programs: what the pages show, without an account."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers
from rest_framework.permissions import AllowAny

from torch_portal.common import clock
from torch_portal.common.api import CreatedCursor
from torch_portal.common.limits import Limit
from torch_portal.publicity import queries
from torch_portal.publicity.models import Batch, Entry


class ListShown(serializers.ModelSerializer):
    """A public list. size: entries publicised."""

    class Meta:
        model = Batch
        fields = (
            "id", "line", "jurisdiction", "year", "number", "title", "state", "opens_on", "ends_on",
            "announced_on", "clause", "contact", "size",
        )  # fmt: skip


class EntryShown(serializers.ModelSerializer):
    """One enterprise on a list. number: empty until the announcement."""

    class Meta:
        model = Entry
        fields = (
            "ordinal", "name", "credit_code", "division", "note", "number", "announced_on",
        )  # fmt: skip


class Public(generics.ListAPIView):
    """Open to everybody, within limits; a key that is sent along does not matter."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (Limit,)
    throttle_scope = "publicity"


class InOrder(CreatedCursor):
    """The order of the list."""

    ordering = "ordinal"


@extend_schema(summary="Public lists", auth=[])
class Lists(Public):
    """The lists that are or were public, the newest first."""

    serializer_class = ListShown

    def get_queryset(self) -> QuerySet[Batch]:
        """Public today."""
        return Batch.objects.public(clock.today())


@extend_schema(
    summary="Entries of a public list",
    auth=[],
    parameters=[
        OpenApiParameter("q", str, description="Part of a name, or a whole credit code or number.")
    ],
)
class Entries(Public):
    """The enterprises of one list; struck and left-out ones are not shown."""

    serializer_class = EntryShown
    pagination_class = InOrder

    def get_queryset(self) -> QuerySet[Entry]:
        """Of this list, if it is public today."""
        rows: Any = Batch.objects.public(clock.today())
        batch = rows.filter(pk=self.kwargs.get("batch_pk")).first()
        if batch is None:
            raise Http404
        return queries.public_entries(batch, self.request.query_params.get("q", ""))


api_urlpatterns = [
    path("publicity/", Lists.as_view(), name="publicity-lists"),
    path("publicity/<int:batch_pk>/entries/", Entries.as_view(), name="publicity-entries"),
]
