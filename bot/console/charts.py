"""The charts of the first page and of a claim: each a picture at an address of its own, and the same figures as a table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import Response, abort
from flask.typing import ResponseReturnValue

from bot.access import Permission
from bot.console import drawing
from bot.console.routing import Route
from bot.console.visit import Visit
from bot.office import claim_curve, home
from bot.office.act import Act
from bot.office.claim_curve import ClaimCurve
from bot.office.home import DayFigures
from bot.store.daily_figures import Figure

HIDDEN, NONE = "少于 5", "—"
AGES: Mapping[Figure, str] = {
    Figure.OPEN_1: "1 天内",
    Figure.OPEN_3: "1–3 天",
    Figure.OPEN_7: "3–7 天",
    Figure.OPEN_30: "7–30 天",
    Figure.OPEN_LONGER: "30 天以上",
}
# What was done about a claim, as its actions are called; others keep the word they were written down with.
MOMENTS: Mapping[str, str] = {
    "published": "发布结论",
    "corrected": "发布更正",
    "card": "转发卡片",
    "broadcast": "推送",
    "holding": "阶段答复",
    "withdrawn": "撤回",
    "field": "现场处置",
}


@dataclass(frozen=True, slots=True)
class Chart:
    """`name`: its address. `rows` say what the picture shows, the first row is the heading."""

    name: str
    title: str
    alt: str
    rows: tuple[tuple[str, ...], ...]
    draw: Callable[[], Response]


def messages(days: tuple[DayFigures, ...]) -> Chart:
    """Messages a day, and how many of them were left for a person."""
    received = [day.counts[Figure.MESSAGES] for day in days]
    left = [day.counts[Figure.LEFT_OPEN] for day in days]
    lines = zip(_days(days), map(count, received), map(count, left), strict=True)
    return Chart(
        "messages",
        "每天的来信",
        "柱形图：近 14 天每天收到的来信和其中转人工的数量",
        (("日期", "来信", "转人工"), *lines),
        lambda: drawing.columns(_days(days), {"来信": received, "转人工": left}),
    )


def answered(days: tuple[DayFigures, ...]) -> Chart:
    """What share of messages needed no person."""
    parts = [day.answered_share for day in days]
    return Chart(
        "answered",
        "当场答复率（%）",
        "折线图：近 14 天每天当场答复的来信占全部来信的百分比",
        (("日期", "当场答复"), *zip(_days(days), map(share, parts), strict=True)),
        lambda: drawing.shares(_days(days), {"当场答复率": parts}),
    )


def ages(act: Act) -> Chart:
    """Open claims by how long they have been open."""
    counts = home.open_by_age(act)
    labels, values = tuple(AGES.values()), [counts[figure] for figure in AGES]
    return Chart(
        "ages",
        "未办结传言的已开天数",
        "柱形图：未办结的传言按已开天数分组的数量",
        (("已开", "传言"), *zip(labels, map(count, values), strict=True)),
        lambda: drawing.columns(labels, {"传言": values}),
    )


def coverage(act: Act) -> Chart:
    """How far grid workers carried what was sent, by area."""
    areas = home.coverage(act)
    names = tuple(area.short_name if (area := act.areas.get(one.area_code)) else "" for one in areas)
    rows = (
        (name, count(one.tasks), count(one.forwarded), share(one.share))
        for name, one in zip(names, areas, strict=True)
    )
    return Chart(
        "coverage",
        "各地网格员转发覆盖（%）",
        "条形图：近 30 天各地网格员确认已转发的任务占全部转发任务的百分比",
        (("地方", "任务", "已转发", "覆盖"), *rows),
        lambda: drawing.bars(names, [one.share for one in areas]),
    )


CHARTS: Mapping[str, Callable[[Act], Chart]] = {
    "messages": lambda act: messages(home.days(act)),
    "answered": lambda act: answered(home.days(act)),
    "ages": ages,
    "coverage": coverage,
}


def show(visit: Visit, name: str) -> ResponseReturnValue:
    make = CHARTS.get(name)
    return make(visit.act).draw() if make is not None else abort(404)


def claim(visit: Visit, claim_id: str) -> ResponseReturnValue:
    """The curve of one claim's reports, with an upright line at each moment of response."""
    return _drawn(claim_curve.curve_of(visit.act, claim_id), visit)


def _drawn(curve: ClaimCurve, visit: Visit) -> Response:
    zone = visit.act.runtime.settings.service.zone
    points = [
        (at.astimezone(zone).replace(tzinfo=None), float(number))
        for at, number in zip(curve.starts, curve.counts, strict=True)
    ]
    moments: dict[str, list[datetime]] = {}
    for one in curve.moments:
        called = MOMENTS.get(one.kind, one.kind)
        moments.setdefault(called, []).append(one.at.astimezone(zone).replace(tzinfo=None))
    return drawing.curve(points, moments, name="线索")


def _days(days: tuple[DayFigures, ...]) -> tuple[str, ...]:
    return tuple(f"{one.day:%m-%d}" for one in days)


def count(value: int | None) -> str:
    return HIDDEN if value is None else str(value)


def share(value: float | None) -> str:
    return NONE if value is None else f"{value:.0%}"


ROUTES = (
    Route("/charts/<name>.svg", "charts.show", show, Permission.FIGURES_READ),
    Route("/charts/claims/<claim_id>.svg", "charts.claim", claim, Permission.CLAIM_READ),
)
