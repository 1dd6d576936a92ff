"""The respondent's pages of the survey."""

from stats.views.status import detail, print_return, request_cancellation, scan, withdraw

__all__ = ["detail", "print_return", "request_cancellation", "scan", "withdraw"]
