"""Vocabularies of the Torch statistics survey."""

from stats.enums.instruments import Mark, Period, RuleBasis
from stats.enums.values import Kind, Missing, Severity, Verdict

__all__ = ["Kind", "Mark", "Missing", "Period", "RuleBasis", "Severity", "Verdict"]
