"""The desk of the certification of high-tech enterprises."""

from hitech_cert.admin.desk import ApplicationAdmin
from hitech_cert.admin.intakes import IntakeAdmin
from hitech_cert.admin.rows import CostAdmin, ProductAdmin, ProjectAdmin, RightAdmin

__all__ = [
    "ApplicationAdmin",
    "CostAdmin",
    "IntakeAdmin",
    "ProductAdmin",
    "ProjectAdmin",
    "RightAdmin",
]
