"""Files in a folder or in a bucket: the same portal, and nobody reads past it."""

import boto3
import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.urls import reverse
from moto import mock_aws

from contracts.enums import State
from tests.contracts.api_calls import at_state
from tests.factories.contracts import pdf_bytes
from torch_portal.certificates import tasks
from torch_portal.certificates.models import Certificate
from torch_portal.common.storage import folder, storage

URL = "s3://papers/torch/files?region=cn-north-1"


@pytest.fixture
def bucket(settings, monkeypatch):
    """An S3 of this process, empty."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        client = boto3.client("s3", region_name="cn-north-1")
        client.create_bucket(
            Bucket="papers", CreateBucketConfiguration={"LocationConstraint": "cn-north-1"}
        )
        settings.STORAGES = settings.STORAGES | {"default": storage(URL)}
        yield client


def keys(client):
    return sorted(o["Key"] for o in client.list_objects_v2(Bucket="papers").get("Contents", []))


def test_filing_and_its_certificate_live_in_the_bucket(bucket, client, house, capsys):
    contract = at_state(house, State.RECOGNISED)
    assert tasks.render(certificate_id=Certificate.objects.get().pk) == "ready"
    kept, certificate = contract.filing.attachments.get(), Certificate.objects.get()
    assert keys(bucket) == sorted(
        f"torch/files/{file.name}" for file in (kept.file, certificate.pdf)
    )
    client.force_login(house.filer)
    answer = client.get(reverse("contracts:attachment", args=[contract.pk, kept.pk]))
    assert b"".join(answer.streaming_content) == pdf_bytes(1)
    assert answer["Content-Length"] == str(len(pdf_bytes(1)))
    assert answer["X-Content-Type-Options"] == "nosniff"
    signed = client.get(reverse("contracts:certificate", args=[contract.pk]))
    assert b"".join(signed.streaming_content).startswith(b"%PDF-")
    call_command("check_consistency")
    assert "no problem" in capsys.readouterr().out


def test_bucket_is_reached_through_the_portal_alone(bucket, client, house):
    contract = at_state(house, State.SUBMITTED)
    kept = contract.filing.attachments.get()
    url = reverse("contracts:attachment", args=[contract.pk, kept.pk])
    client.force_login(house.stranger)
    assert client.get(url).status_code == 404
    grants = bucket.get_object_acl(Bucket="papers", Key=f"torch/files/{kept.file.name}")["Grants"]
    assert [g["Permission"] for g in grants if "URI" in g["Grantee"]] == []


def test_file_lost_from_the_bucket_is_told(bucket, house, capsys):
    contract = at_state(house, State.SUBMITTED)
    default_storage.delete(contract.filing.attachments.get().file.name)
    with pytest.raises(SystemExit):
        call_command("check_consistency")
    assert "is gone" in capsys.readouterr().out


@pytest.mark.parametrize(("url", "path"), [("/srv/media", "/srv/media"), ("file:///a/b", "/a/b"),
                                           ("var/media", "var/media")])  # fmt: skip
def test_folder(url, path):
    assert storage(url) == {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    assert folder(url, "other") == path


def test_bucket_with_an_endpoint_of_its_own():
    url = "s3://papers?endpoint=https://minio.example:9000&region=x"
    options = storage(url)["OPTIONS"]
    assert (options["bucket_name"], options["location"]) == ("papers", "")
    assert options["endpoint_url"] == "https://minio.example:9000"
    assert options["addressing_style"] == "path"
    assert folder(url, "var/media") == "var/media"
    assert storage(URL)["OPTIONS"]["addressing_style"] == "auto"


@pytest.mark.parametrize("url", ["ftp://host/x", "s3:///prefix"])
def test_other_addresses_are_refused_by_name(url):
    with pytest.raises(ValueError, match="STORAGE_URL"):
        storage(url)
