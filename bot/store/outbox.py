"""The outbox: what is to be sent, claimed a batch at a time, and what became of it.

`broadcasts.delivery` says what may happen to a delivery; here it is read and written. A follow-up is a delivery of no
broadcast: it goes by customer-service message while the window is open, waits on top of the resident's next reply
when it is not. Whoever moves deliveries on takes turns with all others who do: a claim would bring back what is being
called back, a sweep would forget the platform's id that is being recorded.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, exists, func, select, update
from sqlalchemy.orm import Session, aliased

from bot.store.engine import Database
from bot.store.prefixes import begins_with_name
from bot.store.tables import BroadcastRow, DeliveryRow, ResidentRow
from bot.store.turns import take_turn
from bot.store.vault import Vault
from broadcasts import delivery as rules
from broadcasts.broadcast import Status
from broadcasts.content import Channel
from broadcasts.delivery import Batch, Delivery, DeliveryStatus
from broadcasts.outcome import Outcome, Retry

BODY = "delivery body"
CLAIM_LASTS = timedelta(minutes=2)
TURN = "outbox"
# In the place of a group's id: the office's own group, whose webhook stands in the configuration.
OFFICE = 0
DIGITS = "0123456789"
# While a broadcast is one of these its deliveries may go out; a held task may be released after the rest has gone.
GOES_ON = (Status.SENDING, Status.APPROVED, Status.COMPLETED)
# Channels whose recipient is a resident (a grid worker is one too, in chat).
ON_A_PHONE = frozenset({Channel.OFFICIAL_ACCOUNT, Channel.RELAY})
# Of a relay task's two messages the one that says how to carry it (`task_keys`); the other one is the task.
INSTRUCTION = (DeliveryRow.channel == Channel.RELAY) & DeliveryRow.client_msg_id.like("%.%0")
# One resident's share of a broadcast; neither an answer nor a grid worker's task.
SHARE = DeliveryRow.broadcast_id.is_not(None) & (DeliveryRow.channel == Channel.OFFICIAL_ACCOUNT)


def queue(session: Session, deliveries: Iterable[Delivery], *, vault: Vault, now: datetime) -> None:
    """Add deliveries; their ids are given here."""
    sealed: dict[str, bytes] = {}
    for one in deliveries:
        body = sealed.setdefault(one.body, vault.seal(one.body, BODY))
        session.add(
            DeliveryRow(
                broadcast_id=one.broadcast_id,
                run_id=one.run_id,
                channel=one.channel,
                recipient=one.recipient,
                resident_id=one.recipient if one.channel in ON_A_PHONE else None,
                client_msg_id=one.client_msg_id,
                body_sealed=body,
                status=one.status,
                not_before=one.not_before,
                expires_at=one.expires_at,
                created_at=now,
                updated_at=now,
            )
        )
    session.flush()


def queue_follow_up(
    session: Session,
    resident_id: int,
    body: str,
    *,
    key: str,
    vault: Vault,
    now: datetime,
    channel: Channel = Channel.OFFICIAL_ACCOUNT,
) -> None:
    """A later answer to one resident, or words to relay. `key` (at most 32 characters) says which: queued once."""
    known = session.scalar(select(DeliveryRow.id).where(DeliveryRow.client_msg_id == key).limit(1))
    if known is None:
        follow_up = Delivery(
            id=0,
            channel=channel,
            recipient=resident_id,
            body=body,
            client_msg_id=key,
            not_before=now,
        )
        queue(session, [follow_up], vault=vault, now=now)


def queue_alert(session: Session, body: str, *, key: str, vault: Vault, now: datetime) -> None:
    """A message to the office's own group: a webhook delivery of no broadcast and no group of a village."""
    alert = Delivery(
        id=0,
        channel=Channel.WECOM_WEBHOOK,
        recipient=OFFICE,
        body=body,
        client_msg_id=key,
        not_before=now,
    )
    queue(session, [alert], vault=vault, now=now)


def task_keys(prefix: str, number: int) -> tuple[str, str]:
    """Keys of a relay task's two messages: the instruction, then the words. One prefix: one row of messages in order."""
    return f"{prefix[:20]}.{number}0", f"{prefix[:20]}.{number}1"


def cancel_for(session: Session, resident_id: int, *, reason: str, now: datetime) -> None:
    """Call back what has not gone out yet to this resident."""
    _call_back(session, DeliveryRow.resident_id == resident_id, reason=reason, now=now)


def cancel_shares_of(session: Session, resident_id: int, *, reason: str, now: datetime) -> None:
    """Call back what has not gone out yet of broadcasts to this resident; answers and a grid worker's tasks stay."""
    _call_back(session, SHARE & (DeliveryRow.resident_id == resident_id), reason=reason, now=now)


def cancel_tasks_of(
    session: Session, resident_id: int, *, reminders: str, reason: str, now: datetime
) -> None:
    """Call back what has not gone out yet to a grid worker who has left: tasks, and the follow-ups whose keys begin as
    `reminders`. What is in hand goes out now or never: neither tried again nor held for their next message.
    """
    reminding = DeliveryRow.broadcast_id.is_(None) & begins_with_name(DeliveryRow.client_msg_id, reminders)
    theirs = (DeliveryRow.resident_id == resident_id) & ((DeliveryRow.channel == Channel.RELAY) | reminding)
    _call_back(session, theirs, reason=reason, now=now)
    in_hand = update(DeliveryRow).where(theirs, DeliveryRow.status == DeliveryStatus.CLAIMED)
    session.execute(in_hand.values(expires_at=now))


def cancel_broadcast(session: Session, broadcast_id: str, *, reason: str, now: datetime) -> int:
    """Call back what nobody has claimed yet of a halted broadcast; how many."""
    return _call_back(session, DeliveryRow.broadcast_id == broadcast_id, reason=reason, now=now)


def settle_by_platform_id(session: Session, platform_id: str, outcome: Outcome, *, now: datetime) -> int:
    """A late receipt (MASSSENDJOBFINISH): settles what the platform took under this id; how many changed."""
    if not platform_id:
        return 0
    take_turn(session, TURN)
    rows = session.scalars(select(DeliveryRow).where(DeliveryRow.platform_id == platform_id)).all()
    changed = 0
    for row in rows:
        before = _delivery(row, "")
        if rules.STATUS_AFTER[type(outcome)] in rules.TRANSITIONS[before.status]:
            _write(row, rules.settle(before, outcome, now=now), now)
            changed += 1
    session.flush()
    return changed


def note_of_platform_id(session: Session, platform_id: str, reason: str, *, now: datetime) -> None:
    """What the platform said of a send without settling anybody's share: it stays accepted, and is asked no more."""
    take_turn(session, TURN)
    session.execute(
        update(DeliveryRow)
        .where(DeliveryRow.platform_id == platform_id, DeliveryRow.status == DeliveryStatus.ACCEPTED)
        .where(DeliveryRow.platform_id != "")
        .values(reason=reason, updated_at=now)
    )


def sweep(session: Session, *, now: datetime) -> int:
    """Claims that ran out become UNKNOWN, never PENDING; how many."""
    take_turn(session, TURN)
    rows = session.scalars(
        select(DeliveryRow).where(
            DeliveryRow.status == DeliveryStatus.CLAIMED, DeliveryRow.claimed_until <= now
        )
    ).all()
    for row in rows:
        _write(row, rules.lapse(_delivery(row, ""), now=now), now)
    session.flush()
    return len(rows)


def has_due(session: Session, *, now: datetime) -> bool:
    """Whether a worker would find something to send."""
    return session.scalar(_due(now).limit(1)) is not None


class DatabaseOutbox:
    """`broadcasts.delivery.Outbox` on our tables: each call is one committed transaction."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    def claim(self, *, now: datetime) -> Batch | None:
        """The oldest due batch, whole. Claims take turns: half a batch in two hands could not be sent once."""
        with self._database.transaction() as session:
            take_turn(session, TURN)
            key = session.scalar(_due(now).limit(1))
            if key is None:
                return None
            until = now + CLAIM_LASTS
            rows = session.scalars(
                select(DeliveryRow).where(
                    DeliveryRow.client_msg_id == key, DeliveryRow.status == DeliveryStatus.PENDING
                )
            ).all()
            body = self._vault.open(rows[0].body_sealed, BODY)
            claimed = [rules.claim(_delivery(row, body), until=until) for row in rows]
            for row, one in zip(rows, claimed, strict=True):
                _write(row, one, now)
            return Batch(
                client_msg_id=key,
                channel=claimed[0].channel,
                body=body,
                claimed_until=until,
                deliveries=tuple(claimed),
                expires_at=claimed[0].expires_at,
            )

    def record(self, batch: Batch, outcome: Outcome, *, now: datetime) -> None:
        """What became of the batch. Rows that somebody else settled meanwhile (the sweep) follow the same rules."""
        ids = [one.id for one in batch.deliveries]
        with self._database.transaction() as session:
            take_turn(session, TURN)
            for row in session.scalars(select(DeliveryRow).where(DeliveryRow.id.in_(ids))):
                _write(row, rules.settle(_delivery(row, batch.body), outcome, now=now), now)
            if isinstance(outcome, Retry):
                _leave_out_who_left(session, batch.client_msg_id, now)


def _call_back(session: Session, which: ColumnElement[bool], *, reason: str, now: datetime) -> int:
    take_turn(session, TURN)
    rows = session.execute(
        update(DeliveryRow)
        .where(which, DeliveryRow.status.in_([DeliveryStatus.PENDING, DeliveryStatus.WAITING]))
        .values(status=DeliveryStatus.CANCELLED, reason=reason, updated_at=now)
        .returning(DeliveryRow.id)
    )
    return len(rows.all())


def _leave_out_who_left(session: Session, key: str, now: datetime) -> None:
    """Whoever opted out or left while their share was in hand could not be called back then."""
    left = exists().where(
        ResidentRow.id == DeliveryRow.resident_id,
        ResidentRow.opted_out_at.is_not(None) | ResidentRow.unfollowed_at.is_not(None),
    )
    mine = SHARE & (DeliveryRow.client_msg_id == key)
    _call_back(session, mine & left, reason="left_meanwhile", now=now)


def _due(now: datetime) -> Select[str]:
    """Keys of what may go out now, answers before bulk. A halted broadcast's retry is not due any more.

    The parts of one answer ("reply7.0", "reply7.1") and the messages of one worker's tasks keep their order: each
    waits until the one before has gone.
    """
    earlier = aliased(DeliveryRow)
    part_of = func.rtrim(DeliveryRow.client_msg_id, DIGITS)
    part_before = exists().where(
        part_of.endswith("."),
        func.rtrim(earlier.client_msg_id, DIGITS) == part_of,
        earlier.resident_id == DeliveryRow.resident_id,
        earlier.id < DeliveryRow.id,
        earlier.status.in_([DeliveryStatus.PENDING, DeliveryStatus.CLAIMED]),
    )
    going_on = exists().where(BroadcastRow.id == DeliveryRow.broadcast_id, BroadcastRow.status.in_(GOES_ON))
    return (
        select(DeliveryRow.client_msg_id)
        .where(DeliveryRow.status == DeliveryStatus.PENDING, DeliveryRow.not_before <= now)
        .where(DeliveryRow.broadcast_id.is_(None) | going_on, ~part_before)
        .order_by(DeliveryRow.broadcast_id.is_not(None), DeliveryRow.id)
    )


def _delivery(row: DeliveryRow, body: str) -> Delivery:
    return Delivery(
        id=row.id,
        channel=Channel(row.channel),
        recipient=row.recipient,
        body=body,
        client_msg_id=row.client_msg_id,
        not_before=row.not_before,
        broadcast_id=row.broadcast_id,
        run_id=row.run_id,
        status=DeliveryStatus(row.status),
        attempts=row.attempts,
        expires_at=row.expires_at,
        claimed_until=row.claimed_until,
        platform_id=row.platform_id,
        reason=row.reason,
    )


def _write(row: DeliveryRow, one: Delivery, now: datetime) -> None:
    row.status = one.status
    row.attempts = one.attempts
    row.not_before = one.not_before
    row.claimed_until = one.claimed_until
    row.platform_id = one.platform_id
    row.reason = one.reason
    row.updated_at = now
