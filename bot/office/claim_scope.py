"""Which claims a member may see and work on, and what may be done with one as it stands.

Somebody bound to an area sees what was reported from there or holds there; what lies elsewhere does not exist for them.
"""

from collections.abc import Iterable
from dataclasses import replace

from bot.access import Permission
from bot.errors import Conflict, Forbidden, NotFound
from bot.office.act import Act
from bot.store import sightings
from bot.store.claim_files import ClaimFile, find_file, hold_file
from bot.store.sightings import Sighting
from knowledge.review import Step, StepRefused, after


def find(act: Act, claim_id: str) -> ClaimFile:
    """To read it. Raises NotFound."""
    return _seen(act, find_file(act.session, claim_id))


def hold(act: Act, claim_id: str, edition: int | None) -> ClaimFile:
    """To change it. Raises NotFound, and Stale when it was changed since it was opened."""
    _seen(act, find_file(act.session, claim_id))
    return hold_file(act.session, claim_id, edition=edition)


def hold_whole(act: Act, claim_id: str, edition: int | None) -> ClaimFile:
    """To do what concerns everybody who reported it: end it, merge it. Raises Forbidden when some are of another area."""
    file = hold(act, claim_id, edition)
    bound = act.member.area_code
    if bound is not None and sightings.is_seen_outside(act.session, claim_id, bound):
        raise Forbidden("it was reported from other areas too: a colleague of the whole prefecture does this")
    return file


def as_seen(act: Act, files: Iterable[ClaimFile]) -> tuple[ClaimFile, ...]:
    """As the member may see them: how often, and between when, they were reported is told of the member's own area only."""
    found, bound = tuple(files), act.member.area_code
    if bound is None:
        return found
    seen = sightings.seen_within(act.session, tuple(file.id for file in found), bound)
    return tuple(_counted(file, seen.get(file.id)) for file in found)


def moved(file: ClaimFile, step: Step) -> ClaimFile:
    """After this step. Raises Conflict when it is not possible from here."""
    try:
        return replace(file, state=after(file.state, step))
    except StepRefused as refused:
        raise Conflict(str(refused)) from None


def subject(claim_id: str) -> str:
    """As the audit trail and comments name it."""
    return f"claim {claim_id}"


def sees_claim(act: Act, claim_id: str) -> bool:
    """Whether the member has a page of it to open."""
    return act.may(Permission.CLAIM_READ) and is_seen(act, find_file(act.session, claim_id))


def is_seen(act: Act, file: ClaimFile) -> bool:
    """Whether it was reported from the member's area, or holds there."""
    bound = act.member.area_code
    return (
        bound is None or act.covers(file.area_code) or sightings.is_seen_within(act.session, file.id, bound)
    )


def _counted(file: ClaimFile, seen: Sighting | None) -> ClaimFile:
    return replace(
        file,
        report_count=seen.count if seen else 0,
        first_reported_at=seen.first_at if seen else None,
        last_reported_at=seen.last_at if seen else None,
    )


def _seen(act: Act, file: ClaimFile) -> ClaimFile:
    if is_seen(act, file):
        return file
    raise NotFound(f"there is no claim {file.id}")
