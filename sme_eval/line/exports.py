"""The lists of evaluations that leave the desk: all of them, and those for the tax office."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Case, F, Q, Value, When
from django.db.models.fields import CharField
from django.db.models.fields.json import KT
from django.utils.translation import gettext_lazy as _

from sme_eval.enums import RdBasis, State, TechField
from sme_eval.models import Evaluation
from sme_eval.workflow import WORKFLOW
from torch_portal.common.columns import Column, ColumnKind, Report, full_name

CODE, CHOICE, NUMBER, DATE = (
    ColumnKind.CODE,
    ColumnKind.CHOICE,
    ColumnKind.NUMBER,
    ColumnKind.DATE,
)
STATES = tuple(WORKFLOW.labels.items())
WAYS = (("score", _("By score")), ("direct", _("Directly")))


def _name(field: str) -> Any:
    return getattr(Evaluation._meta.get_field(field), "verbose_name")  # noqa: B009  (typed loosely)


def _plain(name: str, kind: ColumnKind = ColumnKind.TEXT, *, offered: bool = False) -> Column:
    """A column of the evaluation's own table under its own name."""
    return Column(name, _name(name), name, kind, offered=offered)


def _choice(name: str, choices: Sequence[tuple[Any, Any]], *, offered: bool = False) -> Column:
    return Column(name, _name(name), name, CHOICE, choices, offered=offered)


def _points(name: str, label: Any) -> Column:
    """Points as they were kept when the form review was passed."""
    return Column(f"points_{name}", label, KT(f"points__{name}"), NUMBER, offered=name == "total")


ENTERPRISE = (
    Column("enterprise", _("enterprise"), "enterprise__name"),
    Column("credit_code", _("unified social credit code"), "enterprise__credit_code", CODE),
    Column("division", _("division of the seat"), "enterprise__division", CODE),
)
EVALUATIONS = Report(
    code="sme_eval",
    label=_("S&T-SME evaluations"),
    model=Evaluation,
    base=Q(filing__submitted_at__isnull=False),
    day="filing__submitted_at",
    day_label=_("Submitted on"),
    place="filing__jurisdiction_id",
    everything="queue=all",
    columns=(
        Column("filing_number", _("filing number"), "filing__number", CODE),
        *ENTERPRISE,
        Column("state", _("State"), "filing__state", CHOICE, STATES),
        _plain("year", NUMBER, offered=True),
        _plain("number", CODE, offered=True),
        _plain("entered_on", DATE, offered=True),
        _plain("valid_until", DATE),
        _plain("ended_on", DATE),
        _choice("by_route", WAYS, offered=True),
        _points("personnel", _("Points: staff")),
        _points("rd", _("Points: R&D")),
        _points("achievements", _("Points: achievements")),
        _points("total", _("Total score")),
        _plain("established_on", DATE),
        _plain("registration_type"),
        _plain("industry"),
        _choice("tech_field", TechField.choices),
        _plain("staff_total", NUMBER, offered=True),
        _plain("staff_st", NUMBER, offered=True),
        _plain("senior_titles", NUMBER),
        _plain("middle_titles", NUMBER),
        _plain("revenue", NUMBER, offered=True),
        _plain("cost_total", NUMBER),
        _plain("assets_total", NUMBER, offered=True),
        _plain("rd_cost", NUMBER, offered=True),
        _choice("rd_basis", RdBasis.choices),
        _plain("main_products"),
        Column("submitted", _("Submitted on"), "filing__submitted_at", ColumnKind.MOMENT),
        Column("agency", _("Agency"), "filing__agency__name"),
        Column("area", _("jurisdiction"), "filing__jurisdiction_id", CODE, offered=False),
        Column("edition", _("rule edition"), "filing__edition", CODE, offered=False),
        Column(
            "legal_representative",
            _name("legal_representative"),
            "legal_representative",
            personal=True,
            offered=False,
        ),
        Column(
            "handled_by",
            _("handled by"),
            full_name("filing__created_by"),
            personal=True,
            offered=False,
        ),
    ),
)
# What the tax office is told (国科发火〔2018〕11号 第三条), and which numbers ended, when and why.
ENDED = Case(
    When(filing__state=State.REVOKED, then=Value("revoked")),
    When(filing__state=State.RESIGNED, then=Value("resigned")),
    default=Value(""),
    output_field=CharField(),
)
TAX = Report(
    code="sme_eval_tax",
    label=_("S&T-SMEs for the tax office"),
    model=Evaluation,
    base=Q(number__isnull=False),
    day="entered_on",
    day_label=_("entered on"),
    place="filing__jurisdiction_id",
    by_moment=False,
    everything="queue=all",
    columns=(
        *ENTERPRISE,
        _plain("number", CODE, offered=True),
        _plain("entered_on", DATE, offered=True),
        _plain("valid_until", DATE, offered=True),
        _plain("ended_on", DATE, offered=True),
        Column(
            "ended_by",
            _("Ended by"),
            ENDED,
            CHOICE,
            (("revoked", _("Revoked")), ("resigned", _("Given up by the enterprise"))),
        ),
        Column("address", _name("address"), F("address"), offered=True),
    ),
)
EXPORTS = (EVALUATIONS, TAX)
