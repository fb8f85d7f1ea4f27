"""What in the service is broken, in words a clerk can pass on. Nothing here asks a platform: the tables tell.

A token that ran out is no fault by itself, it is fetched when something is to be sent; it is one while something lies.
"""

from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum

from bot.access import Permission
from bot.office.act import Act
from bot.store import condition
from bot.wechat.connection import TOKEN_NAME

# The scheduler's lease, as `bot.scheduler` names it; that lies above us and cannot be asked.
SCHEDULER = "scheduler"
# A worker looks every few seconds; what lies longer than this, nobody looks after.
PATIENCE = timedelta(minutes=10)
# The scheduler's lease lasts 15 s and another process takes over within 20.
STANDBY = timedelta(minutes=1)
# Answers of the platform about the account's credentials, and about what is used up (its list of return codes).
CREDENTIALS = frozenset(
    f"platform_{code}"
    for code in (40001, 40013, 40014, 40125, 40164, 42001, 48001, 48004, 50001, 50002, 60020, 89503)
)
USED_UP = frozenset({"platform_45009", "platform_45028"})
AWAY = frozenset({"PlatformUnavailable", "platform_-1"})


class Trouble(StrEnum):
    """Something a person must mend."""

    TOKEN = "token"  # noqa: S105 - a kind of trouble
    PLATFORM = "platform"
    WORKER = "worker"
    SCHEDULER = "scheduler"
    QUOTA = "quota"
    KNOWLEDGE = "knowledge"
    OFFICE_ALERTS = "office_alerts"


def troubles(act: Act) -> tuple[Trouble, ...]:
    """All there is; empty when all is well."""
    act.require(Permission.FIGURES_READ)
    return tuple(_found(act))


def _found(act: Act) -> Iterator[Trouble]:
    session, now = act.session, act.now
    said = condition.postponed_because(session, now=now)
    lies = condition.deliveries_lie(session, since=now - PATIENCE)
    good_until = condition.token_until(session, TOKEN_NAME)
    if said & CREDENTIALS or (lies and good_until is not None and good_until <= now):
        yield Trouble.TOKEN
    if said & AWAY:
        yield Trouble.PLATFORM
    if said & USED_UP:
        yield Trouble.QUOTA
    if lies or condition.messages_lie(session, since=now - PATIENCE):
        yield Trouble.WORKER
    held_until = condition.lease_until(session, SCHEDULER)
    if held_until is None or held_until <= now - STANDBY:
        yield Trouble.SCHEDULER
    if not act.runtime.library.get().articles:
        yield Trouble.KNOWLEDGE
    untold = condition.oldest_untold_alert(session)
    if untold is not None and untold <= now - PATIENCE:
        yield Trouble.OFFICE_ALERTS
