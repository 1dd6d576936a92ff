"""The tables of the survey."""

from stats.models.checks import (
    CheckRule,
)
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
from stats.models.quality import (
    Aggregate,
    MicroAccess,
    MicroGrant,
    Outlier,
    PublicationTable,
    SignOff,
    SuppressionLog,
)
from stats.models.returns import (
    CheckResult,
    Explanation,
    Return,
    ReturnQuerySet,
    ReturnRevision,
    ReturnScan,
)
from stats.models.rounds import (
    Assignment,
    AssignmentQuerySet,
    Round,
)

__all__ = [
    "Aggregate",
    "Assignment",
    "AssignmentQuerySet",
    "CheckResult",
    "CheckRule",
    "Choice",
    "ChoiceList",
    "Comparability",
    "Explanation",
    "Indicator",
    "Instrument",
    "InstrumentVersion",
    "Item",
    "MicroAccess",
    "MicroGrant",
    "Outlier",
    "PublicationTable",
    "Return",
    "ReturnQuerySet",
    "ReturnRevision",
    "ReturnScan",
    "Round",
    "SignOff",
    "SuppressionLog",
    "SurveyProgramme",
]
