"""Expert opinions over the API, for those who decide: what was said, and what was handed in."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from contracts import actions, enums, permissions
from contracts.api import answers, entries
from contracts.models import Contract, ExpertOpinion, OpinionFile
from contracts.workflow import WORKFLOW
from torch_portal.common.limits import Limit
from torch_portal.filings.actions import note_access
from torch_portal.filings.api.files import BYTES, file_answer, multipart
from torch_portal.filings.api.frame import IF_MATCH, KEY, StrictJSON, read_data
from torch_portal.filings.enums import AccessKind
from torch_portal.filings.idempotency import once


class OpinionFileShown(serializers.Serializer):
    """A file that an expert handed in."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    content_type = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()
    url = serializers.URLField()


class OpinionShown(serializers.Serializer):
    """One expert who was asked; `view` is empty until he or she has spoken."""

    expert = serializers.CharField()
    unit = serializers.CharField()
    question = serializers.CharField()
    asked_at = serializers.DateTimeField()
    view = serializers.ChoiceField(choices=enums.ExpertView.choices, allow_blank=True)
    opinion = serializers.CharField()
    given_at = serializers.DateTimeField(allow_null=True)
    files = OpinionFileShown(many=True)


class OpinionsShown(serializers.Serializer):
    """All experts, in the order of asking."""

    opinions = OpinionShown(many=True)


class OpinionsMixin:
    """The addresses of opinions; the view gives `contract`, `answer`, `base` and `at`."""

    @extend_schema(summary="What experts said", responses=OpinionsShown)
    @action(detail=True, methods=["get"])
    def opinions(self: Any, request: Request, id: str) -> Response:
        """For those who decide; the enterprise does not see them."""
        contract = self.opinions_of(request, id)
        asked = contract.opinions.order_by("pk").prefetch_related("files")
        return Response({"opinions": [_opinion(o, self.base) for o in asked]})

    def opinions_of(self: Any, request: Request, id: str) -> Contract:
        """The contract, for who may read what experts said of it."""
        contract: Contract = self.row(request, id)
        permissions.check_may_read_opinions(request.user, contract.filing)
        return contract

    @extend_schema(
        summary="A file of an opinion",
        parameters=[OpenApiParameter("opinion_file_pk", int, OpenApiParameter.PATH)],
        responses=BYTES,
    )
    @action(
        detail=True,
        methods=["get"],
        url_path=r"opinions/files/(?P<opinion_file_pk>[0-9]+)",
        url_name="opinion-file",
        throttle_classes=[Limit],
    )
    def opinion_file(self: Any, request: Request, id: str, opinion_file_pk: str) -> HttpResponse:
        """The bytes as they came, as a download."""
        contract = self.opinions_of(request, id)
        found = get_object_or_404(OpinionFile, pk=opinion_file_pk, opinion__contract=contract)
        note_access(filing=contract.filing, kind=AccessKind.FILE, by=request.user, at=self.at)
        return file_answer(request, found.file, found.sha256, found.name, found.content_type)

    @extend_schema(
        summary="Record an expert's opinion",
        request={
            "application/json": entries.OpinionEntries,
            "multipart/form-data": entries.OpinionEntries,
        },
        responses=answers.ContractShown,
        parameters=[KEY, IF_MATCH],
    )
    @action(
        detail=True,
        methods=["post"],
        url_path="record-expert-opinion",
        parser_classes=[StrictJSON, MultiPartParser],
    )
    @once
    def record_expert_opinion(self: Any, request: Request, id: str) -> Response:
        """The conclusion and the words of one expert, with what was handed in."""
        contract = self.row(request, id)
        move = WORKFLOW.moves["record_expert_opinion"]
        permissions.check_may_move(request.user, contract.filing, move)
        sent = read_data(entries.OpinionEntries, multipart(request))
        evidence = sent.pop("file")
        actions.record_expert_opinion(
            contract=contract, evidence=evidence, by=request.user, at=self.at, **sent
        )
        return self.answer(contract)


def _opinion(row: ExpertOpinion, base: str) -> dict[str, Any]:
    told = ("expert", "unit", "question", "asked_at", "view", "opinion", "given_at")
    return {name: getattr(row, name) for name in told} | {
        "files": [
            {name: getattr(f, name) for name in ("id", "name", "content_type", "size", "sha256")}
            | {"url": f"{base}{row.contract_id}/opinions/files/{f.pk}/"}
            for f in row.files.all()
        ]
    }
