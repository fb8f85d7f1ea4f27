"""Areas, chat groups and grid workers as the office reads them, within the member's own area.

Grid workers are people with names: having looked at their list leaves a trace.
"""

from collections.abc import Sequence

from bot.access import Permission, prefix_of
from bot.office.act import Act
from bot.store import grid_workers, groups
from bot.store.areas import Area, AreaKind
from bot.store.grid_workers import GridWorker
from bot.store.groups import Group, GroupKind
from bot.store.pages import LIMIT, MOST, Page, Wanted


def list_areas(
    act: Act, wanted: Wanted, *, parent_code: str = "", kinds: Sequence[AreaKind] = ()
) -> Page[Area]:
    """A page of areas by their codes. The cursor is the last one's code."""
    act.require(Permission.AREA_READ)
    limit = min(max(wanted.limit or LIMIT, 1), MOST)
    following = [
        area
        for area in act.areas
        if area.code > wanted.cursor
        and act.covers(area.code)
        and (not parent_code or area.parent_code == parent_code)
        and (not kinds or area.kind in kinds)
    ]
    following.sort(key=lambda area: area.code)
    page = tuple(following[:limit])
    return Page(page, page[-1].code if len(following) > limit else "")


def list_groups(
    act: Act, wanted: Wanted, *, area_code: str = "", kinds: Sequence[GroupKind] = ()
) -> Page[Group]:
    """A page of chat groups."""
    act.require(Permission.AREA_READ)
    return groups.read_groups(act.session, wanted=wanted, area_prefix=_within(act, area_code), kinds=kinds)


def list_grid_workers(
    act: Act, wanted: Wanted, *, area_code: str = "", bound: bool | None = None
) -> Page[GridWorker]:
    """A page of grid workers."""
    act.require(Permission.AREA_READ)
    page = grid_workers.read_workers(
        act.session, wanted=wanted, area_prefix=_within(act, area_code), bound=bound
    )
    act.note("grid_workers.viewed", "grid workers", detail={"area": area_code} if area_code else None)
    return page


def _within(act: Act, area_code: str) -> str:
    """By what codes begin; Forbidden for what lies outside the member's area."""
    if not area_code:
        return act.area_prefix
    act.require_area(area_code)
    return prefix_of(area_code)
