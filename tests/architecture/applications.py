"""A certified application with everything on it, a panel and a package, for the walk."""

import datetime
from types import SimpleNamespace

from django.contrib import admin
from django.core.files.base import ContentFile

from hitech_cert import actions
from hitech_cert.actions import annual, cancelling, changes, lists, record, reviews
from hitech_cert.enums.after import RedoGround
from hitech_cert.models import (
    Application,
    Intake,
    NationalList,
    NationalObjection,
    ReExamination,
    Report,
    Tie,
)
from tests.factories import accounts, hitech_after, hitech_experts
from tests.factories.contracts import pdf, pdf_bytes
from torch_portal.accounts.models import Membership
from torch_portal.certificates.enums import Making
from torch_portal.common import clock

AT = hitech_after.ANNOUNCED + datetime.timedelta(days=3)
LINE = ("hitech_cert:", "api:application-", "api:hitech-", "admin:hitech_cert_")


def everything(house) -> SimpleNamespace:
    """Certified, with a record, a report, a change, a review and a cancellation announced."""
    application = hitech_after.certified(house.firm, house.filer, house.office)
    official = hitech_after.province()
    actions.send_message(application=application, text="问", uploads=[pdf()], by=house.filer, at=AT)
    record.issue_record(application=application, by=house.filer, at=AT)
    for made in (*application.filing.documents.all(), *application.filing.certificates.all()):
        made.pdf.save("made.pdf", ContentFile(pdf_bytes()), save=False)
        made.making, made.sha256 = Making.READY, "0" * 64
        made.save()
    later = AT + datetime.timedelta(days=40)
    annual.begin_report(application=application, year=2020, by=house.filer, at=later)
    changes.report_change(
        application=application,
        kind="name",
        happened_on=AT.date(),
        after={"name": "新名称有限公司"},
        reason="更名",
        by=house.filer,
        at=AT,
    )
    reviews.open_review(
        application=application, department="tax", year=2020, by=official, at=later, note="举报"
    )
    cancelling.notify_cancellation(
        application=application,
        grounds=["fraud"],
        effect_year=2020,
        by=official,
        at=later,
        note="x",
    )
    _on_the_lists(application, official)
    seat, panel = _panel(house)
    package = _package(house)
    return SimpleNamespace(application=application, seat=seat, panel=panel, package=package)


def _on_the_lists(application, official) -> None:
    """An objection to the national publicity, and a re-examination that was asked for."""
    NationalObjection.objects.create(
        application=application, objector="王小明", facts="x", received_on=AT.date(),
        entered_at=AT, entered_by=official,
    )  # fmt: skip
    ReExamination.objects.create(
        application=application, ground=RedoGround.values[0], statement="x", asked_at=AT,
        asked_by=application.filing.created_by,
    )  # fmt: skip
    assert lists.report_of(application)


def another_firm(house, n):
    """A further enterprise of the filer."""
    firm = accounts.enterprise(hitech_after.code(n), name=f"又一家{n}")
    Membership.objects.create(user=house.filer, enterprise=firm, role="owner")
    house.filer.__dict__.pop("_standing", None)  # known anew
    return firm


def _panel(house):
    """A panel on another application; all sheets are in."""
    hitech_experts.pool()
    application = hitech_experts.accepted(house, firm=another_firm(house, 701), place=701)
    panel = actions.draw_panel(
        application=application, by=hitech_experts.province(), at=hitech_experts.AT, seed="七"
    )
    panel = hitech_experts.all_submitted(panel)
    seat = next(seat for seat in hitech_experts.seats_of(panel) if seat.leader)
    Tie.objects.create(
        expert=seat.expert, enterprise_name="x", kind="interest", reason="x", declared_at=AT,
        declared_by=seat.expert.user,
    )  # fmt: skip
    return seat, panel


def _package(house):
    """What came by e-mail today."""
    now = clock.now()
    return actions.open_package(
        enterprise=another_firm(house, 702), received_at=now, by=house.official, at=now
    )


def ids_of(made) -> dict[str, object]:
    """What the addresses of the line name: on the pages, and over the API."""
    filing, application = made.application.filing, made.application
    named = {
        "attachment": filing.attachments.live().first().pk,
        "file": filing.thread.messages.get().files.get().pk,
        "document": filing.documents.first().pk,
    }
    on_pages = {f"{name}_pk": pk for name, pk in named.items()}
    over_the_api = {f"{name}_id": pk for name, pk in named.items()}
    return {
        "pk": filing.pk,
        "id": filing.pk,
        "step": "main",
        "table": "rights",
        "row_pk": application.rights.first().pk,
        "row_id": NationalList.objects.get().rows.first().pk,
        "seat_pk": made.seat.pk,
        "kind": "name",
        "year": 2020,
        "name": "cancel",
        **on_pages,
        **over_the_api,
    }


def of_route(made, name) -> dict[str, object]:
    """Where an address has a meaning of its own."""
    if name.startswith("hitech_cert:expert_"):
        attachment = made.panel.application.filing.attachments.live().first()
        tie = Tie.objects.first()
        return {"pk": made.seat.pk, "attachment_pk": attachment.pk, "tie_pk": tie.pk if tie else 1}
    if name.startswith("api:hitech-batch-"):
        return {"id": Intake.objects.order_by("pk").first().pk}
    if name.startswith("api:hitech-national-list-"):
        return {"id": NationalList.objects.get().pk, "act": "match"}
    if name.startswith("api:hitech-panel-"):
        return {"id": made.panel.pk, "seat_id": made.seat.pk}
    if name.startswith("api:hitech-review-"):
        return {"id": made.seat.pk}
    if name == "admin:hitech_cert_application_package":
        return {"pk": made.package.pk}
    if name == "admin:hitech_cert_nationallist_act":
        return {"act": "match"}
    if name.startswith("admin:hitech_cert_") and name.endswith("_answer"):
        model = name.removeprefix("admin:hitech_cert_").removesuffix("_answer")
        desk = next(
            d
            for m, d in admin.site._registry.items()
            if m._meta.label_lower == f"hitech_cert.{model}"
        )
        return {"answer": next(iter(desk.answers))}
    return {}


def row_of(made, model):
    """The row that stands for a model of the line; None for the first."""
    if model is Application:
        return made.application
    if model is Report:
        return lists.report_of(made.application)
    return None
