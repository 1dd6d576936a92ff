"""Torch Portal: services of the Torch Center without a visit and without paper."""

from torch_portal.celery import app as celery_app

__all__ = ["celery_app"]
