"""Matching the national list: which row is which enterprise, and what a person has to look at."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hitech_cert.enums.after import Trouble
from hitech_cert.rules.numbers import check_number, parse_certificate
from torch_portal.common.codes import CodeError, normalise
from torch_portal.common.i18n import _
from torch_portal.common.rulebook import Problem

MARKS = str.maketrans(
    dict.fromkeys("·.,、，。-—_“”\"'", "") | {"【": "(", "】": ")", "〔": "(", "〕": ")"}
)


def plain_name(name: str) -> str:
    """A name for comparison: half-width, brackets alike, no blanks or points between words."""
    plain = unicodedata.normalize("NFKC", name).translate(MARKS)
    return "".join(c for c in plain if not c.isspace()).casefold()


@dataclass(frozen=True)
class Listed:
    """A row of the list. issued_on: None when it is missing; unread: what could not be read."""

    place: int
    name: str
    credit_code: str
    number: str
    issued_on: date | None
    unread: str = ""


@dataclass(frozen=True)
class Firm:
    """An enterprise as the portal knows it.

    names: the present one first, then former ones. waiting: its application that is reported,
    None without. certified: number -> (application, day of issue) of what was taken over before.
    standing: a certificate is valid now. stands: where its newest application is, in words.
    publicity_to: last day of the national publicity, None where none was noted.
    """

    id: int
    credit_code: str
    names: tuple[str, ...]
    waiting: int | None = None
    certified: Mapping[str, tuple[int, date]] = field(default_factory=dict)
    standing: bool = False
    stands: Any = ""
    objection: bool = False
    publicity_to: date | None = None


@dataclass(frozen=True)
class Match:
    """What a row was taken for. known: it was taken over before, nothing is left to do."""

    place: int
    application: int | None = None
    trouble: str = ""
    problem: Problem | None = None
    candidates: tuple[int, ...] = ()
    known: bool = False


@dataclass(frozen=True)
class Ground:
    """What rows are matched against. day: today. owners: number -> firm that has it already."""

    firms: Sequence[Firm]
    jurisdiction: str
    day: date
    owners: Mapping[str, int] = field(default_factory=dict)


def match(rows: Sequence[Listed], ground: Ground) -> list[Match]:
    """Each row with its application, or with what is in the way (国科发火〔2016〕195号 二(六)).

    By credit code first, then by the present and former names.
    """
    by_code = {firm.credit_code: firm for firm in ground.firms}
    by_name: dict[str, dict[int, Firm]] = defaultdict(dict)
    for firm in ground.firms:
        for name in firm.names:
            by_name[plain_name(name)][firm.id] = firm
    numbers = Counter(normalise(row.number) for row in rows)
    found = [_firm_of(row, by_code, by_name) for row in rows]
    firms = Counter(one.id for one, _problem in found if one is not None)
    matches = []
    for row, (whose, stopped) in zip(rows, found, strict=True):
        one = stopped or Match(row.place)
        if whose is not None:
            twice = numbers[normalise(row.number)] > 1 or firms[whose.id] > 1
            one = judge(row, whose, ground, twice=twice)
        matches.append(one)
    return matches


def _firm_of(
    row: Listed, by_code: Mapping[str, Firm], by_name: Mapping[str, Mapping[int, Firm]]
) -> tuple[Firm | None, Match | None]:
    named = by_name.get(plain_name(row.name), {}) if row.name else {}
    candidates = tuple(sorted(named))
    firm = by_code.get(normalise(row.credit_code)) if row.credit_code else None
    if firm is not None:
        if not row.name or firm.id in named:
            return firm, None
        others = tuple(sorted({firm.id, *named}))
        trouble = Trouble.CONFLICT if named else Trouble.NAME
        message = (
            _("The credit code is of %(known)s, the name of another enterprise. Choose which.")
            if named
            else _("The portal knows this credit code as %(known)s. Confirm that it is the same.")
        )
        return None, _stop(row, trouble, message, {"known": firm.names[0]}, others)
    if len(named) > 1:
        message = _("%(count)s enterprises have or had this name. Choose one by hand.")
        return None, _stop(row, Trouble.AMBIGUOUS, message, {"count": len(named)}, candidates)
    if not named:
        message = _("Neither credit code nor name is of an application here. Choose it by hand.")
        return None, _stop(row, Trouble.UNKNOWN, message, {})
    only = next(iter(named.values()))
    if row.credit_code and normalise(row.credit_code) != only.credit_code:
        message = _("The name is of %(known)s, which has another credit code. Choose by hand.")
        values = {"known": f"{only.names[0]} {only.credit_code}"}
        return None, _stop(row, Trouble.CONFLICT, message, values, candidates)
    return only, None


def _stop(
    row: Listed,
    trouble: Trouble,
    message: Any,
    values: Mapping[str, Any],
    candidates: tuple[int, ...] = (),
) -> Match:
    problem = Problem(trouble.value, message, values)
    return Match(row.place, None, trouble.value, problem, candidates)


def judge(row: Listed, firm: Firm, ground: Ground, *, twice: bool = False) -> Match:
    """Whether number and day of a row can be taken over for this firm."""
    number = normalise(row.number)
    for check in (_shape, _owner, _before, _reported, _day):
        made = check(row, number, firm, ground)
        if made is not None:
            return made
    if twice:
        message = _("The number or the enterprise stands in another row too. Leave one out.")
        return _stop(row, Trouble.TWICE, message, {}, (firm.id,))
    return Match(row.place, firm.waiting)


def _shape(row: Listed, number: str, firm: Firm, ground: Ground) -> Match | None:
    try:
        parse_certificate(number)
    except CodeError as error:
        return _stop(row, Trouble.SHAPE, error.message, error.values, (firm.id,))
    for problem in check_number(number, ground.jurisdiction):
        return _stop(row, Trouble.PROVINCE, problem.message, problem.values, (firm.id,))
    return None


def _owner(row: Listed, number: str, firm: Firm, ground: Ground) -> Match | None:
    if ground.owners.get(number, firm.id) == firm.id:
        return None
    message = _("The number %(number)s is another enterprise's in the portal.")
    return _stop(row, Trouble.TAKEN, message, {"number": number}, (firm.id,))


def _before(row: Listed, number: str, firm: Firm, ground: Ground) -> Match | None:
    """A certificate taken over before: the same again is nothing to do, another one a question."""
    known = firm.certified.get(number)
    if known is not None:
        application, issued_on = known
        if row.issued_on in (None, issued_on):
            return Match(row.place, application, known=True)
        message = _("Taken over before with the day of issue %(day)s. Compare it with the paper.")
        return _stop(row, Trouble.OTHER, message, {"day": issued_on.isoformat()}, (firm.id,))
    if firm.waiting is None and firm.standing:
        message = _("Certified already with the number %(number)s. Leave it out or ask.")
        return _stop(row, Trouble.OTHER, message, {"number": ", ".join(firm.certified)}, (firm.id,))
    return None


def _reported(row: Listed, number: str, firm: Firm, ground: Ground) -> Match | None:
    if firm.waiting is None:
        message = _("Its application is “%(state)s”: report it first, or leave the row out.")
        return _stop(row, Trouble.NOT_REPORTED, message, {"state": firm.stands}, (firm.id,))
    if firm.objection:
        message = _("An objection to it is not verified yet; the others can be taken over.")
        return _stop(row, Trouble.OBJECTION, message, {}, (firm.id,))
    if firm.publicity_to is not None and ground.day <= firm.publicity_to:
        message = _("Its national publicity lasts until the end of %(day)s.")
        values = {"day": firm.publicity_to.isoformat()}
        return _stop(row, Trouble.PUBLICITY, message, values, (firm.id,))
    return None


def _day(row: Listed, number: str, firm: Firm, ground: Ground) -> Match | None:
    if row.issued_on is None:
        message = _("The day of issue is missing or cannot be read (“%(typed)s”). Enter it.")
        return _stop(row, Trouble.DAY, message, {"typed": row.unread}, (firm.id,))
    year = parse_certificate(number).year
    if row.issued_on > ground.day or row.issued_on.year != year:
        message = _("The day of issue %(day)s is in the future or not of the year %(year)s.")
        values = {"day": row.issued_on.isoformat(), "year": year}
        return _stop(row, Trouble.DAY, message, values, (firm.id,))
    return None


def heads(known: Mapping[str, Iterable[str]], given: Sequence[str]) -> dict[str, int]:
    """Place of each column by its plain head; the first that fits each name."""
    found: dict[str, int] = {}
    for name, words in known.items():
        place = next((n for n, head in enumerate(given) if head in set(words)), None)
        if place is not None:
            found[name] = place
    return found
