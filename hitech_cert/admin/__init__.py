"""The desk of the certification of high-tech enterprises."""

from hitech_cert.admin.intakes import IntakeAdmin

__all__ = ["IntakeAdmin"]
