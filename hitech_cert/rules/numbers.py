"""Numbers that others gave: those of patents with a check digit, those of certificates."""

import re
from dataclasses import dataclass

from hitech_cert.enums import IpKind
from torch_portal.common.codes import CodeError, normalise, parent_of
from torch_portal.common.i18n import _
from torch_portal.common.rulebook import Problem, Problems

# Applications since October 2003 have the year in four digits and a serial of seven.
_PATENT = re.compile(r"(?:ZL)?(?P<first>(?:[0-9]{4}(?P<kind>[0-9])[0-9]{7}))\.?(?P<check>[0-9X])")
_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_KINDS = {
    "1": IpKind.INVENTION_PATENT,
    "8": IpKind.INVENTION_PATENT,
    "2": IpKind.UTILITY_MODEL,
    "9": IpKind.UTILITY_MODEL,
    "3": IpKind.DESIGN_PATENT,
}
_CERTIFICATE = re.compile(r"(G[RF])(20[0-9]{2})([0-9]{2})([0-9]{6})")


@dataclass(frozen=True)
class PatentNumber:
    """What a patent number says. check_ok: its check digit fits."""

    kind: IpKind
    check_ok: bool


def parse_patent(typed: str) -> PatentNumber:
    """Kind of patent and whether the check digit fits; CodeError for what is no such number."""
    match = _PATENT.fullmatch(normalise(typed))
    if match is None or match["kind"] not in _KINDS:
        raise CodeError(
            "shape",
            _("A patent number is ZL, year, kind and serial in twelve digits, a dot and a digit."),
        )
    total = sum(int(d) * w for d, w in zip(match["first"], _WEIGHTS, strict=True))
    return PatentNumber(_KINDS[match["kind"]], "0123456789X"[total % 11] == match["check"])


@dataclass(frozen=True)
class CertificateNumber:
    """The parts of a certificate number.

    kind: GR, or GF of a re-examination before 2016. province: two digits; a city planned
    separately has those of its province, so they never tell the body.
    """

    kind: str
    year: int
    province: str
    serial: str


def parse_certificate(text: str) -> CertificateNumber:
    """The parts of a certificate number exactly as written; CodeError for another shape."""
    match = _CERTIFICATE.fullmatch(text)
    if match is None:
        raise CodeError(
            "shape",
            _("A certificate number is GR, the year, two digits of the province and six more."),
        )
    kind, year, province, serial = match.groups()
    return CertificateNumber(kind, int(year), province, serial)


def check_number(text: str, jurisdiction: str) -> Problems:
    """国科发火〔2016〕195号 二(六) (证书编号)."""
    try:
        number = parse_certificate(text)
    except CodeError as error:
        yield Problem("number", error.message, error.values)
        return
    province = parent_of(jurisdiction) or jurisdiction
    if number.province != province:
        message = _("The number is of province %(found)s, the body is in %(expected)s.")
        yield Problem("number", message, {"found": number.province, "expected": province})
