"""Beside the filing over the API: handing it to a colleague, and rating how it went."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from torch_portal.accounts.models import User
from torch_portal.accounts.roles import check_filer, standing
from torch_portal.filings import handover, ratings
from torch_portal.filings.api.entries import Entries
from torch_portal.filings.api.frame import KEY, read
from torch_portal.filings.enums import Grade
from torch_portal.filings.idempotency import once
from torch_portal.filings.models import Rating


class PersonShown(serializers.Serializer):
    """Somebody of the enterprise."""

    id = serializers.IntegerField()
    name = serializers.CharField()


class HandoverShown(serializers.Serializer):
    """Who handles the filing, and to whom it can go."""

    handler = PersonShown()
    takers = PersonShown(many=True)


class HandoverEntries(Entries):
    """The colleague who handles it from now on, an id of `takers`; a note for the history."""

    to = serializers.IntegerField(min_value=1)
    note = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class RatingEntries(Entries):
    """The grade from 5 (very satisfied) to 1; a bad one (2, 1) needs its reason."""

    grade = serializers.IntegerField()
    reason = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")


class RatingShown(serializers.Serializer):
    """The rating of a finished matter, and the reply to it."""

    grade = serializers.ChoiceField(choices=Grade.choices)
    reason = serializers.CharField()
    rated_at = serializers.DateTimeField()
    reply_due_on = serializers.DateField(allow_null=True)
    reply = serializers.CharField()
    replied_at = serializers.DateTimeField(allow_null=True)


class ServiceMixin:
    """The addresses beside the filing; the view is a Frame."""

    @extend_schema(summary="Who handles it, and who could", responses=HandoverShown)
    @action(detail=True, methods=["get"])
    def handover(self: Any, request: Request, id: str) -> Response:
        """For owners and filers of the enterprise."""
        filing = self.row(request, id).filing
        check_filer(request.user, filing.enterprise_id)
        return Response(_handover(filing))

    @extend_schema(
        summary="Hand it to a colleague",
        request=HandoverEntries,
        responses=HandoverShown,
        parameters=[KEY],
    )
    @handover.mapping.post
    @once
    def hand_over(self: Any, request: Request, id: str) -> Response:
        """The colleague gets the messages from now on; the state is untouched."""
        filing = self.row(request, id).filing
        check_filer(request.user, filing.enterprise_id)
        sent = read(HandoverEntries, request)
        people = User.objects.filter(memberships__enterprise_id=filing.enterprise_id)
        to = get_object_or_404(people, pk=sent["to"])
        handover.hand_over(filing=filing, to=to, by=request.user, at=self.at, note=sent["note"])
        return Response(_handover(filing))

    @extend_schema(summary="The rating of the finished matter", responses=RatingShown)
    @action(detail=True, methods=["get"])
    def rating(self: Any, request: Request, id: str) -> Response:
        """For the enterprise's own people; 404 while there is none."""
        filing = self.row(request, id).filing
        if filing.enterprise_id not in standing(request.user).member_of:
            raise Http404
        return Response(RatingShown(get_object_or_404(Rating, pk=filing.pk)).data)

    @extend_schema(
        summary="Rate the finished matter (好差评)",
        request=RatingEntries,
        responses={201: RatingShown},
        parameters=[KEY],
    )
    @rating.mapping.post
    @once
    def rate(self: Any, request: Request, id: str) -> Response:
        """Once for each matter; a bad rating is answered within 15 working days."""
        filing = self.row(request, id).filing
        made = ratings.rate(
            filing=filing, by=request.user, at=self.at, **read(RatingEntries, request)
        )
        return Response(RatingShown(made).data, status=201)


def _handover(filing: Any) -> dict[str, Any]:
    return {
        "handler": _person(filing.handler),
        "takers": [_person(person) for person in handover.takers(filing)],
    }


def _person(person: User) -> dict[str, Any]:
    return {"id": person.pk, "name": person.get_full_name()}
