"""Which broadcasts a staff member sees, and which they may change.

Somebody bound to an area sees what reaches into it (a broadcast to the whole prefecture does) and works on what stays
inside.
"""

from bot.access import covers, prefix_of
from bot.errors import Forbidden, NotFound
from bot.office.act import Act
from bot.store import broadcasts
from broadcasts.broadcast import Broadcast


def find(act: Act, broadcast_id: str) -> Broadcast:
    """One the member may see. Raises NotFound, also for what lies elsewhere."""
    found = broadcasts.find(act.session, broadcast_id)
    if not touches(act, found):
        raise NotFound(f"there is no broadcast {broadcast_id}")
    return found


def find_own(act: Act, broadcast_id: str) -> Broadcast:
    """One the member may change: all of it inside their area. Raises NotFound or Forbidden."""
    found = find(act, broadcast_id)
    if not all(covers(act.member.area_code, code) for code in found.content.audience.area_codes):
        raise Forbidden("this broadcast reaches beyond the area of the account")
    return found


def touches(act: Act, one: Broadcast) -> bool:
    """Whether it reaches into the member's area."""
    own = act.member.area_code
    named = one.content.audience.area_codes
    return own is None or any(act.covers(code) or own.startswith(prefix_of(code)) for code in named)


def codes_that_touch(act: Act) -> tuple[str, ...]:
    """Beginnings of codes, or whole ones, of which a broadcast that reaches into the member's area names one."""
    own = act.member.area_code
    return (act.area_prefix, *act.areas.path(own)) if own else ()
