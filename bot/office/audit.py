"""The trail of who did what, as the auditor reads it. Taking it away leaves a trace too."""

from collections.abc import Callable
from functools import partial

from bot.access import Permission
from bot.office.act import Act
from bot.store import audit
from bot.store.audit import AuditEvent, AuditQuery
from bot.store.pages import Page, Wanted


def events(act: Act, query: AuditQuery, wanted: Wanted) -> Page[AuditEvent]:
    """A page of events. Raises Unacceptable for a cursor that is none."""
    act.require(Permission.AUDIT_READ)
    return audit.find_events(act.session, query, wanted)


def take_away(act: Act, query: AuditQuery) -> Callable[[Wanted], Page[AuditEvent]]:
    """The same as a file, read page by page: it leaves one trace, however many there are."""
    act.require(Permission.AUDIT_READ)
    act.note("audit.exported", "audit", detail=query.given())
    return partial(events, act, query)


def last_hash(act: Act) -> str:
    """To be written down elsewhere: whoever cuts off the trail's end cannot change the paper."""
    act.require(Permission.AUDIT_READ)
    return audit.last_hash(act.session)
