"""The columns of a contract, and of a matter after its decision, that leave the desk in a table."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contracts import forms
from contracts.enums import (
    Applicant,
    Field,
    FollowUpKind,
    FollowUpState,
    Form,
    IpKind,
    Kind,
    Objective,
    PartyNature,
    PaymentMethod,
    PlanSource,
    Subkind,
)
from contracts.models import Contract, FollowUp
from contracts.workflow import WORKFLOW
from torch_portal.accounts.roles import is_reviewer
from torch_portal.common.columns import Column, ColumnKind, Group, Report, full_name

CODE, CHOICE, MONEY, DATE = (
    ColumnKind.CODE,
    ColumnKind.CHOICE,
    ColumnKind.MONEY,
    ColumnKind.DATE,
)


def _name(field: str) -> Any:
    return getattr(Contract._meta.get_field(field), "verbose_name")  # noqa: B009  (typed loosely)


def _plain(name: str, kind: ColumnKind = ColumnKind.TEXT, *, offered: bool = False) -> Column:
    """A column of the contract's own table under its own name."""
    return Column(name, _name(name), name, kind, offered=offered)


def _choice(name: str, choices: Sequence[tuple[Any, Any]], *, offered: bool = False) -> Column:
    return Column(name, _name(name), name, CHOICE, choices, offered=offered)


def _entries(contract: Contract) -> list[Group]:
    """A contract on paper: where it stands, then what was entered, page by page."""
    filing = contract.filing
    when = filing.submitted_at
    head = {
        _("Filing number"): filing.number,
        _("Registration number"): contract.registration_number,
        _("State"): WORKFLOW.labels[filing.state],
        _("Submitted on"): f"{timezone.localtime(when):%Y-%m-%d}" if when else "",
        _("Agency"): filing.agency.name if filing.agency else "",
    }
    pages = [step for step in forms.STEPS if step.key in forms.FORM_STEPS]
    entered = [(str(s.label), _written(forms.shown_entries(contract, s.key))) for s in pages]
    standing = [(str(label), str(value)) for label, value in head.items() if value]
    return [(contract.project_name, standing), *entered]


def _written(entries: list[tuple[str, str, str]]) -> list[tuple[str, str]]:
    return [(label, value) for _name, label, value in entries if value]


CONTRACTS = Report(
    code="contracts",
    label=_("Technical contracts"),
    model=Contract,
    base=Q(filing__submitted_at__isnull=False),
    day="filing__submitted_at",
    day_label=_("Submitted on"),
    place="filing__jurisdiction_id",
    everything="queue=all",
    entries=_entries,
    columns=(
        Column("number", _("Number"), "filing__number", CODE),
        _plain("registration_number", CODE, offered=True),
        _plain("project_name", offered=True),
        Column("state", _("State"), "filing__state", CHOICE, tuple(WORKFLOW.labels.items())),
        Column("kind", _("Kind"), "kind", CHOICE, Kind.choices),
        _choice("subkind", Subkind.choices),
        _choice("form", Form.choices),
        _plain("seller_name", offered=True),
        _plain("seller_code", CODE, offered=True),
        _plain("seller_division", CODE),
        _plain("buyer_name", offered=True),
        _plain("buyer_code", CODE, offered=True),
        _plain("buyer_division", CODE),
        _plain("buyer_country"),
        _choice("buyer_nature", PartyNature.choices),
        _choice("applicant", Applicant.choices),
        Column("total_yuan", _("Total amount"), "total_yuan", MONEY),
        Column("technical_yuan", _("Technical amount"), "technical_yuan", MONEY),
        Column(
            "fixed_technical_yuan",
            _("Technical amount fixed by the agency"),
            "fixed_technical_yuan",
            MONEY,
            offered=False,
        ),
        _choice("payment", PaymentMethod.choices),
        _plain("signed_on", DATE, offered=True),
        _plain("starts_on", DATE),
        _plain("ends_on", DATE),
        _choice("tech_field", Field.choices, offered=True),
        _choice("objective", Objective.choices),
        _choice("plan_source", PlanSource.choices),
        _choice("ip_kind", IpKind.choices),
        _plain("patent_number", CODE),
        _plain("related", ColumnKind.FLAG),
        _plain("classified", ColumnKind.FLAG),
        _plain("foreign_language", ColumnKind.FLAG),
        Column("submitted", _("Submitted on"), "filing__submitted_at", ColumnKind.MOMENT),
        Column("accepted_on", _("acceptance date"), "filing__accepted_on", DATE, offered=False),
        Column("due_on", _("Decide by"), "filing__due_on", DATE, offered=False),
        _plain("recognised_on", DATE, offered=True),
        Column("agency", _("Agency"), "filing__agency__name"),
        Column("area", _("jurisdiction"), "filing__jurisdiction_id", CODE, offered=False),
        Column("edition", _("rule edition"), "filing__edition", CODE, offered=False),
        Column(
            "handled_by",
            _("handled by"),
            full_name("filing__created_by"),
            personal=True,
            offered=False,
        ),
        # Only who decides the filing has to reach a person of the enterprise.
        Column(
            "email",
            _("e-mail of the person"),
            "filing__created_by__email",
            personal=True,
            may_see=is_reviewer,
            offered=False,
        ),
    ),
)
MATTERS = Report(
    code="matters",
    label=_("matters after the decision"),
    model=FollowUp,
    base=Q(contract__filing__submitted_at__isnull=False),
    day="opened_at",
    day_label=_("Begun"),
    place="contract__filing__jurisdiction_id",
    everything="waiting=all",
    columns=(
        Column("number", _("Number"), "contract__filing__number", CODE),
        Column(
            "registration_number",
            _("Registration number"),
            "contract__registration_number",
            CODE,
        ),
        Column("project_name", _("Project name"), "contract__project_name"),
        Column("kind", _("Matter"), "kind", CHOICE, FollowUpKind.choices),
        Column("state", _("State"), "state", CHOICE, FollowUpState.choices),
        Column("opened_at", _("opened at"), "opened_at", ColumnKind.MOMENT),
        Column("due_on", _("Decide by"), "due_on", DATE),
        Column("decided_at", _("decided at"), "decided_at", ColumnKind.MOMENT),
        Column("authority", _("authority"), "authority", offered=False),
        Column("reason", _("reason"), "reason", offered=False),
        Column("answer", _("answer"), "answer", offered=False),
        Column("agency", _("Agency"), "contract__filing__agency__name"),
        Column("area", _("jurisdiction"), "contract__filing__jurisdiction_id", CODE, offered=False),
        Column(
            "decided_by",
            _("decided by"),
            full_name("decided_by"),
            personal=True,
            offered=False,
        ),
    ),
)
EXPORTS = (CONTRACTS, MATTERS)
