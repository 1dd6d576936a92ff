"""By what a code can be found: pinyin initials, keywords and the code itself."""

from functools import cache

from django.utils import translation


def initials(words: str) -> str:
    """The first letters of the pinyin of Chinese words: 电子信息技术 -> dzxxjs."""
    from pypinyin import Style, lazy_pinyin

    letters = lazy_pinyin(words, style=Style.FIRST_LETTER, errors="ignore")
    return "".join(letters).lower()


@cache
def keys(code: str, label_zh: str, keywords: str) -> str:
    """Everything by which one entry of a list is found, besides its name."""
    words = (code, initials(label_zh), keywords.lower(), label_zh)
    return " ".join(word for word in words if word)


def keys_of(code: str, label: object, keywords: str) -> str:
    """The search keys of one entry; its Chinese name counts in every language."""
    with translation.override("zh-hans"):
        return keys(code, str(label), keywords)
