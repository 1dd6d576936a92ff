"""The page of the rules of impact, recommendations, cases and the hotline."""

from collections.abc import Iterable
from typing import Any

from outreach import editions
from outreach.editions import ImpactTerms
from outreach.rules import ALL_RULES
from torch_portal.desk.written.words import chinese, listed, page, table


def outreach_rules_page() -> str:
    """The rules with their clauses, the score, categories, days and lengths."""
    recommended, cases = editions.RECOMMENDATIONS, editions.CASES
    return page(
        "# Rules of impact, recommendations, cases, hotline (影响监测、推荐、典型、热线)",
        "`block` stops a move, `warn` is shown and stops nothing. A code never changes its "
        "meaning.",
        table(
            ("code", "level", "shown at", "rule", "中文", "clause"),
            (
                (
                    f"`{r.code}`",
                    r.level,
                    f"`{r.field}`",
                    r.sentence,
                    chinese(r.sentence),
                    r.clause,
                )
                for r in ALL_RULES
            ),
        ),
        "## Score of impact",
        *(_score(terms) for terms in editions.IMPACT),
        f"## Recommendations: {recommended.code}",
        table(
            ("category", "中文", "products need a certificate"),
            ((f"`{c.code}`", c.title_zh, "yes" if c.certified else "") for c in _categories()),
        ),
        listed(
            f"Sent on {', '.join(map(str, recommended.days))}, in a shorter month on its last day.",
            "The same: credit code and name after NFKC, without blanks, in one case.",
            f"Words of efficacy: {'、'.join(recommended.claims)}.",
            f"Published in {len(recommended.groups)} groups: {'、'.join(recommended.groups)}.",
            f"Source: {recommended.source}. Not confirmed: {'；'.join(recommended.unconfirmed)}.",
        ),
        f"## Cases: {cases.code}",
        listed(
            f"{cases.least:,} to {cases.most:,} characters, title up to {cases.title}. Counted "
            "after trimming; blanks and punctuation count, a line break is one, what combines with "
            "a character belongs to it.",
            "Consent holds from its day; the day of withdrawal has none. Two people review.",
            f"Source: {cases.source}. Not confirmed: {'；'.join(cases.unconfirmed)}.",
        ),
    )


def _categories() -> Iterable[Any]:
    return editions.RECOMMENDATIONS.categories


def _score(terms: ImpactTerms) -> str:
    cash = ", ".join(f"{points} below {months} months" for months, points in terms.cash)
    limits = ", ".join(f"{level} from {least}" for least, level in terms.limits)
    return listed(
        f"{terms.code}, from {terms.starts}: {terms.revenue} x share of revenue lost + "
        f"{terms.staff} x share of staff away + cash over fixed cost ({cash}).",
        f"Levels: {limits}; who stopped is at least {terms.stopped}.",
        f"Severe: an officer in {terms.officer.days} working day, an answer in "
        f"{terms.answer.days}.",
        f"Revenue outside {terms.unit_low} to {terms.unit_high} of last year's is asked about; "
        f"cells below {terms.cell} enterprises are not shown.",
        f"Source: {terms.source}.",
    )
