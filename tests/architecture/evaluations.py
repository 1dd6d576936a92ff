"""An evaluation with everything on it, for the walk over all addresses."""

import datetime

from django.core.files.base import ContentFile

from sme_eval import actions
from sme_eval.enums import State
from sme_eval.models import Evaluation, IntegrityEntry, Window
from tests.factories.contracts import pdf, pdf_bytes
from tests.factories.sme_eval import AT, evaluation_at, province
from torch_portal.certificates.enums import Making
from torch_portal.filings.models import Qualification

LATER = AT + datetime.timedelta(days=60)


def everything(house) -> Evaluation:
    """In the library, drawn for the spot check, with a change and a revocation announced."""
    people = {"by": house.filer, "office": house.office, "examiner": house.reviewer}
    evaluation = evaluation_at(State.ENTERED, firm=house.firm, **people)
    evaluation = Evaluation.objects.select_related("filing", "enterprise").get(pk=evaluation.pk)
    official = province("33")
    actions.send_message(evaluation=evaluation, text="问", uploads=[pdf()], by=house.filer, at=AT)
    actions.draw_spot_check(jurisdiction="33", year=2020, by=official, at=LATER)
    actions.report_change(
        evaluation=evaluation, changed_on=LATER.date(), after={"address": "新址"}, reason="迁址",
        by=house.filer, at=LATER,
    )  # fmt: skip
    actions.issue_proof(evaluation=evaluation, by=house.filer, at=LATER)
    for made in (*evaluation.filing.documents.all(), *evaluation.filing.certificates.all()):
        made.pdf.save("made.pdf", ContentFile(pdf_bytes()), save=False)
        made.making, made.sha256 = Making.READY, "0" * 64
        made.save()
    actions.notify_revocation(
        evaluation=evaluation, grounds=["fraud"], by=official, at=LATER, note="x"
    )
    written = {"written_at": AT, "written_by": official, "barred_through": AT.date()}
    IntegrityEntry.objects.create(
        enterprise=house.firm, evaluation=evaluation, grounds=["fraud"], text="x", **written
    )
    day = datetime.date
    Window.objects.create(
        year=2020, opens_on=day(2020, 1, 1), closes_on=day(2020, 12, 31), source="x"
    )
    Qualification.objects.create(
        enterprise=house.firm, kind="hnte_certificate", number="GR1", valid_from=day(2019, 1, 1),
        valid_to=day(2022, 1, 1), source="x", recorded_at=AT, recorded_by=official,
    )  # fmt: skip
    return evaluation


def ids_of(evaluation) -> dict[str, object]:
    """What its addresses name: on the pages, and over the API."""
    filing, check = evaluation.filing, evaluation.spot_checks.get()
    named = {
        "attachment": filing.attachments.live().first().pk,
        "file": filing.thread.messages.get().files.get().pk,
        "check": check.pk,
        "change": evaluation.changes.get().pk,
        "draw": check.draw_id,
        "document": filing.documents.first().pk,
    }
    on_pages = {f"{name}_pk": pk for name, pk in named.items()}
    over_the_api = {f"{name}_id": pk for name, pk in named.items()}
    return {"pk": filing.pk, "id": filing.pk, "step": "money", **on_pages, **over_the_api}
