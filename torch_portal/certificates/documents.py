"""Receipts, notices, lists: drawn from a template by WeasyPrint, signed, kept beside the filing.

The rows are worked on like certificates (making.py). Their length is not known, so they are laid
out whole and not written over a kept background: half a second of CPU each. What they say is
frozen when they are given; the file is made when somebody first opens it, else in a quiet moment.
"""

import datetime
import hashlib
import json
import logging
import time
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.template import Context, Engine
from django.urls import reverse
from django.utils import translation

from torch_portal.accounts.models import User
from torch_portal.certificates import making
from torch_portal.certificates.compose import issue_day
from torch_portal.certificates.enums import DocumentKind, Making
from torch_portal.certificates.layout import FOLDER
from torch_portal.certificates.models import Document
from torch_portal.certificates.qr import qr_svg
from torch_portal.common.queueing import queue_for_person, queue_on_commit
from torch_portal.filings.models import CorrectionItem, Filing

log = logging.getLogger(__name__)
RENDER = "torch_portal.certificates.tasks.render_document"
STYLE = "certificates/notice.css"
# A file that nobody opened is made after this time, and so many of them in one run of beat.
QUIET = datetime.timedelta(minutes=10)
AT_ONCE = 20
GLANCE = 0.15  # seconds between two looks at a file that is being made
# The file of a kind's template, in the folder of the line.
PAGES = {
    DocumentKind.RECEIPT: "receipt",
    DocumentKind.ACCEPTANCE: "acceptance",
    DocumentKind.CORRECTION: "correction",
    DocumentKind.DECLINED: "declined",
    DocumentKind.REFUSAL: "refusal",
    DocumentKind.FORM: "form",
}
# What follows the filing number: 收件, 受理, 补正, 不受理, 不登记, 报表, and which of them.
LETTERS = {
    DocumentKind.RECEIPT: "SJ",
    DocumentKind.ACCEPTANCE: "SL",
    DocumentKind.CORRECTION: "BZ",
    DocumentKind.DECLINED: "BS",
    DocumentKind.REFUSAL: "BD",
    DocumentKind.FORM: "BB",
}


def issue_document(
    *, filing: Filing, kind: DocumentKind, content: dict[str, Any], by: User, at: datetime.datetime
) -> Document:
    """Freeze what a receipt or notice says; its file is made when it is opened, or later.

    Called by the act that gives it, in the act's transaction, with the cover held. `content` is
    what the template of its kind prints: strings, and lists of dicts of strings.
    """
    which = Document.objects.filter(filing=filing, kind=kind).count() + 1
    number = f"{filing.number}-{LETTERS[kind]}{which}"
    frozen = content | {
        "number": number,
        "status_url": settings.SITE_URL + reverse("desk:filing", args=[filing.pk]),
        "sample": settings.CERTIFICATE_SAMPLE,
    }
    return Document.objects.create(
        filing=filing,
        kind=kind,
        number=number,
        content=frozen,
        issued_at=at,
        issued_by=by,
        due_at=at + QUIET,
    )


def about(filing: Filing, day: datetime.date) -> dict[str, Any]:
    """What every document says: to whom, on which filing, from which agency, when."""
    agency = filing.agency
    return {
        "enterprise": filing.enterprise.name,
        "credit_code": filing.enterprise.credit_code,
        "filing_number": filing.number or "",
        "agency": agency.name if agency else "",
        "agency_phone": agency.phone if agency else "",
        "agency_address": agency.address if agency else "",
        "review_body": (agency.review_body if agency else "") or "上一级主管部门",
        "issued_on": chinese_date(day),
        "due_on": chinese_date(filing.due_on),
        "provisional": filing.due_provisional,
    }


def chinese_date(day: datetime.date | None) -> str:
    """2020年2月6日, without leading zeros; "" for no day."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def materials(filing: Filing, labels: Mapping[str, Any]) -> list[dict[str, str]]:
    """The files handed in, each with its digest; `labels` are those of the kinds."""
    with translation.override("zh-hans"):
        return [
            {
                "kind": str(labels.get(a.kind, a.kind)),
                "name": a.name,
                "pages": str(a.pages),
                "sha256": a.sha256,
            }
            for a in filing.attachments.live().order_by("pk")
        ]


def items_told(
    items: "QuerySet[CorrectionItem]", labels: Mapping[str, str]
) -> list[dict[str, str]]:
    """The items of a correction list in words; `labels` are those of the entries."""
    with translation.override("zh-hans"):
        return [
            {
                "label": labels.get(item.field) or "申请材料整体",
                "problem": str(item.get_problem_display()),
                "remedy": item.remedy,
                "clause": item.clause,
            }
            for item in items.order_by("pk")
        ]


def opened(document: Document, *, seconds: float = 0) -> Document:
    """Somebody wants the file: a worker makes it now if it is not there, and for so many seconds
    the caller waits for it. The row as it then is; it stays due when nothing came of it."""
    if document.making != Making.PENDING or not queue_for_person(RENDER, document_id=document.pk):
        return document
    until, tried = time.monotonic() + seconds, document.attempts
    document.refresh_from_db()
    while _is_in_work(document, tried) and time.monotonic() < until:
        time.sleep(GLANCE)
        document.refresh_from_db()
    return document


def _is_in_work(document: Document, tried: int) -> bool:
    waits = document.making == Making.PENDING and document.attempts == tried
    return waits or document.making == Making.RENDERING


def draw(content: dict[str, Any], *, template: str) -> bytes:
    """The document as a PDF/A-3b file, the same bytes for the same content, which is attached."""
    import weasyprint

    html = page_html(content, template=template)
    day = issue_day(content)
    attached = weasyprint.Attachment(
        string=json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1).encode(),
        name="document.json",
        relationship="Data",
        created=day,
        modified=day,
    )
    document = weasyprint.HTML(string=html).render()
    document.metadata.attachments = [attached]
    pdf: bytes = document.write_pdf(pdf_variant="pdf/a-3b")
    return pdf


def page_html(content: dict[str, Any], *, template: str) -> str:
    """A template with its content, as one self-contained HTML text."""
    engine = Engine(dirs=[str(FOLDER.parent)], autoescape=True)
    css = (FOLDER.parent / STYLE).read_text(encoding="utf-8")
    context = content | {"css": css, "qr": qr_svg(str(content.get("status_url", "")))}
    page: str = engine.get_template(template).render(Context(context))
    return page


def produce(*, document_id: int, at: datetime.datetime, signed_at: datetime.datetime) -> str:
    """Claim, draw, sign and keep one document; returns what became of it in one word."""
    document = making.take(Document, document_id, at)
    if document is None:
        return "nothing to do"
    return make_file(document, template=template_of(document), at=at, signed_at=signed_at)


def template_of(document: Document) -> str:
    """The template of a receipt or notice: one for each kind and service line."""
    page = PAGES[DocumentKind(document.kind)]
    return f"certificates/{document.filing.line}/{page}.html"


def make_file(
    row: Any, *, template: str, at: datetime.datetime, signed_at: datetime.datetime
) -> str:
    """Draw, sign and keep the file of a row that was taken; its content has a `number`.

    A failure gives the work back with its error, to be tried again within bounds.
    """
    from torch_portal.certificates.signing import load_signer, sign_pdf

    try:
        signed = sign_pdf(
            draw(row.content, template=template),
            signer=load_signer(settings.SIGNING_P12, settings.SIGNING_P12_PASSWORD),
            reason=str(row.content["number"]),
            location=str(row.content.get("agency", "")),
            at=signed_at,
            timestamp_url=settings.SIGNING_TIMESTAMP_URL,
        )
    except Exception as error:
        log.exception("document %s could not be made", row.pk)
        making.put_back(row, f"{type(error).__name__}: {error}", at)
        return "given back"
    return "ready" if making.keep(row, signed, at) else "too late"


def due(at: datetime.datetime) -> list[Document]:
    """Documents without a file whose time has come, no more than a quiet minute can make."""
    return making.due(Document, at)[:AT_ONCE]


def postpone(*, document: Document, at: datetime.datetime) -> None:
    """Beat queued it again: look no sooner than a while from now."""
    making.later(document, at)


def make_again(*, document: Document, at: datetime.datetime) -> bool:
    """Give a failed file a fresh set of attempts; False when it is none."""
    reset = making.again(document, at)
    if reset:
        queue_on_commit(RENDER, document_id=document.pk)
    return reset


def problems() -> list[str]:
    """Documents whose files are missing or altered; empty when all is well."""
    return file_problems(Document)


def file_problems(model: Any) -> list[str]:
    """Made files of a table that are missing or altered; empty when all is well."""
    found, name = [], model.__name__.lower()
    for row in model.objects.filter(making=Making.READY).order_by("pk").iterator(500):
        if not row.pdf.storage.exists(str(row.pdf.name)):
            found.append(f"{name} {row}: its file is gone")
            continue
        with row.pdf.open("rb") as stream:
            if hashlib.sha256(stream.read()).hexdigest() != row.sha256:
                found.append(f"{name} {row}: its file was altered")
    return found


def of_filing(filing: Filing) -> list[Document]:
    """Everything the enterprise was given on a filing beside certificates, newest first."""
    return list(filing.documents.order_by("-issued_at", "-pk"))
