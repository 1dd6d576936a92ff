"""Vocabularies of the tables of an application (高新技术企业认定申请书), and of its files."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TechSource(TextChoices):
    """技术来源 of an R&D activity or a product (申请书 四, 六)."""

    OWN = "own", _("Own technology of the enterprise")
    UNIVERSITY = "university", _("University")
    LOCAL_INSTITUTE = "local_institute", _("Local research institute")
    CENTRAL_INSTITUTE = "central_institute", _("Central research institute")
    OTHER_ENTERPRISE = "other_enterprise", _("Technology of another enterprise")
    ABSORBED = "absorbed", _("Imported technology, absorbed and improved")
    FOREIGN = "foreign", _("Foreign technology")


class ResultKind(TextChoices):
    """What kind of result was transformed (科技成果类型)."""

    PATENT = "patent", _("Patent")
    COPYRIGHT = "copyright", _("Copyright")
    LAYOUT = "layout", _("Circuit layout")
    OTHER = "other", _("Other result")


class ResultSource(TextChoices):
    """Where a result came from (科技成果来源)."""

    OWN = "own", _("Own research and development")
    ACQUIRED = "acquired", _("Assigned, donated or by merger")
    OTHER = "other", _("Other origin")


class ResultOutcome(TextChoices):
    """What a result became (转化结果)."""

    PRODUCT = "product", _("New product")
    SERVICE = "service", _("New service")
    EQUIPMENT = "equipment", _("New equipment")
    APPLICATION = "application", _("New application of technology")
    PROTOTYPE = "prototype", _("Sample or prototype")
    OTHER = "other", _("Other outcome")


class ResultForm(TextChoices):
    """转化形式 (国科发火〔2016〕195号 三(七)2)."""

    INVESTED = "invested", _("Own investment")
    ASSIGNED = "assigned", _("Assigned to others")
    LICENSED = "licensed", _("Licensed to others")
    JOINT = "joint", _("Together with others")
    EQUITY = "equity", _("As a share in an enterprise")
    OTHER = "other", _("Other form")


class StandardLevel(TextChoices):
    """级别 of a standard (申请书 八)."""

    NATIONAL = "national", _("National standard")
    INDUSTRY = "industry", _("Industry standard")


class StandardPart(TextChoices):
    """参与方式 (申请书 八)."""

    LEADING = "leading", _("Led the work")
    TAKING_PART = "taking_part", _("Took part")


class StaffName(TextChoices):
    """Rows of the table of staff (人力资源情况表), in the order of the form."""

    TOTAL = "total", _("All persons")
    EMPLOYED = "employed", _("Employed")
    PART_TIME = "part_time", _("Part-time")
    TEMPORARY = "temporary", _("Temporary")
    FOREIGN = "foreign", _("Foreigners")
    RETURNED = "returned", _("Returned from studies abroad")
    TALENT = "talent", _("Of the thousand talents programme")
    DOCTOR = "doctor", _("Doctor")
    MASTER = "master", _("Master")
    BACHELOR = "bachelor", _("Bachelor")
    COLLEGE = "college", _("College and below")
    SENIOR = "senior", _("Senior title")
    MIDDLE = "middle", _("Middle title")
    JUNIOR = "junior", _("Junior title")
    SKILLED = "skilled", _("Senior skilled worker")
    UP_TO_30 = "up_to_30", _("Up to 30 years")
    UP_TO_40 = "up_to_40", _("31 to 40 years")
    UP_TO_50 = "up_to_50", _("41 to 50 years")
    FROM_51 = "from_51", _("51 years and above")


# What the rows divide by; "" is the total. Rows of origin and title need not add up to it.
STAFF_GROUPS: Mapping[str, tuple[StaffName, ...]] = {
    "": (StaffName.TOTAL,),
    "kind": (StaffName.EMPLOYED, StaffName.PART_TIME, StaffName.TEMPORARY),
    "origin": (StaffName.FOREIGN, StaffName.RETURNED, StaffName.TALENT),
    "education": (StaffName.DOCTOR, StaffName.MASTER, StaffName.BACHELOR, StaffName.COLLEGE),
    "title": (StaffName.SENIOR, StaffName.MIDDLE, StaffName.JUNIOR, StaffName.SKILLED),
    "age": (StaffName.UP_TO_30, StaffName.UP_TO_40, StaffName.UP_TO_50, StaffName.FROM_51),
}


class AttachmentKind(TextChoices):
    """What is uploaded, in the order of 国科发火〔2016〕195号 二(三) and 32号 第十二条."""

    FORM = "form", _("Application form, signed and sealed")
    LICENCE = "licence", _("Business licence")
    RIGHTS = "rights", _("Certificates of the rights")
    PROJECTS = "projects", _("Approval and acceptance of R&D activities")
    RESULTS = "results", _("Results turned into products, in all and one by one")
    MANAGEMENT = "management", _("R&D management, in all and by its four items")
    STANDARDS = "standards", _("Proof of the part in standards")
    PRODUCTS = "products", _("Key technology and indicators of the products, inspection reports")
    STAFF = "staff", _("Statement on employees and S&T staff")
    REPORT = "report", _("Special audit or attestation report")
    FINANCIAL = "financial", _("Audited financial reports of the years")
    TAX = "tax", _("Income tax returns of the years, with annexes")
    COMMITMENT = "commitment", _("Commitment on items of proof")
    OTHER = "other", _("Other evidence")


# The eight groups of material (国科发火〔2016〕195号 二(三)1 to 8).
FILE_GROUPS: Mapping[int, tuple[AttachmentKind, ...]] = {
    1: (AttachmentKind.FORM,),
    2: (AttachmentKind.LICENCE,),
    3: (
        AttachmentKind.RIGHTS,
        AttachmentKind.PROJECTS,
        AttachmentKind.RESULTS,
        AttachmentKind.MANAGEMENT,
        AttachmentKind.STANDARDS,
    ),
    4: (AttachmentKind.PRODUCTS,),
    5: (AttachmentKind.STAFF,),
    6: (AttachmentKind.REPORT,),
    7: (AttachmentKind.FINANCIAL,),
    8: (AttachmentKind.TAX,),
}
