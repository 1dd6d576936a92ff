"""What the resources of the certification body share: whose they are, and a page of them."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.response import Response

from hitech_cert import permissions
from torch_portal.accounts.roles import Denied


class BodyMixin:
    """For a `Frame` with `get_queryset()`; everything but reading is a decision of the body."""

    def is_deciding(self: Any) -> bool:
        """Everything but reading."""
        return self.request.method not in ("GET", "HEAD", "OPTIONS")

    def row(self: Any, id: str) -> Any:
        """The row if this person may see it, else 404."""
        return get_object_or_404(self.get_queryset(), pk=id)

    def check_body(self: Any, jurisdiction: str | None = None) -> None:
        """Refuse who does not act for the body, before what was sent is read."""
        mine = permissions.acts_for(self.request.user)
        if not mine or jurisdiction not in {None, *mine}:
            raise Denied(_("The certification body of the province decides this."))

    def page_of(self: Any, rows: Any, shown: type[serializers.Serializer]) -> Response:
        """A page of rows; `next` leads on."""
        page = self.paginate_queryset(rows)
        answer: Response = self.get_paginated_response(shown(page, many=True).data)
        return answer
