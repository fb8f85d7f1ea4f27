"""Charts as SVG: sober colours, large letters for a phone, no script. Each is a response of its own.

Pages forbid styles of their own; a chart's lines are styled inside it, so that it is an image with its own policy.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from xml.etree.ElementTree import Element

import pygal
from flask import Response
from pygal.graph.graph import Graph
from pygal.style import Style

WIDTH, HEIGHT = 560, 320
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
FONT = "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'WenQuanYi Micro Hei', sans-serif"
COLOURS = ("#14508c", "#b7791f", "#2f855a", "#8c1420", "#6b46c1", "#0e7490", "#52606d")
INK, LINE = "#1f2933", "#d9e0e7"
# Labels below the axis, at most; more would be written over each other.
MOST_LABELS = 7
# A scale that goes no higher would say little with much ink.
LOWEST_TOP = 5
# Room for names beside lying bars, which pygal does not leave.
NAMES_WIDTH = 30
# Half of what the last day, the last time below a curve takes.
DATE_WIDTH, TIME_WIDTH = 24, 50
# What one lying bar takes, and what lies below all of them.
ROW_HEIGHT, AXIS_HEIGHT = 28, 60
# Stretches of time between the labels below a curve.
TIMES = 4
# No line to be seen yet: of a claim an hour old there is one point, of a new one hardly more.
FEW_POINTS = 3

Values = Sequence[float | None]


def columns(labels: Sequence[str], series: Mapping[str, Values]) -> Response:
    """Standing bars, one group per label."""
    top = max((value or 0 for values in series.values() for value in values), default=0)
    chart = pygal.Bar(**_looks(legend=len(series) > 1), range=(0, max(top, LOWEST_TOP)))
    return _filled(chart, labels, series)


def shares(labels: Sequence[str], series: Mapping[str, Values]) -> Response:
    """Lines of percentages; a value that is None leaves a gap."""
    chart = pygal.Line(
        **_looks(legend=len(series) > 1),
        margin_right=DATE_WIDTH,
        range=(0, 100),
        allow_interruptions=True,
        dots_size=4,
    )
    return _filled(chart, labels, {name: _percent(values) for name, values in series.items()})


def bars(labels: Sequence[str], values: Values) -> Response:
    """Lying bars of percentages, the first label on top."""
    looks = _looks(legend=False) | {"height": max(HEIGHT, ROW_HEIGHT * len(labels) + AXIS_HEIGHT)}
    chart = pygal.HorizontalBar(**looks, range=(0, 100), margin_left=NAMES_WIDTH)
    # pygal stacks them from the bottom.
    return _filled(chart, labels[::-1], {"": _percent(values)[::-1]})


def curve(
    points: Sequence[tuple[datetime, float]], moments: Mapping[str, Sequence[datetime]], *, name: str
) -> Response:
    """A curve over time, and upright lines at moments, by what they are called. Times are already local."""
    top = max((value for _, value in points), default=0) or 1
    chart = pygal.DateTimeLine(
        **_looks(legend=True),
        range=(0, max(top, LOWEST_TOP)),
        x_value_formatter=lambda at: f"{at:%m-%d %H:%M}",
        allow_interruptions=True,
        show_dots=len(points) <= FEW_POINTS,
        dots_size=4,
        margin_right=TIME_WIDTH,
    )
    if points:
        first, length = points[0][0], points[-1][0] - points[0][0]
        times_shown = TIMES + 1 if length else 1
        chart.x_labels = [first + length * number / TIMES for number in range(times_shown)]
    chart.add(name, list(points))
    for called, times in moments.items():
        upright = [point for at in times for point in ((at, 0), (at, top), (at, None))]
        chart.add(called, upright, stroke_style={"width": 3, "dasharray": "6, 4"})
    return picture(chart)


def picture(chart: Graph) -> Response:
    """The chart as a response that may style itself and nothing else."""
    chart.add_xml_filter(_without_scripts)
    response = Response(chart.render(), content_type="image/svg+xml")
    response.headers["Content-Security-Policy"] = POLICY
    return response


def _filled(chart: Graph, labels: Sequence[str], series: Mapping[str, Values]) -> Response:
    chart.x_labels = list(labels)
    every = -(-len(labels) // MOST_LABELS)
    if isinstance(chart, pygal.HorizontalBar):
        every = 1
    chart.x_labels_major = list(labels[::-1][::every])
    chart.show_minor_x_labels = False
    for name, values in series.items():
        chart.add(name, list(values))
    return picture(chart)


def _without_scripts(root: Element) -> Element:
    """pygal writes its configuration into a script, whatever it is told."""
    for parent in root.iter():
        for script in [child for child in parent if child.tag == "script"]:
            parent.remove(script)
    return root


def _percent(values: Values) -> list[float | None]:
    return [None if value is None else round(100 * value, 1) for value in values]


def _looks(*, legend: bool) -> dict[str, object]:
    style = Style(
        background="#fff",
        plot_background="#fff",
        foreground=INK,
        foreground_strong=INK,
        foreground_subtle=LINE,
        colors=COLOURS,
        font_family=FONT,
        label_font_size=17,
        major_label_font_size=17,
        legend_font_size=17,
        value_font_size=15,
        no_data_font_size=24,
        guide_stroke_color=LINE,
        major_guide_stroke_color=LINE,
        guide_stroke_dasharray="1,0",
        major_guide_stroke_dasharray="1,0",
        stroke_width=3,
        opacity=".85",
        transition="0",
    )
    return {
        "style": style,
        "width": WIDTH,
        "height": HEIGHT,
        "explicit_size": True,
        "js": [],
        "no_prefix": True,
        "show_legend": legend,
        "legend_at_bottom": True,
        "no_data_text": "还没有数字",
        "truncate_label": -1,
        "margin": 8,
        "value_formatter": lambda value: f"{value:g}" if value == int(value) else "",
        "max_scale": 6,
    }
