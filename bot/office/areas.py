"""Areas, chat groups and grid workers as the office reads them, within the member's own area; and an area's risk level.

Grid workers are people with names: having looked at their list leaves a trace.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from bot.access import DIGITS, Permission, prefix_of
from bot.errors import NotFound, Unacceptable
from bot.office.act import Act
from bot.store import areas, grid_workers, groups
from bot.store.areas import Area, AreaKind, AreaTree, Risk
from bot.store.contacts import Contacts, contacts_by_area
from bot.store.grid_workers import GridWorker
from bot.store.groups import Group, GroupKind
from bot.store.pages import LIMIT, MOST, Page, Wanted

# How long a name is looked for, and how many are told.
LONGEST_SOUGHT = 30
MOST_FOUND = 50


@dataclass(frozen=True, slots=True)
class AreaLine:
    """An area with the risk level that holds there, how many communities it has, and how its people are reached."""

    area: Area
    risk: Risk | None
    communities: int
    contacts: Contacts


@dataclass(frozen=True, slots=True)
class AreaRecord:
    """One area, and those right below it."""

    total: AreaLine
    below: tuple[AreaLine, ...]


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


def show(act: Act, area_code: str) -> AreaRecord:
    """One area with those right below it. Raises NotFound, and Forbidden outside the member's area."""
    area = _area(act, area_code)
    below = act.areas.children(area.code)
    fresh = areas.as_stored(act.session, {*act.areas.path(area.code), *(one.code for one in below)})
    lines = _lines(act, fresh, area, below or [area])
    if not below:
        return AreaRecord(lines[0], ())
    whole = Contacts()
    for line in lines:
        whole = whole.plus(line.contacts)
    communities = sum(line.communities for line in lines)
    return AreaRecord(
        AreaLine(fresh.get(area.code) or area, fresh.risk_of(area.code), communities, whole), lines
    )


def communities(act: Act, area_code: str) -> tuple[AreaLine, ...]:
    """Every village and neighbourhood of an area, by code."""
    area = _area(act, area_code)
    return _lines(act, act.areas, area, act.areas.communities_under(area.code))


def take_communities_away(act: Act, area_code: str) -> tuple[AreaLine, ...]:
    """The same as a file: it leaves a trace."""
    lines = communities(act, area_code)
    act.note("areas.exported", f"area {area_code}")
    return lines


def top(act: Act) -> Area | None:
    """The widest area the member sees: their own, or the prefecture; None before areas were imported."""
    act.require(Permission.AREA_READ)
    if act.member.area_code:
        return act.areas.get(act.member.area_code)
    return next((area for area in act.areas if area.kind is AreaKind.PREFECTURE), None)


def find(act: Act, name: str) -> tuple[Area, ...]:
    """Areas called so, as people say it, in the member's area; when none is, those with it in their names."""
    act.require(Permission.AREA_READ)
    name = name.strip()
    called = [area for area in act.areas.find(name) if act.covers(area.code)]
    if not called and name:
        within = (area for area in act.areas if act.covers(area.code))
        called = [area for area in within if name in area.name or name in act.areas.full_name(area.code)]
    return tuple(called[:MOST_FOUND])


def set_risk(act: Act, area_code: str, risk: Risk | None, *, seen: Risk | None, reason: str) -> None:
    """The risk level of an area's own; None: as in the area above. `seen` is the one it had when it was opened.

    Letters read differently by it, for who asks from now on and for broadcasts drafted from now on. Raises Unacceptable,
    NotFound, Stale.
    """
    act.require(Permission.AREA_WRITE)
    area = _area(act, area_code)
    if not reason.strip():
        raise Unacceptable({"reason": "say why; it stays in the audit trail"})
    areas.change_risk(act.session, area.code, risk, seen=seen)
    act.note("area.risk", f"area {area.code}", reason=reason.strip(), detail={"was": seen, "risk": risk})


def list_groups(
    act: Act, wanted: Wanted, *, area_code: str = "", kinds: Sequence[GroupKind] = ()
) -> Page[Group]:
    """A page of chat groups."""
    act.require(Permission.AREA_READ)
    return groups.read_groups(act.session, wanted=wanted, area_prefix=_within(act, area_code), kinds=kinds)


def take_groups_away(
    act: Act, *, area_code: str = "", kinds: Sequence[GroupKind] = ()
) -> Callable[[Wanted], Page[Group]]:
    """The same as a file, read page by page: it leaves one trace, however many there are."""
    act.require(Permission.AREA_READ)
    act.note("groups.exported", "groups", detail={"area": area_code} if area_code else None)
    return partial(list_groups, act, area_code=area_code, kinds=kinds)


def list_grid_workers(
    act: Act, wanted: Wanted, *, area_code: str = "", bound: bool | None = None, left: bool = False
) -> Page[GridWorker]:
    """A page of grid workers; `left`: of those who have left."""
    act.require(Permission.AREA_READ)
    prefix = _within(act, area_code)
    act.note("grid_workers.viewed", "grid workers", detail={"area": area_code} if area_code else None)
    return grid_workers.read_workers(act.session, wanted=wanted, area_prefix=prefix, bound=bound, left=left)


def take_workers_away(
    act: Act, *, area_code: str = "", bound: bool | None = None, left: bool = False
) -> Callable[[Wanted], Page[GridWorker]]:
    """The same as a file, read page by page: it leaves one trace, however many there are."""
    act.require(Permission.AREA_READ)
    prefix = _within(act, area_code)
    act.note("grid_workers.exported", "grid workers", detail={"area": area_code} if area_code else None)
    return lambda wanted: grid_workers.read_workers(
        act.session, wanted=wanted, area_prefix=prefix, bound=bound, left=left
    )


def _area(act: Act, area_code: str) -> Area:
    act.require(Permission.AREA_READ)
    area = act.areas.get(area_code)
    if area is None:
        raise NotFound(f"there is no area {area_code}")
    act.require_area(area_code)
    return area


def _lines(act: Act, tree: AreaTree, within: Area, shown: Iterable[Area]) -> tuple[AreaLine, ...]:
    """Areas of one level, or communities, each with what was counted under its digits."""
    shown = tuple(shown)
    digits = max((len(prefix_of(area.code)) for area in shown), default=DIGITS)
    counted = contacts_by_area(act.session, within=prefix_of(within.code), digits=digits)
    return tuple(
        AreaLine(
            tree.get(area.code) or area,
            tree.risk_of(area.code),
            len(act.areas.communities_under(area.code)),
            counted.get(area.code[:digits], Contacts()),
        )
        for area in shown
    )


def _within(act: Act, area_code: str) -> str:
    """By what codes begin; Forbidden for what lies outside the member's area."""
    if not area_code:
        return act.area_prefix
    act.require_area(area_code)
    return prefix_of(area_code)
