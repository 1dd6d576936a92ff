"""After a change of FIELD_KEYS: everything sealed, under the newest key."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand
from django.db import transaction

from torch_portal.accounts.models import Enterprise, User
from torch_portal.accounts.sealed import MARK, SealedField, reseal


class Command(BaseCommand):
    """Seals every personal number and every secret of a second factor anew; safe to repeat."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Row by row; old keys may be taken out of FIELD_KEYS afterwards."""
        total = sum(self._fields(model) for model in (User, Enterprise)) + self._factors()
        self.stdout.write(f"{total} values are sealed with the newest key")

    def _fields(self, model: Any) -> int:
        names = [f.name for f in model._meta.concrete_fields if isinstance(f, SealedField)]
        count = 0
        for row in model.objects.only(*names).iterator(chunk_size=500):
            values = {name: getattr(row, name) for name in names if getattr(row, name)}
            if values:
                model.objects.filter(pk=row.pk).update(**values)
                count += len(values)
        return count

    def _factors(self) -> int:
        count = 0
        for pk in Authenticator.objects.values_list("pk", flat=True):
            with transaction.atomic():
                row = Authenticator.objects.select_for_update().get(pk=pk)
                sealed = {k: v for k, v in row.data.items() if str(v).startswith(MARK)}
                if sealed:
                    row.data |= {k: reseal(v) for k, v in sealed.items()}
                    row.save(update_fields=["data"])
                    count += len(sealed)
        return count
