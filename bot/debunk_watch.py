"""A debunk broadcast follows its claim: what changes the public verdict stops, in the same transaction, what still tells the
earlier one.

Nobody needs the right to halt for it: who corrects a verdict does not leave the wrong one going out.
"""

from datetime import datetime

from bot import planning
from bot.store import audit, broadcasts, debunks
from bot.store.engine import Session
from broadcasts import lifecycle
from broadcasts.broadcast import Status

APPROVED = frozenset({Status.APPROVED, Status.SENDING})


def stop_overtaken(session: Session, *, by: str, now: datetime) -> tuple[str, ...]:
    """Call after a claim was corrected, withdrawn or marked; the ids of what was stopped. `by`: who did that."""
    overtaken = debunks.take_overtaken(session)
    for debunk, why in overtaken:
        was = debunk.broadcast
        broadcasts.save(session, lifecycle.stop(was, reason=why), now=now, was=was)
        planning.call_back(session, was.id, now=now)
        audit.record(
            session,
            at=now,
            actor=by,
            action="broadcast.halted" if was.status in APPROVED else "broadcast.withdraw",
            subject=f"broadcast {was.id}",
            detail={
                "revision": was.revision.number,
                "claim": debunk.claim_id,
                "version": debunk.version,
                "reason": why,
            },
        )
    return tuple(debunk.broadcast.id for debunk, _ in overtaken)
