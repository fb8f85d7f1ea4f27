"""From an approved broadcast to rows in the outbox, once per occurrence.

The run's unique row and the deliveries commit together: a crash before that has planned nothing, a crash after it
plans nothing again. What is late beyond the grace is skipped with its reason, never sent stale; what reaches nobody, or
is not what was approved, is stopped with its reason, and the others go on.
"""

from datetime import datetime, timedelta

import structlog

from bot import wording
from bot.debunk_standing import what_overtook
from bot.runtime import Runtime
from bot.store import audit, broadcasts, outbox, recipients, relay_tasks
from bot.store.broadcasts import Run
from bot.store.debunks import debunk_of
from bot.store.engine import Session
from bot.store.recipients import Carrier
from bot.store.turns import take_turn
from broadcasts.broadcast import Broadcast, Status
from broadcasts.calendar import Late, Quiet, Skip, Wait, due_times, judge
from broadcasts.content import Channel
from broadcasts.delivery import Delivery, client_msg_id
from broadcasts.errors import EmptyAudience, StaleRevision
from broadcasts.lifecycle import complete, expire, start, stop
from broadcasts.quota import Limits, batch_sizes, month_start

log = structlog.get_logger()

TURN = "planning"
ON_ITS_WAY = frozenset({Status.APPROVED, Status.SENDING})


def plan_due(runtime: Runtime) -> int:
    """Fill the outbox for every occurrence that is due now; how many were."""
    now = runtime.clock()
    with runtime.database.reading() as session:
        approved = [one.id for one in broadcasts.with_status(session, Status.APPROVED)]
    return sum(_plan(broadcast_id, runtime, now) for broadcast_id in approved)


def close_finished(runtime: Runtime) -> None:
    """What is settled rests or completes, what is past its validity ends: nobody is asked to carry that any more."""
    now = runtime.clock()
    with runtime.database.transaction() as session:
        # In the order in which a correction holds those it stops.
        for one in sorted(
            broadcasts.with_status(session, Status.SENDING, Status.APPROVED), key=lambda one: one.id
        ):
            ended = one.content.valid_until <= now
            closed = _closed(session, one, ended=ended, now=now)
            if closed is not one:
                broadcasts.save(session, closed, now=now, was=one)
            if closed is not one and ended:
                relay_tasks.cancel_undone(session, one.id, reason=Late.EXPIRED)


def _closed(session: Session, one: Broadcast, *, ended: bool, now: datetime) -> Broadcast:
    """Rested, completed or expired; as it was while something is under way. What is completed cannot be halted any
    more, so a broadcast that villages are still waiting for is not.
    """
    if one.status is Status.APPROVED:
        return expire(one, at=now) if ended else one
    if broadcasts.is_unsettled(session, one.id):
        return one
    done = complete(one, at=now)
    carried = relay_tasks.coverage_of(session, one.id).undone == 0
    return done if carried or ended or done.status is Status.APPROVED else one


def _plan(broadcast_id: str, runtime: Runtime, now: datetime) -> bool:
    with runtime.database.transaction() as session:
        take_turn(session, TURN)
        found, zone = broadcasts.find(session, broadcast_id), runtime.settings.service.zone
        if not _due(session, found, now):
            return False
        # Holds the claim, which comes before the broadcast.
        overtaken = what_overtook(session, found, now=now, zone=zone)
        broadcast = broadcasts.hold(session, broadcast_id)
        due = _due(session, broadcast, now)
        if due and overtaken:
            _stop(session, broadcast, reason=overtaken, why=overtaken.value, now=now)
            return False
        return any(_take_up(session, broadcast, due_at, runtime=runtime, now=now) for due_at in due)


def _due(session: Session, broadcast: Broadcast, now: datetime) -> tuple[datetime, ...]:
    """Its occurrences up to now that nobody has looked at."""
    if broadcast.status is not Status.APPROVED or broadcast.approval is None:
        return ()
    after = broadcasts.last_due(session, broadcast.id) or broadcast.approval.at
    return tuple(due_times(broadcast.content.schedule, after=after, until=now))


def _stop(session: Session, broadcast: Broadcast, *, reason: str, why: str, now: datetime) -> None:
    """It is not what it was when it was approved, or reaches nobody: it goes no further. `why`: for the log, in a word."""
    broadcasts.save(session, stop(broadcast, reason=reason), now=now, was=broadcast)
    note_stop(session, broadcast, by=audit.SCHEDULER, reason=reason, now=now)
    call_back(session, broadcast.id, now=now)
    log.warning("broadcast_stopped", broadcast=broadcast.id, why=why)


def _take_up(
    session: Session, broadcast: Broadcast, due_at: datetime, *, runtime: Runtime, now: datetime
) -> bool:
    """One occurrence: skipped, still to wait, or started. True when it was started."""
    settings = runtime.settings.broadcasts
    quiet = Quiet(settings.quiet_hours.starts_at, settings.quiet_hours.ends_at)
    grace = timedelta(minutes=settings.grace_minutes)
    match judge(due_at, broadcast.content, now=now, quiet=quiet, grace=grace):
        case Skip(reason):
            broadcasts.add_run(session, broadcast, due_at, now=now, skipped_because=reason)
            log.warning("occurrence_skipped", broadcast=broadcast.id, reason=reason)
            return False
        case Wait():
            return False
    run = broadcasts.add_run(session, broadcast, due_at, now=now)
    if run is None:
        return False
    count = fill(session, broadcast, run, runtime=runtime, now=now)
    try:
        sending = start(broadcast, at=now, occurrence=due_at, recipients=count)
    except (EmptyAudience, StaleRevision) as error:
        _stop(session, broadcast, reason=str(error), why=type(error).__name__, now=now)
        return True
    broadcasts.save(session, sending, now=now, was=broadcast)
    log.info("occurrence_planned", broadcast=broadcast.id, run=run.id, recipients=count)
    return True


def note_stop(session: Session, was: Broadcast, *, by: str, reason: str, now: datetime) -> None:
    """Leave the trace of a stop that nobody asked for by hand. After rows are held, before what waits is called back."""
    told = debunk_of(session, was.id)
    audit.record(
        session,
        at=now,
        actor=by,
        action="broadcast.halted" if was.status in ON_ITS_WAY else "broadcast.withdrawn",
        subject=f"broadcast {was.id}",
        detail={
            "revision": was.revision.number,
            **({"claim": told.claim_id, "version": told.version} if told else {}),
            "reason": reason,
        },
    )


def call_back(session: Session, broadcast_id: str, *, now: datetime) -> int:
    """What nobody has claimed yet does not go out, and nobody shall carry it any more; how many deliveries."""
    relay_tasks.cancel_undone(session, broadcast_id, reason=Status.HALTED)
    return outbox.cancel_broadcast(session, broadcast_id, reason=Status.HALTED, now=now)


def fill(session: Session, broadcast: Broadcast, run: Run, *, runtime: Runtime, now: datetime) -> int:
    """Rows for every recipient of one run; how many. Batches are even, and none has a single recipient."""
    filled = 0
    for channel in broadcast.content.channels:
        filled += FILLERS[channel](session, broadcast, run, runtime, now)
    return filled


def _fill_followers(session: Session, broadcast: Broadcast, run: Run, runtime: Runtime, now: datetime) -> int:
    settings = runtime.settings.broadcasts
    limits = Limits(
        mass_per_month=settings.mass_per_month, reserve=settings.reserve, mass_batch=settings.mass_batch
    )
    people = recipients.followers(
        session,
        _communities(broadcast, runtime),
        allowance=limits.allowance(urgent=broadcast.content.urgent),
        month_start=month_start(now),
    )
    # A single follower cannot be reached by a mass call; the sender writes to them as a follow-up.
    sizes = batch_sizes(len(people), limits=limits) or (1,) * len(people)
    remaining = iter(people)
    for number, size in enumerate(sizes):
        batch = [next(remaining) for _ in range(size)]
        _queue(session, broadcast, run, Channel.OFFICIAL_ACCOUNT, batch, number, runtime, now)
    return len(people)


def _fill_webhooks(session: Session, broadcast: Broadcast, run: Run, runtime: Runtime, now: datetime) -> int:
    groups = recipients.webhook_groups(session, _communities(broadcast, runtime))
    for number, group in enumerate(groups):
        _queue(session, broadcast, run, Channel.WECOM_WEBHOOK, [group], number, runtime, now)
    return len(groups)


def _fill_customer_groups(
    session: Session, broadcast: Broadcast, run: Run, runtime: Runtime, now: datetime
) -> int:
    groups = recipients.customer_groups(session, _communities(broadcast, runtime))
    for number, group in enumerate(groups):
        _queue(session, broadcast, run, Channel.WECOM_CUSTOMER_GROUP, [group], number, runtime, now)
    return len(groups)


def _fill_relay(session: Session, broadcast: Broadcast, run: Run, runtime: Runtime, now: datetime) -> int:
    """A task for each worker and group; a worker bound in chat also gets it on the phone."""
    carriers = recipients.carriers(session, _communities(broadcast, runtime))
    text = broadcast.content.text_for(Channel.RELAY)
    for carrier in carriers:
        number = relay_tasks.add_task(
            session,
            run_id=run.id,
            worker_id=carrier.worker_id,
            group_id=carrier.group_id,
            title=broadcast.content.title,
            text=text,
            now=now,
        )
        _queue_task(session, broadcast, run, carrier, number, runtime, now)
    return len(carriers)


FILLERS = {
    Channel.OFFICIAL_ACCOUNT: _fill_followers,
    Channel.WECOM_WEBHOOK: _fill_webhooks,
    Channel.WECOM_CUSTOMER_GROUP: _fill_customer_groups,
    Channel.RELAY: _fill_relay,
}


def _queue_task(
    session: Session,
    broadcast: Broadcast,
    run: Run,
    carrier: Carrier,
    number: int,
    runtime: Runtime,
    now: datetime,
) -> None:
    """Two messages in order: how to carry it, then the bare words, to be forwarded as they are."""
    if carrier.resident_id is None:
        return
    group = carrier.group_name or wording.OWN_GROUP
    intro = wording.TASK_INTRO.format(number=number, group=group)
    bodies = (intro, broadcast.content.text_for(Channel.RELAY))
    prefix = _key(broadcast, run, Channel.RELAY, batch=carrier.resident_id)
    parts = [
        _delivery(broadcast, run, Channel.RELAY, carrier.resident_id, body=body, key=key, now=now)
        for key, body in zip(outbox.task_keys(prefix, number), bodies, strict=True)
    ]
    outbox.queue(session, parts, vault=runtime.vault, now=now)


def _queue(
    session: Session,
    broadcast: Broadcast,
    run: Run,
    channel: Channel,
    people: list[int],
    batch: int,
    runtime: Runtime,
    now: datetime,
) -> None:
    key, body = _key(broadcast, run, channel, batch=batch), broadcast.content.text_for(channel)
    shares = (_delivery(broadcast, run, channel, one, body=body, key=key, now=now) for one in people)
    outbox.queue(session, shares, vault=runtime.vault, now=now)


def _key(broadcast: Broadcast, run: Run, channel: Channel, *, batch: int) -> str:
    number = broadcast.revision.number
    return client_msg_id(broadcast.id, number, occurrence=run.due_at, channel=channel, batch=batch)


def _delivery(
    broadcast: Broadcast, run: Run, channel: Channel, recipient: int, *, body: str, key: str, now: datetime
) -> Delivery:
    return Delivery(
        id=0,
        channel=channel,
        recipient=recipient,
        body=body,
        client_msg_id=key,
        not_before=now,
        broadcast_id=broadcast.id,
        run_id=run.id,
        expires_at=broadcast.content.valid_until,
    )


def _communities(broadcast: Broadcast, runtime: Runtime) -> list[str]:
    tree = runtime.places.get().tree
    return sorted(
        {area.code for code in broadcast.content.audience.area_codes for area in tree.communities_under(code)}
    )
