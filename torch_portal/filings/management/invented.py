"""Invented papers and codes for demonstrations and loads: well-formed, and nobody's."""

import io
import random

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

from torch_portal.common.codes import body_check_character, check_character

LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


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
