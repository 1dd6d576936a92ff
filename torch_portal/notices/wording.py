"""Letters in the words of a jurisdiction: templates over the default that stands in the code."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.utils.translation import gettext as _

from torch_portal.notices.models import LetterTemplate

PLACE = re.compile(r"\{(\w*)\}")
TEXT = "text"  # what the code would have written: lists, reasons, remedies


@dataclass(frozen=True)
class Letters:
    """The letters of a line whose words a jurisdiction may set: `LETTERS` in the room `line`.

    kinds: each kind with its label. places: the names of the facts that can stand in them.
    """

    kinds: Mapping[str, Any]
    places: tuple[str, ...]


def worded(
    kind: str, jurisdiction_id: str, *, subject: str, body: str, names: Mapping[str, str]
) -> tuple[str, str]:
    """Subject and text of a letter: by the place's template, the national one, else as given.

    `{text}` stands for the default text, every other name for its value. One query.
    """
    return filled(template_for(kind, jurisdiction_id), subject=subject, body=body, names=names)


def template_for(kind: str, jurisdiction_id: str) -> LetterTemplate | None:
    """The template of a kind of letter there: the place's own, else the national one, else none."""
    reach = Q(jurisdiction_id=jurisdiction_id) | Q(jurisdiction__isnull=True)
    found = LetterTemplate.objects.filter(reach, kind=kind, active=True)
    return found.order_by(F("jurisdiction_id").asc(nulls_last=True)).first()


def filled(
    template: LetterTemplate | None, *, subject: str, body: str, names: Mapping[str, str]
) -> tuple[str, str]:
    """Subject and text by a template, as given where there is none; for many letters of a kind."""
    if template is None:
        return subject, body
    known = {**names, TEXT: body}
    return _filled(template.subject, known)[:200].replace("\n", " "), _filled(template.body, known)


def _filled(text: str, names: Mapping[str, str]) -> str:
    return PLACE.sub(lambda place: str(names.get(place[1], "")), text)


def check_words(subject: str, body: str, names: Collection[str]) -> None:
    """Refuse unknown placeholders, a stray brace, and a text without `{text}`; all at once.

    The default text carries what the law asks for (the complete list, the reason, where to
    object), so a template can put words around it and cannot leave it out.
    """
    wrong: dict[str, list[str]] = {}
    for field, words, known in (("subject", subject, {*names}), ("body", body, {*names, TEXT})):
        unknown = [p for p in PLACE.findall(words) if p not in known]
        rest = PLACE.sub("", words)
        if unknown or "{" in rest or "}" in rest:
            named = ", ".join(f"{{{name}}}" for name in sorted(known))
            wrong[field] = [
                _("Only these placeholders are known here: %(names)s.") % {"names": named}
            ]
    if f"{{{TEXT}}}" not in body:
        message = _("Put {text} where the portal's own text belongs: it carries what the law asks.")
        wrong.setdefault("body", []).append(message)
    if wrong:
        raise ValidationError(wrong)
