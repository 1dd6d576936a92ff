"""The guided form of an application: its steps, and the pages that are no tables."""

from collections.abc import Collection, Mapping

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hitech_cert.forms import cells as c
from torch_portal.filings.guided import fields as f
from torch_portal.filings.guided.steps import Section, Step, StepForm


class InnovationPage(StepForm):
    """企业创新能力: four texts; the results stand in their own table beside them."""

    text_rights = c.text(_("What the rights do for the competitiveness of the enterprise"))
    text_results = c.text(_("Results turned into products"))
    text_management = c.text(_("Organisation of R&D and innovation"))
    text_staff = c.text(_("Managers and S&T staff"))
    layout = (
        Section(_("Texts"), ("text_rights", "text_results", "text_management", "text_staff")),
    )


class MainPage(StepForm):
    """主要情况: what is typed by hand; the rest is worked out from the tables."""

    registered_on = f.day(_("Registered on"), help_text=_("As on the business licence."))
    core_field_code = c.field(_("Field of the core technology"))
    national_number = f.line(
        _("Number in the national system"),
        40,
        help_text=_("If it was entered there already: name and figures have to be the same."),
    )
    sales_1 = c.signed(_("Sales three years ago"))
    sales_2 = c.signed(_("Sales two years ago"))
    sales_3 = c.signed(
        _("Sales of last year"),
        help_text=_("Main and other business income, as in the tax return."),
    )
    net_assets_1 = c.signed(_("Net assets three years ago"))
    net_assets_2 = c.signed(_("Net assets two years ago"))
    net_assets_3 = c.signed(
        _("Net assets of last year"), help_text=_("At the end of the year, as audited.")
    )
    profit_1 = c.signed(_("Total profit three years ago"))
    profit_2 = c.signed(_("Total profit two years ago"))
    profit_3 = c.signed(_("Total profit of last year"))
    rd_domestic = c.amount(
        _("R&D cost of three years in the mainland"),
        help_text=_("Without work done by bodies or persons abroad."),
    )
    rd_basic = c.amount(_("Of it basic research"))
    gross_income = c.amount(
        _("Gross income of last year"), help_text=_("As in the enterprise income tax law.")
    )
    non_taxable_income = c.amount(_("Of it not taxable"))
    accident = f.yes_no(
        _("In the 365 days before: a major accident of safety or quality, or serious pollution?")
    )
    pilot = forms.BooleanField(
        label=_("Under a local pilot"),
        required=False,
        help_text=_("Only where the jurisdiction has one open; its own limits hold then."),
    )
    no_secrets = forms.BooleanField(
        label=_("I declare that the application is true and holds no state secret"), required=False
    )
    layout = (
        Section(_("The enterprise"), ("registered_on", "core_field_code", "national_number")),
        Section(_("Sales"), ("sales_1", "sales_2", "sales_3")),
        Section(_("Net assets"), ("net_assets_1", "net_assets_2", "net_assets_3")),
        Section(_("Total profit"), ("profit_1", "profit_2", "profit_3")),
        Section(
            _("R&D and income"), ("rd_domestic", "rd_basic", "gross_income", "non_taxable_income")
        ),
        Section(_("Declarations"), ("accident", "pilot", "no_secrets")),
    )


class ReportPage(StepForm):
    """The special report: who wrote it, and the figures that it has."""

    agency_name = f.line(_("Intermediary"), 120)
    agency_founded_on = f.day(_("Founded on"), help_text=_("At least three years ago."))
    agency_staff = c.persons(_("Average staff of last year"), help_text=_("At least 20."))
    agency_professionals = c.persons(
        _("Certified accountants and tax agents among them"), help_text=_("At least 30 per cent.")
    )
    agency_bad_record = f.yes_no(_("Has it a bad record in the last three years?"))
    report_number = f.line(_("Number of the special report"), 60)
    reported_rd = c.amount(_("R&D of the three years in the report"))
    reported_income = c.amount(_("Product income of last year in the report"))
    super_deduction = c.amount(
        _("R&D of the three years deducted for tax"),
        help_text=_("As in the tax returns; leave it empty if it is not known."),
    )
    layout = (
        Section(
            _("Intermediary"),
            (
                "agency_name",
                "agency_founded_on",
                "agency_staff",
                "agency_professionals",
                "agency_bad_record",
            ),
        ),
        Section(
            _("Figures of the report"),
            ("report_number", "reported_rd", "reported_income", "super_deduction"),
            _("They are compared with the tables."),
        ),
    )


PAGES: Mapping[str, type[StepForm]] = {
    "innovation": InnovationPage,
    "main": MainPage,
    "report": ReportPage,
}
STEPS: tuple[Step, ...] = (
    Step("rights", _("Rights")),
    Step("staff", _("Staff"), _("Averages of last year by month; nobody: 0.")),
    Step("projects", _("R&D activities")),
    Step(
        "costs", _("R&D cost by year"), _("In 万元, by year and activity; work by others as paid.")
    ),
    Step("products", _("Products")),
    Step("innovation", _("Innovation")),
    Step("standards", _("Standards")),
    Step("main", _("Main table"), _("In 万元 with two decimals; nothing is left empty.")),
    Step("report", _("Special report")),
    Step("files", _("Files")),
    Step("review", _("Check and submit")),
)


def tell_sources(form: StepForm, year: int, names: Collection[str]) -> None:
    """Beside each of these entries: that it stands as in the application of that year."""
    source = gettext("As in your application of %(year)s.") % {"year": year}
    for name in names:
        if name in form.fields:
            field = form.fields[name]
            field.help_text = f"{field.help_text} {source}".strip()
