"""Invented papers and codes for demonstrations and loads: well-formed, and nobody's."""

import io
import random
from collections.abc import Sequence

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

from torch_portal.accounts.enums import MemberRole
from torch_portal.accounts.models import Enterprise, Membership, User
from torch_portal.common.codes import body_check_character, check_character

LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
NAMES = (
    "启衡",
    "云栖",
    "瀚海",
    "青禾",
    "华澄",
    "致远",
    "星图",
    "湘湖",
    "之江",
    "拱宸",
    "灵犀",
    "钱塘",
)
FAMILIES, GIVEN = (
    "沈陆顾叶方俞潘蒋",
    ("文博", "思远", "佳宁", "立群", "晓岚", "浩然", "雨桐", "子昂"),
)
PLACES = (("330106", "西湖区文三路"), ("330108", "滨江区江陵路"), ("330110", "余杭区文一西路"))


def credit_code(chance: random.Random, division: str) -> str:
    """An invented code with both check characters right."""
    body = "MA" + "".join(chance.choice(LETTERS) for _n in range(6))
    first = f"91{division}{body}{body_check_character(body)}"
    return first + check_character(first)


def scan(name: str) -> SimpleUploadedFile:
    """A page as PDF under a file name; another name is another content."""
    document = pikepdf.new()
    document.add_blank_page()
    document.docinfo["/Title"] = f"sample {name}"
    out = io.BytesIO()
    document.save(out)
    return SimpleUploadedFile(f"{name}.pdf", out.getvalue(), "application/pdf")


def firm(chance: random.Random, trades: Sequence[str]) -> Enterprise:
    """A new enterprise of Hangzhou with the person who files for it, who cannot sign in."""
    division, street = chance.choice(PLACES)
    code = credit_code(chance, division)
    while Enterprise.objects.filter(credit_code=code).exists():
        code = credit_code(chance, division)
    family, given = chance.choice(FAMILIES), chance.choice(GIVEN)
    mail = f"{code.lower()}@portal.example"
    enterprise = Enterprise.objects.create(
        credit_code=code,
        name=f"杭州{chance.choice(NAMES)}{chance.choice(trades)}有限公司",
        division=division,
        jurisdiction_id="33",
        nature="100",
        address=f"杭州市{street} {chance.randint(1, 900)} 号",
        legal_representative=family + chance.choice(GIVEN),
        contact=family + given,
        phone=f"0571-8{chance.randint(0, 9_999_999):07d}",
        email=mail,
    )
    user = User(username=mail, email=mail, last_name=family, first_name=given)
    user.set_unusable_password()
    user.save()
    Membership.objects.create(user=user, enterprise=enterprise, role=MemberRole.OWNER)
    return enterprise
