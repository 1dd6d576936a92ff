"""The sheets of the panel as the rules of a re-examination take them."""

from decimal import Decimal

from hitech_cert.models import Application
from hitech_cert.rules import ExpertScores, FinSheet, TechSheet

TECH = ("adv", "sup", "cnt", "way", "std", "transfer", "m1", "m2", "m3", "m4")
FIN = ("growth_net_assets", "growth_sales")


def scores_of(application: Application) -> ExpertScores | None:
    """What the experts of the closed panel gave; None without a closed panel."""
    return None


def _tech(entries: dict[str, object]) -> TechSheet:
    return TechSheet(**{name: int(str(entries[name])) for name in TECH})


def _fin(entries: dict[str, object]) -> FinSheet:
    return FinSheet(**{name: int(str(entries[name])) for name in FIN})


def decimal_of(text: str) -> Decimal | None:
    """A number in text; None for an empty one."""
    return Decimal(text) if text else None
