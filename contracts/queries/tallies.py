"""Rows that the dashboard's figures are counted from, as querysets that another part sums up."""

import datetime
from typing import Any

from django.db.models import BooleanField, Case, F, Q, QuerySet, Value, When
from django.db.models.fields import DateField, DecimalField, IntegerField
from django.db.models.functions import Coalesce, TruncMonth

from contracts.models import Contract
from contracts.queries.counting import IN_FORCE
from torch_portal.filings.enums import Stage

ONE, NONE = Value(1, IntegerField()), Value(0, IntegerField())
NOTHING = Value(0, DecimalField(max_digits=18, decimal_places=2))


def month_rows() -> list[QuerySet[Contract, Any]]:
    """What was handed in, and what is registered and in force, one row a contract and month."""
    place = {"place": F("filing__jurisdiction_id"), "d_kind": F("kind"), "d_field": F("tech_field")}
    sent = Contract.objects.filter(filing__submitted_at__isnull=False)
    registered = Contract.objects.filter(IN_FORCE, recognised_on__isnull=False)
    fixed = Coalesce(F("fixed_technical_yuan"), F("technical_yuan"), NOTHING)
    return [
        sent.order_by().values(
            d_month=TruncMonth("filing__submitted_at", output_field=DateField()),
            **place, submitted=ONE, registered=NONE, total=NOTHING, technical=NOTHING,
        ),
        registered.order_by().values(
            d_month=TruncMonth("recognised_on", output_field=DateField()),
            **place, submitted=NONE, registered=ONE,
            total=Coalesce(F("total_yuan"), NOTHING), technical=fixed,
        ),
    ]  # fmt: skip


def state_rows(today: datetime.date) -> QuerySet[Contract, Any]:
    """Where each filing that was handed in stands, and whether its day has passed."""
    late = Q(filing__stage__in=[Stage.SUBMITTED, Stage.IN_REVIEW], filing__due_on__lt=today)
    return (
        Contract.objects.filter(filing__submitted_at__isnull=False)
        .order_by()
        .values(
            place=F("filing__jurisdiction_id"),
            office=F("filing__agency_id"),
            at_state=F("filing__state"),
            d_kind=F("kind"),
            d_field=F("tech_field"),
            late=Case(When(late, then=True), default=False, output_field=BooleanField()),
        )
    )
