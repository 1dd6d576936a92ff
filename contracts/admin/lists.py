"""Lists of registered contracts whose file is not there yet, for operators."""

import datetime

from django.contrib import admin

from contracts import actions
from contracts.models import RegistrationList
from torch_portal.certificates.admin import MadeFileAdmin


@admin.register(RegistrationList)
class RegistrationListAdmin(MadeFileAdmin):
    """Files of lists that wait or could not be made."""

    list_display = ["code", "making", "attempts", "made_at", "last_error"]
    search_fields = ["code__startswith"]
    ordering = ["-made_at", "-pk"]
    fields = ["code", "made_at", "making", "attempts", "due_at", "last_error"]

    @staticmethod
    def make_again(row: RegistrationList, at: datetime.datetime) -> bool:
        """Queue it again."""
        return actions.make_list_again(made=row, at=at)
