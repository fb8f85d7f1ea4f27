"""A debunk broadcast follows its claim: what changes the public verdict stops, in the same transaction, what still tells the
earlier one. What may be handed over, approved and sent stands in `bot.debunk_standing`.

Nobody needs the right to halt for it: who corrects a verdict does not leave the wrong one going out.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from bot import planning
from bot.debunk_standing import overtaken_by
from bot.store import broadcasts, debunks
from bot.store.claim_files import find_file
from bot.store.debunks import StoppedBy
from bot.store.engine import Session
from broadcasts import lifecycle


def stop_overtaken(
    session: Session, claim_ids: Collection[str], *, by: str, now: datetime
) -> tuple[str, ...]:
    """Call after these claims were corrected, withdrawn or marked, which holds them, and before that is noted; the ids of what
    was stopped. `by`: who did that; they are named for nothing that tells another claim.

    Rows are held before the audit trail's turn is taken, and that before the outbox's: whoever halts one by hand goes the same
    way.
    """
    reasons = _overtaken(session, claim_ids)
    stopped = {one.broadcast.id: one for one in debunks.hold_live(session, reasons)}
    for broadcast_id, debunk in stopped.items():
        was = debunk.broadcast
        broadcasts.save(session, lifecycle.stop(was, reason=reasons[broadcast_id]), now=now, was=was)
    for broadcast_id, debunk in stopped.items():
        planning.note_stop(session, debunk.broadcast, by=by, reason=reasons[broadcast_id], now=now)
    for broadcast_id in stopped:
        planning.call_back(session, broadcast_id, now=now)
    return tuple(stopped)


def _overtaken(session: Session, claim_ids: Collection[str]) -> Mapping[str, StoppedBy]:
    """By the id of the broadcast: what became of the claim it tells."""
    live = debunks.live_debunks(session, claim_ids)
    files = {claim_id: find_file(session, claim_id) for claim_id in {one.claim_id for one in live}}
    found = ((one.broadcast.id, overtaken_by(files[one.claim_id], one.version)) for one in live)
    return {broadcast_id: why for broadcast_id, why in found if why}
