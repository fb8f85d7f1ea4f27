"""One message, answered exactly once: accept, work, record, commit.

accept       the dedup row, committed before anything else; a repeat goes to `settled`
answer       in a worker thread: handler, reply and all it wrote in one transaction
deadline     past 3.5 s the request is answered empty, and the reply goes out as a follow-up
settled      a repeat finds the reply, waits for it, or takes over from a worker that died
"""

import time
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as WaitedLongEnough
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot import wording
from bot.deadline import Deadline
from bot.dispatch import Handled, dispatch
from bot.errors import BotError, TakenOver
from bot.handlers.context import Understood
from bot.messages import Inbound, Kind, Nothing, Text, Work
from bot.runtime import Runtime
from bot.store import inbox, outbox, residents
from bot.store.engine import Session
from bot.store.inbox import Receipt, State
from bot.store.residents import Window
from bot.wechat.splitting import split_text
from broadcasts.window import WINDOWS, ContactKind

log = structlog.get_logger()

# Longer than the platform's 5 s, so that its retry never takes over from a worker that is still at it.
CLAIM_LASTS = timedelta(seconds=6)
POLL_SECONDS = 0.05
# A message taken up more often than this kills whoever works on it.
MOST_ATTEMPTS = 5

CONTACTS = {
    Kind.MENU: ContactKind.MENU_CLICK,
    Kind.FOLLOW: ContactKind.FOLLOW,
    Kind.SCAN: ContactKind.SCAN,
    **dict.fromkeys(
        (Kind.TEXT, Kind.IMAGE, Kind.VOICE, Kind.VIDEO, Kind.SHORT_VIDEO, Kind.PLACE, Kind.LINK, Kind.FILE),
        ContactKind.MESSAGE,
    ),
}

# Nobody is written down for these: who deletes their data and leaves, or only opens the chat, stays unknown.
UNSPOKEN = frozenset({Kind.UNFOLLOW, Kind.POSITION, Kind.MENU_LINK, Kind.SUBSCRIPTION, Kind.OTHER_EVENT})


@dataclass(frozen=True, slots=True)
class Stamp:
    """When and under which nonce the platform posted a message."""

    timestamp: str
    nonce: str


class Desk:
    """Takes messages in, one per request, and works on them in its own threads."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._pool = ThreadPoolExecutor(runtime.settings.web.threads, thread_name_prefix="desk")

    def reply_to(self, message: Inbound, stamp: Stamp) -> str:
        """The passive reply's text; empty for none. A repeat gets what the first got."""
        started = time.monotonic()
        if message.kind in UNSPOKEN and not self._knows(message):
            return ""
        receipt = self._accept(message, stamp)
        if receipt is None:
            self._runtime.metrics.repeats.inc()
            return self._settled(message, started)
        reply_within = self._runtime.settings.web.reply_within
        return self._answer_in_time(message, receipt, reply_within - (time.monotonic() - started))

    def recover(self, message: Inbound) -> None:
        """Answer a message whose worker died and that the platform no longer retries; the reply is a follow-up."""
        receipt = self._take_over(message)
        if receipt is None:
            return
        late = Deadline()
        late.give_up()
        if receipt.attempt > MOST_ATTEMPTS:
            log.error("message_given_up", inbox_id=receipt.inbox_id, attempts=receipt.attempt)
            self._apologise(receipt, late)
        else:
            self._answer(message, receipt, late)

    def close(self) -> None:
        """Finish what is being worked on, take no more."""
        self._pool.shutdown(wait=True)

    def _knows(self, message: Inbound) -> bool:
        with self._runtime.database.reading() as session:
            return residents.is_known(session, message.openid, vault=self._runtime.vault)

    def _accept(self, message: Inbound, stamp: Stamp) -> Receipt | None:
        runtime, now = self._runtime, self._runtime.clock()
        with runtime.database.transaction() as session:
            inbox.check_nonce(
                session, timestamp=stamp.timestamp, nonce=stamp.nonce, dedup_key=message.dedup_key, now=now
            )
            if inbox.is_known(session, message.dedup_key):
                return None
            resident = residents.recognise(session, message.openid, vault=runtime.vault, now=now)
            receipt = inbox.accept(
                session, message, resident.id, vault=runtime.vault, now=now, lease=CLAIM_LASTS
            )
            if receipt is not None and message.kind in CONTACTS:
                residents.evidently_follows(session, resident.id, message.created_at)
                residents.open_window(session, resident.id, _window(message.kind, now))
            return receipt

    def _settled(self, message: Inbound, started: float) -> str:
        runtime = self._runtime
        while True:
            with runtime.database.reading() as session:
                found = inbox.standing(session, message.dedup_key, runtime.vault)
            if found.state is not State.WORKING:
                return found.reply or ""
            receipt = self._take_over(message)
            if receipt is not None:
                return self._answer_in_time(message, receipt, self._seconds_left(started))
            if time.monotonic() - started >= runtime.settings.web.retry_wait:
                return ""
            time.sleep(POLL_SECONDS)

    def _take_over(self, message: Inbound) -> Receipt | None:
        with self._runtime.database.transaction() as session:
            return inbox.take_over(session, message.dedup_key, now=self._runtime.clock(), lease=CLAIM_LASTS)

    def _seconds_left(self, started: float) -> float:
        """A repeat that takes over late still has until the platform hangs up, not just until our usual limit."""
        return self._runtime.settings.web.retry_wait - (time.monotonic() - started)

    def _answer_in_time(self, message: Inbound, receipt: Receipt, seconds: float) -> str:
        deadline = Deadline()
        work = self._pool.submit(self._answer, message, receipt, deadline)
        try:
            return work.result(max(seconds, 0))
        except WaitedLongEnough:
            if deadline.give_up():
                return ""
            # Claimed in time and about to commit. Silence would be taken for an answer: rather late than empty,
            # for then the platform hangs up and its retry finds what was recorded.
            return work.result()

    def _answer(self, message: Inbound, receipt: Receipt, deadline: Deadline) -> str:
        """Never raises: a crash becomes one apology, an alert in the log, a figure."""
        try:
            return self._work(message, receipt, deadline)
        except TakenOver:
            log.info("message_taken_over", inbox_id=receipt.inbox_id)
            return ""
        except Exception:  # the webhook's edge: a resident never sees an error
            self._runtime.metrics.failures.inc()
            log.exception("handler_failed", inbox_id=receipt.inbox_id, kind=message.kind)
            return self._apologise(receipt, deadline)

    def _work(self, message: Inbound, receipt: Receipt, deadline: Deadline) -> str:
        understood = Understood(self._runtime)

        def work(session: Session) -> tuple[str, Handled, bool]:
            resident = residents.attend_to(session, receipt.resident_id)
            if resident is None:
                raise BotError(f"resident of inbox message {receipt.inbox_id} is gone")
            handled = dispatch(
                message, resident, session=session, runtime=self._runtime, understood=understood
            )
            passive = deadline.claim_passive()
            return self._record(session, receipt, _parts(handled), passive=passive), handled, passive

        reply, handled, passive = self._runtime.database.attempt(work)
        self._runtime.metrics.handled.labels(handled.handler, "passive" if passive else "follow_up").inc()
        self._pass_on(handled, queued=not passive or len(_parts(handled)) > 1)
        return reply

    def _record(self, session: Session, receipt: Receipt, parts: tuple[str, ...], *, passive: bool) -> str:
        """Store the reply; what does not fit into one, or comes too late, is queued as follow-ups."""
        runtime, now = self._runtime, self._runtime.clock()
        reply = parts[0] if passive and parts else ""
        for number, part in enumerate(parts[1 if passive else 0 :]):
            key = f"reply{receipt.inbox_id}.{number}"
            outbox.queue_follow_up(session, receipt.resident_id, part, key=key, vault=runtime.vault, now=now)
        state = State.ANSWERED if passive else State.DEFERRED
        inbox.record_reply(session, receipt, reply, state=state, vault=runtime.vault, now=now)
        return reply

    def _pass_on(self, handled: Handled, *, queued: bool) -> None:
        """Tell a worker at once what the sweep would find later."""
        if queued:
            self._runtime.enqueue(Work.DELIVERIES)
        if isinstance(handled.reply, Text) and handled.reply.then is not None:
            self._runtime.enqueue(handled.reply.then)

    def _apologise(self, receipt: Receipt, deadline: Deadline) -> str:
        apology = wording.APOLOGY.format(hotline=self._runtime.settings.service.hotline)
        with self._runtime.database.transaction() as session:
            return self._record(session, receipt, (apology,), passive=deadline.claim_passive())


def _window(kind: Kind, now: datetime) -> Window:
    allowed = WINDOWS[CONTACTS[kind]]
    return Window(until=now + allowed.lasts, left=allowed.messages)


def _parts(handled: Handled) -> tuple[str, ...]:
    if isinstance(handled.reply, Nothing):
        return ()
    return split_text(handled.reply.body)
