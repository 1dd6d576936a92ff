"""A small line of its own: filings that wait for a list, are publicised, entered or struck off."""

import datetime
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from tests.factories.contracts import pdf_bytes, png_bytes
from torch_portal.filings import engine
from torch_portal.filings.enums import Stage, Turn
from torch_portal.filings.models import Filing
from torch_portal.filings.transitions import Move, workflow
from torch_portal.publicity import actions, work
from torch_portal.publicity.actions import Said
from torch_portal.publicity.enums import Step
from torch_portal.publicity.models import Batch, Entry
from torch_portal.publicity.terms import Publicity, Row

CLAUSE = "国科发政〔2017〕115号 第十一条"
SHANGHAI = ZoneInfo("Asia/Shanghai")


def move(name, source, target):
    return Move(name, frozenset({source}), target, Turn.REVIEWER, name, name)


PROBE = workflow(
    "probe",
    start="draft",
    states={
        "draft": (Stage.DRAFT, Turn.FILER, "draft"),
        "pooled": (Stage.IN_REVIEW, Turn.REVIEWER, "pooled"),
        "public": (Stage.IN_PUBLICITY, Turn.REVIEWER, "public"),
        "entered": (Stage.GRANTED, Turn.NOBODY, "entered"),
        "struck": (Stage.REFUSED, Turn.NOBODY, "struck"),
    },
    moves=[
        move("pool", "draft", "pooled"),
        move("publicise", "pooled", "public"),
        move("announce", "public", "entered"),
        move("strike", "public", "struck"),
    ],
)


def moment(text):
    """A moment as a clock on the wall in Shanghai shows it."""
    return datetime.datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


AT = moment("2020-01-20T09:00")
CLOSED = moment("2020-02-11T00:00")


def publicise(batch, entries, by, at):
    """The step of the sample line: no number yet."""
    filings = [e.filing for e in entries]
    return {f.pk: "" for f in engine.fire_many(filings, PROBE, "publicise", by=by, at=at)}


def announce(batch, entries, by, at):
    """The step of the sample line: a number from the place on the list."""
    numbers = {e.filing_id: f"{batch.year}{e.ordinal:06}" for e in entries}
    moved = engine.fire_many([e.filing for e in entries], PROBE, "announce", by=by, at=at)
    return {f.pk: numbers[f.pk] for f in moved}


def strike(entry, by, at, note):
    """What the sample line does when an objection was upheld."""
    engine.fire(entry.filing, PROBE, "strike", by=by, at=at, note=note)


STEPS = {Step.PUBLICISE: publicise, Step.ANNOUNCE: announce}
PUBLICITY = Publicity(
    title=lambda place, year, number: f"{place.name_zh}{year}年第{number}批入库名单",
    pool=lambda place: [row(f) for f in Filing.objects.filter(line="probe", state="pooled")],
    steps=STEPS,
    uphold=strike,
    days=10,
    clause=CLAUSE,
)


def row(filing):
    """A filing as it stands on a list."""
    firm = filing.enterprise
    return Row(filing.pk, firm.name, firm.credit_code, firm.division)


@transaction.atomic
def pooled(house, count=1):
    """So many filings that wait for a list."""
    covers = engine.open_filings(PROBE, count, enterprise=house.firm, by=house.filer, at=AT)
    for cover in covers:
        cover.number, cover.agency, cover.submitted_at = f"P{cover.pk}", house.office, AT
    Filing.objects.bulk_update(covers, ["number", "agency", "submitted_at"], batch_size=1000)
    engine.fire_many(covers, PROBE, "pool", by=house.filer, at=AT)
    return covers


def opened(house, at=AT):
    """A new list."""
    return actions.open_batch(
        line="probe", publicity=PUBLICITY, jurisdiction=house.firm.jurisdiction,
        contact="浙江省科学技术厅 0571-87054000", by=house.official, at=at,
    )  # fmt: skip


def listed(house, count=1, at=AT):
    """A list with so many filings."""
    batch = opened(house, at)
    filings = pooled(house, count)
    actions.add(batch=batch, rows=[row(f) for f in filings], by=house.official, at=at)
    return batch


def carry(at, **options):
    """What the sample line's worker does."""
    return work.carry(line="probe", steps=STEPS, at=at, **options)


def public(house, count=1, at=AT):
    """A list that is open for objections."""
    batch = listed(house, count, at)
    actions.publicise(batch=batch, opens_on=at.date(), by=house.official, at=at)
    carry(at)
    batch.refresh_from_db()
    return batch


def announced(house, count=1):
    """A list that was announced after its period."""
    batch = public(house, count)
    actions.announce(batch=batch, by=house.official, at=CLOSED)
    carry(CLOSED)
    batch.refresh_from_db()
    return batch


def paper(name="证据.pdf", content=b""):
    """A file as the browser sends it."""
    return SimpleUploadedFile(name, content or pdf_bytes(), "application/pdf")


def picture(name="公函.png"):
    """A picture as the browser sends it."""
    return SimpleUploadedFile(name, png_bytes(), "image/png")


SAID = Said(
    kind="person",
    name="王小明",
    mobile="13812345678",
    text="该企业职工总数与社保记录不符，附查询结果。",
)


def objection(entry, at=AT, **changes):
    """An objection to an entry."""
    said = Said(**{**vars(SAID), **changes})
    return actions.object_(batch=entry.batch, entry=entry, said=said, evidence=[paper()], at=at)


def states(batch):
    """The states of the entries in the order of the list."""
    rows = Entry.objects.filter(batch=batch).order_by("ordinal", "pk")
    return list(rows.values_list("state", flat=True))


def state(batch):
    """The state of a list as stored."""
    return Batch.objects.values_list("state", flat=True).get(pk=batch.pk)
