"""Files that go out: always as a file, never as a page of ours."""

from typing import Any

from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header

# A file that somebody sent us runs nothing and loads nothing, even where it is shown.
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(content: bytes, name: str) -> HttpResponse:
    """A workbook that was just written, to save under this name."""
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=f"{name}.xlsx") or "attachment"
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def download(
    file: Any, *, name: str, content_type: str, inline: bool = False, etag: str = ""
) -> FileResponse:
    """Stream a kept file from its storage to somebody who may have it (the caller has asked).

    inline: shown in the browser instead of saved, in the same sandbox.
    """
    answer = FileResponse(file.open("rb"), as_attachment=not inline, filename=name)
    answer["Content-Type"] = content_type
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = SANDBOX
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-cache" if etag else "private, no-store"
    if etag:
        answer["ETag"] = etag
    return answer
