"""A debunk broadcast follows its claim: what changes the public verdict stops, in the same transaction, what still tells the
earlier one. What may be handed over, approved and sent stands in `bot.debunk_standing`.

Nobody needs the right to halt for it: who corrects a verdict does not leave the wrong one going out.
"""

from datetime import datetime

from bot import planning
from bot.store import audit, broadcasts, debunks
from bot.store.debunks import Debunk, StoppedBy
from bot.store.engine import Session
from broadcasts import lifecycle
from broadcasts.broadcast import Status

APPROVED = frozenset({Status.APPROVED, Status.SENDING})


def stop_overtaken(session: Session, *, by: str, now: datetime) -> tuple[str, ...]:
    """Call after a claim was corrected, withdrawn or marked, and before that is noted; the ids of what was stopped. `by`: who
    did that.

    Rows are held before the audit trail's turn is taken, and that before the outbox's: whoever halts one by hand goes the same
    way.
    """
    overtaken = debunks.take_overtaken(session)
    for debunk, why in overtaken:
        was = debunk.broadcast
        broadcasts.save(session, lifecycle.stop(was, reason=why), now=now, was=was)
    for debunk, why in overtaken:
        _note(session, debunk, why, by=by, now=now)
    for debunk, _ in overtaken:
        planning.call_back(session, debunk.broadcast.id, now=now)
    return tuple(debunk.broadcast.id for debunk, _ in overtaken)


def _note(session: Session, debunk: Debunk, why: StoppedBy, *, by: str, now: datetime) -> None:
    was = debunk.broadcast
    audit.record(
        session,
        at=now,
        actor=by,
        action="broadcast.halted" if was.status in APPROVED else "broadcast.withdrawn",
        subject=f"broadcast {was.id}",
        detail={
            "revision": was.revision.number,
            "claim": debunk.claim_id,
            "version": debunk.version,
            "reason": why,
        },
    )
