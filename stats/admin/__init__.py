"""The desks of the survey."""

from stats.admin.courses import CourseMaterialAdmin, QuizAdmin
from stats.admin.guidance import FaqEntryAdmin, QuestionAdmin
from stats.admin.guidance_settings import AnswerTargetAdmin, ItemNoteAdmin, OfficeHoursAdmin

__all__ = [
    "AnswerTargetAdmin",
    "CourseMaterialAdmin",
    "FaqEntryAdmin",
    "ItemNoteAdmin",
    "OfficeHoursAdmin",
    "QuestionAdmin",
    "QuizAdmin",
]
