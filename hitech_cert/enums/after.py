"""Vocabularies of the decision and of what follows it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Department(models.TextChoices):
    """认定机构 (国科发火〔2016〕32号 第八条): the three departments that decide together."""

    SCIENCE = "science", _("Science and technology")
    FINANCE = "finance", _("Finance")
    TAX = "tax", _("Taxation")


class Outcome(models.TextChoices):
    """What the departments decided."""

    PROPOSED = "proposed", _("Proposed for recognition")
    NOT_RECOGNISED = "not_recognised", _("Not recognised")


class ObjectionState(models.TextChoices):
    """核实 of an objection that the leading group office passed on."""

    OPEN = "open", _("To be verified")
    UPHELD = "upheld", _("Found right")
    REJECTED = "rejected", _("Not found right")


class ChangeKind(models.TextChoices):
    """国科发火〔2016〕32号 第十七条, 第十八条."""

    NAME = "name", _("Change of name")
    MAJOR = "major", _("Major change (division, merger, restructuring, business)")
    RELOCATION = "relocation", _("Relocation as a whole to another certification body")
    PARTIAL = "partial", _("Relocation of a part")


class ChangeState(models.TextChoices):
    """Where a reported change stands."""

    OPEN = "open", _("Reported")
    RELEASED = "released", _("Released by the body left")
    PUBLIC = "public", _("In local publicity")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Not confirmed")
    ENDED = "ended", _("Conditions no longer met, cancellation announced")


OPEN_CHANGES = (ChangeState.OPEN, ChangeState.RELEASED, ChangeState.PUBLIC)


class ReportState(models.TextChoices):
    """年度发展情况报表 (附件6)."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Handed in")


class ReviewReason(models.TextChoices):
    """Why a certified enterprise is looked at again."""

    DEPARTMENT = "department", _("A department found that conditions may not be met")
    REPORTS = "reports", _("Two yearly reports are missing")
    CHANGE = "change", _("A major change was reported")


class ReviewState(models.TextChoices):
    """复核 (国科发火〔2016〕32号 第十六条)."""

    OPEN = "open", _("Under review")
    KEPT = "kept", _("The certificate stays")
    FAILED = "failed", _("Cancellation proposed")


class CancelGround(models.TextChoices):
    """国科发火〔2016〕32号 第十六条, 第十七条, 第十九条."""

    FRAUD = "fraud", _("Serious fraud in the application")
    ACCIDENT = "accident", _("Major accident of safety or quality, or serious pollution")
    UNREPORTED = "unreported", _("A major change was not reported in time")
    REPORTS = "reports", _("Two yearly reports were not handed in")
    REVIEW = "review", _("Conditions not met, found in a review")
    CHANGE = "change", _("Conditions not met after a major change")


class CaseState(models.TextChoices):
    """Where a cancellation stands."""

    NOTICED = "noticed", _("Cancellation announced")
    CANCELLED = "cancelled", _("Cancelled")
    DROPPED = "dropped", _("Cancellation dropped")


class RedoGround(models.TextChoices):
    """复议: errors that can be seen by counting."""

    GROWTH = "growth", _("Growth scored at least two points off, which changes the result")
    NUMBER = "number", _("A class I right, yet the number of rights scored below 7")
    BONUS = "bonus", _("The bonus for standards was forgotten")
    ARITHMETIC = "arithmetic", _("A sum or average is wrong")


class RedoState(models.TextChoices):
    """Where a request for re-examination stands."""

    ASKED = "asked", _("Asked for")
    GRANTED = "granted", _("Error found, decided again")
    REFUSED = "refused", _("No such error")


class Trouble(models.TextChoices):
    """What stops a row of the national list until a person has looked at it."""

    UNKNOWN = "unknown", _("No application of this enterprise in the portal")
    AMBIGUOUS = "ambiguous", _("The name fits several enterprises")
    CONFLICT = "conflict", _("Credit code and name are of two enterprises")
    NAME = "name", _("The name differs from that of the credit code")
    NOT_REPORTED = "not_reported", _("The application was not reported")
    SHAPE = "shape", _("No certificate number")
    PROVINCE = "province", _("Number of another province")
    TWICE = "twice", _("The number or the enterprise stands twice in the list")
    TAKEN = "taken", _("The number is another enterprise's already")
    OTHER = "other", _("Certified already with another number or day")
    DAY = "day", _("No day of issue, or not a possible one")
    OBJECTION = "objection", _("An objection is open")
    PUBLICITY = "publicity", _("The national publicity is not over")
