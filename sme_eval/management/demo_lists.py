"""The lists of the demonstration, and what follows the entry in the library."""

import datetime
from decimal import Decimal

from django.utils import timezone

from sme_eval import actions, queries
from sme_eval.actions import PUBLICITY
from sme_eval.enums import CheckState, State
from sme_eval.management.story import Days, People, filer_of, moment
from sme_eval.models import Evaluation, Revocation, SpotCheck
from torch_portal.accounts.models import Jurisdiction, User
from torch_portal.filings.management.invented import scan
from torch_portal.publicity import actions as publicity
from torch_portal.publicity.enums import ObjectorKind
from torch_portal.publicity.models import Batch
from torch_portal.publicity.work import carry

CONTACT = "浙江省科学技术厅，电话 0571-80000000"
OBJECTION = (
    "公示企业信息表所列发明专利已于去年转让给我公司，转让登记手续见附件，"
    "该专利不应再计入其科技成果。"
)
SHARE = Decimal("0.5")


def list_of(evaluations: list[Evaluation], by: User, at: datetime.datetime) -> Batch:
    """A new list of these; others that wait stay in the pool."""
    place = evaluations[0].filing.jurisdiction_id
    batch = publicity.open_batch(
        line=queries.LINE,
        publicity=PUBLICITY,
        jurisdiction=Jurisdiction.objects.get(pk=place),
        contact=CONTACT,
        by=by,
        at=at,
    )
    wanted = {evaluation.pk for evaluation in evaluations}
    rows = [row for row in PUBLICITY.pool(place) if row.filing_id in wanted]
    publicity.add(batch=batch, rows=rows, by=by, at=at)
    return batch


def _publicise(batch: Batch, by: User, at: datetime.datetime) -> None:
    publicity.publicise(batch=batch, opens_on=timezone.localdate(at), by=by, at=at)
    carry(line=queries.LINE, steps=PUBLICITY.steps, at=at)
    batch.refresh_from_db()


def numbered_list(evaluations: list[Evaluation], days: Days, people: People) -> None:
    """The year's first list: public, and announced the day after its last day."""
    if not evaluations:
        return
    batch = list_of(evaluations, people.official, days.after_opening(6))
    _publicise(batch, people.official, days.after_opening(6, 14))
    if batch.ends_on is None:
        raise ValueError(f"list {batch.pk} was not publicised")
    announced = moment(batch.ends_on + datetime.timedelta(days=1), 10)
    publicity.announce(batch=batch, by=people.official, at=announced)
    carry(line=queries.LINE, steps=PUBLICITY.steps, at=announced)
    for evaluation in evaluations:
        evaluation.refresh_from_db()


def open_list(evaluations: list[Evaluation], days: Days, people: People) -> None:
    """Public for three days now; somebody objected to its first entry."""
    if not evaluations:
        return
    batch = list_of(evaluations, people.official, days.ago(4))
    _publicise(batch, people.official, days.ago(3))
    said = publicity.Said(ObjectorKind.PERSON, "沈立诚", OBJECTION, "13857100000")
    publicity.object_(
        batch=batch,
        entry=batch.entries.order_by("ordinal")[0],
        said=said,
        evidence=[scan("专利转让登记手续合格通知书")],
        at=days.ago(1),
    )


def list_in_preparation(evaluations: list[Evaluation], days: Days, people: People) -> None:
    """Not public yet; the last of those that wait stay in the pool."""
    if evaluations:
        list_of(evaluations[:3], people.official, days.ago(1))


def after_entry(made: dict[str, list[Evaluation]], days: Days, people: People) -> None:
    """Given up, revoked, a revocation announced, a change reported, a spot check drawn."""
    for evaluation in made.get(State.RESIGNED, ()):
        by, note = filer_of(evaluation.enterprise), "自查发现上年度研发费用归集有误，不再符合条件"
        actions.resign(evaluation=evaluation, by=by, at=days.ago(6), note=note)
    for evaluation in made.get(State.REVOKED, ()):
        _revoke(evaluation, days, people)
    for evaluation in made.get(State.REVOCATION_NOTICED, ()):
        _notify(evaluation, people, days.ago(2))
    entered = made.get(State.ENTERED, [])
    if entered:
        _report_change(entered[-1], days.ago(2))
        _spot_check(entered[0], days, people)


def _notify(evaluation: Evaluation, people: People, at: datetime.datetime) -> Revocation:
    return actions.notify_revocation(
        evaluation=evaluation,
        grounds=["conditions"],
        by=people.official,
        at=at,
        note="上年度研发费用加计扣除明细表金额远低于信息表所填金额，按实际金额综合评价得分不足60分",
    )


def _revoke(evaluation: Evaluation, days: Days, people: People) -> None:
    """Answered by the enterprise, decided by the second official."""
    revocation = _notify(evaluation, people, days.ago(12))
    by, words = filer_of(evaluation.enterprise), "差额系委托研发费用，未能在申报时取得发票。"
    actions.state_case(revocation=revocation, statement=words, by=by, at=days.ago(10))
    note = "委托研发费用无合同和发票佐证，申辩理由不成立"
    actions.revoke(evaluation=evaluation, by=people.second, at=days.ago(5), note=note)


def _report_change(evaluation: Evaluation, at: datetime.datetime) -> None:
    """It moved; the agency has not confirmed it yet."""
    actions.report_change(
        evaluation=evaluation,
        changed_on=timezone.localdate(at) - datetime.timedelta(days=20),
        after={"address": "杭州市滨江区江南大道 588 号"},
        reason="注册地址变更，已换发营业执照",
        by=filer_of(evaluation.enterprise),
        at=at,
    )


def _spot_check(entered: Evaluation, days: Days, people: People) -> None:
    """Half of the year's numbers, in the jurisdiction of one of them; the first two answered."""
    draw = actions.draw_spot_check(
        jurisdiction=entered.filing.jurisdiction_id,
        year=entered.year,
        by=people.official,
        at=days.ago(4),
        share=SHARE,
    )
    answered = [_answer(check, days.ago(2)) for check in draw.checks.order_by("pk")[:2]]
    for check in answered[:1]:
        note = "三张报表与信息表所填金额一致"
        state, at = CheckState.AGREES, days.ago(1)
        actions.conclude(check=check, state=state, by=people.examiner, at=at, note=note)


def _answer(check: SpotCheck, at: datetime.datetime) -> SpotCheck:
    """The three statements, with the figures as they were declared."""
    evaluation = check.evaluation
    by = filer_of(evaluation.enterprise)
    for kind in queries.edition_of(evaluation).due("check"):
        upload = scan(f"{kind.value}-{evaluation.pk}")
        actions.attach_material(check=check, kind=kind, upload=upload, by=by, at=at)
    figures = {name: getattr(evaluation, name) for name in queries.CHECKED}
    return actions.give_material(check=check, figures=figures, by=by, at=at)
