"""What must hold between an application, its cover, its batch and its certificate."""

from collections.abc import Iterator

from django.db.models import Count, F, Q

from hitech_cert.enums import STANDING, TAKES_THE_YEAR, State
from hitech_cert.models import Application
from hitech_cert.queries import panels
from torch_portal.filings.enums import Stage
from torch_portal.filings.models import Filing
from torch_portal.papers.enums import PaperKind
from torch_portal.papers.models import Paper

MOST = 100
CERTIFIED = (*STANDING, State.CANCELLED, State.EXPIRED)
BEFORE_ACCEPTANCE = (
    State.SUBMITTED,
    State.CORRECTING,
    State.RECOMMENDED,
    State.NOT_ACCEPTED,
    State.WITHDRAWN,
    State.DRAFT,
)
SCORED = (
    State.SCORED,
    State.PROPOSED,
    State.LOCAL_PUBLICITY,
    State.REPORTED,
    State.NATIONAL_PUBLICITY,
    *STANDING,
)


def consistency() -> list[str]:
    """Figures and states that contradict each other; empty when all is well."""
    return [*_told(), *_two_in_a_year(), *_uncovered(), *_papers(), *panels.consistency()]


def _told() -> Iterator[str]:
    """One table alone, against the state of its cover."""
    submitted = ~Q(filing__stage__in=[Stage.DRAFT, Stage.WITHDRAWN])
    checks = (
        (submitted & Q(intake=None), "stands in no batch"),
        (submitted & Q(filed_at=None), "was submitted and has no moment of filing"),
        (
            Q(intake__isnull=False) & ~Q(intake__jurisdiction=F("filing__jurisdiction")),
            "stands in a batch of another certification body",
        ),
        (Q(intake__isnull=False) & ~Q(intake__year=F("year")), "stands in a batch of another year"),
        (
            Q(filing__state__in=CERTIFIED) & Q(certificate_number=None),
            "is certified without a number",
        ),
        (
            ~Q(filing__state__in=CERTIFIED) & Q(certificate_number__isnull=False),
            "has a number but is not certified",
        ),
        (Q(filing__state__in=SCORED) & Q(score_top=None), "is reviewed without a score"),
        (Q(channel="email") & Q(received_at=None), "came by e-mail at no known moment"),
        (
            Q(certificate_number__isnull=False)
            & (Q(valid_to=None) | Q(valid_to__lt=F("issued_on"))),
            "is certified for no time",
        ),
    )
    for wrong, words in checks:
        for pk in (
            Application.objects.filter(wrong).order_by("pk").values_list("pk", flat=True)[:MOST]
        ):
            yield f"application {pk}: {words}"


def _two_in_a_year() -> Iterator[str]:
    """One application of an enterprise takes a year."""
    taking = Application.objects.filter(filing__state__in=TAKES_THE_YEAR)
    counted = taking.values("enterprise_id", "year").annotate(count=Count("pk"))
    found = counted.filter(count__gt=1).order_by("enterprise_id", "year")[:MOST]
    for row in found:
        enterprise, count, year = row["enterprise_id"], row["count"], row["year"]
        yield f"enterprise {enterprise}: {count} applications take {year}"


def _uncovered() -> Iterator[str]:
    lost = Filing.objects.filter(line="hitech_cert", application=None).order_by("pk")
    for pk in lost.values_list("pk", flat=True)[:MOST]:
        yield f"filing {pk}: is of this line and has no application"


def _papers() -> Iterator[str]:
    """What was accepted owes an account of its paper."""
    known = Paper.objects.filter(kind=PaperKind.APPLICATION).values("filing")
    rows = Application.objects.exclude(filing__state__in=BEFORE_ACCEPTANCE)
    for pk in rows.exclude(pk__in=known).order_by("pk").values_list("pk", flat=True)[:MOST]:
        yield f"application {pk}: was accepted and has no paper in the ledger"
