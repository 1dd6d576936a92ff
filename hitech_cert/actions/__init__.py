"""The official acts on the certification of a high-tech enterprise, one function each."""

from hitech_cert.actions.intakes import Terms, close_intake, extend, open_intake
from torch_portal.filings.drafts import Conflict
from torch_portal.filings.transitions import Stale

__all__ = ["Conflict", "Stale", "Terms", "close_intake", "extend", "open_intake"]
