"""Exemplary cases: length, evidence, consent that can be withdrawn, two reviews."""

from dataclasses import dataclass
from datetime import date

from outreach.editions import CASES, CaseTerms
from outreach.enums import CaseKind
from outreach.rules.texts import characters
from torch_portal.common.codes import is_credit_code
from torch_portal.common.findings import Finding, Level
from torch_portal.common.i18n import _
from torch_portal.common.personal import personal_problems
from torch_portal.common.rulebook import Problem, Problems, Rule


@dataclass(frozen=True)
class ExemplaryCase:
    """A case. consent_on, withdrawn_on: days of the consent to publicity and of its end.

    photos_with_people, released: photographs that show people, and those with a release.
    facts_by, wording_by: who reviewed facts and wording. violation: an open mark of abnormal
    operation or serious violation.
    """

    title: str
    kind: CaseKind
    body: str
    credit_code: str
    evidence: int = 0
    consent_on: date | None = None
    withdrawn_on: date | None = None
    photos_with_people: int = 0
    released: int = 0
    violation: bool = False
    facts_by: str = ""
    wording_by: str = ""


def has_consent(case: ExemplaryCase, day: date) -> bool:
    """CASE-04, CASE-06: whether the enterprise agrees on a day; the day of withdrawal does not."""
    agreed = case.consent_on is not None and case.consent_on <= day
    return agreed and (case.withdrawn_on is None or day < case.withdrawn_on)


def _enterprise(case: ExemplaryCase, _terms: CaseTerms) -> Problems:
    """GB 32100—2015 法人和其他组织统一社会信用代码编码规则."""
    if not is_credit_code(case.credit_code):
        yield Problem("credit_code", _("Name the enterprise by its unified social credit code."))


def _length(case: ExemplaryCase, terms: CaseTerms) -> Problems:
    """国科火字〔2020〕38号 第十条 (先进典型材料; 字数为地方通知和平台设定)."""
    count = characters(case.body)
    if count > terms.most:
        message = _("The text is too long (%(count)s/%(most)s characters). Shorten it.")
        yield Problem("body", message, {"count": count, "most": terms.most})
    if count < terms.least:
        message = _("The text is too short (%(count)s/%(least)s characters). Tell more.")
        yield Problem("body", message, {"count": count, "least": terms.least})
    title = characters(case.title)
    if not 1 <= title <= terms.title:
        message = _("A title has 1 to %(most)s characters, this one %(count)s.")
        yield Problem("title", message, {"count": title, "most": terms.title})


def _evidence(case: ExemplaryCase, _terms: CaseTerms) -> Problems:
    """国科火字〔2020〕38号 第十条 (依规做好宣传报道)."""
    if case.evidence < 1:
        yield Problem("evidence", _("Attach at least one file that shows what is told."))


def _portraits(case: ExemplaryCase, _terms: CaseTerms) -> Problems:
    """民法典 第一千零一十九条 (未经肖像权人同意不得使用肖像)."""
    if case.released < case.photos_with_people:
        message = _("%(missing)s photographs show people without their release. Attach it.")
        missing = case.photos_with_people - case.released
        yield Problem("photos", message, {"missing": missing})


def _personal(case: ExemplaryCase, _terms: CaseTerms) -> Problems:
    """个人信息保护法 第六条、第二十八条."""
    yield from personal_problems("title", case.title)
    yield from personal_problems("body", case.body)


def _consent(case: ExemplaryCase, day: date) -> Problems:
    """个人信息保护法 第十五条; 国科火字〔2020〕38号 第十条 (依规)."""
    if not has_consent(case, day):
        message = (
            _("The enterprise withdrew its consent on %(day)s. The case is not published.")
            if case.withdrawn_on
            else _("The enterprise has not agreed to publicity. Ask it before publishing.")
        )
        told = {"day": str(case.withdrawn_on)} if case.withdrawn_on else {}
        yield Problem("consent", message, told)


def _violation(case: ExemplaryCase, _day: date) -> Problems:
    """企业信息公示暂行条例 第十七条、第十八条 (经营异常、严重违法失信)."""
    if case.violation:
        message = _("The enterprise has an open mark of violation. Nothing of it is published.")
        yield Problem("credit_code", message)


def _reviews(case: ExemplaryCase, _day: date) -> Problems:
    """国科火字〔2020〕38号 第十条 (依规做好宣传报道; 两人审核为平台设定)."""
    for field, name in (("facts_by", case.facts_by), ("wording_by", case.wording_by)):
        if not name:
            yield Problem(field, _("Facts and wording are each reviewed before publication."))
    if case.facts_by and case.facts_by == case.wording_by:
        yield Problem("wording_by", _("Two people review: one the facts, another the wording."))


SUBMISSION_RULES: tuple[Rule, ...] = (
    Rule("CASE-01", Level.BLOCK, "credit_code", _("The enterprise is known."), _enterprise),
    Rule("CASE-02", Level.BLOCK, "body", _("Text and title have their length."), _length),
    Rule("CASE-03", Level.BLOCK, "evidence", _("What is told has evidence."), _evidence),
    Rule("CASE-07", Level.BLOCK, "photos", _("People in photographs agreed."), _portraits),
    Rule("CASE-08", Level.BLOCK, "body", _("No text holds personal data."), _personal),
)
PUBLICATION_RULES: tuple[Rule, ...] = (
    Rule("CASE-04", Level.BLOCK, "consent", _("Nothing is published without consent."), _consent),
    Rule("CASE-05", Level.BLOCK, "credit_code", _("No open mark of violation."), _violation),
    Rule("CASE-R1", Level.BLOCK, "wording_by", _("Two people have reviewed."), _reviews),
)
ALL_RULES: tuple[Rule, ...] = (*SUBMISSION_RULES, *PUBLICATION_RULES)


def check_case(case: ExemplaryCase, terms: CaseTerms = CASES) -> list[Finding]:
    """All findings at submission; a mark of violation is shown as a warning already."""
    found = [finding for rule in SUBMISSION_RULES for finding in rule.run(case, terms)]
    marks = PUBLICATION_RULES[1].run(case, terms.starts)
    return found + [
        Finding(f.code, Level.WARN, f.field, f.message, f.clause, f.values) for f in marks
    ]


def check_publication(case: ExemplaryCase, day: date, terms: CaseTerms = CASES) -> list[Finding]:
    """All findings on a day on which a case would be published, those of submission among them."""
    found = [finding for rule in SUBMISSION_RULES for finding in rule.run(case, terms)]
    return found + [finding for rule in PUBLICATION_RULES for finding in rule.run(case, day)]
