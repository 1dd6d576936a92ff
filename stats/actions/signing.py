"""From the last return to the published tables: explained, signed off, accepted, published."""

import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from stats import permissions
from stats.actions.rounds import move_round
from stats.editions.quality import CHANGE_TO_EXPLAIN, TOTALS
from stats.enums import IN_REVIEW, RoundState, State
from stats.enums.quality import Dimension
from stats.models import Aggregate, PublicationTable, Return, Round, SignOff, SuppressionLog
from stats.queries import quality as desk
from stats.queries import totals
from stats.queries.instruments import items_of
from stats.rules import quality, suppression
from torch_portal.accounts.models import Jurisdiction, User
from torch_portal.accounts.roles import Denied
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.filings import engine
from torch_portal.filings.transitions import Stale

CLAUSE = "国统制〔2022〕11号（逐级审核、汇总与上年比较）"
SHORTEST = 10
LANGUAGE = "zh-hans"
PUBLISHED = (Dimension.PROVINCE, Dimension.INDUSTRY, Dimension.SIZE, Dimension.CERTIFIED)


def hold(survey_round: Round, state: RoundState) -> Round:
    """The round, locked in this state; Stale when it stands elsewhere."""
    held = (
        Round.objects.select_for_update(of=("self",), no_key=True)
        .select_related("version__instrument")
        .get(pk=survey_round.pk)
    )
    if held.state != state:
        words = _("The round is “%(state)s”: this is not possible now.")
        raise Stale(words % {"state": held.get_state_display()})
    return held


def _check_province(by: User, place: str) -> None:
    if place not in permissions.provinces(by):
        raise Denied(_("The province itself does this."))


@transaction.atomic
def explain_total(*, aggregate: Aggregate, text: str, by: User, at: datetime.datetime) -> Aggregate:
    """Say why a total changed so much since last year; by the province whose total it is."""
    if aggregate.place:
        _check_province(by, aggregate.place)
    else:
        permissions.check_torch(by)
    words = text.strip()
    if len(words) < SHORTEST:
        message = _("Write at least %(least)s characters: what changed, and where.")
        raise Refused([Finding("short", Level.BLOCK, "text", message, CLAUSE, {"least": SHORTEST})])
    row = {"explanation": words, "explained_at": at, "explained_by": by}
    changed = Aggregate.objects.filter(pk=aggregate.pk, value=aggregate.value).update(**row)
    if not changed:
        raise Stale(_("The totals were counted again meanwhile. Look at them once more."))
    aggregate.refresh_from_db()
    return aggregate


@transaction.atomic
def sign_off(
    *,
    survey_round: Round,
    jurisdiction: Jurisdiction,
    by: User,
    at: datetime.datetime,
    note: str = "",
) -> SignOff:
    """省级签认: the province stands by its totals.

    Refused with everything that is in the way: returns that are still under way, totals that were
    not counted, changes over the limit without a word. Stale before the round is closed.
    """
    _check_province(by, jurisdiction.pk)
    held = hold(survey_round, RoundState.CLOSED)
    found = against_sign_off(survey_round=held, place=jurisdiction.pk)
    if found:
        raise Refused(found)
    row, _new = SignOff.objects.update_or_create(
        round=held,
        jurisdiction=jurisdiction,
        defaults={
            "digest": totals.digest_of_place(held, jurisdiction.pk),
            "note": note.strip(),
            "signed_at": at,
            "signed_by": by,
        },
    )
    return row


def against_sign_off(*, survey_round: Round, place: str) -> list[Finding]:
    """What is in the way of a province's sign-off, all at once; [] when nothing is."""
    found = []
    waiting = Return.objects.filter(
        round=survey_round,
        filing__jurisdiction=place,
        filing__state__in=(State.SUBMITTED, State.LOCAL_APPROVED, State.CITY_APPROVED,
                           State.RETURNED, State.CANCEL_REQUESTED),
    ).count()  # fmt: skip
    if waiting:
        message = _("%(count)s returns are still under way below the province. Decide them first.")
        found.append(_stop("waiting", message, count=waiting))
    rows = Aggregate.objects.filter(round=survey_round, place=place)
    if not rows.exists():
        message = _("The totals of the province have not been counted yet.")
        return [*found, _stop("uncounted", message)]
    silent = [
        row for row in rows.filter(explanation="") if quality.to_explain(row.value, row.before)
    ]
    silent = [row for row in silent if row.dimension == Dimension.TOTAL]
    items = items_of(survey_round.version)
    message = _(
        "%(label)s changed by more than %(limit)s%% since last year. Explain it before you sign."
    )
    limit = CHANGE_TO_EXPLAIN * 100
    found += [
        _stop("unexplained", message, label=items[row.code].label_zh, limit=limit)
        for row in silent
        if row.code in items
    ]
    return found


def _stop(code: str, message: str, **values: object) -> Finding:
    return Finding(code, Level.BLOCK, "", message, CLAUSE, values)


@transaction.atomic
def accept_round(*, survey_round: Round, by: User, at: datetime.datetime, note: str = "") -> Round:
    """验收: every province with respondents has signed off and nothing is under way any more."""
    permissions.check_torch(by)
    held = hold(survey_round, RoundState.CLOSED)
    found = []
    open_ = Return.objects.filter(round=held, filing__state__in=IN_REVIEW).count()
    if open_:
        message = _("%(count)s returns are still in review. Decide them first.")
        found.append(_stop("waiting", message, count=open_))
    message = _("%(place)s has not signed off its totals, or they changed since.")
    found += [_stop("unsigned", message, place=p.name) for p in desk.unsigned(held)]
    if found:
        raise Refused(found)
    return move_round(survey_round, RoundState.ACCEPTED, by=by, at=at)


@transaction.atomic
def publish_round(*, survey_round: Round, by: User, at: datetime.datetime, note: str = "") -> Round:
    """公布: freeze the tables of the country, cells of fewer than three respondents left out.

    统计法 第二十五条. What is left out is logged with its reason.
    """
    permissions.check_torch(by)
    held = hold(survey_round, RoundState.ACCEPTED)
    for code in TOTALS:
        _publish_item(held, code, by, at)
    return move_round(survey_round, RoundState.PUBLISHED, by=by, at=at)


def _publish_item(survey_round: Round, code: str, by: User, at: datetime.datetime) -> None:
    """The tables of one item; where one of them hides the total all do."""
    item = items_of(survey_round.version).get(code)
    whole = Aggregate.objects.filter(
        round=survey_round, place="", dimension=Dimension.TOTAL, code=code
    ).first()
    if item is None or whole is None:
        return
    total = suppression.Cell(suppression.TOTAL, whole.respondents, whole.value)
    cells = {dimension: _cells(survey_round, code, dimension) for dimension in PUBLISHED}
    hidden = {d: suppression.suppressed(rows, total) for d, rows in cells.items()}
    why = [found[suppression.TOTAL] for found in hidden.values() if suppression.TOTAL in found]
    for dimension, rows in cells.items():
        left_out = hidden[dimension] | ({suppression.TOTAL: why[0]} if why else {})
        with translation.override(LANGUAGE):
            told = [_told(cell, left_out, desk.key_label(dimension, cell.key)) for cell in rows]
            told.append(_told(total, left_out, str(Dimension.TOTAL.label)))
            title = f"{survey_round.year}年{item.label_zh}（{dimension.label}）"
        table = PublicationTable.objects.create(
            round=survey_round,
            code=code,
            dimension=dimension,
            title=title,
            unit=item.unit,
            rows=told,
            digest=engine.digest(told),
            published_at=at,
            published_by=by,
        )
        behind = {cell.key: cell.respondents for cell in (*rows, total)}
        SuppressionLog.objects.bulk_create(
            SuppressionLog(table=table, key=key, reason=reason, respondents=behind[key])
            for key, reason in left_out.items()
        )


def _cells(survey_round: Round, code: str, dimension: str) -> list[suppression.Cell]:
    rows = Aggregate.objects.filter(round=survey_round, place="", dimension=dimension, code=code)
    told = rows.order_by("key").values_list("key", "respondents", "value")
    return [suppression.Cell(*row) for row in told]


def _told(cell: suppression.Cell, left_out: dict[str, str], label: str) -> dict[str, object]:
    """A row as it is published; respondents and value null where it is left out."""
    hidden = cell.key in left_out
    return {
        "key": cell.key,
        "label": label,
        "respondents": None if hidden else cell.respondents,
        "value": None if hidden else _plain(cell.value),
    }


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
