"""The response loop: everybody who asked about a claim hears of it, a batch at a time, off the request that published it.

Each batch is one transaction that queues the follow-ups and notes who was told, so a crash between two tells nobody twice and
leaves nobody out. What a closed window holds back rides on the resident's next reply (`bot.store.held`).
"""

from collections.abc import Callable
from datetime import datetime

from bot import claim_wording, wording
from bot.handlers.offices import written
from bot.handlers.verdicts import verdict
from bot.messages import Work
from bot.runtime import Runtime
from bot.store import askers, outbox
from bot.store.askers import Asker
from bot.store.claim_files import ClaimFile, hold_file
from bot.store.engine import Session
from bot.wechat.splitting import split_text
from knowledge.review import OPEN, PUBLIC

# Few enough that a resident's message never waits long for the database behind one.
BATCH = 50
# Characters of the digest that make a follow-up's key, of 32; the rest is for the number of its part.
KEY_LENGTH = 26
MOST_NUMBERS = 5


def tell_next(runtime: Runtime) -> bool:
    """One batch of askers of one claim; whether there may be more."""
    now = runtime.clock()
    with runtime.database.transaction() as session:
        claim_id = askers.claim_with_untold(session)
        if claim_id is None:
            return False
        file = hold_file(session, claim_id)
        told = _tell(session, runtime, file, now)
        if not told:
            askers.all_told(session, claim_id)
    if told:
        runtime.enqueue(Work.DELIVERIES)
    return True


def _tell(session: Session, runtime: Runtime, file: ClaimFile, now: datetime) -> int:
    """How many were told something in this batch."""
    if file.state in PUBLIC:
        if not _holds(runtime, file, now):
            return 0
        found = askers.take_for_version(session, file.id, file.version, limit=BATCH, now=now)
        occasion, body_for = f"version {file.version}", _verdict_body(runtime, file, now)
    elif found := askers.take_for_withdrawal(
        session, file.id, ended=file.state not in OPEN, limit=BATCH, now=now
    ):
        # Also of a claim that was taken up again, or merged into an open one, before everybody had heard of the withdrawal.
        occasion, body_for = f"withdrawn {file.edition}", _withdrawal_body(runtime)
    elif file.state in OPEN:
        if file.look_again_at is None:
            return 0
        found = askers.take_for_holding(session, file.id, file.look_again_at, limit=BATCH, now=now)
        occasion = f"holding {file.look_again_at.isoformat()}"
        body_for = _holding_body(runtime, file.look_again_at)
    else:
        found = askers.take_for_closing(session, file.id, limit=BATCH, now=now)
        occasion, body_for = f"closed {file.edition}", _closing_body(runtime)
    for asker in found:
        # Whoever asks again, or whose report comes to the claim later, is told of it under another first number.
        whose = f"{asker.resident_id} {asker.numbers[0]}"
        digest = runtime.vault.digest(f"told {file.id} {occasion} {whose}")
        for number, part in enumerate(split_text(body_for(asker))):
            key = f"{digest[:KEY_LENGTH]}.{number}"
            outbox.queue_follow_up(session, asker.resident_id, part, key=key, vault=runtime.vault, now=now)
    return len(found)


def _holds(runtime: Runtime, file: ClaimFile, now: datetime) -> bool:
    """Whether what is public still holds today: what has expired is given to nobody."""
    today = now.astimezone(runtime.settings.service.zone).date()
    return file.published is not None and file.published.validity.holds_on(today)


def _verdict_body(runtime: Runtime, file: ClaimFile, now: datetime) -> Callable[[Asker], str]:
    if file.published is None:  # cannot be: what is public has a version
        return lambda _asker: ""
    service = runtime.settings.service
    told = verdict(
        file.published,
        service=service,
        today=now.astimezone(service.zone).date(),
        tree=runtime.places.get().tree,
        has_page=not file.restricted,
    )

    def body(asker: Asker) -> str:
        sentence = claim_wording.CORRECTED if asker.told_before else wording.DECIDED
        return sentence.format(number=_numbers(asker), verdict=told)

    return body


def _holding_body(runtime: Runtime, look_again_at: datetime) -> Callable[[Asker], str]:
    at = look_again_at.astimezone(runtime.settings.service.zone)
    moment = f"{written(at.date())}{at:%H:%M}"
    hotline = runtime.settings.service.hotline
    return lambda asker: claim_wording.HOLDING.format(number=_numbers(asker), moment=moment, hotline=hotline)


def _closing_body(runtime: Runtime) -> Callable[[Asker], str]:
    hotline = runtime.settings.service.hotline
    return lambda asker: claim_wording.CLOSED_UNDECIDED.format(number=_numbers(asker), hotline=hotline)


def _withdrawal_body(runtime: Runtime) -> Callable[[Asker], str]:
    hotline = runtime.settings.service.hotline
    return lambda asker: claim_wording.WITHDRAWN.format(number=_numbers(asker), hotline=hotline)


def _numbers(asker: Asker) -> str:
    return "、".join(str(number) for number in asker.numbers[:MOST_NUMBERS])
