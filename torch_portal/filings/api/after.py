"""What follows a decision over the API, in the shape that every line has it."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from torch_portal.filings.api.entries import Entries
from torch_portal.filings.api.frame import KEY, read
from torch_portal.filings.idempotency import once
from torch_portal.filings.transitions import Stale

# Columns of an announced loss of what was granted, in the order of its course.
CASE_COLUMNS = (
    "id", "grounds", "facts", "noticed_at", "due_on", "statement", "stated_at", "state",
    "decided_at", "answer",
)  # fmt: skip


def listing(
    relation: str,
    summary: str,
    shown: type[serializers.Serializer],
    *,
    name: str = "",
    order: str = "-pk",
) -> Any:
    """The address of a table below a filing: all its rows, newest first, as {name: [...]}.

    shown: the shape of the whole answer; name: where the address is not called like the relation.
    """
    name = name or relation

    def rows_of(self: Any, request: Request, id: str) -> Response:
        rows = getattr(self.row(request, id), relation).order_by(order)
        return Response(shown({name: rows}).data)

    rows_of.__name__, rows_of.__doc__ = name, "Newest first."
    read_here = action(detail=True, methods=["get"])
    return extend_schema(summary=summary, responses=shown)(read_here(rows_of))


class StatementEntries(Entries):
    """What the department should know before it decides."""

    statement = serializers.CharField(max_length=4000, allow_blank=True, default="")


class CaseMixin:
    """An announced loss of what was granted, against which the enterprise may state its case.

    cases: the relation; case_argument: what the line's act calls it; open_state: of one that is
    not decided; no_case: what is said when there is none; case_shown: its shape.
    """

    cases: ClassVar[str]
    case_argument: ClassVar[str]
    open_state: ClassVar[str]
    no_case: ClassVar[Any]
    case_shown: ClassVar[type[serializers.Serializer]]

    @extend_schema(summary="State the case (陈述申辩)", request=StatementEntries, parameters=[KEY])
    @action(detail=True, methods=["post"], url_path="state-case")
    @once
    def state_case(self: Any, request: Request, id: str) -> Response:
        """What the enterprise answers to the announcement, once."""
        row = self.row_to_file(request, id)
        case = getattr(row, self.cases).filter(state=self.open_state).first()
        if case is None:
            raise Stale(str(self.no_case))
        setattr(case, self.row_argument, row)
        sent = read(StatementEntries, request)
        told = {self.case_argument: case}
        self.acts.state_case(**told, by=request.user, at=self.at, **sent)
        return Response(self.case_shown(case).data)
