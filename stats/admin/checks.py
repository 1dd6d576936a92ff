"""The desk of check rules: drafts with what is found, dry run, second officer, withdrawal."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stats.actions import authoring, publishing
from stats.admin.frame import acted, pill
from stats.admin.kept import KeptAdmin, shown_findings, who_and_when
from stats.forms.instruments import NewRuleForm, RuleForm, WithdrawForm
from stats.models import CheckRule
from stats.queries import examination
from torch_portal.common import clock
from torch_portal.filings.matter_admin import Answer, WaitingFilter
from torch_portal.filings.wording import long_date

STATES = {
    "draft": ("plain", gettext_lazy("Draft")),
    "asked": ("office", gettext_lazy("With the second officer")),
    "published": ("done", gettext_lazy("In force")),
    "withdrawn": ("needs", gettext_lazy("Withdrawn")),
}
NOW = {
    "draft": ("ask",),
    "asked": ("publish", "hand_back"),
    "published": ("revise", "withdraw"),
    "withdrawn": ("revise",),
}


def state_of(rule: CheckRule) -> str:
    """Where a rule stands, by STATES."""
    for name in ("withdrawn", "published", "asked"):
        if getattr(rule, f"{name}_at") is not None:
            return name
    return "draft"


def _ask(*, rule: CheckRule, by: Any, at: Any, note: str = "") -> None:
    publishing.ask_rules(rules=[rule], by=by, at=at)


def _publish(*, rule: CheckRule, by: Any, at: Any, note: str = "") -> None:
    publishing.publish_rules(rules=[rule], by=by, at=at)


def _hand_back(*, rule: CheckRule, by: Any, at: Any, note: str = "") -> None:
    publishing.hand_back_rules(rules=[rule], by=by, at=at)


def _revise(*, rule: CheckRule, by: Any, at: Any, note: str = "") -> None:
    authoring.revise_rule(rule=rule, by=by, at=at)


class StandFilter(WaitingFilter):
    """What waits for somebody first: drafts and what is with the second officer."""

    def kinds(self) -> dict[str, tuple[Any, Q]]:
        """Not published yet, in force, withdrawn, all."""
        published = Q(published_at__isnull=False)
        return {
            "": (gettext_lazy("All"), Q()),
            "draft": (gettext_lazy("Draft"), Q(published_at=None, asked_at=None)),
            "asked": (
                gettext_lazy("With the second officer"),
                Q(published_at=None, asked_at__isnull=False),
            ),
            "published": (gettext_lazy("In force"), published & Q(withdrawn_at=None)),
            "withdrawn": (gettext_lazy("Withdrawn"), Q(withdrawn_at__isnull=False)),
        }


@admin.register(CheckRule)
class CheckRuleAdmin(KeptAdmin):
    """A draft is written here or as a workbook; what is in force stays, or is withdrawn."""

    page_template = "admin/stats/rule.html"
    row_argument = "rule"
    answer_form = WithdrawForm
    answers = {
        "ask": Answer(
            _ask,
            gettext_lazy("Hand to the second officer"),
            gettext_lazy("It is checked and tried on last year's returns first."),
        ),
        "publish": Answer(
            _publish,
            gettext_lazy("Put in force"),
            gettext_lazy("Returns are checked by it from now on; it is never changed any more."),
            grave=True,
        ),
        "hand_back": Answer(
            _hand_back, gettext_lazy("Hand back"), gettext_lazy("It is a draft again.")
        ),
        "revise": Answer(
            _revise,
            gettext_lazy("Begin its next version"),
            gettext_lazy("A draft beside it; this one counts until that is in force."),
        ),
        "withdraw": Answer(
            publishing.withdraw_rule,
            gettext_lazy("Withdraw"),
            gettext_lazy("No return is checked by it any more."),
            grave=True,
        ),
    }
    list_display = (
        "key", "version", "instrument_code", "scope", "severity", "stands", "message_zh",
    )  # fmt: skip
    list_display_links = ("key",)
    list_filter = (StandFilter, "instrument", "severity", "scope")
    list_select_related = ("instrument",)
    search_fields = ("key", "expression", "message_zh")
    search_help_text = gettext_lazy("Key, code of an item or words of the message")
    ordering = ("key", "-version")
    actions = ("ask_selected", "publish_selected")  # type: ignore[assignment]  # other matters have none

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With everybody that the page names."""
        rows = super().get_queryset(request)
        return rows.select_related(
            "instrument", "written_by", "asked_by", "published_by", "withdrawn_by"
        )

    @admin.display(description=gettext_lazy("survey instrument"), ordering="instrument__code")
    def instrument_code(self, rule: CheckRule) -> str:
        """Whose returns it checks."""
        return rule.instrument.code

    @admin.display(description=gettext_lazy("Status"))
    def stands(self, rule: CheckRule) -> SafeString:
        """Draft, with the second officer, in force, withdrawn."""
        return pill(*STATES[state_of(rule)])

    def has_author_permission(self, request: HttpRequest) -> bool:
        """Who writes rules; the names of the acts on several rows ask for it."""
        return authoring.may_author(request.user)

    @admin.action(description=gettext_lazy("Hand to the second officer"), permissions=["author"])
    def ask_selected(self, request: HttpRequest, rows: QuerySet[CheckRule]) -> None:
        """Drafts go to the second officer, all or none."""
        told = {"rules": list(rows), "by": request.user, "at": clock.now()}
        acted(request, lambda: publishing.ask_rules(**told))

    @admin.action(description=gettext_lazy("Put in force"), permissions=["author"])
    def publish_selected(self, request: HttpRequest, rows: QuerySet[CheckRule]) -> None:
        """What waits for the second officer is put in force, all or none."""
        told = {"rules": list(rows), "by": request.user, "at": clock.now()}
        acted(request, lambda: publishing.publish_rules(**told))

    def answers_now(self, request: HttpRequest, row: CheckRule) -> dict[str, Answer]:
        """Those of its state."""
        return {name: self.answers[name] for name in NOW[state_of(row)]}

    def _page(
        self, request: HttpRequest, row: Any, form: Any, *, status: int = 200
    ) -> HttpResponse:
        """Words are asked for where the rule can be withdrawn, and nowhere else."""
        if row.is_draft:
            form.fields.pop("note", None)
        return super()._page(request, row, form, status=status)

    def get_urls(self) -> list[URLPattern]:
        """Django's pages and that on which a draft is written."""
        view = self.admin_site.admin_view(self.write_view)
        name = "stats_checkrule_write"
        return [path("<int:object_id>/write/", view, name=name), *super().get_urls()]

    def shown(self, request: HttpRequest, row: CheckRule) -> dict[str, Any]:
        """The rule, what is found, how it came out, its versions."""
        tone, label = STATES[state_of(row)]
        found = examination.of_rules([row])[row.pk] if row.is_draft else []
        if row.trial:
            found.append(examination.trial_finding(row, row.trial))
        others = CheckRule.objects.visible_to(request.user).filter(key=row.key)
        return {
            "heading": f"{row.key} v{row.version}",
            "facts": _facts(row),
            "tone": tone,
            "state_label": label,
            "findings": shown_findings(found),
            "versions": [
                {"row": each, "state": STATES[state_of(each)][1]}
                for each in others.exclude(pk=row.pk).order_by("-version")
            ],
            "may_write": row.is_draft and authoring.may_author(request.user),
        }

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The first version of a rule."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return self._written(request, NewRuleForm(request.POST or None), CheckRule())

    def write_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """A draft is written."""
        row = self.row_or_404(request, object_id)
        if not authoring.may_author(request.user):
            raise PermissionDenied
        if not row.is_draft:
            raise Http404
        return self._written(request, RuleForm(request.POST or None, instance=row), row)

    def _written(self, request: HttpRequest, form: Any, rule: CheckRule) -> HttpResponse:
        if form.is_bound and form.is_valid():
            values = dict(form.cleaned_data)
            if rule.pk is None:
                rule.instrument, rule.key = values.pop("instrument"), values.pop("key")
            told = {"rule": rule, "values": values, "by": request.user, "at": clock.now()}
            done = _("Kept. What is found stands on the page.")
            if acted(request, lambda: authoring.write_rule(**told), form=form, done=done):
                return redirect(self.address("change", rule.pk))
        words = {
            "title": f"{rule.key} v{rule.version}" if rule.pk else _("Write a check rule"),
            "effect": _("It is a draft until a second officer puts it in force."),
            "button": _("Keep"),
            "list_url": self.address("change", rule.pk) if rule.pk else self.address("changelist"),
        }
        return self.form_page(request, form, words)


def _facts(row: CheckRule) -> list[tuple[Any, Any]]:
    ends = long_date(row.active_to) if row.active_to else _("open")
    facts = [
        (_("expression"), row.expression),
        (_("message"), row.message_zh),
        (_("severity"), row.get_severity_display()),
        (_("scope"), f"{row.instrument.code} {row.scope}"),
        (_("tolerance"), f"{row.tolerance.normalize():f}"),
        (_("where values are missing"), row.get_missing_display()),
        (_("basis"), f"{row.get_basis_display()}\n{row.source}\n{row.note}".strip()),
        (_("not confirmed"), _("Yes") if row.unconfirmed else ""),
        (_("counts from"), f"{long_date(row.active_from)} – {ends}"),
        (_("Written"), who_and_when(row, "written") or _("Brought along by the portal")),
        (_("Handed over"), who_and_when(row, "asked")),
        (_("In force"), who_and_when(row, "published")),
        (_("Withdrawn"), f"{who_and_when(row, 'withdrawn')}\n{row.withdrawn_for}".strip()),
    ]
    return [(label, value) for label, value in facts if value]
