"""Spot checks: drawn by a recorded seed, material asked for, compared, concluded."""

import datetime
import secrets
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sme_eval import editions, permissions, queries, rules
from sme_eval.actions import letters
from sme_eval.actions.reviewing import need_note
from sme_eval.enums import FOUND, AttachmentKind, CheckState
from sme_eval.models import Draw, Evaluation, SpotCheck
from torch_portal.accounts.models import User
from torch_portal.accounts.roles import Denied, check_not_own
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.common.workdays import Limit, Unit, foreseen
from torch_portal.filings import actions as filing_actions
from torch_portal.filings import engine
from torch_portal.filings.drafts import Conflict
from torch_portal.filings.models import Attachment, Filing
from torch_portal.filings.queries import calendar_for, live_files
from torch_portal.filings.transitions import Stale

CLAUSE = "国科火字〔2020〕169号"


@transaction.atomic
def draw_spot_check(
    *,
    jurisdiction: str,
    year: int,
    by: User,
    at: datetime.datetime,
    seed: str = "",
    share: Decimal | None = None,
) -> Draw:
    """抽查: at least five per cent of the year's enterprises, drawn so that anybody can repeat it.

    Enterprises confirmed by a valid high-tech certificate are not drawn from, nor those already
    drawn this year. `seed` is made when none is given and kept with a digest of the numbers.
    Each drawn enterprise is asked for its material at once. Refused when the share is too small
    or nobody is left to draw from.
    """
    if not permissions.may_act_for(by, jurisdiction):
        raise Denied(_("The provincial department draws the spot check."))
    edition = editions.named(f"SME{year}")
    rate = Fraction(share) if share is not None else edition.spot_check_rate
    pool = queries.pool_of_spot_check(jurisdiction, year)
    _check_draw(rate, edition, pool)
    seed = seed.strip() or secrets.token_hex(16)
    limit = Limit(settings.SME_SPOT_CHECK_WORKDAYS, Unit.WORKING, CLAUSE)
    day = timezone.localdate(at)
    draw = Draw.objects.create(
        year=year,
        jurisdiction_id=jurisdiction,
        seed=seed,
        share=share if share is not None else Decimal(rate.numerator) / rate.denominator,
        population=len(pool),
        digest=queries.digest_of_pool(pool),
        due_on=foreseen(day, limit, calendar=calendar_for(jurisdiction)).on,
        drawn_at=at,
        drawn_by=by,
    )
    _ask(draw, [pool[number] for number in rules.draw(pool, seed, rate)], by, at)
    return draw


def _check_draw(rate: Fraction, edition: editions.Edition, pool: Mapping[str, int]) -> None:
    least = edition.spot_check_rate
    found = []
    if not least <= rate <= 1:
        message = _("At least %(least)s%% are drawn, and at most all.")
        values = {"least": f"{float(least * 100):g}"}
        found.append(Finding("share", Level.BLOCK, "share", message, CLAUSE, values))
    if not pool:
        message = _("Nobody of this year is left to draw from.")
        found.append(Finding("empty", Level.BLOCK, "", message, CLAUSE))
    if found:
        raise Refused(found)


def _ask(draw: Draw, chosen: list[int], by: User, at: datetime.datetime) -> None:
    rows = queries.with_cover(Evaluation.objects).in_bulk(chosen)
    evaluations = [rows[pk] for pk in chosen]
    SpotCheck.objects.bulk_create(
        (SpotCheck(draw=draw, evaluation=row) for row in evaluations), batch_size=1000
    )
    data = {row.pk: {"draw": draw.pk, "due_on": draw.due_on.isoformat()} for row in evaluations}
    engine.record_many((r.filing for r in evaluations), "spot_check", by=by, at=at, data=data)
    letters.spot_check(draw, evaluations, at)


@transaction.atomic
def give_material(
    *,
    check: SpotCheck,
    figures: Mapping[str, Decimal],
    by: User,
    at: datetime.datetime,
) -> SpotCheck:
    """The enterprise hands its statements in: figures of the statements in 万元, and the files.

    Raises Refused when a figure or one of the three statements is missing.
    """
    filing = check.evaluation.filing
    permissions.check_may_file(by, filing)
    edition = queries.edition_of(check.evaluation)
    files = {file.kind for file in live_files(filing)}
    found = [
        Finding(
            "material",
            Level.BLOCK,
            "attachments",
            _("Upload the %(kind)s."),
            CLAUSE,
            {"kind": AttachmentKind(kind).label},
        )
        for kind in edition.due("check")
        if kind not in files
    ]
    found += [
        Finding("figure", Level.BLOCK, name, _("Enter the figure of the statement."), CLAUSE)
        for name in queries.CHECKED
        if figures.get(name) is None
    ]
    if found:
        raise Refused(found)
    claimed = SpotCheck.objects.filter(pk=check.pk, state=CheckState.ASKED).update(
        state=CheckState.GIVEN,
        figures={name: str(value) for name, value in figures.items()},
        given_at=at,
        given_by=by,
    )
    if not claimed:
        raise Stale(_("The material was handed in already."))
    check.refresh_from_db()
    engine.record(filing, "give_material", by=by, at=at, data={"check": check.pk})
    return check


@transaction.atomic
def conclude(
    *, check: SpotCheck, state: str, by: User, at: datetime.datetime, note: str
) -> SpotCheck:
    """What the agency found: on site, agrees, differs, or nothing was handed in."""
    need_note(note)
    filing: Filing = check.evaluation.filing
    permissions.check_may_review(by, filing)
    check_not_own(by, filing.enterprise_id)
    day = timezone.localdate(at)
    if state == CheckState.SILENT and day <= check.draw.due_on:
        message = _("The enterprise has time for its material until %(until)s.")
        values = {"until": check.draw.due_on}
        raise Refused([Finding("too_early", Level.BLOCK, "", message, CLAUSE, values)])
    if state not in FOUND:
        raise Refused([Finding("state", Level.BLOCK, "state", _("Choose what was found."), CLAUSE)])
    claimed = SpotCheck.objects.filter(pk=check.pk, state__in=queries.OPEN_CHECKS).update(
        state=state, result=note, checked_at=at, checked_by=by
    )
    if not claimed:
        raise Stale(_("Somebody was faster: this check is concluded already."))
    check.refresh_from_db()
    data = {"check": check.pk, "result": state}
    engine.record(filing, "conclude_check", by=by, at=at, note=note, data=data)
    return check


def attach_material(
    *, check: SpotCheck, kind: str, upload: "UploadedFile[Any]", by: User, at: datetime.datetime
) -> Attachment:
    """Keep a statement that the check asks for; BadUpload when its content is not acceptable."""
    filing = check.evaluation.filing
    permissions.check_may_file(by, filing)
    if check.state != CheckState.ASKED:
        raise Conflict(_("The material was handed in already, so nothing can be added."))
    return filing_actions.attach(filing=filing, kind=kind, upload=upload, by=by, at=at)
