"""Where the text is silent or contradicts itself: what can be meant, and what is taken."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hitech_cert.editions.numbers import GUIDE
from torch_portal.common.i18n import _


@dataclass(frozen=True)
class Reading:
    """One such place. choices: what it can mean, in words, by name; taken: the one by default."""

    name: str
    clause: str
    question: Any
    choices: Mapping[str, Any]
    taken: str


READINGS: tuple[Reading, ...] = (
    Reading(
        "growth_five",
        f"{GUIDE} 三(七)4; 附件4",
        _("Growth of exactly 5 per cent: in the guide's table it is band D, in Annex 4 band E."),
        {"body": _("Band D, as in the table"), "annex4": _("Band E, as in Annex 4")},
        "body",
    ),
    Reading(
        "transformation_gap",
        f"{GUIDE} 三(七)2",
        _("One or two results in three years lie in no band."),
        {"expert": _("0 to 6 points, as the expert finds"), "zero": _("0 points")},
        "expert",
    ),
    Reading(
        "transformation_years",
        f"{GUIDE} 三(七)2",
        _("By how many years the results of a young enterprise are divided is not said."),
        {"three": _("By three"), "operating": _("By the years of operation")},
        "three",
    ),
    Reading(
        "least_total",
        f"{GUIDE} 三(七); 附件5",
        _("Averages can lie between 70 and 71: above 70 is asked, 71 is the usual practice."),
        {"above_70": _("Above 70"), "from_71": _("71 or more")},
        "above_70",
    ),
    Reading(
        "negative_base",
        f"{GUIDE} 三(七)4",
        _("With a figure below zero the formula of growth tells nothing."),
        {"manual": _("A person decides"), "zero": _("0 points")},
        "manual",
    ),
    Reading(
        "one_year",
        f"{GUIDE} 三(七)4",
        _("A single year of operation has no growth."),
        {"zero": _("0 points"), "manual": _("A person decides")},
        "zero",
    ),
    Reading(
        "other_base",
        f"{GUIDE} 三(六)2(8)",
        _("Other cost of at most 20 per cent of all R&D: with outside R&D among it, or without."),
        {
            "literal": _("With the outside R&D that counts"),
            "tax_form": _("Of the work inside only, as the tax return A107041 has it"),
        },
        "literal",
    ),
    Reading(
        "domestic_outside",
        f"{GUIDE} 三(六)2(7), 三(六)3",
        _("Outside R&D in the share done in the mainland: as counted, or as paid."),
        {"counted": _("As counted, 80 per cent on both sides"), "paid": _("As paid")},
        "counted",
    ),
    Reading(
        "management",
        f"{GUIDE} 三(七)3",
        _("R&D management has greatest points but no bands."),
        {"greatest": _("Any whole number up to the greatest")},
        "greatest",
    ),
    Reading(
        "bonus",
        f"{GUIDE} 三(七)1",
        _("The bonus also names test methods and technical norms; the form lists standards only."),
        {"accredited": _("Whatever is accredited counts")},
        "accredited",
    ),
)
