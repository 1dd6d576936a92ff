"""A return with everything on it, for the walk over all addresses."""

import datetime
from types import SimpleNamespace

from django.contrib import admin
from django.core.files.base import ContentFile

from stats import actions
from stats.actions import faq
from stats.actions import guidance as actions_of_questions
from stats.enums import HoursWay, State
from stats.models import (
    Aggregate,
    AnswerTarget,
    Assignment,
    CheckRule,
    Indicator,
    Instrument,
    InstrumentVersion,
    ItemNote,
    OfficeHours,
    Outlier,
    PublicationTable,
    Return,
    Round,
    SurveyProgramme,
)
from tests.factories import accounts, guidance
from tests.factories import stats as made
from tests.factories.contracts import pdf, pdf_bytes
from tests.factories.stats import AT
from torch_portal.certificates.enums import Making
from torch_portal.common import clock

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
    now = clock.now()  # a grant ends: it has to be one of today
    until = now.date() + datetime.timedelta(days=30)
    grant = {"person": made.province(), "purpose": "核实重点企业收入变动", "until": until}
    actions.grant(survey_round=survey, by=torch, at=now, **grant)
    actions.take(survey_round=survey, by=grant["person"], at=now)
    total = Aggregate.objects.filter(place="33").first()
    found = _guidance(house, survey.version)
    return SimpleNamespace(report=report, total=total, granted=grant["person"], **found)


def _guidance(house, version):
    """A question of the house's enterprise, courseware with a file, a quiz, what officials set."""
    torch = accounts.official(None)
    faq.publish_entry(
        about=actions_of_questions.About(version, "qc05_0"),
        entry=faq.Entry("营业收入含税吗？", "不含增值税。", "国统制〔2022〕11号"),
        by=torch, at=AT,
    )  # fmt: skip
    AnswerTarget.objects.create(days=5, source="x")
    ItemNote.objects.create(version=version, item_code="qc05_0", errors="x", source="x")
    OfficeHours.objects.create(
        unit=house.office, begins_at=AT, ends_at=AT + datetime.timedelta(hours=2),
        way=HoursWay.VISIT, where="x",
    )  # fmt: skip
    return {
        "question": guidance.ask(house, version),
        "material": guidance.material(version, torch, uploads=[pdf()]),
        "quiz": guidance.quiz(version, torch),
    }


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


def of_route(things, name):
    """Where an address has a meaning of its own."""
    if name.startswith("stats:question"):
        return {"pk": things.question.pk}
    if name.startswith("stats:material"):
        return {"pk": things.material.pk, "file_pk": things.material.files.get().pk}
    if name == "stats:quiz":
        return {"pk": things.quiz.pk}
    if name.startswith("admin:stats_round_"):
        return {"pk": things.report.round.pk, "name": "close"}
    if name == "admin:stats_return_move":
        return {"name": "approve_local"}
    if name.startswith("admin:stats_assignment_"):
        return {"pk": things.report.assignment.pk}
    if name.startswith("admin:stats_") and name.endswith("_answer"):
        model = name.removeprefix("admin:stats_").removesuffix("_answer")
        desks = admin.site._registry.items()
        desk = next(d for m, d in desks if m._meta.label_lower == f"stats.{model}")
        return {"answer": next(iter(desk.answers))}
    return {}


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
