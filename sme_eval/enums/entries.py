"""What stands on the information form (科技型中小企业信息表).

Values are our own slugs; no official numeric code is invented.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class IndicatorName(TextChoices):
    """科技型中小企业评价指标 (国科发政〔2017〕115号 第七条)."""

    PERSONNEL = "personnel", _("S&T personnel")
    RD = "rd", _("R&D investment")
    ACHIEVEMENTS = "achievements", _("S&T achievements")


class RdBasis(TextChoices):
    """What the R&D cost is compared with; the enterprise chooses (第七条第二项)."""

    REVENUE = "revenue", _("Share of sales revenue")
    COST = "cost", _("Share of total cost and expense")


class Route(TextChoices):
    """The four ways to be confirmed directly (国科发政〔2017〕115号 第八条)."""

    HNTE_CERTIFICATE = "hnte_certificate", _("Valid high-tech enterprise certificate")
    NATIONAL_AWARD = "national_award", _("National science and technology award")
    RD_INSTITUTION = "rd_institution", _("Recognised R&D institution")
    STANDARD = "standard", _("Led the making of a standard")


class IpKind(TextChoices):
    """知识产权类别; CLASS_I and CLASS_II say how each counts."""

    INVENTION_PATENT = "invention_patent", _("Invention patent")
    PLANT_VARIETY = "plant_variety", _("Plant variety right")
    CROP_VARIETY = "crop_variety", _("National crop variety")
    NEW_DRUG = "new_drug", _("National new drug")
    PROTECTED_TCM = "protected_tcm", _("National first-class protected Chinese medicine")
    LAYOUT_DESIGN = "layout_design", _("Integrated circuit layout design right")
    UTILITY_MODEL = "utility_model", _("Utility model patent")
    DESIGN_PATENT = "design_patent", _("Design patent")
    SOFTWARE = "software", _("Computer software copyright")


CLASS_II = frozenset({IpKind.UTILITY_MODEL, IpKind.DESIGN_PATENT, IpKind.SOFTWARE})
CLASS_I = frozenset(IpKind) - CLASS_II


class IpGained(TextChoices):
    """知识产权获得方式."""

    OWN = "own", _("Own research and development")
    ASSIGNED = "assigned", _("Assigned")
    DONATED = "donated", _("Donated")
    MERGER = "merger", _("By merger or acquisition")
    LICENSED = "licensed", _("Exclusive licence")


class RdForm(TextChoices):
    """研发形式."""

    SELF = "self", _("Own project")
    COMMISSIONED = "commissioned", _("Commissioned project")
    JOINT = "joint", _("Joint project")
    POOLED = "pooled", _("Project pooled in a group")


class AwardLevel(TextChoices):
    """国家科学技术奖 (国家科学技术奖励条例 第二条)."""

    HIGHEST = "highest", _("Highest Science and Technology Award")
    NATURAL_SCIENCE = "natural_science", _("State Natural Science Award")
    INVENTION = "invention", _("State Technological Invention Award")
    PROGRESS = "progress", _("State Science and Technology Progress Award")
    COOPERATION = "cooperation", _("International Science and Technology Cooperation Award")


class InstitutionLevel(TextChoices):
    """Who recognised an R&D institution; below the province none counts."""

    NATIONAL = "national", _("National")
    MINISTERIAL = "ministerial", _("Ministerial")
    PROVINCIAL = "provincial", _("Provincial")
    MUNICIPAL = "municipal", _("City or lower")


QUALIFYING_INSTITUTIONS = frozenset(InstitutionLevel) - {InstitutionLevel.MUNICIPAL}


class StandardLevel(TextChoices):
    """标准级别 (标准化法 第二条); local, group and company standards do not count."""

    INTERNATIONAL = "international", _("International standard")
    NATIONAL = "national", _("National standard")
    INDUSTRY = "industry", _("Industry standard")
    LOCAL = "local", _("Local standard")
    GROUP = "group", _("Group standard")
    ENTERPRISE = "enterprise", _("Company standard")


QUALIFYING_STANDARDS = frozenset(
    {StandardLevel.INTERNATIONAL, StandardLevel.NATIONAL, StandardLevel.INDUSTRY}
)


class TechField(TextChoices):
    """技术领域: the eight high-tech fields the state supports (国科发火〔2016〕32号 附件)."""

    ELECTRONICS = "electronics", _("Electronics and information")
    BIOMEDICINE = "biomedicine", _("Biology and new medicine")
    AEROSPACE = "aerospace", _("Aviation and space")
    MATERIALS = "materials", _("New materials")
    SERVICES = "services", _("High-tech services")
    ENERGY = "energy", _("New energy and energy saving")
    ENVIRONMENT = "environment", _("Resources and environment")
    MANUFACTURING = "manufacturing", _("Advanced manufacturing and automation")


class AttachmentKind(TextChoices):
    """What is uploaded; which of them, and when, the edition of the year says."""

    LICENCE = "licence", _("Business licence (original, scanned)")
    COMMITMENT = "commitment", _("Signed commitment of registration")
    FIRST_PAGE = "first_page", _("First page of the form, signed and sealed")
    ROUTE_PROOF = "route_proof", _("Proof for direct confirmation")
    IP_PROOF = "ip_proof", _("Certificates of intellectual property")
    SUPPORT = "support", _("Supporting material, sealed")
    BALANCE_SHEET = "balance_sheet", _("Balance sheet")
    INCOME_STATEMENT = "income_statement", _("Income statement")
    RD_SCHEDULE = "rd_schedule", _("Tax return schedule A107012 (R&D super deduction)")
    OTHER = "other", _("Other evidence")


class Onsite(TextChoices):
    """What makes an agency look on site before publicity; never a ground of refusal."""

    FEW_STAFF = "few_staff", _("Very few staff")
    HIGH_SHARE = "high_share", _("Very high share of S&T personnel")
    NO_IP = "no_ip", _("No intellectual property")
    SMALL_RD = "small_rd", _("Very small R&D cost")
    DISHONESTY = "dishonesty", _("Dishonesty or a revoked number in recent years")
    FIRST_TIME = "first_time", _("First application")
