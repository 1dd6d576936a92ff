"""Recommendations: batch dates, duplicates, certificates, claims, forwarding."""

from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from outreach.editions import RECOMMENDATIONS, RecommendationTerms
from outreach.enums import Goods, Offer
from outreach.rules.texts import characters, duplicate_key, plain
from torch_portal.common.codes import area_covers
from torch_portal.common.findings import Finding, Level
from torch_portal.common.i18n import _
from torch_portal.common.personal import personal_problems
from torch_portal.common.rulebook import Problem, Problems, Rule

PUBLIC = (
    "offer", "name", "category", "summary", "scene", "goods", "capacity", "unit",
)  # fmt: skip


@dataclass(frozen=True)
class Certificate:
    """A registration certificate or an emergency approval. valid_until: last day, None: no end."""

    number: str
    valid_until: date | None = None
    emergency: bool = False


@dataclass(frozen=True)
class Recommendation:
    """What a unit recommends. division: of the enterprise; area: the unit's territory.

    cases: places where it is used. ticked: the reviewer looked at the words of efficacy. contact:
    never published.
    """

    offer: Offer
    name: str
    category: str
    credit_code: str
    summary: str = ""
    scene: str = ""
    goods: Goods = Goods.OTHER
    certificates: tuple[Certificate, ...] = ()
    capacity: Decimal | None = None
    unit: str = ""
    division: str = ""
    area: str = ""
    cases: int = 0
    ticked: bool = False
    opinion: str = ""
    contact: str = ""


def batch_date(day: date, terms: RecommendationTerms = RECOMMENDATIONS) -> date:
    """The next day of sending on or after a day; a month without it sends on its last day."""
    last = monthrange(day.year, day.month)[1]
    for each in terms.days:
        if min(each, last) >= day.day:
            return day.replace(day=min(each, last))
    year, month = divmod(day.year * 12 + day.month, 12)
    return date(year, month + 1, terms.days[0])


def needs_certificate(item: Recommendation, terms: RecommendationTerms = RECOMMENDATIONS) -> bool:
    """Whether the thing is regulated by itself, or is a product of a regulated category."""
    certified = {category.code for category in terms.categories if category.certified}
    product = item.offer is Offer.PRODUCT and item.category in certified
    return item.goods in terms.regulated or product


def valid_certificates(item: Recommendation, day: date) -> list[Certificate]:
    """The certificates with a number that hold on a day, the last one included."""
    return [
        each
        for each in item.certificates
        if each.number.strip() and (each.valid_until is None or each.valid_until >= day)
    ]


def claims(item: Recommendation, terms: RecommendationTerms = RECOMMENDATIONS) -> list[str]:
    """The words of efficacy in the texts, however they are written."""
    text = plain("\n".join((item.name, item.summary, item.scene)))
    return [word for word in terms.claims if plain(word) in text]


def public_view(item: Recommendation) -> dict[str, Any]:
    """REC-09: what is published; nobody's contact is among it."""
    return {name: getattr(item, name) for name in PUBLIC}


def _territory(item: Recommendation, _day: date, _terms: RecommendationTerms) -> Problems:
    """国科火字〔2020〕38号 第九条 (所在地科技管理部门、国家高新区管委会)."""
    if item.area and item.division and not area_covers(item.area, item.division):
        message = _("The enterprise lies outside your area. Its own unit recommends it.")
        yield Problem("enterprise", message)


def _category(item: Recommendation, _day: date, terms: RecommendationTerms) -> Problems:
    """国科办便区〔2020〕7号 (征集类别)."""
    if item.category not in {category.code for category in terms.categories}:
        known = ", ".join(category.code for category in terms.categories)
        yield Problem("category", _("Choose one of these categories: %(known)s."), {"known": known})


def _certificate(item: Recommendation, _day: date, terms: RecommendationTerms) -> Problems:
    """药品管理法 第二十四条; 医疗器械监督管理条例 第八条 (注册证或者应急批准)."""
    if needs_certificate(item, terms) and not item.certificates:
        message = _(
            "Drugs, reagents, medical devices and disinfectants need a registration certificate or "
            "an emergency approval. Attach it."
        )
        yield Problem("certificates", message)


def _valid(item: Recommendation, day: date, terms: RecommendationTerms) -> Problems:
    """药品管理法 第二十四条; 医疗器械监督管理条例 第二十二条 (注册证有效期)."""
    if not item.certificates or valid_certificates(item, day):
        return
    level = Level.BLOCK if needs_certificate(item, terms) else Level.WARN
    message = _("No certificate is valid on %(day)s. Attach the one in force.")
    yield Problem("certificates", message, {"day": str(day)}, level=level)


def _capacity(item: Recommendation, _day: date, _terms: RecommendationTerms) -> Problems:
    """国科办便区〔2020〕7号 (供应能力)."""
    if item.capacity is not None and item.capacity <= 0:
        message = _("A capacity is above 0. Leave the entry empty where there is none.")
        yield Problem("capacity", message)
    if item.capacity is not None and not item.unit.strip():
        yield Problem("unit", _("Name the unit of the capacity, such as boxes a day."))
    if item.capacity is None and item.offer is Offer.PRODUCT:
        yield Problem("capacity", _("Say how many can be supplied, with the unit."))


def _efficacy(item: Recommendation, day: date, terms: RecommendationTerms) -> Problems:
    """广告法 第十六条 (不得含有表示功效的断言或者保证)."""
    found = claims(item, terms)
    if found and not item.ticked and not valid_certificates(item, day):
        message = _(
            "The text promises an effect (%(words)s) without a certificate. Put it soberly; the "
            "reviewer has to look at it."
        )
        yield Problem("summary", message, {"words": "、".join(found)})


def _length(item: Recommendation, _day: date, terms: RecommendationTerms) -> Problems:
    """平台设定 (简介不超过500字)."""
    count = characters(item.summary)
    if count > terms.summary:
        message = _("The summary is too long (%(count)s/%(most)s characters). Shorten it.")
        yield Problem("summary", message, {"count": count, "most": terms.summary})
    if not plain(item.name):
        yield Problem("name", _("Name what is recommended."))


def _personal(item: Recommendation, _day: date, _terms: RecommendationTerms) -> Problems:
    """个人信息保护法 第六条、第二十八条."""
    for name in ("name", "summary", "scene"):
        yield from personal_problems(name, getattr(item, name))


def _opinion(item: Recommendation) -> Problems:
    """国科火字〔2020〕38号 第九条 (火炬中心向有关部门提出建议)."""
    if not item.opinion.strip():
        yield Problem("opinion", _("Write the opinion of the screening before it is forwarded."))


def _known(item: Recommendation, known: Mapping[tuple[str, str], str]) -> Problems:
    """国科办便区〔2020〕7号 (不重复推荐)."""
    number = known.get(duplicate_key(item.credit_code, item.name))
    if number is not None:
        message = _("The same enterprise already has this under %(number)s. Add to that one.")
        yield Problem("name", message, {"number": number})


RULES: tuple[Rule, ...] = (
    Rule("REC-01", Level.BLOCK, "enterprise", _("A unit recommends its own."), _territory),
    Rule("REC-02", Level.BLOCK, "category", _("The category is one of the list."), _category),
    Rule("REC-03", Level.BLOCK, "certificates", _("Regulated goods are certified."), _certificate),
    Rule("REC-04", Level.BLOCK, "certificates", _("A certificate is in force."), _valid),
    Rule("REC-06", Level.BLOCK, "capacity", _("A capacity has a number and a unit."), _capacity),
    Rule("REC-07", Level.WARN, "summary", _("No effect is promised uncertified."), _efficacy),
    Rule("REC-09", Level.BLOCK, "summary", _("No text holds personal data."), _personal),
    Rule("REC-L1", Level.BLOCK, "summary", _("The texts have their length."), _length),
)
DUPLICATE = Rule("REC-05", Level.BLOCK, "name", _("A thing is recommended once."), _known)
FORWARD = Rule("REC-08", Level.BLOCK, "opinion", _("What is forwarded was screened."), _opinion)
ALL_RULES: tuple[Rule, ...] = (*RULES, DUPLICATE, FORWARD)


def check_recommendation(
    item: Recommendation,
    day: date,
    *,
    known: Mapping[tuple[str, str], str] | None = None,
    terms: RecommendationTerms = RECOMMENDATIONS,
) -> list[Finding]:
    """All findings at submission; known: key of what is already recommended -> its number."""
    found = [finding for rule in RULES for finding in rule.run(item, day, terms)]
    return found + DUPLICATE.run(item, known or {})


def check_forwarding(
    item: Recommendation, day: date, terms: RecommendationTerms = RECOMMENDATIONS
) -> list[Finding]:
    """What stops the way to the departments: no opinion, or an unticked promise of effect."""
    efficacy: Collection[Finding] = [
        Finding(f.code, Level.BLOCK, f.field, f.message, f.clause, f.values)
        for rule in RULES
        if rule.code == "REC-07"
        for f in rule.run(item, day, terms)
    ]
    return [*FORWARD.run(item), *efficacy]
