"""Danger to life: whoever is on call sees that help was asked for, where and when, and says that they took it on."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from bot.access import Permission
from bot.errors import NotFound
from bot.office import areas
from bot.office.act import Act
from bot.store import alerts
from bot.store.alerts import AlertQuery, DangerAlert
from bot.store.grid_workers import GridWorker
from bot.store.pages import Page, Wanted
from knowledge.crisis import CrisisKind


@dataclass(frozen=True, slots=True)
class Scene:
    """An alert and the grid workers of the village or neighbourhood it came from, as far as they are known."""

    alert: DangerAlert
    workers: tuple[GridWorker, ...] = ()


def list_alerts(
    act: Act, wanted: Wanted, *, acknowledged: bool | None = None, kind: CrisisKind | None = None
) -> Page[DangerAlert]:
    """A page of alerts of the member's area. Raises Unacceptable for a cursor that is none."""
    act.require(Permission.ALERT_ACKNOWLEDGE)
    query = AlertQuery(acknowledged=acknowledged, kind=kind, area_prefix=act.area_prefix)
    return alerts.find_alerts(act.session, query, wanted)


def take_away(
    act: Act, *, acknowledged: bool | None = None, kind: CrisisKind | None = None
) -> Callable[[Wanted], Page[DangerAlert]]:
    """The same as a file, read page by page: it leaves one trace, however many there are."""
    act.require(Permission.ALERT_ACKNOWLEDGE)
    act.note("alerts.exported", "alerts")
    return partial(list_alerts, act, acknowledged=acknowledged, kind=kind)


def to_act_on(act: Act, number: int) -> Scene:
    """One alert with whom to send there. Having seen the grid workers leaves a trace. Raises NotFound, as below."""
    act.require(Permission.ALERT_ACKNOWLEDGE)
    alert = alerts.find_alert(act.session, number)
    if not act.covers(alert.area_code):
        raise NotFound(f"there is no alert {number}")
    place = act.areas.get(alert.area_code or "")
    if place is None or not place.is_community or not act.may(Permission.AREA_READ):
        return Scene(alert)
    return Scene(alert, areas.list_grid_workers(act, Wanted(), area_code=place.code).items)


def acknowledge(act: Act, number: int) -> DangerAlert:
    """Take one on. Raises NotFound, also for what lies elsewhere, and Conflict when somebody has already."""
    act.require(Permission.ALERT_ACKNOWLEDGE)
    if not act.covers(alerts.find_alert(act.session, number).area_code):
        raise NotFound(f"there is no alert {number}")
    alerts.acknowledge(act.session, number, by=act.member.name, now=act.now)
    act.note("alert.acknowledged", f"alert {number}")
    return alerts.find_alert(act.session, number)
