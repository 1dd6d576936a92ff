"""The desk of the certification of high-tech enterprises."""

from hitech_cert.admin.desk import ApplicationAdmin
from hitech_cert.admin.experts import ExpertAdmin
from hitech_cert.admin.intakes import IntakeAdmin
from hitech_cert.admin.panels import PanelAdmin, PanelDrawAdmin

__all__ = ["ApplicationAdmin", "ExpertAdmin", "IntakeAdmin", "PanelAdmin", "PanelDrawAdmin"]
