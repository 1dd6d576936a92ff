"""The key that signs certificates, kept parsed in memory."""

import functools
import os
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from asn1crypto import x509 as asn1_x509
from asn1crypto.algos import SignedDigestAlgorithm
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

DEMO_NAME = "样例 sample - Torch Portal (no legal force)"
DEMO_YEARS = 10
DIGEST = "sha256"
CONTAINER_FRAME = 2048  # bytes of a signature container beside its certificates, generously

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


class Signer(signers.Signer):
    """pyHanko's view of a key that is parsed once (its SimpleSigner parses per signature).

    `chain` holds the issuers found beside the signing certificate.
    """

    def __init__(
        self,
        key: PrivateKey,
        certificate: asn1_x509.Certificate,
        chain: Iterable[asn1_x509.Certificate],
    ):
        family = "rsa" if isinstance(key, rsa.RSAPrivateKey) else "ecdsa"
        super().__init__(
            signing_cert=certificate,
            cert_registry=SimpleCertificateStore.from_certs(chain),
            signature_mechanism=SignedDigestAlgorithm({"algorithm": f"{DIGEST}_{family}"}),
        )
        self.certificate = certificate
        self._key = key

    @functools.cached_property
    def container_size(self) -> int:
        """Bytes that are enough for a signature container without a time stamp."""
        embedded = (self.certificate, *self.cert_registry)
        return CONTAINER_FRAME + sum(len(certificate.dump()) for certificate in embedded)

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        """The bare signature; pyHanko refuses any digest but that of the mechanism, SHA-256."""
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self._key.sign(data, ec.ECDSA(hashes.SHA256()))


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
    if certificate is None or not isinstance(key, PrivateKey):
        raise ValueError("the PKCS#12 file needs an RSA or elliptic curve key and its certificate")
    return Signer(key, _asn1(certificate), map(_asn1, others))


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
