"""Offering areas to choose from; `community` takes the reply."""

from collections.abc import Sequence

from bot import wording
from bot.conversation import Step
from bot.handlers.context import Context
from bot.handlers.picking import numbered
from bot.store.areas import Area

MOST_OFFERED = 60


def choose_area(context: Context, *, then: str = "") -> str:
    """Begin choosing, from the counties down; `then` is the question to answer once it is known where."""
    return wording.CHOOSE_AREA.format(choices=offer_areas(counties(context), context, then=then))


def counties(context: Context) -> tuple[Area, ...]:
    """The areas right below the prefecture."""
    roots = [area for area in context.areas if area.parent_code is None]
    return context.areas.children(roots[0].code) if roots else ()


def offer_areas(areas: Sequence[Area], context: Context, *, then: str = "") -> str:
    """The lines of a choice between areas; the talk waits for one of them."""
    shown = areas[:MOST_OFFERED]
    context.enter(Step.CHOOSING_COMMUNITY, codes=[area.code for area in shown], then=then)
    names = [area.short_name for area in shown]
    same_name = len(set(names)) < len(names)
    return numbered([context.areas.full_name(area.code) for area in shown] if same_name else names)
