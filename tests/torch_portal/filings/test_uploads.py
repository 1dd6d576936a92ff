"""What may be attached: judged by the bytes; every refusal says what to do, in both languages."""

import hashlib
import io
import struct
import zipfile
import zlib

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.utils import translation
from PIL import Image

from tests.factories.contracts import pdf_bytes, png_bytes
from tests.torch_portal.filings.probe import AT, opened
from torch_portal.filings import actions
from torch_portal.filings.models import Attachment
from torch_portal.filings.uploads import MAX_PIXELS, BadUpload, check_upload

MB = 1024 * 1024


def sent(data, name="合同.pdf", content_type="application/pdf"):
    """A small file as the browser sends it."""
    return SimpleUploadedFile(name, data, content_type)


def picture(kind, size=(8, 8)):
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return out.getvalue()


def pdf_with(change):
    """A valid PDF after `change(document)`."""
    document = pikepdf.open(io.BytesIO(pdf_bytes()))
    change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def encrypted():
    document = pikepdf.open(io.BytesIO(pdf_bytes()))
    out = io.BytesIO()
    document.save(out, encryption=pikepdf.Encryption(owner="owner", user="secret"))
    return out.getvalue()


def open_action(document):
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def hidden_script(document):
    """A script that hangs on an annotation, in an indirect object."""
    action = document.make_indirect(
        pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=document.make_stream(b"app.alert(1)"))
    )
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action
    )
    document.pages[0].Annots = document.make_indirect([document.make_indirect(note)])


def direct_script(document):
    """The same, written in place: no object of its own."""
    document.pages[0].Annots = pikepdf.Array(
        [
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Link,
                Rect=[0, 0, 9, 9],
                A=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)"),
            )
        ]
    )


def named_script(document):
    document.Root.Names = pikepdf.Dictionary(
        JavaScript=pikepdf.Dictionary(
            Names=["a", pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")]
        )
    )


def page_opened(document):
    document.pages[0].AA = pikepdf.Dictionary(
        O=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    )


def launch(document):
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")


def embedded_file(document):
    document.attachments["macro.docm"] = b"PK"


def rich_media(document):
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.RichMedia, Rect=[0, 0, 9, 9]
    )
    document.pages[0].Annots = document.make_indirect([document.make_indirect(note)])


def attached_without_type(document):
    document.Root.X = document.make_indirect(
        pikepdf.Dictionary(EF=pikepdf.Dictionary(F=document.make_stream(b"PK")))
    )


def form_script(document):
    document.Root.AcroForm = pikepdf.Dictionary(XFA=document.make_stream(b"<xdp/>"), Fields=[])


def no_pages(document):
    del document.pages[0]


def png_of(width, height):
    """A PNG whose head promises so many pixels, in a few bytes."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = zlib.compress(b"\0" * 64)
    parts = chunk(b"IHDR", head), chunk(b"IDAT", data), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def docx():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    return out.getvalue()


def svg():
    return b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


REFUSED = [
    pytest.param(b"", "is empty", id="empty"),
    pytest.param(b"#!/bin/sh\nrm -rf /\n", "neither a PDF nor", id="script named pdf"),
    pytest.param(b"<html><script>alert(1)</script></html>", "neither a PDF nor", id="html"),
    pytest.param(svg(), "neither a PDF nor", id="svg"),
    pytest.param(docx(), "neither a PDF nor", id="docx"),
    pytest.param(picture("GIF"), "neither a PDF nor", id="gif"),
    pytest.param(picture("BMP"), "neither a PDF nor", id="bmp"),
    pytest.param(picture("TIFF"), "neither a PDF nor", id="tiff"),
    pytest.param(encrypted(), "protected by a password", id="encrypted"),
    pytest.param(b"%PDF-1.7\nnothing more", "is damaged", id="damaged pdf"),
    pytest.param(b"%PDF-1.7\n" + bytes(range(256)) * 9, "is damaged", id="noise after the head"),
    pytest.param(pdf_with(open_action), "carries scripts", id="script on opening"),
    pytest.param(pdf_with(hidden_script), "carries scripts", id="script in an annotation"),
    pytest.param(pdf_with(direct_script), "carries scripts", id="script written in place"),
    pytest.param(pdf_with(named_script), "carries scripts", id="script in the name tree"),
    pytest.param(pdf_with(page_opened), "carries scripts", id="script of a page"),
    pytest.param(pdf_with(launch), "carries scripts", id="launches a program"),
    pytest.param(pdf_with(embedded_file), "carries scripts", id="embedded file"),
    pytest.param(pdf_with(attached_without_type), "carries scripts", id="file without a type"),
    pytest.param(pdf_with(form_script), "carries scripts", id="form with scripts"),
    pytest.param(pdf_with(rich_media), "carries scripts", id="rich media"),
    pytest.param(pdf_with(no_pages), "has no pages", id="no pages"),
    pytest.param(png_bytes()[:40], "neither a PDF nor", id="cut-off picture"),
    pytest.param(png_of(9000, 9000), "too many pixels", id="too many pixels"),
    pytest.param(png_of(60000, 60000), "", id="decompression bomb"),
]


@pytest.mark.parametrize(("data", "words"), REFUSED)
def test_check_upload_refuses_and_says_why_in_both_languages(data, words):
    said = {}
    for language in ("en", "zh-hans"):
        with translation.override(language), pytest.raises(BadUpload) as caught:
            check_upload(sent(data, "标书 final.pdf"))
        said[language] = str(caught.value)
    assert words in said["en"]
    assert all("标书 final.pdf" in sentence for sentence in said.values())
    assert said["en"] != said["zh-hans"]


@pytest.mark.parametrize(
    ("data", "content_type", "suffix", "pages"),
    [
        (pdf_bytes(), "application/pdf", ".pdf", 1),
        (pdf_bytes(3), "application/pdf", ".pdf", 3),
        (b"\r\n" + pdf_bytes(), "application/pdf", ".pdf", 1),
        (png_bytes(), "image/png", ".png", 1),
        (picture("JPEG"), "image/jpeg", ".jpg", 1),
    ],
)
@pytest.mark.parametrize("name", ["合同.pdf", "photo.exe", "无后缀"])
def test_check_upload_goes_by_the_content_and_not_by_the_name(
    data, content_type, suffix, pages, name
):
    checked = check_upload(sent(data, name, "application/octet-stream"))
    assert (checked.content_type, checked.suffix, checked.pages) == (content_type, suffix, pages)
    assert (checked.name, checked.size) == (name, len(data))
    assert checked.sha256 == hashlib.sha256(data).hexdigest()


def test_check_upload_leaves_the_file_at_its_beginning():
    upload = sent(pdf_bytes())
    check_upload(upload)
    assert upload.read() == pdf_bytes()


def test_check_upload_of_a_file_on_disk():
    upload = TemporaryUploadedFile("合同.pdf", "application/pdf", len(pdf_bytes()), None)
    with upload:
        upload.write(pdf_bytes())
        upload.seek(0)
        checked = check_upload(upload)
        assert checked.sha256 == hashlib.sha256(pdf_bytes()).hexdigest()


@pytest.mark.parametrize(("spare", "taken"), [(0, True), (-1, False)])
def test_check_upload_at_the_limit_of_size(settings, spare, taken):
    settings.ATTACHMENT_MAX_BYTES = len(pdf_bytes()) + spare
    if taken:
        assert check_upload(sent(pdf_bytes())).size == settings.ATTACHMENT_MAX_BYTES
        return
    with translation.override("en"), pytest.raises(BadUpload, match="at most 0 MB can be sent"):
        check_upload(sent(pdf_bytes()))


def test_check_upload_too_big_is_refused_before_it_is_read(settings):
    settings.ATTACHMENT_MAX_BYTES = MB
    upload = sent(b"%PDF-1.7" + b"0" * MB)
    with translation.override("zh-hans"), pytest.raises(BadUpload) as caught:
        check_upload(upload)
    assert "1.0" in str(caught.value)
    assert upload.tell() == 0


def test_check_upload_pixels_on_both_sides_of_the_limit():
    assert MAX_PIXELS == 8000 * 10_000
    assert check_upload(sent(png_of(8000, 10_000), "a.png")).content_type == "image/png"
    with pytest.raises(BadUpload):
        check_upload(sent(png_of(8001, 10_000), "a.png"))


def test_check_upload_takes_harmless_parts_of_a_pdf():
    def change(document):
        page = document.pages[0]
        link = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.com/JavaScript")
        page.Annots = [pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=link)]
        document.Root.OpenAction = [page.obj, pikepdf.Name.Fit]
        document.docinfo["/Title"] = "/JS /JavaScript"

    assert check_upload(sent(pdf_with(change))).pages == 1


def many_parts(number):
    """A document of about so many parts."""

    def change(document):
        document.Root.X = pikepdf.Array([pikepdf.Dictionary() for _part in range(number)])

    return pdf_with(change)


def test_check_upload_looks_into_a_bounded_number_of_parts(monkeypatch):
    monkeypatch.setattr("torch_portal.filings.uploads.MAX_PARTS", 1000)
    assert check_upload(sent(many_parts(900))).pages == 1
    with translation.override("en"), pytest.raises(BadUpload, match="too many parts"):
        check_upload(sent(many_parts(1001)))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("a" * 300 + ".pdf", None),
        ("页\u202egnp.fdp.pdf", None),
    ],
)
def test_attach_keeps_a_name_of_the_users_only_as_text(house, name, kept):
    filing = opened(house)
    attachment = actions.attach(
        filing=filing, kind="other", upload=sent(pdf_bytes(), name), by=house.filer, at=AT
    )
    digest = hashlib.sha256(pdf_bytes()).hexdigest()
    assert attachment.file.name == f"attachments/{filing.pk}/{digest}.pdf"
    assert len(attachment.name) <= 160
    if kept:
        assert attachment.name == kept


# --- keeping them -----------------------------------------------------------------------------


def attach(house, filing, data, kind="contract_text", name="合同.pdf"):
    return actions.attach(filing=filing, kind=kind, upload=sent(data, name), by=house.filer, at=AT)


def test_attach_keeps_bytes_digest_and_an_event(house):
    filing = opened(house)
    attachment = attach(house, filing, pdf_bytes(2))
    stored = Attachment.objects.get(pk=attachment.pk)
    digest = hashlib.sha256(pdf_bytes(2)).hexdigest()
    with stored.file.open("rb") as stream:
        assert stream.read() == pdf_bytes(2)
    assert (stored.sha256, stored.pages, stored.size) == (digest, 2, len(pdf_bytes(2)))
    assert (stored.uploaded_by, stored.uploaded_at, stored.removed_at) == (house.filer, AT, None)
    event = filing.events.get(move="attach")
    assert event.data == {
        "kind": "contract_text", "name": "合同.pdf", "size": len(pdf_bytes(2)), "sha256": digest,
    }  # fmt: skip


def test_attach_same_bytes_twice_is_one(house):
    filing = opened(house)
    first = attach(house, filing, pdf_bytes())
    again = attach(house, filing, pdf_bytes(), name="另一个名字.pdf")
    assert again == first
    assert filing.attachments.count() == filing.events.filter(move="attach").count() == 1
    as_other_kind = attach(house, filing, pdf_bytes(), kind="cost_list")
    assert as_other_kind != first


def test_attach_again_after_removal_is_a_new_row(house):
    filing = opened(house)
    first = attach(house, filing, pdf_bytes())
    actions.detach(attachment=first, by=house.filer, at=AT)
    again = attach(house, filing, pdf_bytes())
    assert again != first
    assert list(filing.attachments.live()) == [again]


def test_detach_twice_is_once_and_keeps_the_bytes(house):
    filing = opened(house)
    attachment = attach(house, filing, pdf_bytes())
    for _turn in range(2):
        actions.detach(attachment=attachment, by=house.filer, at=AT)
    attachment.refresh_from_db()
    assert (attachment.removed_at, attachment.removed_by) == (AT, house.filer)
    assert attachment.file.storage.exists(attachment.file.name)
    assert filing.events.filter(move="detach").count() == 1


def test_attach_counts_files_up_to_the_limit(house, settings):
    settings.ATTACHMENTS_MAX_COUNT = 2
    filing = opened(house)
    attach(house, filing, pdf_bytes(1))
    second = attach(house, filing, pdf_bytes(2))
    for language, words in (("en", "at most 2 files"), ("zh-hans", "2")):
        with translation.override(language), pytest.raises(BadUpload, match=words):
            attach(house, filing, pdf_bytes(3))
    actions.detach(attachment=second, by=house.filer, at=AT)
    attach(house, filing, pdf_bytes(3))
    assert filing.attachments.live().count() == 2


@pytest.mark.parametrize(("spare", "taken"), [(0, True), (-1, False)])
def test_attach_adds_up_sizes_to_the_limit(house, settings, spare, taken):
    one, other = pdf_bytes(1), pdf_bytes(2)
    settings.ATTACHMENTS_MAX_BYTES = len(one) + len(other) + spare
    filing = opened(house)
    attach(house, filing, one)
    if taken:
        attach(house, filing, other)
    else:
        with translation.override("en"), pytest.raises(BadUpload, match="All files of a filing"):
            attach(house, filing, other)
    assert filing.attachments.live().count() == 1 + taken


def test_refused_upload_leaves_nothing_behind(house):
    filing = opened(house)
    with pytest.raises(BadUpload):
        attach(house, filing, b"#!/bin/sh")
    assert (filing.attachments.count(), filing.events.count()) == (0, 1)
    filing.refresh_from_db()
    assert filing.version == 1
