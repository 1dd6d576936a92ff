"""A return with everything on it, for the walk over all addresses."""

import datetime
from types import SimpleNamespace

from django.core.files.base import ContentFile

from stats import actions
from stats.enums import State
from stats.models import (
    Aggregate,
    Assignment,
    CheckRule,
    Indicator,
    Instrument,
    InstrumentVersion,
    Outlier,
    PublicationTable,
    Return,
    Round,
    SurveyProgramme,
)
from tests.factories import stats as made
from tests.factories.contracts import pdf, pdf_bytes
from tests.factories.stats import AT
from torch_portal.certificates.enums import Making

LINE = ("stats:", "api:return-", "api:stats-", "admin:stats_")


def everything(house):
    """In review at the unit, with an outlier, a total, a published table, a permission used."""
    people = {"by": house.filer, "office": house.office, "examiner": house.reviewer}
    report = made.return_at(State.SUBMITTED, firm=house.firm, **people)
    report = Return.objects.select_related("filing", "round").get(pk=report.pk)
    survey, torch = report.round, made.torch()
    actions.send_message(report=report, text="问", uploads=[pdf()], by=house.filer, at=AT)
    actions.upload_scan(report=report, upload=made.scan(), by=house.filer, at=AT)
    for document in report.filing.documents.all():
        document.pdf.save("made.pdf", ContentFile(pdf_bytes()), save=False)
        document.making, document.sha256 = Making.READY, "0" * 64
        document.save()
    actions.count_totals(survey_round=survey, at=AT)
    Outlier.objects.create(
        report=report, kind="fixed", code="revenue_per_head", found_at=AT,
        bounds={"ratio": "60000", "low": "1", "high": "50000"},
    )  # fmt: skip
    PublicationTable.objects.create(
        round=survey, code="qc05_0", dimension="total", title="x", digest="0" * 64,
        published_at=AT, published_by=torch,
    )  # fmt: skip
    until = AT.date() + datetime.timedelta(days=30)
    grant = {"person": made.province(), "purpose": "核实重点企业收入变动", "until": until}
    actions.grant(survey_round=survey, by=torch, at=AT, **grant)
    actions.take(survey_round=survey, by=made.province(), at=AT)
    return SimpleNamespace(report=report, total=Aggregate.objects.filter(place="33").first())


def ids_of(things):
    """What its addresses name: on the pages, and over the API."""
    filing = things.report.filing
    named = {
        "attachment": filing.attachments.live().first().pk,
        "file": filing.thread.messages.get().files.get().pk,
        "document": filing.documents.first().pk,
    }
    on_pages = {f"{name}_pk": pk for name, pk in named.items()}
    over_the_api = {f"{name}_id": pk for name, pk in named.items()}
    plain = {"table": "GQ-002", "code": "qc05_0", "place": "33", "total": things.total.pk}
    return {"pk": filing.pk, "id": filing.pk, **plain, **on_pages, **over_the_api}


def row_of(things, model):
    """The row that stands for a model of the line; None for the first."""
    report = things.report
    version = report.round.version
    known = {
        Return: report,
        Round: report.round,
        Assignment: report.assignment,
        InstrumentVersion: version,
        Instrument: version.instrument,
        SurveyProgramme: version.approval,
        CheckRule: version.instrument.rules.order_by("pk").first(),
        Indicator: None,
    }
    return known.get(model)
