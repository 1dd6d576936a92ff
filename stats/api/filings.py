"""Returns over the API: values, checks, explanations and every move, by the acts of the pages.

A reviewer's change of a value is 403: officers approve and return, the respondent alone changes
what it reports (统计法 第六条).
"""

from collections import defaultdict
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from stats import actions, permissions, queries
from stats.actions.filing import against
from stats.api import answers, entries, shown
from stats.api.moves import MovesMixin
from stats.enums import State
from stats.models import Assignment, Return
from stats.workflow import WORKFLOW
from torch_portal.certificates.api import DocumentsMixin
from torch_portal.filings.api import shapes
from torch_portal.filings.api.filters import codes_with, filtered, parameters
from torch_portal.filings.api.frame import IF_MATCH, KEY, read
from torch_portal.filings.api.records import ANSWERED, Filings
from torch_portal.filings.api.service import ServiceMixin
from torch_portal.filings.api.talk import TalkMixin
from torch_portal.filings.idempotency import once

CODES = codes_with(State.values)


@extend_schema_view(
    messages=extend_schema(operation_id="stats_messages_list"),
    **{name: extend_schema(responses=answers.ReturnShown) for name in ANSWERED},
)
class Returns(DocumentsMixin, MovesMixin, TalkMixin, ServiceMixin, Filings):
    """Returns of the survey, from the draft to the acceptance.

    What lies out of sight is 404, what is out of turn 403 with the reason, what somebody else did
    first 409 with the name, what a rule stops 422 with every finding.
    """

    queryset = Return.objects.none()
    serializer_class = answers.ReturnShown
    line = "stats"
    row_argument = "report"
    acts = actions
    rights = permissions
    workflow = WORKFLOW
    throttle_scope = "download"

    def get_queryset(self) -> QuerySet[Return]:
        """What this person may see, with what every answer shows of it."""
        rows: QuerySet[Return] = queries.with_cover(Return.objects.visible_to(self.request.user))
        return rows

    def newest_certificate(self, row: Return) -> None:
        """A return has none."""
        return

    def whole(self, row: Return, certificate: None) -> dict[str, Any]:
        """Everything about one return."""
        return shown.whole(row, self.request.user, self.base)

    @extend_schema(
        summary="Returns that you may see, newest first",
        parameters=parameters(CODES),
        responses=answers.ReturnRowShown(many=True),
    )
    def list(self, request: Request) -> Response:
        """A page of returns; `next` leads on."""
        rows = filtered(self.get_queryset(), request, CODES, number="filing__number")
        page: Any = self.paginate_queryset(rows.defer("data", "typed"))
        data = [shown.row(report, request.user, self.base) for report in page]
        answer: Response = self.get_paginated_response(data)
        return answer

    @extend_schema(
        summary="Begin a return",
        request=entries.NewReturn,
        responses={201: answers.ReturnShown},
        parameters=[KEY],
    )
    @once
    def create(self, request: Request) -> Response:
        """The return of an assignment; the one that is there is given back."""
        sent = read(entries.NewReturn, request)
        rows = Assignment.objects.visible_to(request.user)
        assignment = get_object_or_404(rows, pk=sent["assignment"])
        made = actions.start(assignment=assignment, by=request.user, at=self.at)
        return self.begun(get_object_or_404(self.get_queryset(), pk=made.pk))

    @extend_schema(
        summary="Change values of a return",
        request=entries.ValueEntries,
        responses=answers.ReturnShown,
        parameters=[IF_MATCH],
    )
    def partial_update(self, request: Request, id: str) -> Response:
        """By the respondent alone; what cannot be read is kept word for word in `unread`."""
        report = self.row(request, id)
        permissions.check_may_file(request.user, report.filing)
        sent = read(entries.ValueEntries, request)["values"]
        items = queries.version_of(report.round).items
        first = next(iter(items.values())).table
        tables: dict[str, dict[str, str]] = defaultdict(dict)
        for code, value in sent.items():
            tables[items[code].table if code in items else first][code] = value
        with transaction.atomic():
            for table, values in tables.items():
                actions.save_table(
                    report=report, table=table, entries=values, by=request.user, at=self.at
                )
        return self.answer(report)

    @extend_schema(summary="Everything that stands against it now", responses=shapes.FindingsShown)
    @action(detail=True, methods=["get"])
    def findings(self, request: Request, id: str) -> Response:
        """All findings at once: window, entries, rules with their values, open corrections."""
        report = self.row(request, id)
        found = against(report, queries.run(report), self.at)
        return Response(shapes.findings(found))
