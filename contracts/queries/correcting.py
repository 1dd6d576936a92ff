"""The correction list against the contract as it stands."""

from functools import partial

from contracts.models import Contract
from contracts.queries.entries import entry_mark
from torch_portal.common.findings import Finding
from torch_portal.filings import correcting


def unsettled(contract: Contract) -> list[Finding]:
    """A block for each item that is neither answered nor mended."""
    return correcting.unsettled(contract.filing, partial(entry_mark, contract), code="VH-25")
