"""Filings over the API: drafts and every move, each by the action that the pages use."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from contracts import actions, editions, forms, permissions, queries, rules
from contracts.actions.draft import own_side
from contracts.api import entries, shown
from contracts.api.files import FilesMixin
from contracts.api.frame import Frame, check_if_match, not_modified
from contracts.enums import Applicant, State
from contracts.models import Contract
from contracts.workflow import WORKFLOW
from torch_portal.accounts.models import Agency, Enterprise, User
from torch_portal.accounts.roles import Denied, standing
from torch_portal.common.findings import Finding, Refused
from torch_portal.filings.enums import Stage
from torch_portal.filings.idempotency import once
from torch_portal.filings.queries import history

KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="The same request under the same key acts once and gets the same answer again.",
)
IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, description="The ETag that the change starts from."
)
FILTERS = [
    OpenApiParameter("state", str, enum=State.values),
    OpenApiParameter("stage", str, enum=Stage.values),
    OpenApiParameter("number", str, description="Filing number or registration number."),
]


def documented(summary: str, body: type[serializers.Serializer]) -> Callable[[Any], Any]:
    """How a move stands in the description of the API."""
    return extend_schema(
        summary=summary,
        request=body,
        responses=shown.ContractShown,
        parameters=[KEY, IF_MATCH],
    )


class ContractFilings(FilesMixin, Frame, viewsets.GenericViewSet):
    """Technology contracts, from the draft to the certificate.

    What lies out of sight is 404, what is out of turn 403 with the reason, what somebody else did
    first 409 with the name, what a rule stops 422 with every finding.
    """

    queryset = Contract.objects.none()
    serializer_class = shown.ContractShown
    lookup_url_kwarg = "id"
    lookup_value_regex = "[0-9]+"

    @cached_property
    def base(self) -> str:
        """The address of the list."""
        return str(self.request.build_absolute_uri(reverse("api:contract-list")))

    def get_serializer_context(self) -> dict[str, Any]:
        """Also the address that links begin with."""
        return super().get_serializer_context() | {"base": self.base}

    def get_queryset(self) -> QuerySet[Contract]:
        """What this person may see, with what every answer shows of it."""
        rows: QuerySet[Contract] = queries.with_cover(
            Contract.objects.visible_to(self.request.user)
        )
        return rows

    def contract(self, request: Request, id: str) -> Contract:
        """The contract if this person may see it, else 404; a change also heeds If-Match."""
        found: Contract = get_object_or_404(self.get_queryset(), pk=id)
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            check_if_match(request, shown.tag(found))
        return found

    def answer(self, contract: Contract, status: int = 200) -> Response:
        """The filing as it stands now, with its ETag."""
        data = shown.whole(contract, self.request.user, self.base)
        return Response(data, status=status, headers={"ETag": shown.tag(contract)})

    @extend_schema(
        summary="Filings that you may see, newest first",
        parameters=FILTERS,
        responses=shown.RowShown(many=True),
    )
    def list(self, request: Request) -> Response:
        """A page of filings; `next` leads on."""
        rows = _filtered(self.get_queryset(), request)
        page = self.paginate_queryset(rows.prefetch_related("deductions", "filing__certificates"))
        data = [shown.row(c, request.user, self.base) for c in page]
        answer: Response = self.get_paginated_response(data)
        return answer

    @extend_schema(
        summary="Begin a draft",
        request=entries.NewContract,
        responses={201: shown.ContractShown},
        parameters=[KEY],
    )
    @once
    def create(self, request: Request) -> Response:
        """A draft with as many entries as are known. A classified contract is refused (VH-11)."""
        data = request.data if isinstance(request.data, dict) else {}
        enterprise = _enterprise(request.user, data.get("enterprise"))
        _refuse_classified(data, enterprise.jurisdiction_id, self)
        sent = _read(entries.NewContract, request)
        with transaction.atomic():
            contract = actions.start(
                enterprise=enterprise,
                by=request.user,
                at=self.at,
                classified=False,
                applicant=sent.get("applicant", Applicant.SELLER),
            )
            _check_own(contract, sent)
            values, lines = entries.columns(sent), sent.get("deductions")
            if values or lines:
                self._save(contract, values, lines)
        answer = self.answer(contract, 201)
        answer["Location"] = f"{self.base}{contract.pk}/"
        return answer

    @extend_schema(summary="One filing", responses=shown.ContractShown)
    def retrieve(self, request: Request, id: str) -> HttpResponse:
        """The filing with its files, open corrections and what you may do; 304 by ETag."""
        contract = self.contract(request, id)
        tag = shown.tag(contract)
        if not_modified(request, tag):
            return HttpResponseNotModified(headers={"ETag": tag})
        return self.answer(contract)

    @extend_schema(
        summary="Replace the entries of a draft",
        request=entries.ContractEntries,
        responses=shown.ContractShown,
        parameters=[IF_MATCH],
    )
    def update(self, request: Request, id: str) -> Response:
        """Entries left out are emptied, except the applicant and its own name, code and place."""
        contract, sent = self._to_save(request, id)
        empty = entries.emptied() | {"applicant": contract.applicant}
        self._save(contract, empty | entries.columns(sent), sent.get("deductions", []))
        return self.answer(contract)

    @extend_schema(
        summary="Change entries of a draft",
        request=entries.ContractEntries(partial=True),
        responses=shown.ContractShown,
        parameters=[IF_MATCH],
    )
    def partial_update(self, request: Request, id: str) -> Response:
        """Entries left out stay as they are; deductions are given whole."""
        contract, sent = self._to_save(request, id)
        self._save(contract, entries.columns(sent), sent.get("deductions"))
        return self.answer(contract)

    def _to_save(self, request: Request, id: str) -> tuple[Contract, dict[str, Any]]:
        contract = self.contract(request, id)
        permissions.check_may_file(request.user, contract.filing)
        data = request.data if isinstance(request.data, dict) else {}
        _refuse_classified(data, contract.filing.jurisdiction_id, self)
        sent = _read(entries.ContractEntries, request)
        _check_own(contract, sent)
        return contract, sent

    def _save(self, contract: Contract, values: dict[str, Any], lines: Any) -> None:
        done = {*values, *(["deductions"] if lines is not None else [])}
        actions.save_draft(
            contract=contract,
            values=values,
            typed={name: text for name, text in contract.typed.items() if name not in done},
            deductions=lines,
            by=self.request.user,
            at=self.at,
        )

    def _move(
        self,
        request: Request,
        id: str,
        body: type[serializers.Serializer],
        act: Callable[..., Any],
    ) -> Response:
        """Who may, then what was said, then the act itself."""
        contract = self.contract(request, id)
        permissions.check_may_move(request.user, contract.filing, WORKFLOW.moves[act.__name__])
        act(contract=contract, by=request.user, at=self.at, **_read(body, request))
        return self.answer(contract)

    @documented("Submit", entries.SubmitEntries)
    @action(detail=True, methods=["post"])
    @once
    def submit(self, request: Request, id: str) -> Response:
        """Hand it to the agency; a filing number and the statutory day come back."""
        contract = self.contract(request, id)
        permissions.check_may_file(request.user, contract.filing)
        agency = _agency(_read(entries.SubmitEntries, request))
        actions.submit(contract=contract, by=request.user, at=self.at, agency=agency)
        return self.answer(contract)

    @documented("Withdraw", entries.MayNote)
    @action(detail=True, methods=["post"])
    @once
    def withdraw(self, request: Request, id: str) -> Response:
        """End it without a decision."""
        return self._move(request, id, entries.MayNote, actions.withdraw)

    @documented("Accept (受理)", entries.NoWords)
    @action(detail=True, methods=["post"])
    @once
    def accept(self, request: Request, id: str) -> Response:
        """The material is complete and in form; the examination begins."""
        return self._move(request, id, entries.NoWords, actions.accept)

    @documented("Return for correction (退回补正)", entries.ReturnEntries)
    @action(detail=True, methods=["post"], url_path="return", url_name="return")
    @once
    def return_for_correction(self, request: Request, id: str) -> Response:
        """Tell the enterprise the complete list once."""
        return self._move(request, id, entries.ReturnEntries, actions.return_for_correction)

    @documented("Do not accept (不予受理)", entries.MustNote)
    @action(detail=True, methods=["post"])
    @once
    def decline(self, request: Request, id: str) -> Response:
        """Oral, outside the area, registered already."""
        return self._move(request, id, entries.MustNote, actions.decline)

    @documented("Fix the technical amount (核定技术交易额)", entries.FixAmountEntries)
    @action(detail=True, methods=["post"], url_path="fix-technical-amount")
    @once
    def fix_technical_amount(self, request: Request, id: str) -> Response:
        """Above zero and not above the total, with the reason."""
        return self._move(request, id, entries.FixAmountEntries, actions.fix_technical_amount)

    @documented("Pass to second review", entries.MayNote)
    @action(detail=True, methods=["post"])
    @once
    def propose(self, request: Request, id: str) -> Response:
        """Another reviewer has to recognise or refuse it."""
        return self._move(request, id, entries.MayNote, actions.propose)

    @documented("Recognise (认定登记)", entries.NoWords)
    @action(detail=True, methods=["post"])
    @once
    def recognise(self, request: Request, id: str) -> Response:
        """A registration number; a worker makes the certificate."""
        return self._move(request, id, entries.NoWords, actions.recognise)

    @documented("Refuse (不予登记)", entries.RefuseEntries)
    @action(detail=True, methods=["post"])
    @once
    def refuse(self, request: Request, id: str) -> Response:
        """On at least one of the grounds RF-1 to RF-9."""
        return self._move(request, id, entries.RefuseEntries, actions.refuse)

    @documented("Deregister (注销)", entries.MustNote)
    @action(detail=True, methods=["post"])
    @once
    def deregister(self, request: Request, id: str) -> Response:
        """End the registration on a party's report."""
        return self._move(request, id, entries.MustNote, actions.deregister)

    @documented("Revoke (撤销)", entries.MustNote)
    @action(detail=True, methods=["post"])
    @once
    def revoke(self, request: Request, id: str) -> Response:
        """End the registration by the authority."""
        return self._move(request, id, entries.MustNote, actions.revoke)

    @extend_schema(summary="Every act on a filing", responses=shown.EventsShown)
    @action(detail=True, methods=["get"])
    def events(self, request: Request, id: str) -> Response:
        """Who did what and when, oldest first."""
        rows = history(self.contract(request, id).filing)
        return Response({"events": [shown.event(e) for e in rows]})

    @extend_schema(summary="Everything the rules say now", responses=shown.FindingsShown)
    @action(detail=True, methods=["get"])
    def findings(self, request: Request, id: str) -> Response:
        """All findings at once, those that block and those that hint."""
        contract = self.contract(request, id)
        return Response(shown.findings(_findings(contract, timezone.localdate(self.at))))


def _filtered(rows: QuerySet[Contract], request: Request) -> QuerySet[Contract]:
    for name, known in (("state", State.values), ("stage", Stage.values)):
        wanted = request.query_params.get(name)
        if wanted is None:
            continue
        if wanted not in known:
            message = _("One of these is needed: %(choices)s.") % {"choices": ", ".join(known)}
            raise ValidationError({name: message})
        rows = rows.filter(**{f"filing__{name}": wanted})
    number = request.query_params.get("number")
    if number:
        rows = rows.filter(filing__number=number) | rows.filter(registration_number=number)
    return rows


def _read(body: type[serializers.Serializer], request: Request) -> dict[str, Any]:
    sent = body(data=request.data)
    sent.is_valid(raise_exception=True)
    return dict(sent.validated_data)


def _enterprise(user: User, code: Any) -> Enterprise:
    """The enterprise to file for: the one named by its credit code, else the only one."""
    own = list(Enterprise.objects.filter(pk__in=standing(user).filer_of).order_by("pk"))
    if not own:
        raise Denied(_("You may not file for any enterprise. Ask an owner for the role."))
    if code is None and len(own) > 1:
        message = _("You file for several enterprises: give the credit code of the one you mean.")
        raise ValidationError({"enterprise": message})
    found = next((e for e in own if code in (None, e.credit_code)), None)
    if found is None:
        raise Denied(_("You may not file for this enterprise. Ask its owner for the role."))
    return found


def _refuse_classified(data: dict[str, Any], jurisdiction: str, view: Frame) -> None:
    """VH-11 before anything else is read (国科发政字〔2000〕063号 第十五条)."""
    said = data.get("classified")
    if isinstance(said, bool | int | str) and said in serializers.BooleanField.TRUE_VALUES:
        edition = editions.on(timezone.localdate(view.at), jurisdiction)
        raise Refused(rules.check(rules.Facts(classified=True), edition, complete=False))


def _check_own(contract: Contract, sent: dict[str, Any]) -> None:
    """What is sent of the applicant's own side is what is registered (国务院令第716号 第七条)."""
    applicant = sent.get("applicant", contract.applicant)
    own = own_side(applicant, contract.filing.enterprise)
    message = _("This is the applicant's own entry; it is registered as “%(registered)s”.")
    wrong = {
        name: message % {"registered": registered}
        for name, registered in own.items()
        if sent.get(name) not in (None, "", registered)
    }
    if wrong:
        raise ValidationError(wrong)


def _agency(sent: dict[str, Any]) -> Agency | None:
    code = sent.get("agency")
    found = Agency.objects.filter(code=code).first() if code else None
    if code and found is None:
        raise ValidationError({"agency": _("No registration agency has this code.")})
    return found


def _findings(contract: Contract, day: Any) -> list[Finding]:
    """What the rules say, and what was typed on the pages but could not be read.

    Where several agencies cover the place the first stands for the one still to be chosen.
    """
    unread = forms.unread_findings(contract)
    names = {f.field for f in unread}
    agency = contract.filing.agency or next(iter(queries.agencies_for(contract)), None)
    ruled = queries.findings(contract, day=day, agency=agency)
    return unread + [f for f in ruled if not (f.code == "VH-00" and f.field in names)]
