"""What is not told in public: cells of fewer than three respondents, and what gives them away.

统计法 (2009) 第二十五条: material by which a single respondent can be told or inferred is not
given out. A row is hidden when fewer than three respondents stand behind it. Where the hidden rows
of a group can still be computed from their total, further rows are hidden, the smallest first,
until two rows are hidden together and at least three respondents stand behind one of them, or
behind the total when every row is hidden. Rows without any contract are told.
"""

from collections.abc import Collection, Mapping, Sequence

from torch_portal.common.counting import Figures
from torch_portal.reports.tables.build import Line, Table
from torch_portal.reports.tables.printing import Hidden

FEWEST = 3
TOTAL = "total"


def hidden(tables: Sequence[Table]) -> dict[str, Hidden]:
    """By table, the rows that are hidden of this period and of the one before.

    The total is the same in all tables: what one of them hides of it, all hide.
    """
    found = {t.number: (_of(t, earlier=False), _of(t, earlier=True)) for t in tables}
    no_total = [any(TOTAL in pair[n] for pair in found.values()) for n in (0, 1)]
    return {
        number: Hidden(*(_with(codes, no_total[n]) for n, codes in enumerate(pair)))
        for number, pair in found.items()
    }


def _with(codes: frozenset[str], total: bool) -> frozenset[str]:
    return codes | {TOTAL} if total else codes


def _of(table: Table, *, earlier: bool) -> frozenset[str]:
    figures = {line.code: _figures(line, earlier) for line in table.lines}
    total = _figures(table.total, earlier) if table.total else None
    families = _families(table.lines)
    below = {p: _group(c, figures, figures[p]) for p, c in families.items()}
    forced = {parent for parent, codes in below.items() if TOTAL in codes}
    roots = [line.code for line in table.lines if line.depth == 0]
    found = _group(roots, figures, total, forced)
    if total is not None and _few(total):
        found.add(TOTAL)
    for parent, codes in below.items():
        every = {c for c in families[parent] if figures[c].items}
        found |= every if parent in found else codes
    return frozenset(found)


def _group(
    codes: Sequence[str],
    figures: Mapping[str, Figures],
    total: Figures | None,
    forced: Collection[str] = (),
) -> set[str]:
    """The rows of one group to hide; TOTAL among them when no choice of rows would do."""
    told = [code for code in codes if figures[code].items]
    found = {code for code in told if code in forced or _few(figures[code])}
    if not found or total is None:
        return found
    others = sorted(set(told) - found, key=lambda c: (figures[c].total, figures[c].items, c))
    while others and not _safe(found, figures):
        found.add(others.pop(0))
    whole = len(found) > 1 and len(found) == len(told) and not _few(total)
    return found if whole or _safe(found, figures) else found | {TOTAL}


def _safe(codes: Collection[str], figures: Mapping[str, Figures]) -> bool:
    """Two rows at least, and behind one of them three respondents: their sum tells of no two."""
    return len(codes) > 1 and any(figures[c].respondents >= FEWEST for c in codes)


def _few(figures: Figures) -> bool:
    return figures.items > 0 and figures.respondents < FEWEST


def _figures(line: Line, earlier: bool) -> Figures:
    return (line.before or Figures()) if earlier else line.now


def _families(lines: Sequence[Line]) -> dict[str, list[str]]:
    """Rows below a row, by the code of that row."""
    found: dict[str, list[str]] = {}
    parent = ""
    for line in lines:
        if line.depth == 0:
            parent = line.code
        else:
            found.setdefault(parent, []).append(line.code)
    return found
