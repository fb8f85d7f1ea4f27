"""What became of a broadcast: its deliveries, and how far grid workers have carried it, in the member's own area."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from bot.access import Permission, prefix_of
from bot.office.act import Act
from bot.office.broadcast_scope import find
from bot.store import deliveries, groups, relay_tasks
from bot.store.deliveries import DeliveryLine
from bot.store.pages import Page, Wanted
from bot.store.relay_tasks import RelayLine
from broadcasts.broadcast import Broadcast
from broadcasts.content import Channel
from broadcasts.delivery import DeliveryStatus
from broadcasts.relay import Coverage, RelayStatus


@dataclass(frozen=True, slots=True)
class AreaCoverage:
    """How far the workers of one area have carried it."""

    area_code: str
    coverage: Coverage


def list_deliveries(
    act: Act,
    broadcast_id: str,
    wanted: Wanted,
    *,
    channel: Channel | None = None,
    statuses: Sequence[DeliveryStatus] = (),
) -> Page[DeliveryLine]:
    """A page of what became of it in the member's area, a line for each recipient; never who it is."""
    act.require(Permission.BROADCAST_READ)
    found = find(act, broadcast_id)
    return deliveries.page_of(
        act.session, found.id, wanted=wanted, area_prefix=act.area_prefix, channel=channel, statuses=statuses
    )


def take_deliveries_away(
    act: Act,
    broadcast_id: str,
    *,
    channel: Channel | None = None,
    statuses: Sequence[DeliveryStatus] = (),
) -> Callable[[Wanted], Page[DeliveryLine]]:
    """The same as a file, read page by page: it leaves one trace, however many there are."""
    act.require(Permission.BROADCAST_READ)
    act.note("deliveries.exported", f"broadcast {broadcast_id}")
    return partial(list_deliveries, act, broadcast_id, channel=channel, statuses=statuses)


def group_names(act: Act, lines: Iterable[DeliveryLine]) -> Mapping[int, str]:
    """What the chat groups are called to which these deliveries went."""
    act.require(Permission.BROADCAST_READ)
    return groups.names_of(act.session, {line.group_id for line in lines if line.group_id})


def list_relay_tasks(
    act: Act,
    wanted: Wanted,
    *,
    broadcast_id: str = "",
    area_code: str = "",
    statuses: Sequence[RelayStatus] = (),
) -> Page[RelayLine]:
    """A page of relay tasks of the member's area, or of one in it. They name grid workers, so that having looked leaves
    a trace.
    """
    act.require(Permission.BROADCAST_READ)
    prefix = _prefix(act, area_code)
    act.note("relay_tasks.viewed", f"broadcast {broadcast_id}" if broadcast_id else "relay tasks")
    return relay_tasks.read_lines(
        act.session, wanted=wanted, broadcast_id=broadcast_id, area_prefix=prefix, statuses=statuses
    )


def take_relay_tasks_away(
    act: Act, broadcast_id: str, *, area_code: str = "", statuses: Sequence[RelayStatus] = ()
) -> Callable[[Wanted], Page[RelayLine]]:
    """Those of one broadcast as a file, read page by page: it leaves one trace, however many there are."""
    act.require(Permission.BROADCAST_READ)
    prefix = _prefix(act, area_code)
    act.note("relay_tasks.exported", f"broadcast {broadcast_id}")
    return lambda wanted: relay_tasks.read_lines(
        act.session, wanted=wanted, broadcast_id=broadcast_id, area_prefix=prefix, statuses=statuses
    )


def coverage_by_area(act: Act, broadcast_id: str, *, area_code: str = "") -> tuple[AreaCoverage, ...]:
    """How far it was carried in each area right below the one named, or the member's own: the prefecture's counties, a
    county's townships. Raises Forbidden.
    """
    act.require(Permission.BROADCAST_READ)
    found = find(act, broadcast_id)
    by_community = relay_tasks.coverage_by_community(
        act.session, found.id, area_prefix=_prefix(act, area_code)
    )
    above = area_code or act.member.area_code
    depth = len(act.areas.path(above)) if above else 1
    by_area: dict[str, list[Coverage]] = {}
    for community, carried in by_community.items():
        path = act.areas.path(community)
        by_area.setdefault(path[min(depth, len(path) - 1)], []).append(carried)
    return tuple(AreaCoverage(code, _sum(by_area[code])) for code in sorted(by_area))


def coverage_of(act: Act, broadcast: Broadcast) -> Coverage:
    """How far one was carried in all of the member's area."""
    return _sum(
        relay_tasks.coverage_by_community(act.session, broadcast.id, area_prefix=act.area_prefix).values()
    )


def _prefix(act: Act, area_code: str) -> str:
    if not area_code:
        return act.area_prefix
    act.require_area(area_code)
    return prefix_of(area_code)


def _sum(all_carried: Iterable[Coverage]) -> Coverage:
    carried = tuple(all_carried)
    return Coverage(
        forwarded=sum(one.forwarded for one in carried),
        cannot=sum(one.cannot for one in carried),
        undone=sum(one.undone for one in carried),
    )
