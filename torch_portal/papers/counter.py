"""The counter: what was scanned or typed, and which paper originals it stands for."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from torch_portal.accounts.roles import Person
from torch_portal.papers.models import Paper
from torch_portal.papers.permissions import may_handle
from torch_portal.papers.workflow import MOVES

MOST = 300
FOUND, ELSEWHERE, UNKNOWN, TWICE = "found", "elsewhere", "unknown", "twice"
CODE = re.compile(r"/verify/([^/?#]+)")
PAGE = re.compile(r"/(\d+)/?(?:[?#].*)?$")


@dataclass(frozen=True)
class Line:
    """One scanned or typed text: what it is, in words, and the paper if this person handles it."""

    text: str
    status: str
    words: str = ""
    paper: Paper | None = None

    def may(self, move: str) -> bool:
        """Whether this move is possible for the paper now."""
        return self.paper is not None and self.paper.state in MOVES[move].sources

    @property
    def ready(self) -> bool:
        """Waits to be received."""
        return self.may("receive")


def split(text: str) -> list[str]:
    """The lines that say something, in order."""
    return [line.strip()[:200] for line in text.splitlines() if line.strip()]


@dataclass(frozen=True)
class Meaning:
    """What a text can mean: a number of a filing or certificate, a code, the page of a filing."""

    number: str = ""
    code: str = ""
    filing_id: int | None = None


def meaning(text: str) -> Meaning:
    """Read a QR code (address of verification or of a filing) or a typed number or code."""
    if in_address := CODE.search(text):
        return Meaning(code=_plain(in_address[1]))
    if "/" in text:
        page = PAGE.search(text)
        return Meaning(filing_id=int(page[1]) if page and len(page[1]) < 16 else None)
    return Meaning(number=text.upper(), code=_plain(text))


def _plain(text: str) -> str:
    return "".join(c for c in text.upper() if c.isalnum())


def lines(texts: Iterable[str], user: Person) -> list[Line]:
    """A line for each text, several where a filing has several papers; two queries."""
    wanted = list(texts)[:MOST]
    meant = {text: meaning(text) for text in wanted}
    papers = _papers(list(meant.values()))
    found: list[Line] = []
    seen: set[int] = set()
    for text in wanted:
        mine = [p for p in papers if _is_meant(p, meant[text])]
        if not mine:
            found.append(Line(text, UNKNOWN, _("No paper original is known under this.")))
        elif all(p.filing_id in seen for p in mine):
            found.append(Line(text, TWICE, _("Stands in the list already.")))
        else:
            found += [_line(text, paper, user) for paper in mine]
        seen |= {p.filing_id for p in mine}
    return found


def _papers(meant: Sequence[Meaning]) -> list[Any]:
    numbers = [m.number for m in meant if m.number]
    codes = [m.code for m in meant if m.code]
    pages = [m.filing_id for m in meant if m.filing_id is not None]
    rows = Paper.objects.filter(
        Q(filing__number__in=numbers)
        | Q(filing__certificates__number__in=numbers)
        | Q(filing__certificates__verify_code__in=codes)
        | Q(filing_id__in=pages)
    )
    rows = rows.select_related("filing__enterprise", "filing__agency", "received_by")
    numbered = rows.annotate(
        certificate_number=F("filing__certificates__number"),
        certificate_code=F("filing__certificates__verify_code"),
    )
    return list(numbered.order_by("filing_id", "pk").distinct())


def _is_meant(paper: Any, meant: Meaning) -> bool:
    if meant.filing_id is not None:
        return bool(paper.filing_id == meant.filing_id)
    numbers = {paper.filing.number, paper.certificate_number}
    return bool(meant.number in numbers or (meant.code and meant.code == paper.certificate_code))


def _line(text: str, paper: Paper, user: Person) -> Line:
    if not may_handle(user, paper.filing):
        return Line(text, ELSEWHERE, _("Belongs to another agency, or to your own enterprise."))
    words = str(paper.get_state_display())
    if paper.received_at and paper.received_by:
        words += _(", received %(day)s by %(who)s") % {
            "day": f"{timezone.localtime(paper.received_at):%Y-%m-%d %H:%M}",
            "who": paper.received_by.get_full_name(),
        }
    return Line(text, FOUND, words, paper)
