"""The five conditions of article 6 in words, as they stood in a year."""

from collections.abc import Mapping
from typing import Any

from torch_portal.common.i18n import _

CONDITIONS_2017: Mapping[int, Any] = {
    1: _("A resident enterprise registered in mainland China."),
    2: _(
        "At most 500 staff, sales revenue of at most 200 million yuan a year and total assets of "
        "at most 200 million yuan."
    ),
    3: _("No product or service that the state prohibits, restricts or eliminates."),
    4: _(
        "In the previous and in this year no major accident of safety or quality, no serious "
        "environmental violation and no serious research dishonesty; on neither the list of "
        "abnormal operations nor that of serious dishonesty."
    ),
    5: _("A total score of at least 60 and a score for S&T personnel above 0."),
}
CONDITIONS_2022: Mapping[int, Any] = {
    **CONDITIONS_2017,
    1: _(
        "A resident enterprise registered in mainland China, or set up under foreign law with its "
        "actual management in China; sound accounts, tax collected by audit, R&D cost recorded "
        "accurately, enterprise income tax paid."
    ),
    3: _(
        "An industry that is neither restricted nor eliminated by the Catalogue of Industrial "
        "Restructuring and not excluded from the R&D super deduction."
    ),
    4: _(
        "In the previous and in this year no major accident of safety or quality, no serious "
        "environmental violation, no serious fraud and no serious research dishonesty; on neither "
        "the list of abnormal operations nor that of serious dishonesty."
    ),
}
