"""What is typed about a registered contract: changes, income, reasons, lists, the buyer's codes."""

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from contracts import queries, rules
from contracts.enums import FollowUpKind, PaymentMethod
from contracts.models import Contract, FollowUp
from torch_portal.accounts.models import Enterprise
from torch_portal.filings.guided import fields as f
from torch_portal.filings.guided.placed import PlacedForm, words


class ReasonOnlyForm(PlacedForm):
    """Why, and nothing else to enter."""

    reason = words(_("Reason"), _("What happened, in words that the agency can examine."))

    def arguments(self) -> dict[str, Any]:
        """What the act is called with."""
        return {"reason": self.cleaned_data["reason"]}


class ChangeForm(PlacedForm):
    """The entries of a registered contract that can be changed, filled in as registered."""

    project_name = f.line(_("Project name"))
    starts_on = f.day(_("Term begins on"))
    ends_on = f.day(_("Term ends on"))
    buyer_name = f.line(_("Buyer"), 120)
    buyer_code = f.CreditCodeField(label=_("Buyer's unified social credit code"))
    buyer_division = f.DivisionField(label=_("Buyer's place"))
    payment = f.choice(_("Payment"), PaymentMethod.choices)
    total_yuan = f.AmountField(label=_("Total amount of the contract"))
    technical_yuan = f.AmountField(
        label=_("Technical transaction amount"),
        help_text=_("The total less the non-technical costs, as the supplement says."),
    )
    reason = words(_("Reason"), _("What the parties agreed, and when."))

    @classmethod
    def of(cls, contract: Contract) -> dict[str, Any]:
        """The entries as registered."""
        return {name: queries.in_force(contract, name) for name in queries.CHANGEABLE}

    def arguments(self) -> dict[str, Any]:
        """What the act is called with."""
        values = {name: self.cleaned_data[name] for name in queries.CHANGEABLE}
        return {"values": values, "reason": self.cleaned_data["reason"]}


class IncomeLineForm(forms.Form):
    """One sum received; an empty row is no row."""

    received_on = f.day(_("Received on"))
    amount_yuan = f.AmountField(label=_("Amount"))
    nontechnical_yuan = f.AmountField(label=_("of it not technical"))
    invoice = f.line(_("Invoice or bank slip"), 40)

    def clean(self) -> dict[str, Any]:
        """A day without an amount, or the other way round, is half a row."""
        data = self.cleaned_data
        if self.errors:
            return data
        if data.get("received_on") and data.get("amount_yuan") is None:
            self.add_error("amount_yuan", _("Give the amount that was received."))
        if data.get("amount_yuan") is not None and not data.get("received_on"):
            self.add_error("received_on", _("Give the day on which it was received."))
        return data


class BaseIncomeLines(BaseFormSet):
    """All rows together."""

    def lines(self, known: rules.Registered) -> list[rules.Income]:
        """The complete rows; an empty non-technical part is the contract's own proportion."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("received_on")]
        return [
            rules.Income(
                row["received_on"],
                row["amount_yuan"],
                rules.usual_share(row["amount_yuan"], known)
                if row["nontechnical_yuan"] is None
                else row["nontechnical_yuan"],
                row["invoice"],
            )
            for row in rows
        ]


IncomeLines: Any = formset_factory(
    IncomeLineForm, formset=BaseIncomeLines, extra=3, max_num=40, absolute_max=60
)


class IncomeForm(PlacedForm):
    """What the agency should know about the sums."""

    reason = words(_("Remark"), _("Which instalments these are."))

    def arguments(self) -> dict[str, Any]:
        """What the act is called with."""
        return {"reason": self.cleaned_data["reason"] or str(_("Sums received"))}


class VerificationField(forms.ModelChoiceField):
    """One of the verifications of a contract, shown by day and amount."""

    def label_from_instance(self, verification: Any) -> str:
        """When it was confirmed, and what was verified."""
        return queries.verified_words(verification)


class SupplementForm(IncomeForm):
    """To which verification the sums are added, and why."""

    supplements = VerificationField(
        FollowUp.objects.none(),
        label=_("Supplements the verification of"),
        required=False,
    )

    def __init__(self, *args: Any, verifications: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choice: Any = self.fields["supplements"]
        choice.queryset = verifications

    def arguments(self) -> dict[str, Any]:
        """What the act is called with."""
        return super().arguments() | {"supplements": self.cleaned_data["supplements"]}


class StatementForm(PlacedForm):
    """What the enterprise answers to an intended revocation."""

    statement = words(_("Your statement"), _("Facts and evidence; it can be given once."))


class AuthorityForm(PlacedForm):
    """Which authority objects, and why."""

    authority = forms.CharField(
        label=_("Authority"),
        required=False,
        max_length=120,
        help_text=_("The finance or tax authority that objects."),
    )
    reason = words(_("What it says"), _("Its grounds, and the number of its letter."))


class ListForm(PlacedForm):
    """For whom and which period."""

    enterprise = forms.ModelChoiceField(
        Enterprise.objects.none(), label=_("Enterprise"), empty_label=None
    )
    since = f.day(_("Registered from"))
    until = f.day(_("Registered until"))

    def __init__(self, *args: Any, enterprises: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choice: Any = self.fields["enterprise"]
        choice.queryset = enterprises
        for name in ("since", "until"):
            self.fields[name].required = True


class BuyerForm(PlacedForm):
    """Number and code of a certificate, and for which of one's enterprises."""

    enterprise = forms.ModelChoiceField(
        Enterprise.objects.none(), label=_("Enterprise"), empty_label=None
    )
    number = forms.CharField(label=_("Registration number"), max_length=40)
    code = forms.CharField(label=_("Verification code"), max_length=40)

    def __init__(self, *args: Any, enterprises: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choice: Any = self.fields["enterprise"]
        choice.queryset = enterprises


ASKING: dict[str, type[PlacedForm]] = {
    FollowUpKind.CHANGE: ChangeForm,
    FollowUpKind.DEREGISTRATION: ReasonOnlyForm,
    FollowUpKind.INCOME: IncomeForm,
    FollowUpKind.SUPPLEMENT: SupplementForm,
    FollowUpKind.OBJECTION: ReasonOnlyForm,
}


def asking(kind: str, contract: Contract, data: Any) -> PlacedForm:
    """The form of one kind of request on a contract."""
    options: dict[str, Any] = {}
    if kind == FollowUpKind.CHANGE:
        options["initial"] = ChangeForm.of(contract)
    if kind == FollowUpKind.SUPPLEMENT:
        options["verifications"] = queries.verifications(contract)
    return ASKING[kind](data, **options)
