"""The tables of the survey."""

from stats.models.checks import (
    CheckRule,
)
from stats.models.courses import (
    CourseFile,
    CourseMaterial,
    Quiz,
    QuizAttempt,
    QuizQuestion,
    ReadReceipt,
)
from stats.models.guidance import (
    Answer,
    AnswerTarget,
    FaqEntry,
    ItemNote,
    OfficeHours,
    Question,
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
    "Answer",
    "AnswerTarget",
    "Assignment",
    "AssignmentQuerySet",
    "CheckResult",
    "CheckRule",
    "Choice",
    "ChoiceList",
    "Comparability",
    "CourseFile",
    "CourseMaterial",
    "Explanation",
    "FaqEntry",
    "Indicator",
    "Instrument",
    "InstrumentVersion",
    "Item",
    "ItemNote",
    "MicroAccess",
    "MicroGrant",
    "OfficeHours",
    "Outlier",
    "PublicationTable",
    "Question",
    "Quiz",
    "QuizAttempt",
    "QuizQuestion",
    "ReadReceipt",
    "Return",
    "ReturnQuerySet",
    "ReturnRevision",
    "ReturnScan",
    "Round",
    "SignOff",
    "SuppressionLog",
    "SurveyProgramme",
]
