"""Why a text is not an expression of the language, where, and what to write instead."""

from typing import Any

from torch_portal.common.i18n import _


class NotReadable(ValueError):
    """A text or a stored tree that is no expression.

    position: place of the first character that cannot stay, counted from 0. message: what is
    wrong; remedy: what to write instead; both translatable, filled by `values`.
    """

    def __init__(self, position: int, message: Any, remedy: Any, **values: Any) -> None:
        super().__init__(position)
        self.position = position
        self.message = message
        self.remedy = remedy
        self.values = values

    def __str__(self) -> str:
        found = _("Position %(position)s: %(message)s %(remedy)s")
        return str(found) % {
            "position": self.position,
            "message": str(self.message) % self.values,
            "remedy": str(self.remedy) % self.values,
        }
