"""Webhooks: every change of state, signed, told to the systems that asked for it.

The event log is the outbox: beat looks at events that are newer than the last look and writes one
delivery for each webhook whose owner may see the filing, so that an official act costs no statement
more. A delivery is taken under a lease, sent to an address that was checked just then, tried again
with growing pauses, and given up after ATTEMPTS. Receivers know a repetition by its event id.

Body: {"event", "line", "filing", "number", "move", "from", "to", "at"}; no personal data.
Header `Torch-Signature: t=<unix seconds>,v1=<hex>`, HMAC-SHA256 of "<t>.<body>" with the secret.
"""

import datetime
import hashlib
import hmac
import http.client
import ipaddress
import json
import logging
import secrets
import socket
import ssl
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from torch_portal.accounts.models import User
from torch_portal.common.findings import Finding, Level, Refused
from torch_portal.filings.enums import DeliveryState
from torch_portal.filings.models import Delivery, Event, Webhook, may_see

log = logging.getLogger(__name__)
MOST = 5  # webhooks of one person
ATTEMPTS = 10
FIRST_RETRY = datetime.timedelta(seconds=30)
LEASE = datetime.timedelta(minutes=2)
TIMEOUT = 5.0  # seconds for connecting, and again for the answer
AT_ONCE = 500
# So many event ids are looked at again: their transactions may have ended late.
WINDOW = 2_000
GIVEN_UP_IN_A_ROW = 20
CLAUSE = "GB/T 22239-2019 8.1.3.2"


def subscribe(*, by: User, url: str, at: datetime.datetime) -> Webhook:
    """Tell this address of every change of state that the person may see from now on.

    Raises Refused: an address that is none, is not https, leads into a private network, is known
    already, or is one too many.
    """
    wrong = address_fault(url)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)
        own = Webhook.objects.filter(owner=by, stopped_at__isnull=True)
        if not wrong and own.filter(url=url).exists():
            wrong = _("This address is told already. Delete that webhook first.")
        if not wrong and own.count() >= MOST:
            wrong = _("You have %(most)s webhooks already. Delete one first.") % {"most": MOST}
        if wrong:
            raise Refused([Finding("WH-01", Level.BLOCK, "url", wrong, CLAUSE)])
        newest = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        secret = secrets.token_urlsafe(32)
        return Webhook.objects.create(owner=by, url=url, secret=secret, created_at=at, seen=newest)


def stop(*, webhook: Webhook, at: datetime.datetime, why: str) -> None:
    """Nothing more is sent there; what was sent stays on record."""
    rows = Webhook.objects.filter(pk=webhook.pk, stopped_at__isnull=True)
    rows.update(stopped_at=at, stopped_why=why[:200])


def address_fault(url: str) -> str:
    """What is wrong with an address, in a sentence; empty when nothing is."""
    try:
        parts = urlsplit(url)
        _port = parts.port
    except ValueError:
        return _("This is not an address. Write it in full: https://example.com/path")
    if parts.scheme not in ("https", "http") or not parts.hostname or len(url) > 500:
        return _("This is not an address. Write it in full: https://example.com/path")
    if parts.username or parts.fragment:
        return _("Leave out name, password and the part after #.")
    try:
        reached = _allowed_address(parts)
    except OSError:
        return _("The name of this address cannot be found. Check how it is written.")
    if reached is None:
        return _("This address leads into a private network. Give one that the portal may reach.")
    if parts.scheme == "http" and not _named_network(reached):
        return _("Use https: what is sent must not be read on the way.")
    return ""


def _allowed_address(parts: SplitResult) -> str | None:
    """The IP address to connect to; None when any address of the name is not allowed."""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    rows = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    found = [str(row[4][0]) for row in rows]
    return found[0] if found and all(map(_may_be_reached, found)) else None


def _may_be_reached(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(ip, "ipv4_mapped", None) or ip
    return (inner.is_global and not inner.is_multicast) or _named_network(str(inner))


def _named_network(address: str) -> bool:
    """Whether the operator named its network in WEBHOOK_NETWORKS."""
    ip = ipaddress.ip_address(address)
    return any(ip in ipaddress.ip_network(network) for network in settings.WEBHOOK_NETWORKS)


def sweep(at: datetime.datetime) -> int:
    """Write the deliveries that are missing; how many were."""
    hooks = Webhook.objects.filter(stopped_at__isnull=True, owner__is_active=True)
    return sum(_sweep(hook, at) for hook in hooks.select_related("owner").order_by("pk"))


def _sweep(hook: Webhook, at: datetime.datetime) -> int:
    told = Delivery.objects.filter(webhook=hook, event=OuterRef("pk"))
    news = (
        Event.objects.filter(may_see(hook.owner, "filing__"))
        .filter(~Exists(told), pk__gt=hook.seen - WINDOW, at__gte=hook.created_at)
        .exclude(from_state=F("to_state"))
    )
    ids = list(news.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    newest = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    rows = [Delivery(webhook=hook, event_id=pk, due_at=at) for pk in ids]
    with transaction.atomic():
        Delivery.objects.bulk_create(rows, ignore_conflicts=True)
        seen = ids[-1] if len(ids) == AT_ONCE else newest
        Webhook.objects.filter(pk=hook.pk, seen__lt=seen).update(seen=seen)
    return len(rows)


def take_due(at: datetime.datetime) -> list[int]:
    """Deliveries that are due, each under a lease from now on: a dead worker's come again."""
    live = Delivery.objects.filter(state=DeliveryState.PENDING, webhook__stopped_at__isnull=True)
    with transaction.atomic():
        due = live.filter(due_at__lte=at).select_for_update(skip_locked=True, of=("self",))
        ids = list(due.order_by("due_at", "pk").values_list("pk", flat=True)[:AT_ONCE])
        Delivery.objects.filter(pk__in=ids).update(due_at=at + LEASE)
    return ids


def deliver(delivery_id: int, at: datetime.datetime) -> str:
    """Send one delivery; what became of it in a word. Safe to run twice: the event id repeats."""
    rows = Delivery.objects.select_related("webhook__owner", "event__filing")
    row = rows.filter(pk=delivery_id, state=DeliveryState.PENDING).first()
    if row is None or row.webhook.stopped_at is not None:
        return "nothing to do"
    if not _still_seen(row):
        return _end(row, at, DeliveryState.FAILED, None, "the owner may no longer see this filing")
    try:
        status = _post(row.webhook, body_of(row.event), at)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return _failed(row, at, None, f"{type(error).__name__}: {error}")
    if 200 <= status < 300:
        return _end(row, at, DeliveryState.DELIVERED, status, "")
    return _failed(row, at, status, f"answered {status}")


def _still_seen(row: Delivery) -> bool:
    owner = row.webhook.owner
    seen = Event.objects.filter(may_see(owner, "filing__"), pk=row.event_id)
    return owner.is_active and seen.exists()


def body_of(event: Event) -> bytes:
    """What is sent of an event."""
    filing = event.filing
    told = {
        "event": event.pk,
        "line": filing.line,
        "filing": filing.pk,
        "number": filing.number,
        "move": event.move,
        "from": event.from_state,
        "to": event.to_state,
        "at": event.at.isoformat(),
    }
    return json.dumps(told, separators=(",", ":"), ensure_ascii=False).encode()


def signature(secret: str, body: bytes, at: datetime.datetime) -> str:
    """Value of the header Torch-Signature."""
    moment = int(at.timestamp())
    mac = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256)
    return f"t={moment},v1={mac.hexdigest()}"


def _post(hook: Webhook, body: bytes, at: datetime.datetime) -> int:
    """Send; the status that was answered. Connects to the address just checked, follows nothing."""
    parts = urlsplit(hook.url)
    address = _allowed_address(parts)
    if address is None:
        raise ValueError("the address leads into a private network")
    if parts.scheme == "http" and not _named_network(address):
        raise ValueError("the address is not https")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    connection = http.client.HTTPConnection(str(parts.hostname), port, timeout=TIMEOUT)
    plain = socket.create_connection((address, port), TIMEOUT)
    connection.sock = plain
    try:
        if parts.scheme == "https":
            context = ssl.create_default_context()
            connection.sock = context.wrap_socket(plain, server_hostname=parts.hostname)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Torch-Portal",
            "Torch-Signature": signature(hook.secret, body, at),
        }
        connection.request("POST", path, body, headers)
        return connection.getresponse().status
    finally:
        connection.close()
        plain.close()


def _failed(row: Delivery, at: datetime.datetime, status: int | None, error: str) -> str:
    if row.attempts + 1 >= ATTEMPTS:
        return _end(row, at, DeliveryState.FAILED, status, error)
    Delivery.objects.filter(pk=row.pk, state=DeliveryState.PENDING).update(
        attempts=F("attempts") + 1,
        due_at=at + FIRST_RETRY * 2**row.attempts,
        status=status,
        error=error[:300],
    )
    return "given back"


def _end(row: Delivery, at: datetime.datetime, state: str, status: int | None, error: str) -> str:
    done = state == DeliveryState.DELIVERED
    rows = Delivery.objects.filter(pk=row.pk, state=DeliveryState.PENDING)
    with transaction.atomic():
        ended = rows.update(
            state=state,
            attempts=F("attempts") + 1,
            status=status,
            error=error[:300],
            delivered_at=at if done else None,
        )
        if ended:
            hooks = Webhook.objects.filter(pk=row.webhook_id)
            hooks.update(failures=0 if done else F("failures") + 1)
            if hooks.filter(failures__gte=GIVEN_UP_IN_A_ROW).exists():
                stop(webhook=row.webhook, at=at, why=_("Too many deliveries were given up."))
    return str(state)
