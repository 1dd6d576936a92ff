"""Drawing a panel by lot, so that anybody can repeat it (195号 一(四)2, 二(四)).

The lot of an expert is the SHA-256 of seed, application and expert, one a line; the smallest lots
are drawn. Nothing else decides among those who fit.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from hitech_cert.editions import Edition
from hitech_cert.enums import Exclusion, ExpertRole
from hitech_cert.rules.people import Composition, check_panel
from torch_portal.common.rulebook import Problems
from torch_portal.common.spans import months_after

# Levels of the catalogue at which fields are compared: first the narrower one.
LEVELS = (2, 1)


@dataclass(frozen=True)
class Candidate:
    """One expert of the pool. code: what he is called in a draw.

    fields: codes of the catalogue, of any level. ties: codes and names of employers and of
    enterprises that he belongs to. interests: the same of enterprises he declared. worked: the day
    of the newest co-operation by code or name.
    """

    code: str
    role: str
    fields: frozenset[str] = frozenset()
    ties: frozenset[str] = frozenset()
    interests: frozenset[str] = frozenset()
    worked: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True)
class Subject:
    """The application for which a panel is drawn.

    number: what it is called in the draw. enterprise: code and name. apart: experts who sat on a
    dissolved panel of it. years: how long ago a co-operation no longer counts.
    """

    number: str
    enterprise: frozenset[str]
    core_field: str
    day: date
    years: int
    apart: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Wish:
    """How many experts of each kind are asked for."""

    tech: int = 3
    fin: int = 2


@dataclass(frozen=True)
class Drawn:
    """A draw. tech, fin: all candidates in the order of their lots; the first are drawn.

    excluded: those who cannot be drawn, with the Exclusion. level: of the catalogue at which
    fields were compared.
    """

    wish: Wish
    tech: tuple[str, ...]
    fin: tuple[str, ...]
    excluded: tuple[tuple[str, str], ...]
    level: int

    @property
    def pool(self) -> int:
        """How many could be drawn."""
        return len(self.tech) + len(self.fin)

    @property
    def composition(self) -> Composition:
        """The panel as drawn, for its rule; the first technical expert leads."""
        tech, fin = min(len(self.tech), self.wish.tech), min(len(self.fin), self.wish.fin)
        leader = ExpertRole.TECHNICAL if tech else ExpertRole.FINANCE
        return Composition(tech, fin, leader, self.pool)

    def check(self, edition: Edition) -> Problems:
        """国科发火〔2016〕195号 一(四)2."""
        return check_panel(self.composition, edition)


def lot(seed: str, number: str, code: str) -> str:
    """The lot of an expert for an application: the smallest are drawn."""
    return hashlib.sha256(f"{seed}\n{number}\n{code}".encode()).hexdigest()


def digest(codes: Iterable[str]) -> str:
    """SHA-256 over the codes of a pool, one a line, in order."""
    return hashlib.sha256("\n".join(sorted(codes)).encode()).hexdigest()


def why_excluded(candidate: Candidate, subject: Subject) -> str:
    """Why an expert cannot be drawn for an enterprise; "" when nothing stands against it.

    国科发火〔2016〕195号 一(四)3 (回避). How recent a co-operation has to be no text says.
    """
    if candidate.ties & subject.enterprise:
        return Exclusion.EMPLOYER
    if candidate.interests & subject.enterprise:
        return Exclusion.DECLARED
    worked = [candidate.worked[name] for name in subject.enterprise if name in candidate.worked]
    if worked and months_after(max(worked), 12 * subject.years) > subject.day:
        return Exclusion.COOPERATION
    return Exclusion.SERVED if candidate.code in subject.apart else ""


def fits(fields: Iterable[str], core: str, level: int) -> bool:
    """Whether one of an expert's fields is that of the core technology, compared at a level.

    A field named at a higher level covers everything below it.
    """
    wanted = core.split(".")[:level]
    return any(code.split(".")[:level] == wanted[: len(code.split("."))] for code in fields)


def draw(candidates: Sequence[Candidate], subject: Subject, seed: str, wish: Wish) -> Drawn:
    """A panel by lot: the same pool, application and seed always give the same experts.

    Technical experts are those of the second level of the core technology; where they are fewer
    than three for each seat, those of its first level.
    """
    free, excluded = [], []
    for candidate in candidates:
        why = why_excluded(candidate, subject)
        if why:
            excluded.append((candidate.code, str(why)))
        else:
            free.append(candidate)
    technical = [c for c in free if c.role == ExpertRole.TECHNICAL]
    level, chosen = LEVELS[-1], technical
    for level in LEVELS:
        chosen = [c for c in technical if fits(c.fields, subject.core_field, level)]
        if len(chosen) >= 3 * wish.tech:
            break
    finance = [c for c in free if c.role == ExpertRole.FINANCE]
    return Drawn(
        wish=wish,
        tech=_by_lot(chosen, subject, seed),
        fin=_by_lot(finance, subject, seed),
        excluded=tuple(sorted(excluded)),
        level=level,
    )


def _by_lot(candidates: Iterable[Candidate], subject: Subject, seed: str) -> tuple[str, ...]:
    lots = sorted((lot(seed, subject.number, c.code), c.code) for c in candidates)
    return tuple(code for _lot, code in lots)
