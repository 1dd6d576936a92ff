"""The guided form: four steps of entries, then files and review."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts import enums
from contracts.forms.keywords import KEYWORDS
from torch_portal.filings.guided import fields as f
from torch_portal.filings.guided.steps import Section, Step, StepForm


class ContractStep(StepForm):
    """What the contract is."""

    project_name = f.line(
        _("Project name"), help_text=_("Exactly as on the cover of the contract.")
    )
    form = f.choice(_("Form of the contract"), enums.Form.choices, radio=True)
    kind = f.choice(
        _("Kind"),
        enums.Kind.choices,
        radio=True,
        help_text=_("Decided by the rights and duties in the text, not by its title."),
    )
    subkind = f.choice(_("Sub-kind"), (), find=KEYWORDS["subkind"])
    goal_clear = f.yes_no(_("Does it name a clear and concrete goal of research?"))
    mastered_before = f.yes_no(_("Did the parties already master the solution when they signed?"))
    innovative = f.yes_no(_("Are the work and the expected result innovative?"))
    buyer_only_pays = f.yes_no(
        _("Does one party give only money, equipment, material or auxiliary work?")
    )
    contains = forms.MultipleChoiceField(
        label=_("The contract also contains"),
        required=False,
        choices=enums.Content.choices,
        widget=f.Checks,
    )
    signed_on = f.day(_("Signed on"))
    starts_on = f.day(_("Term begins on"))
    ends_on = f.day(_("Term ends on"))
    foreign_language = f.yes_no(
        _("Is the contract written in a foreign language?"),
        help_text=_("Then a Chinese text and an undertaking that both agree are needed."),
    )
    seals_complete = f.yes_no(
        _("Are all seals complete and equal to the written names?"),
        help_text=_("Cover, signature page and straddle seal."),
    )
    layout = (
        Section(_("The contract"), ("project_name", "form", "kind", "subkind")),
        Section(
            _("Conditions of a development contract"),
            ("goal_clear", "mastered_before", "innovative", "buyer_only_pays"),
            _("国科发政字〔2001〕253号: goal, open solution, innovation."),
            "kind=development",
        ),
        Section(_("Dates"), ("signed_on", "starts_on", "ends_on")),
        Section(_("The text"), ("contains", "foreign_language", "seals_complete")),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["subkind"].choices = _subkinds()  # type: ignore[attr-defined]  # a choice field


def _subkinds() -> list[Any]:
    groups = [
        (kind.label, [(s.value, s.label) for s in subkinds])
        for kind, subkinds in enums.SUBKINDS.items()
    ]
    return [("", _("— choose —")), *groups]


class PartiesStep(StepForm):
    """Who contracts with whom."""

    applicant = f.choice(
        _("Your enterprise is the"),
        enums.Applicant.choices,
        radio=True,
        help_text=_("The seller files; a buyer only for a technology import."),
    )
    is_import = f.yes_no(_("Is it a technology import?"))
    intermediary_name = f.line(_("Intermediary"), 120)
    intermediary_division = f.DivisionField(label=_("Place of the intermediary"))
    seller_name = f.line(
        _("Seller"),
        120,
        help_text=_("Entrusted party, transferor, licensor: as written and sealed."),
    )
    seller_code = f.CreditCodeField(label=_("Seller's unified social credit code"))
    seller_division = f.DivisionField(label=_("Seller's place"))
    buyer_name = f.line(
        _("Buyer"), 120, help_text=_("Client, transferee, licensee: as written and sealed.")
    )
    buyer_nature = f.choice(
        _("The buyer is a"), enums.PartyNature.choices, find=KEYWORDS["buyer_nature"]
    )
    buyer_code = f.CreditCodeField(
        label=_("Buyer's unified social credit code"),
        help_text=_("Leave it empty for natural persons and bodies outside the mainland."),
    )
    buyer_division = f.DivisionField(label=_("Buyer's place"))
    buyer_country = f.line(_("Buyer's country or region, if outside the mainland"), 60)
    related = f.yes_no(_("Are the parties related to each other?"))
    layout = (
        Section(_("The applicant"), ("applicant",)),
        Section("", ("is_import",), "", "applicant=buyer"),
        Section("", ("intermediary_name", "intermediary_division"), "", "applicant=intermediary"),
        Section(_("Seller"), ("seller_name", "seller_code", "seller_division")),
        Section(
            _("Buyer"),
            ("buyer_name", "buyer_nature", "buyer_code", "buyer_division", "buyer_country"),
        ),
        Section("", ("related",)),
    )

    def show_own(self, applicant: str) -> None:
        """The applicant's own entries come from its account and cannot be typed over."""
        side = {"buyer": "buyer", "intermediary": "intermediary"}.get(applicant, "seller")
        for name in (f"{side}_name", f"{side}_code", f"{side}_division"):
            if name in self.fields:
                self.fields[name].widget.attrs["readonly"] = True
                self.fields[name].help_text = _("From your account, as registered.")


class AmountsStep(StepForm):
    """What it costs, and how much of that is technology."""

    total_yuan = f.AmountField(
        label=_("Total amount of the contract"),
        help_text=_("In yuan; 120万元 is understood too."),
    )
    payment = f.choice(_("Payment"), enums.PaymentMethod.choices, radio=True)
    royalty_base = f.choice(_("Royalty on"), enums.RoyaltyBase.choices)
    royalty_rate = f.PercentField(label=_("Royalty rate"))
    carrier_sets = forms.IntegerField(
        label=_("Complete sets of equipment delivered with the technology"),
        required=False,
        min_value=0,
        max_value=100_000,
        help_text=_(
            "One or two sets count as carrier of the technology; their direct cost is not deducted."
        ),
    )
    layout = (
        Section(_("Amount"), ("total_yuan", "payment")),
        Section("", ("royalty_base", "royalty_rate"), "", "payment=royalty"),
        Section("", ("carrier_sets",)),
    )


class TechnologyStep(StepForm):
    """What the technology is."""

    ip_kind = f.choice(_("Intellectual property"), enums.IpKind.choices, find=KEYWORDS["ip_kind"])
    patent_name = f.line(_("Name of the invention"))
    patent_applicant = f.line(_("Patent applicant"), 120)
    patentee = f.line(_("Patentee"), 120)
    patent_filed_on = f.day(_("Filing date of the patent"))
    patent_number = f.line(_("Patent or application number"), 40)
    patent_expires_on = f.day(_("The patent expires on"))
    tech_field = f.choice(_("Technology field"), enums.Field.choices, find=KEYWORDS["tech_field"])
    objective = f.choice(
        _("Socio-economic objective"),
        enums.Objective.choices,
        find=KEYWORDS["objective"],
        help_text=_("The main purpose the result will serve (GB/T 24450)."),
    )
    plan_source = f.choice(
        _("Plan source"),
        enums.PlanSource.choices,
        find=KEYWORDS["plan_source"],
        help_text=_("A government plan that pays for the project, else “outside any plan”."),
    )
    layout = (
        Section(_("Intellectual property"), ("ip_kind",)),
        Section(
            _("The patent"),
            (
                "patent_name",
                "patent_applicant",
                "patentee",
                "patent_filed_on",
                "patent_number",
                "patent_expires_on",
            ),
            _("民法典 第八百四十五条: a contract about a patent states all of these."),
            "ip=patent",
        ),
        Section(_("Classification"), ("tech_field", "objective", "plan_source")),
    )


FORM_STEPS: Mapping[str, type[StepForm]] = {
    "contract": ContractStep,
    "parties": PartiesStep,
    "amounts": AmountsStep,
    "technology": TechnologyStep,
}
STEPS: tuple[Step, ...] = (
    Step("contract", _("The contract")),
    Step("parties", _("The parties")),
    Step(
        "amounts",
        _("The amounts"),
        _("The technical amount is computed from the total and the non-technical costs."),
    ),
    Step("technology", _("The technology")),
    Step("files", _("Contract text and attachments")),
    Step("review", _("Check and submit")),
)
