"""The tables of the Torch statistics survey."""

from stats.models.checks import CheckRule
from stats.models.instruments import (
    Choice,
    ChoiceList,
    Comparability,
    Indicator,
    Instrument,
    InstrumentVersion,
    Item,
    SurveyProgramme,
)

__all__ = [
    "CheckRule",
    "Choice",
    "ChoiceList",
    "Comparability",
    "Indicator",
    "Instrument",
    "InstrumentVersion",
    "Item",
    "SurveyProgramme",
]
