"""One act for one key: a POST that is sent again gets the answer of the first one.

The key of a request (header Idempotency-Key, unique for each person) is inserted as a row before
anything else, and the act runs in the very transaction of that row:

- commit: the act and its answer are kept together; the same request gets that answer again,
  another request under the same key is refused with 409;
- refusal, error or a killed process: the row goes with the transaction, nothing is burnt and the
  same key may be used for the mended request; so only answers of success (2xx) are kept;
- at the same time: the second one waits at the unique constraint until the first is through, at
  most WAIT, then 409 with Retry-After.
"""

import datetime
import functools
import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _
from psycopg2.errors import LockNotAvailable
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from torch_portal.common.api import Problem, problem
from torch_portal.filings.models import IdempotencyKey

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replay"
WAIT = "5s"
RETRY_AFTER = "2"
KEPT_HEADERS = ("ETag", "Location")
KEY = re.compile(r"[\x21-\x7e]{1,100}")
# The wait is bounded for the whole transaction, in the same round trip.
CLAIM = """
SET LOCAL lock_timeout = %s;
INSERT INTO filings_idempotencykey (user_id, key, request_digest, created_at)
VALUES (%s, %s, %s, %s) ON CONFLICT (user_id, key) DO NOTHING RETURNING id
"""

Handler = Callable[..., Response]


def once(handler: Handler) -> Handler:
    """Decorate a POST handler of a view that knows its moment (`view.at`).

    Without the header the handler runs as it is.
    """

    @functools.wraps(handler)
    def answered_once(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        if HEADER not in request.headers:
            return handler(view, request, *args, **kwargs)
        key = checked_key(request.headers[HEADER])
        try:
            with transaction.atomic():
                return _first_or_again(
                    request, key, view.at, lambda: handler(view, request, *args, **kwargs)
                )
        except OperationalError as error:
            if isinstance(error.__cause__, LockNotAvailable):
                return _busy()
            raise

    return answered_once


def once_for(
    *, user_id: int, key: str, content: Any, at: datetime.datetime, run: Callable[[], Any]
) -> tuple[Any, bool]:
    """One act of a bulk request under its own key, in the caller's transaction.

    What `run` gave (plain data), and whether it was given before. Raises Problem 409 when the key
    was used for other content; what `run` raises burns no key.
    """
    key = checked_key(key)
    digest = hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()
    with transaction.atomic():
        row_id = _claim(user_id, key, digest, at)
        if row_id is None:
            return _again(user_id, key, digest).data, True
        told = run()
        _keep(row_id, Response(told, status=200))
    return told, False


def checked_key(key: str) -> str:
    """The key, or a Problem (400): 1 to 100 visible ASCII characters."""
    if KEY.fullmatch(key):
        return key
    title = _("An Idempotency-Key has 1 to 100 visible ASCII characters.")
    raise Problem(400, "idempotency_key", title)


def _first_or_again(
    request: Request, key: str, at: datetime.datetime, run: Callable[[], Response]
) -> Response:
    digest = request_digest(request)
    row_id = _claim(request.user.pk, key, digest, at)
    if row_id is None:
        return _again(request.user.pk, key, digest)
    answer = run()
    if answer.status_code < 300:
        _keep(row_id, answer)
    else:
        transaction.set_rollback(True)
    return answer


def request_digest(request: Request) -> str:
    """SHA-256 of method, address and content; the content as it is meant, not as it is packed.

    The order of JSON names and the boundary of a multipart body make no difference.
    """
    parts = [request.method, request.get_full_path(), _content(request.data)]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


def _content(data: Any) -> Any:
    if not hasattr(data, "lists"):
        return data
    return {name: [_plain(value) for value in values] for name, values in data.lists()}


def _plain(value: Any) -> Any:
    if not isinstance(value, UploadedFile):
        return value
    digest = hashlib.sha256()
    for chunk in value.chunks():
        digest.update(chunk)
    value.seek(0)
    return [value.name, digest.hexdigest()]


def _claim(user_id: int, key: str, digest: str, at: datetime.datetime) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [WAIT, user_id, key, digest, at])
        row = cursor.fetchone()
    return row[0] if row else None


def _again(user_id: int, key: str, digest: str) -> Response:
    kept = IdempotencyKey.objects.get(user_id=user_id, key=key)
    if kept.request_digest != digest:
        title = _("This Idempotency-Key was used for another request.")
        detail = _("Send the request under a new key, or the first one unchanged.")
        raise Problem(409, "idempotency_key_reused", title, detail)
    known = kept.answer or {}
    answer = Response(known["body"], status=kept.status, headers=known["headers"])
    answer[REPLAYED] = "true"
    return answer


def _keep(row_id: int, answer: Response) -> None:
    body = json.loads(JSONRenderer().render(answer.data) or b"null")
    headers = {name: answer[name] for name in KEPT_HEADERS if name in answer}
    IdempotencyKey.objects.filter(pk=row_id).update(
        status=answer.status_code, answer={"body": body, "headers": headers}
    )


def _busy() -> Response:
    title = _("The same request is still being worked on.")
    detail = _("Send it again in a moment, under the same key.")
    answer = problem(409, "in_progress", title, detail, [])
    answer["Retry-After"] = RETRY_AFTER
    return answer


def forget(*, before: datetime.datetime) -> int:
    """Drop the keys of requests before this moment; returns how many (for the clock)."""
    return IdempotencyKey.objects.filter(created_at__lt=before).delete()[0]
