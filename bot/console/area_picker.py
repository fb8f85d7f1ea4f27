"""Choosing areas step by step: one level at a time, with what is chosen elsewhere ticked above. It works without scripts.

The whole tree as boxes would be a page of 340 KB. A button of the form opens the next level by posting the form as it
stands: what was typed and ticked comes back with it, and nothing is written.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from flask import request

from bot.office import areas as office
from bot.office.act import Act
from bot.store.areas import Area

OPEN, LEVEL, PLACE, FIND = "open", "level", "place", "find"


class Inclusion(StrEnum):
    """Whether an area that is offered is among what is chosen already: itself, or within one that is."""

    FREE = "free"
    CHOSEN = "chosen"
    INCLUDED = "included"


@dataclass(frozen=True, slots=True)
class Offer:
    area: Area
    inclusion: Inclusion
    opens: bool


@dataclass(frozen=True, slots=True)
class Picker:
    """`path` leads from the widest area to the one that is open; `found` is None when no name was looked for."""

    chosen: tuple[Area, ...]
    path: tuple[Area, ...]
    offers: tuple[Offer, ...]
    place: str
    found: tuple[Offer, ...] | None


def is_step() -> bool:
    """Whether the form was posted to open a level or find a place, not to be saved."""
    return bool(request.form.get(OPEN) or request.form.get(FIND))


def picker(act: Act, ticked: Collection[str]) -> Picker:
    """What to choose from now. Nothing outside the member's area is offered."""
    tree = act.areas
    chosen = tuple(area for code in sorted(set(ticked)) if (area := tree.get(code)))
    taken = frozenset(area.code for area in chosen)
    path = _path(act)
    level = (path[-1], *tree.children(path[-1].code)) if path else ()
    place = request.form.get(PLACE, "").strip()[: office.LONGEST_SOUGHT]
    found = office.find(act, place) if place and request.form.get(FIND) else None
    return Picker(
        chosen=chosen,
        path=path,
        offers=tuple(_offer(act, area, taken) for area in level),
        place=place,
        found=tuple(_offer(act, area, taken) for area in found) if found is not None else None,
    )


def _path(act: Act) -> tuple[Area, ...]:
    """From the member's widest area to what is to be open; that alone for what is not theirs to open. What lies in another
    prefecture has its own at the beginning.
    """
    top = office.top(act)
    wanted = act.areas.get(request.form.get(OPEN) or request.form.get(LEVEL, ""))
    if top is None:
        return ()
    if wanted is None or wanted.is_community or not act.covers(wanted.code):
        return (top,)
    codes = act.areas.path(wanted.code)
    begins = codes.index(top.code) if top.code in codes else 0
    return tuple(area for code in codes[begins:] if (area := act.areas.get(code)))


def _offer(act: Act, area: Area, taken: frozenset[str]) -> Offer:
    above = frozenset(act.areas.path(area.code)) - {area.code}
    from_above = Inclusion.INCLUDED if above & taken else Inclusion.FREE
    inclusion = Inclusion.CHOSEN if area.code in taken else from_above
    return Offer(area, inclusion, not area.is_community)
