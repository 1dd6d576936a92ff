"""Vocabularies of the certification of high-tech enterprises (高新技术企业认定).

Values are our own slugs; no official numeric code is invented.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class IpKind(TextChoices):
    """知识产权类别 (国科发火〔2016〕195号 三(二)); CLASS_I and CLASS_II say how each counts."""

    INVENTION_PATENT = "invention_patent", _("Invention patent")
    DEFENCE_PATENT = "defence_patent", _("Invention patent of national defence")
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
    """知识产权获得方式 (高新技术企业认定申请书 二)."""

    OWN = "own", _("Own research and development")
    ASSIGNED = "assigned", _("Assigned")
    DONATED = "donated", _("Donated")
    MERGER = "merger", _("By merger or acquisition")
    OTHER = "other", _("Other")


class CostClass(TextChoices):
    """研究开发费用归集 (国科发火〔2016〕195号 三(六)2): seven inside, two of work by others."""

    PERSONNEL = "personnel", _("Personnel")
    DIRECT = "direct", _("Direct input")
    DEPRECIATION = "depreciation", _("Depreciation and long-term deferred cost")
    AMORTISATION = "amortisation", _("Amortisation of intangible assets")
    DESIGN = "design", _("Design")
    TRIAL = "trial", _("Equipment commissioning and trials")
    OTHER = "other", _("Other cost")
    EXT_DOMESTIC = "ext_domestic", _("Outside R&D done in the mainland")
    EXT_OVERSEAS = "ext_overseas", _("Outside R&D done elsewhere")


OUTSIDE = (CostClass.EXT_DOMESTIC, CostClass.EXT_OVERSEAS)
# The six classes inside the enterprise that no limit cuts.
CORE = tuple(c for c in CostClass if c not in (*OUTSIDE, CostClass.OTHER))


class IndicatorName(TextChoices):
    """What of the innovation score follows from figures (国科发火〔2016〕195号 三(七))."""

    IP_NUMBER = "ip_number", _("Number of rights")
    TRANSFORMATION = "transformation", _("Results turned into products")
    GROWTH_SALES = "growth_sales", _("Growth of sales")
    GROWTH_NET_ASSETS = "growth_net_assets", _("Growth of net assets")


class ScoreItem(TextChoices):
    """What a technical expert scores (国科发火〔2016〕195号 附件3)."""

    ADVANCEMENT = "adv", _("Technical advancement")
    SUPPORT = "sup", _("Core support for the main products")
    NUMBER = "cnt", _("Number of rights")
    WAY = "way", _("How the rights were obtained")
    STANDARDS = "std", _("Part in standards (bonus)")
    TRANSFORMATION = "transfer", _("Results turned into products")
    SYSTEM = "m1", _("R&D management and accounts")
    UNIT = "m2", _("R&D unit and cooperation")
    INCENTIVES = "m3", _("Incentives and open platform")
    TALENT = "m4", _("Training and talent")


class FieldGroup(TextChoices):
    """The eight titles of the first level, by code (国科发火〔2016〕32号 附件)."""

    ELECTRONICS = "1", _("Electronics and information")
    BIOMEDICINE = "2", _("Biology and new medicine")
    AEROSPACE = "3", _("Aviation and space")
    MATERIALS = "4", _("New materials")
    SERVICES = "5", _("High-tech services")
    ENERGY = "6", _("New energy and energy saving")
    ENVIRONMENT = "7", _("Resources and environment")
    MANUFACTURING = "8", _("Advanced manufacturing and automation")


class ExpertRole(TextChoices):
    """专家 (国科发火〔2016〕195号 一(四))."""

    TECHNICAL = "tech", _("Technical expert")
    FINANCE = "fin", _("Finance expert")
