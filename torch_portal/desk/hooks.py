"""Webhooks over the API: who asks, what was sent, what failed."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from torch_portal.common.api import CreatedCursor
from torch_portal.filings import webhooks
from torch_portal.filings.api.frame import Frame
from torch_portal.filings.models import Delivery, Webhook


class WebhookShown(serializers.ModelSerializer):
    """A webhook; its secret was told once, when it was made."""

    class Meta:
        model = Webhook
        read_only_fields = ("id", "created_at", "failures", "stopped_at", "stopped_why")
        fields: tuple[str, ...] = ("url", *read_only_fields)


class WebhookMade(WebhookShown):
    """A webhook just made, with the secret that signs what is sent."""

    secret = serializers.CharField(read_only=True)

    class Meta(WebhookShown.Meta):
        fields = (*WebhookShown.Meta.fields, "secret")


class WebhookEntries(serializers.Serializer):
    """Where to."""

    url = serializers.CharField(max_length=500)


class DeliveryShown(serializers.ModelSerializer):
    """What became of one event."""

    class Meta:
        model = Delivery
        fields = ("id", "event", "state", "attempts", "due_at", "status", "error", "delivered_at")


@extend_schema_view(
    list=extend_schema(summary="My webhooks"),
    retrieve=extend_schema(summary="One webhook"),
)
class Webhooks(Frame, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Addresses that are told of changes of state. Everybody has their own."""

    serializer_class = WebhookShown
    pagination_class = CreatedCursor
    lookup_url_kwarg = "webhook_id"
    lookup_value_regex = "[0-9]{1,18}"
    queryset = Webhook.objects.none()

    def get_queryset(self) -> Any:
        """One's own."""
        return Webhook.objects.filter(owner=self.request.user)

    @extend_schema(summary="Ask to be told", request=WebhookEntries, responses={201: WebhookMade})
    def create(self, request: Request) -> Response:
        """The secret stands in this answer and nowhere else."""
        sent = WebhookEntries(data=request.data)
        sent.is_valid(raise_exception=True)
        made = webhooks.subscribe(by=request.user, at=self.at, **sent.validated_data)
        return Response(WebhookMade(made).data, status=201, headers={"Cache-Control": "no-store"})

    @extend_schema(summary="Be told no more", responses={204: None})
    def destroy(self, request: Request, webhook_id: str) -> Response:
        """Nothing more is sent; the record of what was stays."""
        webhooks.stop(webhook=self.get_object(), at=self.at, why=_("Ended by its owner."))
        return Response(status=204)

    @extend_schema(summary="What was sent", responses=DeliveryShown(many=True))
    @action(detail=True, methods=["get"])
    def deliveries(self, request: Request, webhook_id: str) -> Response:
        """Newest first, in pages."""
        page = self.paginate_queryset(self.get_object().deliveries.all())
        return self.get_paginated_response(DeliveryShown(page, many=True).data)
