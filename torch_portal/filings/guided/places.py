"""Places by name or pinyin: what the place box suggests while one types."""

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from torch_portal.accounts.models import Division
from torch_portal.filings.guided.search import initials

SUGGESTED = 12


@cache
def division_index() -> tuple[tuple[str, str, str], ...]:
    """(initials of the full name, initials of the name, code) of every division of today.

    Read once per process: the table changes with a decree, and then the portal is started anew.
    """
    rows = Division.objects.filter(valid_to__isnull=True).order_by("level", "code")
    listed = rows.values_list("path", "name", "code")
    return tuple((initials(path), initials(name), code) for path, name, code in listed)


def divisions_by_initials(typed: str, most: int) -> list[tuple[str, str]]:
    """(code, initials) of places whose name, or full name, begins with these letters."""
    wanted = typed.lower()
    exact = [(c, n) for _p, n, c in division_index() if n == wanted]
    begins = [(c, n) for _p, n, c in division_index() if n.startswith(wanted) and n != wanted]
    whole = [(c, p) for p, _n, c in division_index() if p.startswith(wanted)]
    return list(dict((exact + begins + whole)[: most * 2]).items())[:most]


def places_like(typed: str, most: int) -> list[tuple[Division, str]]:
    """Places whose full name contains what was typed, or whose pinyin begins with its letters.

    Larger ones first, today's before old; with the letters where they were what was typed.
    """
    if typed.isascii() and typed.isalpha():
        letters = dict(divisions_by_initials(typed, most))
        found = {row.code: row for row in Division.objects.filter(code__in=list(letters))}
        return [(found[code], keys) for code, keys in letters.items() if code in found]
    rows = Division.objects.filter(path__contains=typed).order_by("valid_to", "level", "code")
    ordered = sorted(rows[: most * 4], key=lambda r: (r.valid_to is not None, r.level, r.code))
    return [(row, "") for row in ordered[:most]]


@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """Suggestions for a place box, whatever its name: at most twelve, as options of its list."""
    typed = "".join(str(next(iter(request.GET.values()), "")).split())
    known = len(typed) < 2 or typed[-6:].isdigit()
    rows = [] if known else places_like(typed, SUGGESTED)
    return render(request, "filings/places.html", {"rows": rows})
