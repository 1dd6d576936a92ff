"""Vocabularies of technology contracts.

Values are our own slugs. No official numeric code is invented: where the published list was
not seen in full, CODE_LISTS says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Form(TextChoices):
    """合同形式 (民法典 第四百六十九条)."""

    WRITTEN = "written", _("Written on paper")
    DATA_MESSAGE = "data_message", _("Data message")
    ORAL = "oral", _("Oral")


class Kind(TextChoices):
    """合同类别 (民法典 第八百四十三条)."""

    DEVELOPMENT = "development", _("Technology development")
    TRANSFER = "transfer", _("Technology transfer")
    LICENCE = "licence", _("Technology licence")
    CONSULTING = "consulting", _("Technical consulting")
    SERVICE = "service", _("Technical service")


class Subkind(TextChoices):
    """合同子类."""

    DEV_E = "dev_e", _("Entrusted development")
    DEV_C = "dev_c", _("Cooperative development")
    TRF_PATENT = "trf_patent", _("Transfer of a patent right")
    TRF_PATENT_APPLICATION = "trf_patent_application", _("Transfer of a patent application right")
    TRF_SECRET = "trf_secret", _("Transfer of a technical secret")
    TRF_LAYOUT = "trf_layout", _("Transfer of an integrated circuit layout design right")
    TRF_VARIETY = "trf_variety", _("Transfer of a plant variety right")
    TRF_SOFTWARE = "trf_software", _("Transfer of a computer software copyright")
    TRF_BIOMEDICAL = "trf_biomedical", _("Transfer of a new biological or medical variety")
    TRF_PATENT_LICENCE = (
        "trf_patent_licence",
        _("Patent licence, filed as a transfer (before 2021)"),
    )
    TRF_SECRET_LICENCE = (
        "trf_secret_licence",
        _("Technical secret licence, filed as a transfer (before 2021)"),
    )
    LIC_PATENT_EXCLUSIVE = "lic_patent_exclusive", _("Exclusive patent licence")
    LIC_PATENT_SOLE = "lic_patent_sole", _("Sole patent licence")
    LIC_PATENT_ORDINARY = "lic_patent_ordinary", _("Ordinary patent licence")
    LIC_SECRET = "lic_secret", _("Technical secret licence")
    LIC_LAYOUT = "lic_layout", _("Integrated circuit layout design licence")
    LIC_VARIETY = "lic_variety", _("Plant variety licence")
    LIC_SOFTWARE = "lic_software", _("Computer software licence")
    LIC_BIOMEDICAL = "lic_biomedical", _("Licence of a new biological or medical variety")
    CON = "con", _("Technical consulting")
    SRV = "srv", _("General technical service")
    SRV_TRAINING = "srv_training", _("Technical training")
    SRV_INTERMEDIARY = "srv_intermediary", _("Technical intermediary service")


_PREFIXES = {"dev": Kind.DEVELOPMENT, "trf": Kind.TRANSFER, "lic": Kind.LICENCE}
_PREFIXES |= {"con": Kind.CONSULTING, "srv": Kind.SERVICE}

KIND_OF: Mapping[str, Kind] = {s.value: _PREFIXES[s.value.split("_")[0]] for s in Subkind}
SUBKINDS: Mapping[Kind, tuple[Subkind, ...]] = {
    kind: tuple(s for s in Subkind if KIND_OF[s.value] is kind) for kind in Kind
}
LICENCES_AS_TRANSFER = (Subkind.TRF_PATENT_LICENCE, Subkind.TRF_SECRET_LICENCE)
PATENT_SUBKINDS = (
    Subkind.TRF_PATENT,
    Subkind.TRF_PATENT_LICENCE,
    Subkind.LIC_PATENT_EXCLUSIVE,
    Subkind.LIC_PATENT_SOLE,
    Subkind.LIC_PATENT_ORDINARY,
)


class IpKind(TextChoices):
    """知识产权类型."""

    INVENTION_PATENT = "invention_patent", _("Invention patent")
    UTILITY_MODEL = "utility_model", _("Utility model patent")
    DESIGN_PATENT = "design_patent", _("Design patent")
    TECHNICAL_SECRET = "technical_secret", _("Technical secret")
    SOFTWARE = "software", _("Computer software copyright")
    LAYOUT_DESIGN = "layout_design", _("Integrated circuit layout design right")
    PLANT_VARIETY = "plant_variety", _("Plant variety right")
    BIOMEDICAL_VARIETY = "biomedical_variety", _("New biological or medical variety")
    NONE = "none", _("No intellectual property involved")


PATENTS = (IpKind.INVENTION_PATENT, IpKind.UTILITY_MODEL, IpKind.DESIGN_PATENT)


class Field(TextChoices):
    """技术领域: the eleven roots, in the order of the national form."""

    ELECTRONICS = "electronics", _("Electronics and information technology")
    AEROSPACE = "aerospace", _("Aviation and space technology")
    MANUFACTURING = "manufacturing", _("Advanced manufacturing")
    BIOMEDICINE = "biomedicine", _("Biology, medicine and medical devices")
    MATERIALS = "materials", _("New materials and their use")
    ENERGY = "energy", _("New energy and energy efficiency")
    ENVIRONMENT = "environment", _("Environmental protection and use of resources")
    NUCLEAR = "nuclear", _("Application of nuclear technology")
    AGRICULTURE = "agriculture", _("Agricultural technology")
    TRANSPORT = "transport", _("Modern transport")
    URBAN = "urban", _("Urban construction and social development")


class Objective(TextChoices):
    """社会经济目标 (GB/T 24450—2009, top level; the wording is not confirmed)."""

    ENVIRONMENT = "environment", _("Environment, ecology and pollution control")
    ENERGY = "energy", _("Production, distribution and rational use of energy")
    HEALTH = "health", _("Health")
    EDUCATION = "education", _("Education")
    INFRASTRUCTURE = "infrastructure", _("Infrastructure, urban and rural planning")
    SOCIETY = "society", _("Social development and social services")
    EARTH = "earth", _("Exploration and use of the earth and the atmosphere")
    SPACE = "space", _("Civil space exploration and development")
    FARMING = "farming", _("Agriculture, forestry, animal husbandry and fishery")
    INDUSTRY = "industry", _("Industry and commerce")
    UNDIRECTED = "undirected", _("Non-oriented research")
    OTHER_CIVIL = "other_civil", _("Other civil objectives")
    DEFENCE = "defence", _("National defence")


class PlanSource(TextChoices):
    """计划类别."""

    NATIONAL = "national", _("National plan")
    DEPARTMENT = "department", _("Plan of a department")
    PROVINCE = "province", _("Plan of a province or a city planned separately")
    CITY = "city", _("Plan of a city or county")
    OUTSIDE = "outside", _("Outside any plan")


class PaymentMethod(TextChoices):
    """支付方式 (民法典 第八百四十六条)."""

    LUMP = "lump", _("Fixed sum, paid once")
    INSTALMENTS = "instalments", _("Fixed sum, paid in instalments")
    ROYALTY = "royalty", _("Royalty")
    ENTRY_ROYALTY = "entry_royalty", _("Entry fee and royalty")


ROYALTIES = (PaymentMethod.ROYALTY, PaymentMethod.ENTRY_ROYALTY)


class RoyaltyBase(TextChoices):
    """提成基数 (民法典 第八百四十六条第二款)."""

    PRICE = "price", _("Product price")
    OUTPUT = "output", _("New output value")
    PROFIT = "profit", _("Profit")
    SALES = "sales", _("Product sales")
    OTHER = "other", _("Other basis")


class DeductionKind(TextChoices):
    """非技术性费用."""

    EQUIPMENT = "equipment", _("Equipment")
    INSTRUMENT = "instrument", _("Instruments")
    PARTS = "parts", _("Parts")
    RAW_MATERIAL = "raw_material", _("Raw material")
    DEPRECIATION = "depreciation", _("Depreciation")
    OTHER = "other", _("Other non-technical cost")


class Applicant(TextChoices):
    """申请人."""

    SELLER = "seller", _("Seller")
    INTERMEDIARY = "intermediary", _("Intermediary")
    BUYER = "buyer", _("Buyer")


class PartyNature(TextChoices):
    """买方、卖方性质: the top codes of the printed form's list."""

    GOVERNMENT = "010", _("Government body")
    INSTITUTION = "020", _("Public institution")
    RESEARCH_INSTITUTE = "021", _("Research institute")
    UNIVERSITY = "022", _("University or college")
    HEALTH = "023", _("Medical and health institution")
    OTHER_INSTITUTION = "024", _("Other public institution")
    ASSOCIATION = "030", _("Social organisation")
    DOMESTIC_FIRM = "100", _("Domestic-funded enterprise")
    HMT_FIRM = "200", _("Enterprise funded from Hong Kong, Macao or Taiwan")
    FOREIGN_FIRM = "300", _("Foreign-funded enterprise")
    PERSON = "person", _("Natural person")
    ABROAD = "abroad", _("Body outside the mainland")
    OTHER = "other", _("Other")


class Content(TextChoices):
    """What else a contract contains; decides hints about its kind."""

    TRAINING = "training", _("Technical training")
    CONSULTING = "consulting", _("Technical consulting")
    GUIDANCE = "guidance", _("Guidance of the implementation")
    EQUIPMENT = "equipment", _("Purchase of equipment or material")


class AttachmentKind(TextChoices):
    """申请材料."""

    CONTRACT_TEXT = "contract_text", _("Contract text with annexes")
    DEVELOPMENT_PLAN = "development_plan", _("Development plan with its points of innovation")
    COST_LIST = "cost_list", _("List of costs")
    UNDERTAKING = "undertaking", _("Undertaking")
    PATENT_COPY = "patent_copy", _("Copy of the patent")
    PATENT_IN_FORCE = "patent_in_force", _("Proof that the patent is in force")
    CHINESE_TEXT = "chinese_text", _("Chinese text of the contract")
    CONSISTENCY_UNDERTAKING = (
        "consistency_undertaking",
        _("Undertaking that both language versions agree"),
    )
    OTHER = "other", _("Other material")


class RefusalGround(TextChoices):
    """不予登记的情形: the nine grounds of the Torch Center's answers of 2021-01-13."""

    RF1 = "RF-1", _("The contract is void or has not yet taken effect")
    RF2 = "RF-2", _("It is not a technology contract")
    RF3 = "RF-3", _("The parties, the technical subject, the price or the fee are unclear")
    RF4 = "RF-4", _("It needs the approval of an authority, and the approval is missing")
    RF5 = "RF-5", _("Its name does not match its rights and duties and was not corrected")
    RF6 = "RF-6", _("It contains clauses that illegally monopolise technology or hinder progress")
    RF7 = "RF-7", _("Required proof was not given or does not conform")
    RF8 = "RF-8", _("The seals are incomplete or differ from the written names")
    RF9 = "RF-9", _("Other")


class MonopolyPattern(TextChoices):
    """非法垄断技术的情形 (最高法 技术合同司法解释 第十条)."""

    IMPROVEMENT = "improvement", _("Restricts improvement, or demands one-sided grant-back")
    OTHER_SOURCES = "other_sources", _("Restricts obtaining similar technology from others")
    EXPLOITATION = (
        "exploitation",
        _("Unreasonably restricts quantity, variety, price, channel or export"),
    )
    TYING = "tying", _("Ties unneeded technology, material, equipment, services or staff")
    PURCHASE_SOURCES = "purchase_sources", _("Unreasonably restricts sources of purchase")
    NO_CHALLENGE = "no_challenge", _("Forbids or conditions a challenge to the validity of rights")


@dataclass(frozen=True)
class CodeList:
    """Where a vocabulary comes from, and whether the whole published list was seen."""

    choices: type[TextChoices]
    source: str
    confirmed: bool


CODE_LISTS: tuple[CodeList, ...] = (
    CodeList(Form, "民法典 第四百六十九条; 电子签名法 第四条", True),
    CodeList(Kind, "民法典 第八百四十三条; 合同法 第三百二十二条", True),
    CodeList(Subkind, "民法典 第八百五十一、八百六十三、八百七十六、八百七十八条", False),
    CodeList(IpKind, "全国技术合同登记系统 知识产权类型 (部分)", False),
    CodeList(Field, "全国技术合同登记系统 技术领域 (一级)", True),
    CodeList(Objective, "GB/T 24450—2009 社会经济目标分类与代码", False),
    CodeList(PlanSource, "技术市场统计 计划类别 (一级)", False),
    CodeList(PaymentMethod, "民法典 第八百四十六条", True),
    CodeList(RoyaltyBase, "民法典 第八百四十六条第二款", True),
    CodeList(DeductionKind, "国科发政字〔2001〕253号 技术合同认定规则", True),
    CodeList(Applicant, "国科发政字〔2000〕063号 技术合同认定登记管理办法", True),
    CodeList(PartyNature, "技术合同登记表填写说明 (100、200、300 及 01、02、03 各类)", False),
    CodeList(AttachmentKind, "各登记机构办事指南", False),
    CodeList(RefusalGround, "科技部火炬中心 技术合同认定登记问答 (2021-01-13)", True),
    CodeList(MonopolyPattern, "最高法 技术合同司法解释 第十条", True),
)
