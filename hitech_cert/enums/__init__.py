"""Vocabularies of the certification of high-tech enterprises (高新技术企业认定)."""

from hitech_cert.enums.entries import (
    CLASS_I,
    CLASS_II,
    CORE,
    OUTSIDE,
    CostClass,
    ExpertRole,
    IndicatorName,
    IpGained,
    IpKind,
    ScoreItem,
)
from hitech_cert.enums.experts import (
    SEATED,
    DrawState,
    Exclusion,
    Licence,
    PanelState,
    SeatState,
    Subtotal,
    TieKind,
)
from hitech_cert.enums.states import STANDING, TAKES_THE_YEAR, Channel, State

__all__ = [
    "CLASS_I",
    "CLASS_II",
    "CORE",
    "OUTSIDE",
    "SEATED",
    "STANDING",
    "TAKES_THE_YEAR",
    "Channel",
    "CostClass",
    "DrawState",
    "Exclusion",
    "ExpertRole",
    "IndicatorName",
    "IpGained",
    "IpKind",
    "Licence",
    "PanelState",
    "ScoreItem",
    "SeatState",
    "State",
    "Subtotal",
    "TieKind",
]
