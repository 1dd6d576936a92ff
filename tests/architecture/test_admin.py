"""The review desk: a line's admin is a DeskAdmin, and no state is ever an editable field."""

import pytest
from django.contrib import admin
from django.forms import ModelChoiceField
from django.test import RequestFactory
from unfold.admin import ModelAdmin

from tests.architecture.tree import our_models
from torch_portal.accounts.changes.desk import RecordedAdmin
from torch_portal.common.desk_admin import DeskAdmin
from torch_portal.desk.lines import LINES
from torch_portal.filings.matter_admin import MatterAdmin
from torch_portal.papers.admin.scope import ScopedAdmin

WORKFLOW_FIELDS = {
    "state", "stage", "owner", "version", "status", "making", "attempts", "claimed_until",
    "sent_at", "decided_at", "decided_by", "registration_number", "fixed_technical_yuan",
}  # fmt: skip
# Tables of the house, not filings: their desks scope their rows themselves.
OTHER_DESKS = {
    "accounts.Change": ModelAdmin,
    "accounts.Jurisdiction": ModelAdmin,
    "accounts.DivisionPrefix": ModelAdmin,
    "accounts.Agency": RecordedAdmin,
    "accounts.Division": ModelAdmin,
    "accounts.Enterprise": ModelAdmin,
    "accounts.User": ModelAdmin,
    "accounts.JoinRequest": ModelAdmin,
    "accounts.AccountEvent": ModelAdmin,
    "desk.DayDigest": ModelAdmin,
    "desk.RetentionRule": RecordedAdmin,
    "desk.TaskRun": ModelAdmin,
    "filings.Access": ModelAdmin,
    "filings.CalendarDay": RecordedAdmin,
    "filings.LocalRule": RecordedAdmin,
    "filings.ReadyText": RecordedAdmin,
    "filings.Rating": ModelAdmin,
    "filings.RegistryLookup": ModelAdmin,
    "certificates.Document": ModelAdmin,
    "filings.Absence": ModelAdmin,
    "filings.Qualification": RecordedAdmin,
    "desk.Batch": ModelAdmin,
    "certificates.Certificate": ModelAdmin,
    "contracts.FollowUp": ModelAdmin,
    "contracts.RegistrationList": ModelAdmin,
    "reports.Export": ModelAdmin,
    "publicity.Batch": ModelAdmin,
    "publicity.Objection": ModelAdmin,
    "hitech_cert.AnnualReport": MatterAdmin,
    "hitech_cert.Cancellation": MatterAdmin,
    "hitech_cert.Change": MatterAdmin,
    "hitech_cert.Cost": MatterAdmin,
    "hitech_cert.Decision": MatterAdmin,
    "hitech_cert.Expert": MatterAdmin,
    "hitech_cert.Intake": MatterAdmin,
    "hitech_cert.NationalList": MatterAdmin,
    "hitech_cert.NationalObjection": MatterAdmin,
    "hitech_cert.Panel": MatterAdmin,
    "hitech_cert.PanelDraw": MatterAdmin,
    "hitech_cert.Product": MatterAdmin,
    "hitech_cert.Project": MatterAdmin,
    "hitech_cert.ReExamination": MatterAdmin,
    "hitech_cert.Report": MatterAdmin,
    "hitech_cert.Review": MatterAdmin,
    "hitech_cert.Right": MatterAdmin,
    "sme_eval.Change": MatterAdmin,
    "sme_eval.Draw": MatterAdmin,
    "sme_eval.IntegrityEntry": MatterAdmin,
    "sme_eval.Revocation": MatterAdmin,
    "sme_eval.SpotCheck": MatterAdmin,
    "sme_eval.Window": RecordedAdmin,
    "stats.AnswerTarget": RecordedAdmin,
    "stats.Assignment": MatterAdmin,
    "stats.CheckRule": MatterAdmin,
    "stats.CourseMaterial": MatterAdmin,
    "stats.FaqEntry": MatterAdmin,
    "stats.Instrument": RecordedAdmin,
    "stats.InstrumentVersion": MatterAdmin,
    "stats.ItemNote": RecordedAdmin,
    "stats.MicroAccess": MatterAdmin,
    "stats.MicroGrant": MatterAdmin,
    "stats.OfficeHours": RecordedAdmin,
    "stats.Outlier": MatterAdmin,
    "stats.PublicationTable": MatterAdmin,
    "stats.Question": MatterAdmin,
    "stats.Quiz": MatterAdmin,
    "stats.Round": MatterAdmin,
    "stats.SurveyProgramme": RecordedAdmin,
    "papers.Paper": ScopedAdmin,
    "papers.Emergency": ScopedAdmin,
    "papers.PaperPolicy": ScopedAdmin,
    "notices.LetterTemplate": RecordedAdmin,
    "notices.Notice": ModelAdmin,
    "notices.HotlineEntry": ModelAdmin,
    "notices.Message": ModelAdmin,
}
# Settings that may have been wrong; no filing points at them.
MAY_GO = {"accounts.DivisionPrefix": {"operator"}, "filings.CalendarDay": {"operator", "official"}}
OURS = {
    model._meta.label: desk for model, desk in admin.site._registry.items() if model in our_models()
}


@pytest.mark.parametrize("label", OURS)
def test_desk_is_a_desk_admin_or_listed(label):
    assert isinstance(OURS[label], OTHER_DESKS.get(label, DeskAdmin))


def test_list_of_other_desks_only_shrinks():
    assert set(OTHER_DESKS) <= set(OURS)


@pytest.mark.parametrize("code", LINES)
def test_every_line_has_a_desk(code):
    desks = [d for label, d in OURS.items() if label.partition(".")[0] == code]
    assert [d for d in desks if isinstance(d, DeskAdmin)]


@pytest.mark.parametrize("code", LINES)
def test_desk_offers_every_move_of_the_reviewer(code):
    desk = admin.site.get_model_admin(LINES[code].MODEL)
    of_reviewer = {m.name for m in LINES[code].workflow.moves.values() if m.turn == "reviewer"}
    assert set(desk.moves) == of_reviewer - getattr(LINES[code], "OF_BATCHES", frozenset())


@pytest.mark.parametrize("person", ["reviewer", "official", "operator", "root"])
@pytest.mark.parametrize("label", OURS)
def test_state_is_never_an_editable_field(house, label, person, django_user_model):
    if person == "root":
        user = django_user_model.objects.create_superuser("root", "root@example.com", "x" * 12)
    else:
        user = getattr(house, person)
    request = RequestFactory().get("/admin/")
    request.user = user
    desk = OURS[label]
    assert WORKFLOW_FIELDS.isdisjoint(desk.list_editable)
    if desk.has_change_permission(request) or desk.has_add_permission(request):
        fields = desk.get_form(request).base_fields
        # A choice among rows is no counter and no state, whatever its name.
        shown = {name for name, field in fields.items() if not isinstance(field, ModelChoiceField)}
        assert WORKFLOW_FIELDS.isdisjoint(shown)


@pytest.mark.parametrize("label", OURS)
def test_nothing_that_counts_is_deleted_at_the_desk(house, label):
    request = RequestFactory().get("/admin/")
    may = set()
    for person in ("reviewer", "official", "operator"):
        request.user = getattr(house, person)
        if OURS[label].has_delete_permission(request):
            may.add(person)
    assert may <= MAY_GO.get(label, set())
