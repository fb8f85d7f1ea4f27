"""Whether what a debunk broadcast tells still stands, to the last day on which the broadcast may go out.

Asked when one is handed over, approved, and planned: what is not public, or will be over before the broadcast is, is sent to
nobody.
"""

from collections.abc import Iterable, Mapping
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
# Of the claim, for whoever is refused.
BECAME: Mapping[StoppedBy, str] = {
    StoppedBy.WITHDRAWN: "is not public",
    StoppedBy.RESTRICTED: "speaks of a private person",
    StoppedBy.CORRECTED: "has been corrected",
    StoppedBy.OVER: "has a verdict that does not hold on every day on which it would be told",
}


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


def what_overtook(session: Session, one: Broadcast, *, now: datetime, zone: ZoneInfo) -> StoppedBy | None:
    """What became of the verdict it tells; None while that stands, and for what was drafted from no claim.

    The claim is held, so that no correction of it comes between this and the step it is asked for.
    """
    told = debunks.debunk_of(session, one.id)
    if told is None:
        return None
    days = (now.astimezone(zone).date(), last_day(one.content.valid_until, zone))
    return overtaken_by(hold_file(session, told.claim_id), told.version, days=days)


def require_standing(session: Session, one: Broadcast, *, now: datetime, zone: ZoneInfo) -> None:
    """Raises Overtaken when what it tells does not stand any more; holds the claim as `what_overtook` does."""
    why = what_overtook(session, one, now=now, zone=zone)
    if why:
        raise Overtaken(f"broadcast {one.id} tells a claim that {BECAME[why]}; draft it anew from the claim")


def last_moment(validity: Validity, zone: ZoneInfo) -> datetime | None:
    """Until when, at the latest, what tells it may be valid; None: it has no end."""
    return datetime.combine(validity.valid_to, DAY_ENDS, tzinfo=zone) if validity.valid_to else None


def outlasts(valid_until: datetime, validity: Validity, zone: ZoneInfo) -> bool:
    """Whether what is valid until then might go out on a day on which the verdict holds no more."""
    return validity.valid_to is not None and last_day(valid_until, zone) > validity.valid_to


def last_day(valid_until: datetime, zone: ZoneInfo) -> date:
    """On which what is valid until then may go out."""
    return (valid_until - INSTANT).astimezone(zone).date()
