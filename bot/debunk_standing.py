"""Whether what a debunk broadcast tells still stands, to the last day on which the broadcast may go out.

Asked when one is handed over, approved, and planned: what is not public, or will be over before the broadcast is, is sent to
nobody.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import Overtaken
from bot.store import debunks
from bot.store.claim_files import ClaimFile, hold_file
from bot.store.debunks import StoppedBy
from bot.store.engine import Session
from broadcasts.broadcast import Broadcast
from knowledge.article import Validity
from knowledge.review import PUBLIC

# What a form makes of a last day.
DAY_ENDS = time(23, 59)
INSTANT = timedelta(microseconds=1)


def standing(session: Session, one: Broadcast, *, now: datetime, zone: ZoneInfo) -> Broadcast:
    """The broadcast, when what it tells still stands; one that was drafted from no claim always does. Raises Overtaken.

    The claim is held, so that no correction of it comes between this and the step it is asked for.
    """
    told = debunks.debunk_of(session, one.id)
    if told is None:
        return one
    file = hold_file(session, told.claim_id)
    if file.state not in PUBLIC or file.restricted or file.version != told.version:
        raise Overtaken(
            f"broadcast {one.id} tells version {told.version} of claim {file.id}, which is not public any more; "
            "draft it anew from the claim"
        )
    validity = file.published.validity if file.published else Validity()
    if not validity.holds_on(now.astimezone(zone).date()):
        raise Overtaken(f"broadcast {one.id} tells a verdict of claim {file.id} that does not hold today")
    if outlasts(one.content.valid_until, validity, zone):
        raise Overtaken(
            f"broadcast {one.id} is valid until after {validity.valid_to}, when the verdict of claim {file.id} ends; "
            "give it an earlier end"
        )
    return one


def overtaken_by(file: ClaimFile, version: int, *, days: Iterable[date] = ()) -> StoppedBy | None:
    """What became of this version of a claim, when it is not what the public is told, or is not on each of `days`; else None.

    Everybody who asks whether something may be told of a claim asks this.
    """
    if file.state not in PUBLIC or file.published is None:
        return StoppedBy.WITHDRAWN
    if file.restricted:
        return StoppedBy.RESTRICTED
    if file.version != version:
        return StoppedBy.CORRECTED
    return None if all(map(file.published.validity.holds_on, days)) else StoppedBy.OVER


def last_moment(validity: Validity, zone: ZoneInfo) -> datetime | None:
    """Until when, at the latest, what tells it may be valid; None: it has no end."""
    return datetime.combine(validity.valid_to, DAY_ENDS, tzinfo=zone) if validity.valid_to else None


def outlasts(valid_until: datetime, validity: Validity, zone: ZoneInfo) -> bool:
    """Whether what is valid until then might go out on a day on which the verdict holds no more."""
    last = validity.valid_to
    return last is not None and (valid_until - INSTANT).astimezone(zone).date() > last
