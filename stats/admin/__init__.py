"""The desks of the survey."""

from stats.admin.checks import (
    CheckRuleAdmin,
)
from stats.admin.courses import (
    CourseMaterialAdmin,
    QuizAdmin,
)
from stats.admin.desk import (
    ReturnAdmin,
)
from stats.admin.guidance import (
    FaqEntryAdmin,
    QuestionAdmin,
)
from stats.admin.guidance_settings import (
    AnswerTargetAdmin,
    ItemNoteAdmin,
    OfficeHoursAdmin,
)
from stats.admin.instruments import (
    VersionAdmin,
)
from stats.admin.microdata import (
    MicroAccessAdmin,
    MicroGrantAdmin,
)
from stats.admin.outliers import (
    OutlierAdmin,
)
from stats.admin.programmes import (
    InstrumentAdmin,
    SurveyProgrammeAdmin,
)
from stats.admin.publications import (
    PublicationTableAdmin,
)
from stats.admin.respondents import (
    AssignmentAdmin,
)
from stats.admin.rounds import (
    RoundAdmin,
)

__all__ = [
    "AnswerTargetAdmin",
    "AssignmentAdmin",
    "CheckRuleAdmin",
    "CourseMaterialAdmin",
    "FaqEntryAdmin",
    "InstrumentAdmin",
    "ItemNoteAdmin",
    "MicroAccessAdmin",
    "MicroGrantAdmin",
    "OfficeHoursAdmin",
    "OutlierAdmin",
    "PublicationTableAdmin",
    "QuestionAdmin",
    "QuizAdmin",
    "ReturnAdmin",
    "RoundAdmin",
    "SurveyProgrammeAdmin",
    "VersionAdmin",
]
