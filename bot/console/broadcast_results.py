"""What became of a broadcast: deliveries without anybody's identity, and how far grid workers have carried it."""

from collections.abc import Mapping

from flask import request
from flask.typing import ResponseReturnValue

from bot.access import Permission
from bot.console import broadcast_words as words
from bot.console.export import Column, all_rows, as_file
from bot.console.labels import CHANNELS, DELIVERY_STATUSES, moment
from bot.console.listing import Choice, Filter, asked_format, choices, listing, wanted
from bot.console.routing import Route
from bot.console.visit import Visit
from bot.errors import NotFound
from bot.office import broadcast_results as office
from bot.office import broadcasts
from bot.office.act import Act
from bot.store.deliveries import DeliveryLine
from bot.store.relay_tasks import RelayLine
from broadcasts.content import Channel
from broadcasts.delivery import DeliveryStatus
from broadcasts.relay import RelayStatus

UNDONE = (RelayStatus.OPEN, RelayStatus.CLAIMED, RelayStatus.CANNOT)


def deliveries(visit: Visit, broadcast_id: str) -> ResponseReturnValue:
    act = visit.act
    one = broadcasts.read(act, broadcast_id)
    status = Filter("status", "状态", choices(DELIVERY_STATUSES))
    channel = Filter("channel", "渠道", choices(CHANNELS))
    chosen = Channel(channel.current) if channel.current else None
    statuses = [DeliveryStatus(status.current)] if status.current else ()
    if form := asked_format():
        read = office.take_deliveries_away(act, broadcast_id, channel=chosen, statuses=statuses)
        lines = tuple(all_rows(read, wanted().order))
        return as_file(form, "deliveries", _delivery_columns(act, office.group_names(act, lines)), lines)
    page = office.list_deliveries(act, broadcast_id, wanted(), channel=chosen, statuses=statuses)
    return visit.render(
        "console/broadcasts/deliveries.html",
        {
            "one": one,
            "page": page,
            "groups": office.group_names(act, page.items),
            "listing": listing(
                "console.broadcasts_deliveries",
                page,
                filters=(status, channel),
                orders={"number": "序号", "updated": "更新"},
            ),
            "words": words,
        },
    )


def relay(visit: Visit, broadcast_id: str) -> ResponseReturnValue:
    """Coverage below one area, and in it the workers who have not confirmed. Their names are shown: it leaves a trace."""
    act = visit.act
    one = broadcasts.read(act, broadcast_id)
    area_code = request.args.get("area", "")
    if area_code and act.areas.get(area_code) is None:
        raise NotFound(f"there is no area {area_code}")
    status = Filter("status", "状态", tuple(Choice(one.value, words.RELAYS[one]) for one in RelayStatus))
    statuses = [RelayStatus(status.current)] if status.current else UNDONE
    if form := asked_format():
        read = office.take_relay_tasks_away(act, broadcast_id, area_code=area_code, statuses=statuses)
        return as_file(form, "relay-tasks", _relay_columns(act), all_rows(read, wanted().order))
    page = office.list_relay_tasks(
        act, wanted(), broadcast_id=broadcast_id, area_code=area_code, statuses=statuses
    )
    return visit.render(
        "console/broadcasts/relay.html",
        {
            "one": one,
            "page": page,
            "coverage": office.coverage_by_area(act, broadcast_id, area_code=area_code),
            "path": [code for code in act.areas.path(area_code) if act.covers(code)],
            "area_code": area_code,
            "listing": listing(
                "console.broadcasts_relay",
                page,
                filters=(status, Filter("area", "地方", (Choice(area_code, area_code),))),
                orders={"number": "编号"},
            ),
            "words": words,
        },
    )


def _delivery_columns(act: Act, groups: Mapping[int, str]) -> tuple[Column[DeliveryLine], ...]:
    zone = act.runtime.settings.service.zone
    return (
        Column("序号", lambda one: one.number),
        Column("渠道", lambda one: CHANNELS[one.channel]),
        Column("群", lambda one: groups.get(one.group_id, "") if one.group_id else ""),
        Column("状态", lambda one: DELIVERY_STATUSES[one.status]),
        Column("原因", lambda one: words.REASONS.get(one.reason, one.reason)),
        Column("次数", lambda one: one.attempts),
        Column("更新", lambda one: moment(one.updated_at, zone)),
    )


def _relay_columns(act: Act) -> tuple[Column[RelayLine], ...]:
    zone, tree = act.runtime.settings.service.zone, act.areas
    return (
        Column("编号", lambda one: one.task.id),
        Column("村（社区）", lambda one: tree.full_name(one.community_code)),
        Column("网格", lambda one: one.grid),
        Column("网格员", lambda one: one.worker_name),
        Column("群", lambda one: one.group_name),
        Column("状态", lambda one: words.RELAYS[one.task.status]),
        Column("原因", lambda one: one.task.reason),
        Column("提醒次数", lambda one: one.task.reminders),
        Column("确认", lambda one: moment(one.task.confirmed_at, zone)),
    )


ROUTES = (
    Route(
        "/broadcasts/<broadcast_id>/deliveries",
        "broadcasts.deliveries",
        deliveries,
        Permission.BROADCAST_READ,
    ),
    Route("/broadcasts/<broadcast_id>/relay", "broadcasts.relay", relay, Permission.BROADCAST_READ),
)
