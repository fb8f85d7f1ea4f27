"""What is looked at when. One tuple; `bot.scheduler` runs it in the process that leads.

A job decides and writes; it never calls a platform. What is to be sent it leaves in the tables and hints a worker.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot import wording
from bot.article_watch import watch_articles
from bot.claim_watch import watch_claims
from bot.figures import count_figures
from bot.messages import Work
from bot.office_digest import tell_office
from bot.planning import close_finished, plan_due
from bot.recovery import has_abandoned
from bot.runtime import Runtime
from bot.store import (
    askers,
    audit,
    belonging,
    conversations,
    headcounts,
    idempotency,
    inbox,
    outbox,
    question_groups,
    questions,
    relay_tasks,
    reminders,
    retention,
    screenshots,
    staff_sessions,
)
from bot.store.engine import Session
from bot.store.reminders import Debtor
from broadcasts import relay
from broadcasts.calendar import Quiet

log = structlog.get_logger()

# Signed posts are refused after five minutes; a nonce need not be known for longer than twice that.
NONCES_LAST = timedelta(minutes=10)
# How long a grid worker is left alone with a new task.
PATIENCE = timedelta(hours=2)
# Tasks named in one reminder; the rest are a 任务 away.
MOST_LINES = 8


@dataclass(frozen=True, slots=True)
class Every:
    """Again and again, from the start on."""

    seconds: int


@dataclass(frozen=True, slots=True)
class At:
    """At these times of day in the service's time zone, as cron writes them."""

    hour: str
    minute: str


@dataclass(frozen=True, slots=True)
class Job:
    """What is done, and when."""

    name: str
    trigger: Every | At
    function: Callable[[Runtime], None]


def plan(runtime: Runtime) -> None:
    """Fill the outbox for what is due."""
    if plan_due(runtime):
        runtime.enqueue(Work.DELIVERIES)


def nudge(runtime: Runtime) -> None:
    """Tell a worker of what waits in the tables: hints get lost, tables do not."""
    now = runtime.clock()
    with runtime.database.reading() as session:
        waiting = {
            Work.DELIVERIES: outbox.has_due(session, now=now),
            Work.SCREENSHOTS: screenshots.has_waiting(session, now=now),
            Work.REPORTS: belonging.has_unplaced(session),
            Work.VERDICTS: askers.claim_with_untold(session) is not None,
            Work.QUESTIONS: questions.has_unsorted(session),
            Work.ANSWERS: question_groups.has_telling(session),
        }
    waiting[Work.MESSAGES] = has_abandoned(runtime)
    for work, is_waiting in waiting.items():
        if is_waiting:
            runtime.enqueue(work)


def sweep_claims(runtime: Runtime) -> None:
    """What a dead worker had in hand is in doubt, and stays so: never sent again."""
    with runtime.database.transaction() as session:
        lapsed = outbox.sweep(session, now=runtime.clock())
    if lapsed:
        log.error("deliveries_in_doubt", count=lapsed)


def ask_receipts(runtime: Runtime) -> None:
    """The platform's own word on mass sends, asked for by a worker."""
    runtime.enqueue(Work.RECEIPTS)


def remind_workers(runtime: Runtime) -> None:
    """One digest to each grid worker who owes something, within the limits of `broadcasts.relay`."""
    now, quiet_hours = runtime.clock(), runtime.settings.broadcasts.quiet_hours
    with runtime.database.transaction() as session:
        owing = {debtor.worker_id: debtor for debtor in reminders.debtors(session)}
        digests = relay.reminders_due(
            [errand.task for debtor in owing.values() for errand in debtor.errands],
            reminders.reminded_since(session, now - relay.REMINDER_PERIOD),
            now=now,
            patience=PATIENCE,
            quiet=Quiet(quiet_hours.starts_at, quiet_hours.ends_at),
        )
        for digest in digests:
            _remind(session, runtime, owing[digest.worker], frozenset(digest.task_ids))
    if digests:
        runtime.enqueue(Work.DELIVERIES)


def purge(runtime: Runtime) -> None:
    """Delete what is kept no longer; headcounts leave an entry in the audit, as was promised when they were asked."""
    now, privacy = runtime.clock(), runtime.settings.privacy
    day = now.astimezone(runtime.settings.service.zone).date()
    messages_before = now - timedelta(days=privacy.message_days)
    with runtime.database.transaction() as session:
        gone = {
            "messages": inbox.purge(session, before=messages_before, nonces_before=now - NONCES_LAST),
            "screenshots": retention.delete_screenshots(session, before=messages_before),
            "follow_ups": retention.delete_follow_ups(session, before=messages_before),
            "report_links": retention.unlink_decided_reports(
                session, before=now - timedelta(days=privacy.report_days)
            ),
            "headcounts": headcounts.purge(session, day),
        }
        conversations.purge(session, now)
        idempotency.purge(session, now)
        staff_sessions.purge(session, now)
        if any(gone.values()):
            audit.record(
                session,
                at=now,
                actor=audit.SCHEDULER,
                action="purged",
                subject="retention",
                detail=dict(gone),
            )
    log.info("purged", **gone)


def _remind(session: Session, runtime: Runtime, debtor: Debtor, task_ids: frozenset[int]) -> None:
    now = runtime.clock()
    errands = [errand for errand in debtor.errands if errand.task.id in task_ids]
    lines = "\n".join(
        wording.TASK_LINE.format(
            number=errand.task.id, title=errand.title, group=errand.group_name or wording.OWN_GROUP
        )
        for errand in errands[:MOST_LINES]
    )
    body = wording.RELAY_REMINDER.format(count=len(errands), lines=lines)
    key = reminders.key_of(debtor.worker_id, now)
    outbox.queue_follow_up(session, debtor.resident_id, body, key=key, vault=runtime.vault, now=now)
    for errand in errands:
        relay_tasks.save(session, relay.reminded(errand.task, at=now))


JOBS: tuple[Job, ...] = (
    Job("nudge", Every(2), nudge),
    Job("plan", Every(5), plan),
    Job("tell_office", Every(5), tell_office),
    Job("close_finished", Every(10), close_finished),
    Job("sweep_claims", Every(30), sweep_claims),
    Job("figures", Every(60), count_figures),
    Job("watch_claims", Every(60), watch_claims),
    Job("receipts", Every(300), ask_receipts),
    Job("watch_articles", Every(900), watch_articles),
    Job("remind_workers", At("9-20", "0"), remind_workers),
    Job("purge", At("3", "30"), purge),
)
