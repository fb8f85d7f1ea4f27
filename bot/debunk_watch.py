"""A debunk broadcast follows its claim: what changes the public verdict stops, in the same transaction, what still tells the
earlier one; and what is not public is neither handed over nor approved for sending.

Nobody needs the right to halt for it: who corrects a verdict does not leave the wrong one going out.
"""

from datetime import date, datetime

from bot import planning
from bot.errors import Overtaken
from bot.store import audit, broadcasts, debunks
from bot.store.claim_files import hold_file
from bot.store.engine import Session
from broadcasts import lifecycle
from broadcasts.broadcast import Broadcast, Status
from knowledge.review import PUBLIC

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


def standing(session: Session, one: Broadcast, *, today: date) -> Broadcast:
    """The broadcast, when what it tells still stands; one that was drafted from no claim always does. Raises Overtaken.

    The claim is held, so that no correction of it comes between this and the step it is asked for.
    """
    debunked = debunks.debunked_by(session, one.id)
    if debunked is None:
        return one
    file = hold_file(session, debunked.claim_id)
    if file.state not in PUBLIC or file.restricted or file.version != debunked.version:
        raise Overtaken(
            f"broadcast {one.id} tells version {debunked.version} of claim {file.id}, which is not public any more; "
            "draft it anew from the claim"
        )
    if file.published is None or not file.published.validity.holds_on(today):
        raise Overtaken(f"broadcast {one.id} tells a verdict of claim {file.id} that does not hold today")
    return one
