"""The source tree as the architecture tests see it."""

import ast
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = (
    "contracts",
    "hitech_cert",
    "incubators",
    "outreach",
    "sme_eval",
    "stats",
    "torch_portal",
    "zones",
)
CATALOGUE = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"


def sources() -> list[Path]:
    """Our Python files without migrations, in order."""
    found = [p for package in PACKAGES for p in sorted((ROOT / package).rglob("*.py"))]
    return [p for p in found if "migrations" not in p.parts]


def name_of(path: Path) -> str:
    """The path inside the project, with slashes."""
    return path.relative_to(ROOT).as_posix()


@cache
def syntax(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def templates() -> list[Path]:
    """Our templates, stylesheets of the certificates included."""
    return sorted(p for p in (ROOT / "templates").rglob("*") if p.is_file())


def our_models() -> list[type]:
    """The models of this project."""
    return [m for m in apps.get_models() if m.__module__.partition(".")[0] in PACKAGES]


@cache
def catalogue(path: Path = CATALOGUE) -> Catalog:
    """The Chinese catalogue as committed."""
    with path.open("rb") as stream:
        return read_po(stream, locale="zh_Hans")


def chinese(words: object) -> str:
    """The Chinese of a msgid; "" when there is none."""
    message = catalogue().get(str(words))
    return message.string if message is not None and isinstance(message.string, str) else ""


def document(name: str) -> str:
    """A page of the project's papers."""
    return (ROOT / name).read_text(encoding="utf-8")
