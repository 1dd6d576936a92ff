"""The desk of the certification of high-tech enterprises."""

from hitech_cert.admin.cases import CancellationAdmin, ReExaminationAdmin
from hitech_cert.admin.changes import AnnualReportAdmin, ChangeAdmin
from hitech_cert.admin.decisions import DecisionAdmin
from hitech_cert.admin.desk import ApplicationAdmin
from hitech_cert.admin.draws import PanelDrawAdmin
from hitech_cert.admin.experts import ExpertAdmin
from hitech_cert.admin.intakes import IntakeAdmin
from hitech_cert.admin.nationals import NationalListAdmin
from hitech_cert.admin.objections import NationalObjectionAdmin
from hitech_cert.admin.panels import PanelAdmin
from hitech_cert.admin.reports import ReportAdmin
from hitech_cert.admin.reviews import ReviewAdmin
from hitech_cert.admin.rows import CostAdmin, ProductAdmin, ProjectAdmin, RightAdmin

__all__ = [
    "AnnualReportAdmin",
    "ApplicationAdmin",
    "CancellationAdmin",
    "ChangeAdmin",
    "CostAdmin",
    "DecisionAdmin",
    "ExpertAdmin",
    "IntakeAdmin",
    "NationalListAdmin",
    "NationalObjectionAdmin",
    "PanelAdmin",
    "PanelDrawAdmin",
    "ProductAdmin",
    "ProjectAdmin",
    "ReExaminationAdmin",
    "ReportAdmin",
    "ReviewAdmin",
    "RightAdmin",
]
