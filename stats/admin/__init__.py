"""The desk of the survey."""

from stats.admin.checks import (
    CheckRuleAdmin,
)
from stats.admin.desk import (
    ReturnAdmin,
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
    "AssignmentAdmin",
    "CheckRuleAdmin",
    "InstrumentAdmin",
    "MicroAccessAdmin",
    "MicroGrantAdmin",
    "OutlierAdmin",
    "PublicationTableAdmin",
    "ReturnAdmin",
    "RoundAdmin",
    "SurveyProgrammeAdmin",
    "VersionAdmin",
]
