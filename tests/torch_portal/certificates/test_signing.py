"""Signatures: valid ones by two judges, and every way of spoiling one told apart."""

import io
import stat
import subprocess
import zlib
from datetime import UTC, datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pikepdf
import pytest
from asn1crypto import keys, tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.generic import NumberObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import SigningError
from pyhanko.sign.timestamps import DummyTimeStamper, TimestampRequestError

from tests.torch_portal.certificates.sample import CONTENT
from torch_portal.certificates.compose import stream
from torch_portal.certificates.inspection import MAX_BYTES
from torch_portal.certificates.render import render_pdf, render_reference
from torch_portal.certificates.signing import (
    Kind,
    Signer,
    inspect_pdf,
    load_signer,
    make_demo_p12,
    sign_pdf,
    trust_roots,
)

AT = datetime(2020, 3, 6, 10, 30, tzinfo=timezone(timedelta(hours=8)))
PASSWORD = "only-for-tests"
PDFSIG = "pdfsig"  # of poppler-utils, which make installs
pytestmark = pytest.mark.filterwarnings("ignore:unclosed file .*sRGB2014:ResourceWarning")


def demo_signer(folder: Path, name: str, at: datetime = AT) -> Signer:
    make_demo_p12(folder / name, PASSWORD, at=at)
    return load_signer(folder / name, PASSWORD)


def signed_by(signer: Signer, pdf: bytes, at: datetime = AT) -> bytes:
    return sign_pdf(pdf, signer=signer, reason="认定登记", location="湖北省", at=at)


def store_p12(path: Path, key, name: str, issuer: tuple | None = None) -> x509.Certificate:
    """Write a key with a certificate of that name; `issuer` is a (key, certificate) pair."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer[1].subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(AT - timedelta(days=1))
        .not_valid_after(AT + timedelta(days=400))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(True, True, False, False, False, issuer is None, False, False, False),
            critical=True,
        )
        .sign(issuer[0] if issuer else key, algorithm_for(issuer[0] if issuer else key))
    )
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"x", key, certificate, [issuer[1]] if issuer else None, serialization.NoEncryption()
        )
    )
    return certificate


def algorithm_for(key):
    return None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256()


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(scope="module")
def office(folder) -> Signer:
    return demo_signer(folder, "office.p12")


@pytest.fixture(scope="module")
def stranger(folder) -> Signer:
    return demo_signer(folder, "stranger.p12")


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render_pdf(CONTENT)


@pytest.fixture(scope="module")
def signed(office, pdf) -> bytes:
    return signed_by(office, pdf)


def test_signed_certificate_is_valid(office, signed):
    seen = inspect_pdf(signed, trust_roots=[office.certificate])

    assert seen.kind == Kind.VALID
    assert (seen.ok, seen.not_a_certificate, seen.problems) == (True, False, ())
    assert (seen.intact, seen.trusted, seen.docmdp_ok) == (True, True, True)
    assert "样例" in seen.signer_name
    assert seen.signed_at == AT
    assert seen.certificate_number == CONTENT["number"]
    assert seen.verify_code == CONTENT["verify_code"]
    assert seen.content == CONTENT
    assert len(seen.digest_sha256) == 64


def test_signature_keeps_the_file_it_signs(pdf, signed):
    assert signed.startswith(pdf)
    assert pikepdf.open(io.BytesIO(signed)).check_pdf_syntax() == []


def test_signature_is_pades_and_forbids_every_change(signed):
    signature = PdfFileReader(io.BytesIO(signed)).embedded_regular_signatures[0]
    attributes = {str(item["type"].native) for item in signature.signer_info["signed_attrs"]}

    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.sig_object["/Reason"] == "认定登记"
    assert signature.sig_object["/Location"] == "湖北省"
    assert signature.docmdp_level.value == 1
    assert attributes == {"content_type", "message_digest", "signing_certificate_v2"}
    assert signature.self_reported_timestamp == AT


def test_certified_file_is_not_signed_again(office, stranger, signed):
    for signer in (office, stranger):
        with pytest.raises(SigningError):
            signed_by(signer, signed)


def test_plain_rendering_is_signed_as_well(office):
    signed = signed_by(office, render_reference(CONTENT))

    seen = inspect_pdf(signed, trust_roots=[office.certificate])

    assert (seen.kind, seen.content, seen.signed_at) == (Kind.VALID, CONTENT, AT)


@pytest.mark.parametrize("render", [render_pdf, render_reference])
def test_rsa_key_signs_as_well(folder, render):
    path = folder / f"rsa-{render.__name__}.p12"
    store_p12(path, rsa.generate_private_key(65537, 2048), "office")
    signer = load_signer(path, "")

    seen = inspect_pdf(signed_by(signer, render(CONTENT)), trust_roots=[signer.certificate])

    assert seen.kind == Kind.VALID


@pytest.mark.parametrize("spoil", [False, True])
def test_pdfsig_agrees(tmp_path, signed, spoil):
    data = bytearray(signed)
    data[5000] ^= spoil
    (tmp_path / "signed.pdf").write_bytes(data)

    done = subprocess.run([PDFSIG, "signed.pdf"], cwd=tmp_path, capture_output=True, check=False)
    said = done.stdout.decode()

    assert "Total document signed" in said
    assert ("Signature is Valid" in said) is not spoil
    assert "ETSI.CAdES.detached" in said


def test_every_changed_byte_is_noticed(office, signed):
    steps = range(9, len(signed), len(signed) // 60)
    for place in steps:
        spoiled = bytearray(signed)
        spoiled[place] ^= 1
        seen = inspect_pdf(bytes(spoiled), trust_roots=[office.certificate])
        if seen.ok:  # only the zeros that fill up the room of the signature are not signed
            assert signed[place : place + 1] == b"0"
            assert b"<" not in signed[place : signed.index(b">", place)]


def test_changed_byte_of_the_text_is_altered(office, signed):
    place = signed.index(b"stream\n", signed.index(b"/Metadata /Subtype")) + 120
    spoiled = signed[:place] + bytes([signed[place] ^ 1]) + signed[place + 1 :]

    seen = inspect_pdf(spoiled, trust_roots=[office.certificate])

    assert (seen.kind, seen.intact, seen.content) == (Kind.ALTERED, False, None)
    assert seen.certificate_number == ""


def test_incremental_edit_is_altered(office, signed):
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page[pdf_name("/Rotate")] = NumberObject(90)
    writer.update_container(page)
    output = io.BytesIO()
    writer.write(output)

    seen = inspect_pdf(output.getvalue(), trust_roots=[office.certificate])

    assert output.getvalue().startswith(signed)
    assert (seen.kind, seen.ok) == (Kind.ALTERED, False)
    assert (seen.intact, seen.trusted, seen.docmdp_ok) == (True, True, False)
    assert seen.certificate_number == CONTENT["number"]
    assert len(seen.problems) == 2


def test_repeated_tail_is_altered(office, signed):
    appended = signed + signed[signed.rindex(b"xref\n", 0, -60) :]

    seen = inspect_pdf(appended, trust_roots=[office.certificate])

    assert (seen.kind, seen.ok) == (Kind.ALTERED, False)


def test_stripped_signature_is_unsigned(office, pdf, signed):
    file = pikepdf.open(io.BytesIO(signed))
    del file.Root.AcroForm, file.Root.Perms, file.pages[0].Annots
    output = io.BytesIO()
    file.save(output)

    for stripped in (pdf, output.getvalue()):
        seen = inspect_pdf(stripped, trust_roots=[office.certificate])
        assert (seen.kind, seen.intact, seen.trusted) == (Kind.UNSIGNED, None, None)
        assert seen.content is None


def test_other_signer_is_untrusted(office, stranger, pdf):
    forged = signed_by(stranger, render_pdf(CONTENT | {"total_yuan": "9,999,999.00"}))

    seen = inspect_pdf(forged, trust_roots=[office.certificate])

    assert (seen.kind, seen.intact, seen.trusted) == (Kind.UNTRUSTED, True, False)
    assert (seen.content, seen.certificate_number) == (None, "")


def test_certificate_stays_valid_after_the_key_is_replaced(office, stranger, signed):
    roots = [stranger.certificate, office.certificate]

    assert inspect_pdf(signed, trust_roots=roots).kind == Kind.VALID
    assert inspect_pdf(signed, trust_roots=roots[:1]).kind == Kind.UNTRUSTED
    assert inspect_pdf(signed, trust_roots=[]).kind == Kind.UNTRUSTED


def test_certificate_stays_valid_after_the_key_expired(folder, pdf):
    made = datetime(2001, 5, 1, tzinfo=UTC)
    old = demo_signer(folder, "old.p12", made)
    inside, outside = made + timedelta(days=3000), made + timedelta(days=4000)

    for at, kind in ((inside, Kind.VALID), (outside, Kind.UNTRUSTED)):
        seen = inspect_pdf(signed_by(old, pdf, at), trust_roots=[old.certificate])
        assert seen.kind == kind


def test_only_the_pinned_certificate_of_an_issuer_is_trusted(folder, pdf):
    root_key = ec.generate_private_key(ec.SECP256R1())
    issuer = (root_key, store_p12(folder / "root.p12", root_key, "root"))
    for name in ("office-2", "neighbour"):
        key = ec.generate_private_key(ec.SECP256R1())
        store_p12(folder / f"{name}.p12", key, name, issuer)
    ours, theirs = (load_signer(folder / f"{name}.p12", "") for name in ("office-2", "neighbour"))

    for signer, kind in ((ours, Kind.VALID), (theirs, Kind.UNTRUSTED)):
        signed = signed_by(signer, pdf)
        signature = PdfFileReader(io.BytesIO(signed)).embedded_regular_signatures[0]
        seen = inspect_pdf(signed, trust_roots=[ours.certificate])
        assert seen.kind == kind
        embedded = [item.subject.native["common_name"] for item in signature.other_embedded_certs]
        assert embedded == ["root"]


def test_signed_file_without_content_is_no_certificate(office):
    blank = pikepdf.new()
    blank.add_blank_page()
    output = io.BytesIO()
    blank.save(output)

    signed = signed_by(office, output.getvalue())

    seen = inspect_pdf(signed, trust_roots=[office.certificate])
    assert (seen.kind, seen.intact) == (Kind.NOT_A_CERTIFICATE, True)
    assert inspect_pdf(output.getvalue(), trust_roots=[]).kind == Kind.NOT_A_CERTIFICATE


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a pdf at all",
        b"%PDF-1.7",
        b"%PDF-1.7\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF",
        b"PK\x03\x04" + bytes(500),
        bytes(range(256)) * 40,
        b"%PDF-1.7\n" + bytes(range(256)) * 40,
        b"%PDF-1.7\n" + b"0" * MAX_BYTES,
        b"\x00" * (21 * 1024 * 1024),
    ],
    ids=["empty", "text", "head", "no-xref", "zip", "bytes", "pdf-bytes", "large", "21MB"],
)
def test_garbage_is_no_certificate(office, data):
    seen = inspect_pdf(data, trust_roots=[office.certificate])

    assert seen.kind == Kind.NOT_A_CERTIFICATE
    assert seen.not_a_certificate
    assert len(seen.problems) == 2


def test_truncated_file_never_raises(office, signed):
    for size in range(0, len(signed), len(signed) // 25):
        seen = inspect_pdf(signed[:size], trust_roots=[office.certificate])
        assert not seen.ok


def test_encrypted_file_is_refused(office, signed):
    output = io.BytesIO()
    pikepdf.open(io.BytesIO(signed)).save(
        output, encryption=pikepdf.Encryption(owner="a", user="b", R=6)
    )

    seen = inspect_pdf(output.getvalue(), trust_roots=[office.certificate])

    assert not seen.ok
    assert seen.content is None


def test_content_that_unpacks_to_a_flood_is_not_read(office, pdf):
    start = pdf.index(b"<< /Type /EmbeddedFile")
    end = pdf.index(b"endobj", start)
    flood = zlib.compress(bytes(64 * 1024 * 1024), 9)
    bomb = pdf[:start] + stream("/Type /EmbeddedFile", flood) + b"\n" + pdf[end:]

    assert len(bomb) < MAX_BYTES
    assert not inspect_pdf(bomb, trust_roots=[office.certificate]).ok


def test_demo_key_is_private_and_never_overwritten(tmp_path):
    path = tmp_path / "new" / "demo.p12"
    make_demo_p12(path, PASSWORD, at=AT)
    before = path.read_bytes()

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        make_demo_p12(path, PASSWORD, at=AT)
    assert path.read_bytes() == before
    assert "样例 sample" in load_signer(path, PASSWORD).certificate.subject.human_friendly


def test_signer_is_parsed_once_and_again_when_the_file_changes(tmp_path):
    path = tmp_path / "key.p12"
    make_demo_p12(path, PASSWORD, at=AT)
    first = load_signer(path, PASSWORD)
    assert load_signer(path, PASSWORD) is first

    path.unlink()
    make_demo_p12(path, PASSWORD, at=AT)

    assert load_signer(path, PASSWORD).certificate.dump() != first.certificate.dump()


def test_unusable_key_files_are_refused(tmp_path):
    make_demo_p12(tmp_path / "key.p12", PASSWORD, at=AT)
    store_p12(tmp_path / "ed.p12", ed25519.Ed25519PrivateKey.generate(), "office")

    with pytest.raises(ValueError, match=r"(?i)password"):
        load_signer(tmp_path / "key.p12", "wrong")
    with pytest.raises(ValueError, match="RSA or elliptic curve"):
        load_signer(tmp_path / "ed.p12", "")
    with pytest.raises(FileNotFoundError):
        load_signer(tmp_path / "none.p12", PASSWORD)


def test_trust_roots_read_pem_and_der(tmp_path, office):
    der = office.certificate.dump()
    pem = x509.load_der_x509_certificate(der).public_bytes(serialization.Encoding.PEM)
    (tmp_path / "a.pem").write_bytes(pem)
    (tmp_path / "b.der").write_bytes(der)

    roots = trust_roots([tmp_path / "a.pem", str(tmp_path / "b.der")])

    assert [root.dump() for root in roots] == [der, der]


@pytest.fixture
def time_stamp_url(folder):
    """A time stamp service (RFC 3161) on this machine."""
    key = rsa.generate_private_key(65537, 2048)
    store_p12(folder / "clock.p12", key, "clock")
    clock = load_signer(folder / "clock.p12", "")
    private = keys.PrivateKeyInfo.load(
        key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    service = DummyTimeStamper(clock.certificate, private, fixed_dt=AT)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = service.request_tsa_response(tsp.TimeStampReq.load(body)).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_args):
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_time_stamp_is_part_of_the_signature(office, pdf, time_stamp_url):
    signed = sign_pdf(pdf, signer=office, reason="x", at=AT, timestamp_url=time_stamp_url)

    signature = PdfFileReader(io.BytesIO(signed)).embedded_regular_signatures[0]
    seen = inspect_pdf(signed, trust_roots=[office.certificate])

    unsigned = signature.signer_info["unsigned_attrs"]
    assert [str(item["type"].native) for item in unsigned] == ["signature_time_stamp_token"]
    assert (seen.kind, seen.content) == (Kind.VALID, CONTENT)


def test_unreachable_time_stamp_signs_nothing(office, pdf):
    with pytest.raises(TimestampRequestError):
        sign_pdf(
            pdf, signer=office, reason="x", at=AT, timestamp_url="http://127.0.0.1:9/timestamp"
        )
