"""The key that signs certificates, kept parsed in memory, and the CMS container it makes."""

import functools
import hashlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

DEMO_NAME = "样例 sample - Torch Portal (no legal force)"
DEMO_YEARS = 10


@dataclass(frozen=True)
class Signer:
    """A key and its certificate, parsed once; `chain` holds the issuers found in the file."""

    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    certificate: asn1_x509.Certificate
    chain: tuple[asn1_x509.Certificate, ...]

    def sign(self, data: bytes) -> bytes:
        """The bare signature over SHA-256 of `data`."""
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self.key.sign(data, ec.ECDSA(hashes.SHA256()))

    @property
    def algorithm(self) -> str:
        """Name of the signature algorithm in CMS."""
        return "sha256_rsa" if isinstance(self.key, rsa.RSAPrivateKey) else "sha256_ecdsa"

    @functools.cached_property
    def _parts(self) -> tuple[bytes, tuple[bytes, bytes], bytes, bytes]:
        return _constant_parts(self)

    def container(self, digest: bytes) -> bytes:
        """The CMS container (DER) for a document with this SHA-256 digest."""
        before, constant, identity, algorithm = self._parts
        message = _der(0x30, _OID_DIGEST + _der(0x31, _der(0x04, digest)))
        attributes = b"".join(sorted((message, *constant)))  # a DER SET is sorted
        signed = self.sign(_der(0x31, attributes))
        info = identity + _der(0xA0, attributes) + algorithm + _der(0x04, signed)
        content = _der(0x30, before + _der(0x31, _der(0x30, info)))
        return _der(0x30, _OID_SIGNED_DATA + _der(0xA0, content))


_OID_DIGEST = cms.CMSAttributeType("message_digest").dump()
_OID_SIGNED_DATA = cms.ContentType("signed_data").dump()
_SHA256 = algos.DigestAlgorithm({"algorithm": "sha256"}).dump()


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def _constant_parts(signer: Signer) -> tuple[bytes, tuple[bytes, bytes], bytes, bytes]:
    """What every container of a signer shares (RFC 5652 section 5.1): version, digest algorithm,
    content type and certificates; the two constant signed attributes (content type, and signing
    certificate as PAdES asks); signer identity; algorithm.
    """
    certificate = signer.certificate
    kind = cms.CMSAttribute({"type": "content_type", "values": ["data"]})
    reference = tsp.ESSCertIDv2({"cert_hash": hashlib.sha256(certificate.dump()).digest()})
    binding = cms.CMSAttribute(
        {
            "type": "signing_certificate_v2",
            "values": [tsp.SigningCertificateV2({"certs": [reference]})],
        }
    )
    issuer = cms.IssuerAndSerialNumber(
        {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
    )
    certificates = sorted(item.dump() for item in (certificate, *signer.chain))
    before = (
        core.Integer(1).dump()
        + _der(0x31, _SHA256)
        + _der(0x30, cms.ContentType("data").dump())
        + _der(0xA0, b"".join(certificates))
    )
    algorithm = algos.SignedDigestAlgorithm({"algorithm": signer.algorithm}).dump()
    identity = core.Integer(1).dump() + issuer.dump() + _SHA256
    return before, (kind.dump(), binding.dump()), identity, algorithm


def load_signer(path: str | Path, password: str) -> Signer:
    """The signer of a PKCS#12 file, parsed once per process and again when the file changes.

    Raises FileNotFoundError, and ValueError for a wrong password, a file without a key, or a key
    that is neither RSA nor on an elliptic curve.
    """
    return _load_signer(str(path), password, Path(path).stat().st_mtime_ns)


@functools.lru_cache(maxsize=4)
def _load_signer(path: str, password: str, _changed: int) -> Signer:
    key, certificate, others = pkcs12.load_key_and_certificates(
        Path(path).read_bytes(), password.encode() or None
    )
    if certificate is None or not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise ValueError("the PKCS#12 file needs an RSA or elliptic curve key and its certificate")
    return Signer(key, _asn1(certificate), tuple(map(_asn1, others)))


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def make_demo_p12(path: str | Path, password: str, *, at: datetime) -> None:
    """Write a new sample key (ECDSA P-256) and its self-signed certificate, file mode 0600.

    P-256 rather than RSA: the key is made in a millisecond at set-up, a signature costs 0.03 ms
    and the container is half as large; every PDF reader in use verifies it. A file that exists
    is never overwritten: FileExistsError.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, DEMO_NAME)])
    certificate = _self_signed(key, name, at.astimezone(UTC))
    data = pkcs12.serialize_key_and_certificates(
        b"sample", key, certificate, None, serialization.BestAvailableEncryption(password.encode())
    )
    target = Path(path)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)


def _self_signed(
    key: ec.EllipticCurvePrivateKey, name: x509.Name, at: datetime
) -> x509.Certificate:
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign",
         "encipher_only", "decipher_only"), False,
    )  # fmt: skip
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=366 * DEMO_YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True
        )
        .sign(key, hashes.SHA256())
    )
