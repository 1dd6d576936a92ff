"""The desk of the certification of high-tech enterprises."""

from hitech_cert.admin.desk import ApplicationAdmin
from hitech_cert.admin.draws import PanelDrawAdmin
from hitech_cert.admin.experts import ExpertAdmin
from hitech_cert.admin.intakes import IntakeAdmin
from hitech_cert.admin.panels import PanelAdmin
from hitech_cert.admin.rows import CostAdmin, ProductAdmin, ProjectAdmin, RightAdmin

__all__ = [
    "ApplicationAdmin",
    "CostAdmin",
    "ExpertAdmin",
    "IntakeAdmin",
    "PanelAdmin",
    "PanelDrawAdmin",
    "ProductAdmin",
    "ProjectAdmin",
    "RightAdmin",
]
