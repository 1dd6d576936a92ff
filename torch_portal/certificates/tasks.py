"""The worker's part of certificates: make one file; queue again what is still due."""

from celery import shared_task
from django.utils import timezone

from torch_portal.certificates import actions, documents, queries
from torch_portal.common import clock
from torch_portal.common.queueing import queue


@shared_task
def render(*, certificate_id: int) -> str:
    """Make and sign one certificate. Safe to run twice and in two workers at once."""
    return actions.produce(certificate_id=certificate_id, at=clock.now(), signed_at=timezone.now())


@shared_task
def retry_unrendered() -> int:
    """Queue every certificate that is due and not in a worker's hands (beat)."""
    at = clock.now()
    due = queries.due_for_making(at)
    for certificate in due:
        actions.postpone(certificate=certificate, at=at)
        queue(actions.RENDER, certificate_id=certificate.pk)
    return len(due)


@shared_task
def render_document(*, document_id: int) -> str:
    """Make and sign one receipt or notice. Safe to run twice and in two workers at once."""
    at = clock.now()
    return documents.produce(document_id=document_id, at=at, signed_at=timezone.now())


@shared_task
def retry_documents() -> int:
    """Queue every receipt or notice that is due and not in a worker's hands (beat)."""
    at = clock.now()
    due = documents.due(at)
    for document in due:
        documents.postpone(document=document, at=at)
        queue(documents.RENDER, document_id=document.pk)
    return len(due)
