"""The desk of publicity: lists and objections, with what their lines hand in."""

from torch_portal.desk.admin.publicity.batches import BatchAdmin
from torch_portal.desk.admin.publicity.objections import ObjectionAdmin

__all__ = ["BatchAdmin", "ObjectionAdmin"]
