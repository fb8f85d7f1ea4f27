"""What the office's own group hears of: what waits, by kind, with links into the console and nobody's words.

A new high risk goes at the next look, the rest once a minute at most. A look every five seconds makes thirteen messages a
minute in the worst case, of the twenty that a group's webhook takes.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType

from bot.messages import Work
from bot.runtime import Runtime
from bot.settings import Service
from bot.store import office_alerts, outbox
from bot.store.office_alerts import Alert, OfficeAlert

EVERY = timedelta(minutes=1)
AT_ONCE = frozenset({OfficeAlert.HIGH_RISK})
LINES = 8
MOST = 200
"""Alerts of one digest; when there are more, the next one tells."""
LIMIT = 2048
"""Bytes of a webhook's text, by the platform's documentation."""
KINDS: Mapping[OfficeAlert, str] = MappingProxyType(
    {
        OfficeAlert.HIGH_RISK: "高风险说法",
        OfficeAlert.OVERDUE: "超时未核实",
        OfficeAlert.BURST: "线索激增",
        OfficeAlert.APPEAL: "有不同意见",
        OfficeAlert.EXPIRING: "快到期",
    }
)
HEAD = "【{name}】{moment} 请处理\n{counts}\n{lines}"
LINE = "· {what} {address}"
REST = "另有 {count} 项，见 {address}"
# Where in the console each kind of thing is looked at; anything else on the home page.
PAGES = {"claim": "claims", "article": "articles", "appeal": "appeals"}
# In the order in which they should be looked at.
URGENCY = {kind: place for place, kind in enumerate(OfficeAlert)}


def tell_office(runtime: Runtime) -> None:
    """Queue a digest if one is due. Without a webhook nothing is queued: the console shows all of it anyway."""
    if not runtime.settings.wecom.staff_webhook_key.get_secret_value():
        return
    with runtime.database.reading() as session:
        if not office_alerts.has_unsent(session):
            return
    now = runtime.clock()
    with runtime.database.transaction() as session:
        waiting = office_alerts.unsent(session, limit=MOST)
        if not _is_due(waiting, office_alerts.last_sent_at(session), now):
            return
        body = digest_of(waiting, service=runtime.settings.service, now=now)
        key = f"office-digest-{waiting[0].id}"
        outbox.queue_alert(session, body, key=key, vault=runtime.vault, now=now)
        office_alerts.mark_sent(session, waiting, now=now)
    runtime.enqueue(Work.DELIVERIES)


def digest_of(alerts: Sequence[Alert], *, service: Service, now: datetime) -> str:
    """One message of at most eight lines below its head, and no longer than the platform takes."""
    ordered = sorted(alerts, key=lambda alert: (URGENCY[alert.kind], alert.id))
    shown = LINES if len(ordered) <= LINES else LINES - 1
    body = _written(ordered, shown, service, now)
    while shown and len(body.encode()) > LIMIT:
        shown -= 1
        body = _written(ordered, shown, service, now)
    return body


def _written(ordered: Sequence[Alert], shown: int, service: Service, now: datetime) -> str:
    counted = Counter(alert.kind for alert in ordered)
    lines = [_line(alert, service) for alert in ordered[:shown]]
    if left := len(ordered) - len(lines):
        lines.append(REST.format(count=left, address=f"{service.public_url}/console/"))
    local = now.astimezone(service.zone)
    return HEAD.format(
        name=service.name,
        moment=f"{local.month}月{local.day}日 {local:%H:%M}",
        counts="，".join(f"{KINDS[kind]} {count}" for kind, count in counted.items()),
        lines="\n".join(lines),
    )


def _is_due(waiting: Sequence[Alert], last: datetime | None, now: datetime) -> bool:
    if not waiting:
        return False
    at_once = any(alert.kind in AT_ONCE for alert in waiting)
    return at_once or last is None or now - last >= EVERY


def _line(alert: Alert, service: Service) -> str:
    noun, _, rest = alert.subject.partition(" ")
    page = f"{PAGES[noun]}/{rest.split(' ')[0]}" if noun in PAGES and rest else ""
    return LINE.format(what=KINDS[alert.kind], address=f"{service.public_url}/console/{page}")
