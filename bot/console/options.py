"""The options of a select field in a form or above a list, from labels or places."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import request
from wtforms import SelectChoice  # type: ignore[attr-defined] # newer than its published types

from bot.console.listing import Choice, Filter
from bot.office.act import Act
from bot.store.areas import AreaKind, AreaTree

WHOLE = ""
LEADING = (AreaKind.COUNTY, AreaKind.TOWNSHIP)


def options(labels: Mapping[Any, str] | Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """One option a label, in the given order."""
    pairs = labels.items() if isinstance(labels, Mapping) else labels
    return [SelectChoice(str(value), label) for value, label in pairs]


def places(tree: AreaTree, *, within: str | None = None) -> list[SelectChoice]:
    """The whole prefecture (unless bound `within` an area), counties and townships; a village for whoever is bound to it."""
    found = [(one.code, tree.full_name(one.code)) for one in tree if one.kind in LEADING]
    if within is not None:
        inside = [(code, name) for code, name in found if within in tree.path(code)]
        return options(inside or [(within, tree.full_name(within))])
    return options([(WHOLE, "全市"), *found])


def place_filter(act: Act) -> Filter:
    """Counties and townships of the member's area to choose from. A village that a link names stays chosen; all 1,979 of
    them would make every list heavy.
    """
    offered = [
        Choice(one.value, one.label) for one in places(act.areas, within=act.member.area_code) if one.value
    ]
    named = request.args.get("area", "")
    known = named and act.areas.get(named) is not None and act.covers(named)
    if known and named not in {one.value for one in offered}:
        offered.append(Choice(named, act.areas.full_name(named)))
    return Filter("area", "地方", tuple(offered))
