"""What the lists beside the applications share."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString


def pill(tone: str, label: Any) -> SafeString:
    """A state in words; the colour repeats them."""
    html = '<span class="desk"><span class="pill pill--{}">{}</span></span>'
    return format_html(html, tone, label)
