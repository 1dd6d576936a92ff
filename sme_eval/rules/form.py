"""The form beside its figures: entries left blank, files, and whether this year is free."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sme_eval.editions import Edition
from sme_eval.enums import AttachmentKind
from torch_portal.common.findings import Finding, Level
from torch_portal.common.i18n import _
from torch_portal.common.rulebook import Problem, Problems, Rule


@dataclass(frozen=True)
class Sheet:
    """What else stands on the form.

    blank: names of entries without an answer. projects, rights: numbers of rows; no_projects,
    no_ip: the enterprise says that there are none. direct: claims a direct confirmation.
    attachments: AttachmentKind values of the files.
    """

    blank: tuple[str, ...] = ()
    projects: int = 0
    no_projects: bool = False
    rights: int = 0
    no_ip: bool = False
    direct: bool = False
    attachments: Collection[str] = field(default_factory=frozenset)


def check_blank(sheet: Sheet, edition: Edition) -> Problems:
    """科技型中小企业信息表 填写说明 二 (各栏目不得空缺)."""
    for name in sheet.blank:
        yield Problem(name, _("Fill this entry in."))
    if not sheet.projects and not sheet.no_projects:
        yield Problem(
            "projects", _("List the R&D projects of last year, or say that there were none.")
        )
    if not sheet.rights and not sheet.no_ip:
        yield Problem(
            "ip_rights", _("List the rights of intellectual property, or say that there are none.")
        )


def check_none_said(sheet: Sheet, edition: Edition) -> Problems:
    """科技型中小企业信息表 填写说明 二."""
    for name, rows, none in (
        ("projects", sheet.projects, sheet.no_projects),
        ("ip_rights", sheet.rights, sheet.no_ip),
    ):
        if rows and none:
            yield Problem(name, _("You say that there are none, but rows are listed. Correct one."))


def check_files(sheet: Sheet, edition: Edition) -> Problems:
    """科技型中小企业评价工作指引 (信息表首页签字盖章; 佐证材料)."""
    needed = [*edition.due("registration"), *edition.due("filing")]
    needed += edition.due("direct") if sheet.direct else ()
    for kind in needed:
        if kind not in sheet.attachments:
            yield Problem(
                "attachments",
                _("Upload: %(kind)s."),
                {"kind": AttachmentKind(kind).label},
            )


FORM_RULES: tuple[Rule, ...] = (
    Rule("blank", Level.BLOCK, "", _("No entry of the form is left out."), check_blank),
    Rule("none_said", Level.BLOCK, "", _("“None” and rows exclude each other."), check_none_said),
    Rule(
        "files",
        Level.BLOCK,
        "attachments",
        _("The files of the year's edition are there."),
        check_files,
    ),
)


def check_sheet(sheet: Sheet, edition: Edition) -> list[Finding]:
    """All findings on the rest of the form."""
    return [finding for rule in FORM_RULES for finding in rule.run(sheet, edition)]


def year_taken(other: str, barred: date | None) -> Problems:
    """国科火字〔2020〕44号 (被撤销登记编号的企业当年不得再次参加评价).

    other: another evaluation of the same year. barred: last day on which a revocation bars.
    """
    if other:
        yield Problem(
            "", _("This year has an evaluation of yours already: %(other)s."), {"other": other}
        )
    if barred is not None:
        yield Problem(
            "",
            _("A number was revoked: the enterprise cannot take part until %(barred)s is over."),
            {"barred": barred},
        )


YEAR = Rule(
    "year", Level.BLOCK, "", _("One evaluation a year, and none after a revocation."), year_taken
)


def check_year(other: str, barred: date | None) -> list[Finding]:
    """year: findings on filing once more, or while barred."""
    return YEAR.run(other, barred)


LATE_MONTHS = 3


def report_by(changed_on: date) -> date:
    """The last day of reporting a change: the same day three months later, or the month's last."""
    month = changed_on.month + LATE_MONTHS
    year, month = changed_on.year + (month - 1) // 12, (month - 1) % 12 + 1
    for day in range(changed_on.day, 0, -1):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    raise ValueError("every month has a first day")


def change(changed_on: date, today: date, entries: Mapping[str, Any], reason: str) -> Problems:
    """国科发政〔2017〕115号 (企业变更三个月内报告)."""
    if changed_on > today:
        yield Problem("changed_on", _("The day of the change lies in the future."))
    if not entries:
        yield Problem("", _("Nothing is changed. Enter what is different now."))
    if not reason.strip():
        yield Problem("reason", _("Say what happened."))


CHANGE = Rule(
    "change", Level.BLOCK, "", _("A reported change has a day, an entry and a reason."), change
)


def check_change(
    changed_on: date, today: date, entries: Mapping[str, Any], reason: str
) -> list[Finding]:
    """change: findings on a reported change."""
    return CHANGE.run(changed_on, today, entries, reason)
