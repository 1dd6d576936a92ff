"""What may be sent about a filing of any line; every name that is not known is refused."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from torch_portal.accounts.models import User
from torch_portal.filings.api.fields import CodeField
from torch_portal.filings.enums import Problem
from torch_portal.filings.models import Filing

LONGEST_LIST = 40


@cache
def kept_names() -> frozenset[str]:
    """Columns of the cover and of the rows that belong to it one-to-one, the lines' among them."""
    beside: list[Any] = [r.related_model for r in Filing._meta.related_objects if r.one_to_one]
    return frozenset(f.name for model in (Filing, *beside) for f in model._meta.get_fields())


class Entries(serializers.Serializer):
    """A body whose names are all known: anything else is refused by name."""

    def to_internal_value(self, data: Any) -> Any:
        """Values by name; ValidationError with every fault at once."""
        refused = self._refused(data)
        try:
            known = super().to_internal_value(data)
        except ValidationError as error:
            raise ValidationError(error.detail | refused) from None
        if refused:
            raise ValidationError(refused)
        return known

    def _refused(self, data: Any) -> dict[str, list[ErrorDetail]]:
        if not isinstance(data, dict):
            return {}
        computed = _("This entry is kept by the portal and cannot be set.")
        unknown = _("There is no entry of this name.")
        return {
            str(name): [ErrorDetail(computed, "read_only")]
            if name in kept_names()
            else [ErrorDetail(unknown, "unknown")]
            for name in data
            if name not in self.fields
        }


def columns(known: dict[str, Any], model: Any, names: Iterable[str]) -> dict[str, Any]:
    """The columns of a line's row in what was sent; null empties one."""
    found = {name: known[name] for name in names if name in known}
    empty = emptied(model, (name for name, value in found.items() if value is None))
    return found | empty


def emptied(model: Any, names: Iterable[str]) -> dict[str, Any]:
    """These columns as a new row has them."""
    return {name: model._meta.get_field(name).get_default() for name in names}


class SubmitEntries(Entries):
    """Which agency shall examine it; needed where several cover the place."""

    agency = serializers.RegexField(
        r"^[0-9]{6}$", required=False, help_text="Six digits of the registration agency."
    )


class NoWords(Entries):
    """A move that needs nothing said."""


class MayNote(Entries):
    """A move with a remark, if one is wanted."""

    note = serializers.CharField(max_length=2000, required=False, allow_blank=True)


class AssignEntries(MayNote):
    """Who shall have it in hand, by user name; nobody named is oneself."""

    to = serializers.CharField(max_length=150, required=False)

    def validate_to(self, name: str) -> int:
        """The account's id, or 0: whether there is such an account is not told."""
        return User.objects.filter(username=name).values_list("pk", flat=True).first() or 0


class MustNote(Entries):
    """A move that needs a reason that the enterprise can act on; the rules refuse an empty one."""

    note = serializers.CharField(max_length=2000, allow_blank=True, default="")


class CorrectionEntry(Entries):
    """One item of the complete list."""

    field = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    problem = CodeField(choices=Problem.choices)
    remedy = serializers.CharField(max_length=400, allow_blank=True, default="")
    clause = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")


class ReturnEntries(MayNote):
    """The complete list of what has to be corrected (一次告知)."""

    items = CorrectionEntry(many=True, max_length=LONGEST_LIST, default=list)


class AnswerEntry(Entries):
    """What was done about one item of the correction list."""

    id = serializers.IntegerField(min_value=1)
    answer = serializers.CharField(max_length=400, allow_blank=True)


class AnswerEntries(Entries):
    """Answers to items of the open correction list."""

    answers = AnswerEntry(many=True, max_length=LONGEST_LIST)


class MessageEntries(Entries):
    """A message on the thread, with files if any."""

    text = serializers.CharField(max_length=2000, allow_blank=True, default="")
    file = serializers.ListField(
        child=serializers.FileField(allow_empty_file=True), max_length=5, default=list
    )
