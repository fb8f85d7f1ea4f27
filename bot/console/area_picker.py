"""The area tree as boxes to tick: counties that open to townships, and those to villages. It works without scripts."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.store.areas import Area, AreaKind, AreaTree


@dataclass(frozen=True, slots=True)
class Branch:
    """One area with what lies below; open when something below is ticked."""

    area: Area
    is_ticked: bool
    is_open: bool
    below: tuple["Branch", ...]


def branches(tree: AreaTree, *, within: str | None, ticked: Collection[str]) -> tuple[Branch, ...]:
    """From the prefecture, or the area somebody is bound to, down to the villages."""
    tops = [tree.get(within)] if within else [one for one in tree if one.kind is AreaKind.PREFECTURE]
    return tuple(_branch(tree, top, frozenset(ticked), is_top=True) for top in tops if top is not None)


def _branch(tree: AreaTree, area: Area, ticked: frozenset[str], *, is_top: bool = False) -> Branch:
    below = tuple(_branch(tree, child, ticked) for child in tree.children(area.code))
    inside = any(one.is_ticked or one.is_open for one in below)
    return Branch(area, area.code in ticked, is_top or inside, below)
