"""Who reads what two officers publish: drafts their writers, the rest every desk."""

from typing import Any

from django.db import models

from torch_portal.accounts.roles import Person, governs, standing


class PublishedQuerySet(models.QuerySet[Any]):
    """Reads of versions and of rules; those for the desk start from visible_to."""

    def visible_to(self, user: Person) -> "PublishedQuerySet":
        """Drafts for the officials who write them, what is published for every desk."""
        if governs(user, None):
            return self.all()
        roles = standing(user)
        return self.filter(published_at__isnull=False) if roles.in_office else self.none()
