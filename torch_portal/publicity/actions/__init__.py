"""The acts on lists and objections. Whoever changes a list or its entries holds its row."""

from torch_portal.publicity.actions.batches import (
    add,
    announce,
    cancel,
    open_batch,
    publicise,
    remove,
    try_again,
)
from torch_portal.publicity.actions.forgetting import forget_objectors, forgettable
from torch_portal.publicity.actions.objections import (
    Said,
    decline_objection,
    object_,
    reject_objection,
    reveal,
    uphold,
)

__all__ = [
    "Said",
    "add",
    "announce",
    "cancel",
    "decline_objection",
    "forget_objectors",
    "forgettable",
    "object_",
    "open_batch",
    "publicise",
    "reject_objection",
    "remove",
    "reveal",
    "try_again",
    "uphold",
]
