"""Terms of the income tax on technology transfer."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class TransferTax:
    """Income tax on technology transfer of a resident enterprise, per tax year.

    exempt_yuan: income that is free; excess_share: share of the rest that is taxed; rate: tax.
    """

    exempt_yuan: Decimal
    excess_share: Decimal
    rate: Decimal
    clause: str


TRANSFER_TAX = TransferTax(
    Decimal(5_000_000),
    Decimal("0.5"),
    Decimal("0.25"),
    "企业所得税法 第四条、第二十七条; 实施条例 第九十条; 国税函〔2009〕212号",
)
