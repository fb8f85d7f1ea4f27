"""What became of each published claim that a message brought up: its verdict repeated or not, and why."""

from datetime import date
from functools import partial

from knowledge.claim_match import ClaimMatch
from knowledge.rumours import Known, RumourCheck, Suspected
from knowledge.thresholds import DEFAULTS, Thresholds
from knowledge.use import Bar, Use, Used, barred_there_and_then


def claim_uses(
    found: RumourCheck, *, area_path: tuple[str, ...], day: date, thresholds: Thresholds = DEFAULTS
) -> tuple[Used[ClaimMatch], ...]:
    """Those whose verdict is repeated first, then the one that is asked about, then the others as they were ranked; what was not
    compared comes last.
    """
    repeated, meant = _repeated(found), found.meant if isinstance(found, Suspected) else None
    told = {one.claim.id for one in (*repeated, *((meant,) if meant else ()))}
    left = [one for one in found.matches if one.claim.id not in told]
    why = partial(_not_repeated, found=found, area_path=area_path, day=day, thresholds=thresholds)
    return (
        *(Used(one, Use.GIVEN) for one in repeated),
        *((Used(meant, Use.OFFERED, _asked_first(meant)),) if meant else ()),
        *(Used(one, Use.LEFT, why(one)) for one in sorted(left, key=lambda one: not one.reasons)),
    )


def _asked_first(meant: ClaimMatch) -> Bar:
    doubts = (
        (bool(meant.reworded), Bar.REWORDED),
        (bool(meant.unplaced), Bar.UNPLACED),
        (meant.doubtful, Bar.DOUBTFUL),
    )
    return next((bar for applies, bar in doubts if applies), Bar.BEHIND)


def _repeated(found: RumourCheck) -> tuple[ClaimMatch, ...]:
    if isinstance(found, Known):
        return (found.best, *found.also)
    return tuple(one for one in found.also if one is not found.meant) if isinstance(found, Suspected) else ()


def _not_repeated(
    one: ClaimMatch, *, found: RumourCheck, area_path: tuple[str, ...], day: date, thresholds: Thresholds
) -> Bar:
    if not one.reasons:
        return Bar.UNCOMPARED
    if one.score < thresholds.suggested:
        return Bar.UNLIKELY
    away = barred_there_and_then(one.claim.validity, one.claim.scope, area_path=area_path, day=day)
    if away is not None:
        return away
    doubts = (
        (not one.holds, Bar.FARTHER),
        (bool(one.differences), Bar.DIFFERS),
        (bool(one.reworded), Bar.REWORDED),
        (bool(one.unplaced), Bar.UNPLACED),
        (one.slight, Bar.SLIGHT),
        (one.doubtful, Bar.DOUBTFUL),
        (one.score < thresholds.known, Bar.UNSURE),
        (isinstance(found, Known), Bar.OUTDONE),
        (one is not found.matches[0], Bar.BEHIND),
        (one.score < thresholds.known_asked, Bar.SOUNDS_PLAIN),
    )
    return next((bar for applies, bar in doubts if applies), Bar.OWN_AFFAIR)
