"""The view of a line's filings: reading one, changing a draft, making a move."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from torch_portal.filings.actions import note_access
from torch_portal.filings.api import shapes
from torch_portal.filings.api.frame import Frame, check_if_match, not_modified, read
from torch_portal.filings.enums import AccessKind, Turn
from torch_portal.filings.models import Filing
from torch_portal.filings.queries import history
from torch_portal.filings.transitions import Move, Workflow

# Actions of the shared mixins that answer with the filing; a line says in which shape.
ANSWERED = (
    "retrieve",
    "answer_items",
    "submit",
    "withdraw",
    "return_for_correction",
    "assign",
)


class Filings(Frame, viewsets.GenericViewSet):
    """Filings of a line; the line gives `get_queryset()` and `whole(row, certificate)`.

    line, row_argument, acts, rights: its code, what its acts call the row, its modules of actions
    and of permissions. A move is an action of the view that is named like the move.
    """

    lookup_url_kwarg = "id"
    lookup_value_regex = "[0-9]+"
    line: ClassVar[str]
    row_argument: ClassVar[str]
    acts: ClassVar[Any]
    rights: ClassVar[Any]
    workflow: ClassVar[Workflow]

    def is_deciding(self) -> bool:
        """Whether the act is the agency's: what a program's key needs the scope for."""
        move = self.workflow.moves.get(self.action)
        return move is not None and move.turn == Turn.REVIEWER

    @cached_property
    def base(self) -> str:
        """The address of the list."""
        return str(self.request.build_absolute_uri(reverse(f"api:{self.basename}-list")))

    def row(self, request: Request, id: str) -> Any:
        """The line's row if this person may see it, else 404; a change also heeds If-Match."""
        found = get_object_or_404(self.get_queryset(), pk=id)
        reading = request.method in ("GET", "HEAD", "OPTIONS")
        if not reading and "If-Match" in request.headers:
            check_if_match(request, tag(found, self.newest_certificate(found)))
        return found

    def row_to_file(self, request: Request, id: str) -> Any:
        """The row for who may file it; what was sent is not even read for others."""
        found = self.row(request, id)
        self.rights.check_may_file(request.user, found.filing)
        return found

    def newest_certificate(self, row: Any) -> Any:
        """What was issued last on the row, None before."""
        raise TypeError(f"{type(self).__name__} has no certificate for {row}")

    def whole(self, row: Any, certificate: Any) -> dict[str, Any]:
        """Everything about one filing."""
        raise TypeError(f"{type(self).__name__} has no words for {row} and {certificate}")

    def answer(self, row: Any, status: int = 200) -> Response:
        """The filing as it stands now, with its ETag."""
        certificate = self.newest_certificate(row)
        data = self.whole(row, certificate)
        return Response(data, status=status, headers={"ETag": tag(row, certificate)})

    def begun(self, row: Any) -> Response:
        """A new filing and where it is."""
        answer = self.answer(row, 201)
        answer["Location"] = f"{self.base}{row.pk}/"
        return answer

    def move(
        self,
        request: Request,
        id: str,
        body: type[serializers.Serializer],
        act: Callable[..., Any],
    ) -> Response:
        """Who may, then what was said, then the act itself."""
        row = self.row(request, id)
        self.rights.check_may_move(request.user, row.filing, self.workflow.moves[act.__name__])
        act(**{self.row_argument: row}, by=request.user, at=self.at, **read(body, request))
        return self.answer(row)

    @extend_schema(summary="One filing")
    def retrieve(self, request: Request, id: str) -> HttpResponse:
        """The filing with its files, open corrections and what you may do; 304 by ETag."""
        row = self.row(request, id)
        note_access(filing=row.filing, kind=AccessKind.API, by=request.user, at=self.at)
        known = tag(row, self.newest_certificate(row))
        if not_modified(request, known):
            return HttpResponseNotModified(headers={"ETag": known})
        return self.answer(row)

    @extend_schema(summary="Every act on a filing", responses=shapes.EventsShown)
    @action(detail=True, methods=["get"])
    def events(self, request: Request, id: str) -> Response:
        """Who did what and when, oldest first."""
        rows = history(self.row(request, id).filing)
        return Response({"events": [shapes.event(e) for e in rows]})


def tag(row: Any, certificate: Any = None) -> str:
    """The ETag: saves of the draft, acts on the filing, and how far its certificate is."""
    making = f".{certificate.version}{certificate.making}" if certificate else ""
    return f'"{row.saved_version}.{row.filing.version}{making}"'


def allowed_moves(
    filing: Filing, workflow: Workflow, may: Callable[[Filing, Move], bool]
) -> list[str]:
    """Names of the moves that are possible now and that `may` allows."""
    moves = workflow.moves.values()
    return [move.name for move in moves if filing.state in move.sources and may(filing, move)]


def links(own: str, names: Iterable[str], moves: Iterable[str]) -> dict[str, str]:
    """Addresses below a filing's own: of its parts by name, and of each move."""
    verbs = {name: MOVED.get(name, name.replace("_", "-")) for name in moves}
    found = {"self": own} | {name: f"{own}{name}/" for name in names}
    return found | {name: f"{own}{verb}/" for name, verb in verbs.items()}


# Where the address of a move is not its name with dashes.
MOVED = {"return_for_correction": "return"}
