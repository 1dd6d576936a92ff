"""Templates: each is used, none carries script or style inline, every address exists."""

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.template.loader import get_template
from django.template.utils import get_app_template_dirs
from django.urls import get_resolver

from tests.architecture.tree import ROOT, name_of, sources, templates
from torch_portal.certificates.documents import PAGES as DOCUMENTS
from torch_portal.desk.lines import LINES

TEMPLATES = ROOT / "templates"
PAGES = [p for p in templates() if p.suffix == ".html"]
NAMES = [pytest.param(p, id=p.relative_to(TEMPLATES).as_posix()) for p in PAGES]
# Django takes these by their names.
BY_CONVENTION = {"400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"}
REFERENCE = re.compile(r"""{%-?\s*(?:include|extends)\s+["']([^"']+)["']""")
URL_TAG = re.compile(r"""{%-?\s*url\s+["']([^"']+)["']""")
STATIC_TAG = re.compile(r"""{%-?\s*static\s+["']([^"']+)["']""")
INLINE = {
    "script": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "hx-on attribute": re.compile(r"\shx-on[:\w-]*\s*=", re.IGNORECASE),
    "script address": re.compile(r"javascript:", re.IGNORECASE),
}
COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}", re.DOTALL)
# Our own templates of the review desk replace those of Django and unfold by their names.
OVERRIDES = ("admin/", "unfold/", "rest_framework/", "django/forms/")
OVERRIDES += ("account/", "mfa/", "usersessions/")


def text_of(path):
    """A template without its comments."""
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


def mentions():
    """Every template name that code or another template speaks of."""
    named = set(re.findall(r"""["']((?:[\w-]+/)+[\w-]+\.(?:html|txt|css|svg))["']""", code_of()))
    for path in templates():
        named |= set(REFERENCE.findall(text_of(path)))
    return named | BY_CONVENTION


def foreign(name):
    """Whether an installed package has a template of this name, which ours then replaces."""
    return name.startswith(OVERRIDES) and any(
        (folder / name).exists() for folder in get_app_template_dirs("templates")
    )


def document(path):
    """A certificate: laid out by its own engine into a PDF, which carries its style in itself."""
    return path.parent.name == "certificates" and path.with_suffix(".css").exists()


def issued(path, code):
    """A certificate's template is named by the line that issues it."""
    html = path.with_suffix(".html")
    return html.exists() and document(html) and f' = "{path.stem}"' in code


def code_of(package=""):
    """The code of one package, or all of ours."""
    return "\n".join(
        p.read_text(encoding="utf-8") for p in sources() if name_of(p).startswith(package)
    )


def given():
    """The templates of receipts and notices: one for each kind that a line gives."""
    return {
        f"certificates/{line}/{page}.html"
        for line in LINES
        for kind, page in DOCUMENTS.items()
        if f"DocumentKind.{kind.name}" in code_of(f"{line}/")
    }


def test_templates_are_all_used():
    known, code = mentions() | given(), code_of()
    names = [p.relative_to(TEMPLATES).as_posix() for p in templates() if not issued(p, code)]
    assert [n for n in names if n not in known and not foreign(n)] == []


def test_documents_that_a_line_gives_have_their_template():
    assert {name for name in given() if not (TEMPLATES / name).exists()} == set()


def test_no_template_stands_in_for_the_forms_of_a_whole_app():
    """Django takes admin/<app>/change_form.html for every table of the app."""
    ours = {p.relative_to(TEMPLATES).parts for p in PAGES}
    labels = {config.label for config in apps.get_app_configs()}
    taken = ("change_form.html", "change_list.html", "app_index.html", "submit_line.html")
    assert [p for p in ours if p[0] == "admin" and p[1] in labels and p[2] in taken] == []


@pytest.mark.parametrize("path", NAMES)
def test_template_compiles(path):
    if not document(path):
        get_template(path.relative_to(TEMPLATES).as_posix())


@pytest.mark.parametrize("path", NAMES)
def test_template_has_nothing_inline(path):
    text = text_of(path)
    if document(path):
        text = re.sub(r"<style>\s*{{[^}]*}}\s*</style>", "", text)
    assert [what for what, pattern in INLINE.items() if pattern.search(text)] == []


def test_templates_include_only_what_exists():
    missing = {
        (name_of(path), name)
        for path in PAGES
        for name in REFERENCE.findall(text_of(path))
        if not name.startswith(OVERRIDES) and not (TEMPLATES / name).exists()
    }
    assert missing == set()


def url_names(resolver=None, spaces=()):
    """Every name of the URLconf with its namespaces."""
    for entry in (resolver or get_resolver()).url_patterns:
        if hasattr(entry, "url_patterns"):
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from url_names(entry, inner)
        elif entry.name:
            yield ":".join((*spaces, entry.name))


def test_templates_link_only_to_names_that_exist():
    known = set(url_names())
    used = {(name_of(p), name) for p in PAGES for name in URL_TAG.findall(text_of(p))}
    assert {(page, name) for page, name in used if name not in known} == set()


def test_templates_use_only_static_files_that_exist():
    folders = [ROOT / "static"]
    used = {(name_of(p), name) for p in PAGES for name in STATIC_TAG.findall(text_of(p))}
    ours = {(page, name) for page, name in used if name.startswith("portal/")}
    assert {(p, n) for p, n in ours if not any((f / n).exists() for f in folders)} == set()


def test_static_files_are_all_used():
    told = "\n".join(text_of(p) for p in templates()) + code_of()
    told += "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "static").rglob("*.css"))
    unused = [
        p.name for p in sorted((ROOT / "static").rglob("*")) if p.is_file() and p.name not in told
    ]
    assert unused == []


def test_pages_load_nothing_from_elsewhere():
    outside = re.compile(r"""(?:src|href)\s*=\s*["'](?:https?:)?//""")
    assert [name_of(p) for p in PAGES if outside.search(text_of(p))] == []
    assert settings.STATIC_URL.startswith("/")
