"""For whoever watches the installation: is it well, and its figures. Neither shows any content."""

import hmac
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST

from clearinghouse.access.errors import Unseen
from clearinghouse.ledger import queries as ledger
from clearinghouse.notices import queries as notices
from clearinghouse.people.asking import Asking
from clearinghouse.watch import figures, health

FORWARDED = ("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-Ip", "Forwarded")


def healthz(_request: Asking) -> HttpResponse:
    """No content: the status says it."""
    status = 200 if health.is_well(settings.ENV.data_dir) else 503
    return HttpResponse(status=status, headers={"Cache-Control": "no-store"})


def metrics(request: Asking) -> HttpResponse:
    """For whoever has the token; without one set, for this machine. Raises Unseen for others."""
    if not _may_watch(request):
        raise Unseen("no such page")
    text = figures.text(_standing(request))
    kept = {"Cache-Control": "no-store"}
    return HttpResponse(text, content_type=CONTENT_TYPE_LATEST, headers=kept)


def _may_watch(request: Asking) -> bool:
    token = settings.ENV.metrics_token
    if token:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    passed_on = any(name in request.headers for name in FORWARDED)
    return not passed_on and _is_here(request.META.get("REMOTE_ADDR", ""))


def _is_here(address: str) -> bool:
    """Behind a server of the same machine everybody seems to be: it says so by its headers."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _standing(request: Asking) -> list[tuple[str, str, float]]:
    tally, oldest = notices.tally(), notices.oldest_waiting(request.now)
    waits = (request.now - oldest.due_at).total_seconds() if oldest else 0.0
    return [
        ("outbox_waiting", "Mails that wait", tally["queued"] + tally["deferred"]),
        ("outbox_failed", "Mails that were parked", tally["failed"]),
        ("outbox_oldest_seconds", "How long the oldest mail that is due has waited", waits),
        ("outbox_fenced", "Whether a restore's fence stands", float(bool(notices.fence()))),
        ("ledger_lines", "Lines of the record", ledger.head()[0]),
    ]
