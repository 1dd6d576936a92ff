"""The page of the rules of the high-tech zones."""

from collections import Counter

from torch_portal.desk.written.words import chinese, listed, page, table
from zones import editions
from zones.rules import ALL_RULES


def zone_rules_page() -> str:
    """The rules with their clauses, the formulas, and the register by province."""
    terms, register = editions.TERMS_2020, editions.REGISTER
    counts = Counter(zone.province for zone in register.zones)
    return page(
        "# Rules of the high-tech zones (国家高新区)",
        "`block` stops a report, `warn` is shown and stops nothing. A code never changes its "
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
        f"## Figures: {terms.code}, from {terms.starts}",
        listed(
            "F-Z1 rate = resumed / total with four decimals, half up; unknown of nothing.",
            "F-Z2 a roll-up adds the newest revisions and divides once: sum over sum.",
            f"F-Z3 on time before {terms.noon:%H:%M:%S} of the next day in Shanghai; that moment "
            "itself is late.",
            f"F-Z4 relief = principal x (market - charged) x days / {terms.day_basis}, to the fen; "
            "the day of repayment does not count.",
            "F-Z5 coverage = zones that reported / zones in force on the day.",
            f"F-Z6 a fall of more than {terms.drop * 100:.0f} % in a day is asked about.",
            f"Source: {terms.source}. Not confirmed: {'；'.join(terms.unconfirmed)}.",
        ),
        f"## Register: {register.code}, from {register.starts}",
        f"{len(register.zones)} zones. Source: {register.source}. Not confirmed: "
        f"{'；'.join(register.unconfirmed)}.",
        table(("province", "zones"), sorted(counts.items())),
        "## Personal data in free text",
        "Identity numbers by province, birthday and check digit, mobile and landline numbers: "
        "however they are written (full-width, blanks, hyphens, invisible characters), they block. "
        "What is told as the name of a person or patient is asked about.",
    )
