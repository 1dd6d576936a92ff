"""Where a contract stands, and the matters that come after the decision."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where a technology contract stands; labels stand in the workflow table."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    SECOND_REVIEW = "second_review"
    CORRECTING = "correcting"
    RECOGNISED = "recognised"
    REVOCATION_NOTICED = "revocation_noticed"
    REFUSED = "refused"
    NOT_ACCEPTED = "not_accepted"
    WITHDRAWN = "withdrawn"
    DEREGISTERED = "deregistered"
    REVOKED = "revoked"


class FollowUpKind(TextChoices):
    """后续事项: what can be asked or begun once a contract is decided."""

    CHANGE = "change", _("Change of a registered contract")
    DEREGISTRATION = "deregistration", _("Deregistration")
    INCOME = "income", _("Verification of technical income")
    SUPPLEMENT = "supplement", _("Supplement to verified income")
    REVOCATION = "revocation", _("Intended revocation")
    OBJECTION = "objection", _("Objection")
    AUTHORITY = "authority", _("Objection of an authority")


class FollowUpState(TextChoices):
    """Where such a matter stands; what each means for a kind stands in the workflow table."""

    OPEN = "open", _("Open")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Not granted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class RevocationGround(TextChoices):
    """撤销登记的情形 (沪科技市〔2025〕31号 第四条; its fourth item was read only in part)."""

    RV1 = "RV-1", _("A false contract, or recognition by fraud, bribery or infringement")
    RV2 = "RV-2", _("The contract was annulled or is void and was not deregistered")
    RV3 = "RV-3", _("The same contract is registered more than once")
    RV4 = "RV-4", _("Another ground of the article, explained in words")


class ExpertView(TextChoices):
    """What an expert concludes (专家评审意见)."""

    FOR = "for", _("For recognition")
    CONDITIONS = "conditions", _("For recognition with conditions")
    AGAINST = "against", _("Against recognition")
