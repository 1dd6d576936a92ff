"""The rule sets by day, and what a pilot of one region lays over them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from hitech_cert.editions.numbers import GUIDE, MEASURES, Bound, Limits
from hitech_cert.editions.readings import READINGS

LIMITS = Limits()


@dataclass(frozen=True)
class Edition:
    """One rule set. starts: the first day of applications under it.

    documents: what it rests on. lead: the ministry that leads. online: applications may come over
    the internet and by e-mail, paper later. readings: what is taken where the text is not plain.
    pilot: it is that of a regional pilot. unconfirmed: what was not read in an official text.
    """

    code: str
    starts: date
    documents: tuple[str, ...]
    lead: str
    online: bool
    unconfirmed: tuple[str, ...]
    pilot: bool = False
    limits: Limits = LIMITS
    readings: Mapping[str, str] = field(
        default_factory=lambda: {reading.name: reading.taken for reading in READINGS}
    )

    def taking(self, **readings: str) -> "Edition":
        """The same rules with other readings; ValueError for one that there is not."""
        for reading in READINGS:
            if readings.get(reading.name, reading.taken) not in reading.choices:
                raise ValueError(f"{reading.name}: {readings[reading.name]}")
        unknown = set(readings) - {reading.name for reading in READINGS}
        if unknown:
            raise ValueError(f"no such reading: {', '.join(sorted(unknown))}")
        return replace(self, readings={**self.readings, **readings})


@dataclass(frozen=True)
class Pilot:
    """Other rules for some applications of one jurisdiction. until: the last day."""

    code: str
    jurisdiction: str
    since: date
    until: date
    document: str
    domestic: Fraction
    unconfirmed: tuple[str, ...]

    def holds(self, jurisdiction: str, day: date) -> bool:
        """Whether it is open in a jurisdiction on a day."""
        return jurisdiction == self.jurisdiction and self.since <= day <= self.until

    def over(self, edition: Edition) -> Edition:
        """The rules of the day with those of the pilot laid over them."""
        return replace(
            edition,
            code=f"{edition.code}-{self.code}",
            documents=(*edition.documents, self.document),
            unconfirmed=(*edition.unconfirmed, *self.unconfirmed),
            online=True,
            pilot=True,
            limits=replace(edition.limits, domestic=Bound(self.domestic, self.document)),
        )


_MOST = "中华人民共和国科学技术部"
_MIIT = "中华人民共和国工业和信息化部"
# Unconfirmed throughout: only copies were read, and these are silent or not plain.
_ALWAYS = ("“以上” includes the number", "readings where the text is not plain")

EDITIONS: tuple[Edition, ...] = (
    Edition(
        "HNTE2016", date(2016, 1, 1), (MEASURES, GUIDE), _MOST, online=False, unconfirmed=_ALWAYS
    ),
    Edition(
        "HNTE2020",
        date(2020, 2, 6),
        (MEASURES, GUIDE, "国科火字〔2020〕38号"),
        _MOST,
        online=True,
        unconfirmed=("text of 国科火字〔2020〕82号", *_ALWAYS),
    ),
    Edition(
        "HNTE2024",
        date(2024, 1, 1),
        (MEASURES, GUIDE, "国科火字〔2020〕38号"),
        _MIIT,
        online=True,
        unconfirmed=("first day under the new ministry", *_ALWAYS),
    ),
)
PILOTS: tuple[Pilot, ...] = (
    Pilot(
        "BJ2021",
        "11",
        date(2021, 7, 29),
        date(2022, 5, 18),
        "京科创发〔2021〕114号",
        Fraction(50, 100),
        ("last day of the pilot of 2021",),
    ),
    Pilot(
        "BJ2022",
        "11",
        date(2022, 5, 19),
        date(2022, 11, 15),
        "京科高发〔2022〕117号",
        Fraction(50, 100),
        ("whether the pilot went on after 2022-11-15",),
    ),
)
