"""The options of a select field in a form, from labels or places."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import SelectChoice  # type: ignore[attr-defined] # newer than its published types

from bot.store.areas import AreaKind, AreaTree

WHOLE = ""
LEADING = (AreaKind.COUNTY, AreaKind.TOWNSHIP)


def options(labels: Mapping[Any, str] | Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """One option a label, in the given order."""
    pairs = labels.items() if isinstance(labels, Mapping) else labels
    return [SelectChoice(str(value), label) for value, label in pairs]


def places(tree: AreaTree, *, within: str | None = None) -> list[SelectChoice]:
    """The whole prefecture (unless bound `within` an area), counties and townships."""
    found = [(one.code, tree.full_name(one.code)) for one in tree if one.kind in LEADING]
    if within is not None:
        return options([(code, name) for code, name in found if within in tree.path(code)])
    return options([(WHOLE, "全市"), *found])
