"""Texts as people see them: keys of names that are the same, characters as they are counted."""

import unicodedata

_JOINER = "\u200d"


def plain(text: str) -> str:
    """NFKC without any blanks and invisible characters, case folded."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = (c for c in folded if not c.isspace() and unicodedata.category(c) not in ("Cf", "Cc"))
    return "".join(kept)


def duplicate_key(credit_code: str, name: str) -> tuple[str, str]:
    """REC-05: what two recommendations of one thing have in common."""
    return plain(credit_code).upper(), plain(name)


def characters(text: str) -> int:
    """Characters after trimming, as people count them.

    Blanks and punctuation count; a line break is one, and an accent, a variation or an invisible
    character belongs to what it stands at. Equal to the code points of ordinary text.
    """
    trimmed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").strip()
    count, before = 0, ""
    for letter in trimmed:
        extends = unicodedata.category(letter) in ("Mn", "Me", "Cf") or before == _JOINER
        count += not extends
        before = letter
    return count
