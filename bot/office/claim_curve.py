"""The curve of one claim: reports in even stretches of time, and the moments at which the office did something."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.access import Permission
from bot.office.act import Act
from bot.office.claim_scope import find
from bot.store import claim_curve
from bot.store.claim_curve import Moment

STRETCHES = 48
SHORTEST_STRETCH = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ClaimCurve:
    """`counts[n]` reports came in the stretch that begins at `starts[n]`; each lasts as long as the others."""

    starts: tuple[datetime, ...]
    counts: tuple[int, ...]
    moments: tuple[Moment, ...]


def curve_of(act: Act, claim_id: str) -> ClaimCurve:
    """From its first report until its last, or what was done last. Reports of the member's area only.

    Raises NotFound, also for a claim of another area; one that nobody reported yet has no stretches.
    """
    act.require(Permission.CLAIM_READ)
    found = find(act, claim_id)
    moments = claim_curve.moments_of(act.session, found.id)
    reported = claim_curve.first_and_last(act.session, found.id, area_prefix=act.area_prefix)
    if reported is None:
        return ClaimCurve((), (), moments)
    first, last = reported[0], max(reported[1], *(one.at for one in moments), reported[0])
    stretch = max(SHORTEST_STRETCH, (last - first) / (STRETCHES - 1))
    edges = tuple(first + number * stretch for number in range(int((last - first) / stretch) + 2))
    counts = claim_curve.counts_between(act.session, found.id, edges, area_prefix=act.area_prefix)
    return ClaimCurve(edges[:-1], counts, moments)
