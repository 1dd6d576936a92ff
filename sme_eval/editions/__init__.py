"""Which rule set of the SME evaluation holds: one for each filing year.

The measures (国科发政〔2017〕115号) and their scores have not changed; windows, material, on-site
checks and the wording of the conditions change with the notice of each year.
"""

from datetime import date

from sme_eval.editions.conditions import CONDITIONS_2017, CONDITIONS_2022
from sme_eval.editions.scores import (
    CLASS_I_BAND,
    CLASS_II_BANDS,
    COST_BANDS,
    MEASURES,
    PERSONNEL_BANDS,
    REVENUE_BANDS,
    Band,
    Limits,
)
from sme_eval.editions.years import (
    EDITIONS,
    GUIDE_2017,
    GUIDE_2022,
    SHANGHAI,
    Edition,
    Material,
    OnsiteTriggers,
)

__all__ = [
    "CLASS_II_BANDS",
    "CLASS_I_BAND",
    "CONDITIONS_2017",
    "CONDITIONS_2022",
    "COST_BANDS",
    "EDITIONS",
    "FIRST_DAY",
    "GUIDE_2017",
    "GUIDE_2022",
    "MEASURES",
    "PERSONNEL_BANDS",
    "REVENUE_BANDS",
    "SHANGHAI",
    "Band",
    "Edition",
    "Limits",
    "Material",
    "NoEdition",
    "OnsiteTriggers",
    "named",
    "on",
]

# The day of the measures.
FIRST_DAY = date(2017, 5, 3)
_BY_YEAR = {edition.year: edition for edition in EDITIONS}
_BY_CODE = {edition.code: edition for edition in EDITIONS}


class NoEdition(LookupError):
    """No rule set is known for a day."""

    def __init__(self, day: date) -> None:
        super().__init__(f"no rule set of the SME evaluation on {day}")
        self.day = day


def on(day: date) -> Edition:
    """The rule set of the year in which a form is filed.

    NoEdition before 2017-05-03, the day of the measures, and after the last year known.
    """
    edition = _BY_YEAR.get(day.year)
    if edition is None or day < FIRST_DAY:
        raise NoEdition(day)
    return edition


def named(code: str) -> Edition:
    """The edition of a code as stored on a filing; KeyError if there is none."""
    return _BY_CODE[code]
