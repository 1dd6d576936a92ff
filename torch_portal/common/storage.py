"""Where files are kept: a folder, or a bucket of any service that speaks S3."""

import urllib.parse
from typing import Any

FOLDER = "django.core.files.storage.FileSystemStorage"
BUCKET = "storages.backends.s3.S3Storage"


def storage(url: str) -> dict[str, Any]:
    """Django's STORAGES entry for STORAGE_URL.

    A path or file:///path; or s3://bucket/prefix?endpoint=https://...&region=...: keys come from
    AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or from the machine's role, as boto3 reads them.
    Raises ValueError for anything else.
    """
    parts = urllib.parse.urlsplit(url)
    if parts.scheme in ("", "file"):
        return {"BACKEND": FOLDER}
    if parts.scheme != "s3" or not parts.netloc:
        raise ValueError(f"STORAGE_URL={url} is neither a folder nor s3://bucket/prefix")
    query = dict(urllib.parse.parse_qsl(parts.query))
    return {
        "BACKEND": BUCKET,
        "OPTIONS": {
            "bucket_name": parts.netloc,
            "location": parts.path.strip("/"),
            "endpoint_url": query.get("endpoint"),
            "region_name": query.get("region"),
            "addressing_style": query.get("addressing", "path" if "endpoint" in query else "auto"),
            "signature_version": "s3v4",
            "default_acl": None,  # the bucket's own: private
            "file_overwrite": False,
            "querystring_auth": True,
        },
    }


def folder(url: str, otherwise: str) -> str:
    """The folder of STORAGE_URL; `otherwise` when the files are in a bucket."""
    parts = urllib.parse.urlsplit(url)
    return parts.path if parts.scheme in ("", "file") else otherwise
