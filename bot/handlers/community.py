"""Where a resident lives: chosen county by county, or named. 204 village names are not unique: then we ask which."""

import re
from dataclasses import replace

from bot import wording
from bot.conversation import Step
from bot.handlers import ask
from bot.handlers.area_choice import choose_area, offer_areas
from bot.handlers.context import Context
from bot.handlers.follow import bind
from bot.handlers.picking import picked
from bot.messages import Inbound, Reply, Text
from bot.store.areas import Area, AreaTree
from knowledge.text import bare

NAME = "community"

WORDS = frozenset(
    {"我的社区", "我的村", "换社区", "改社区", "绑定社区", "选社区", "登记社区", "换村", "我搬家了", "搬家了"}
)
# "I live in ...": the place is then looked up, so what is no place falls through to the other handlers.
LIVES_IN = re.compile(
    r"(?:我们?|我家|俺|咱)(?:家|是|住|现在|就)*(?:在|住在|是|住)(.{2,24}?)(?:的|人|这里|这儿|住)*"
)

# What can only be meant as a place or a number, though we know none such: then the choice stays open.
PLACE = re.compile(r"\d{1,3}|[\u4e00-\u9fff]{2,14}(?:村|社区|镇|乡|街道|区|县|沟|庄|湾|坪|川|岔|小区)")


def matches(_message: Inbound, context: Context) -> bool:
    if context.plain in WORDS:
        return True
    if context.at(Step.CHOOSING_COMMUNITY):
        return bool(_fitting(context) or PLACE.fullmatch(context.plain))
    return bool(_named(context))


def handle(_message: Inbound, context: Context) -> Reply:
    if context.plain in WORDS:
        return Text(_introduction(context) + choose_area(context))
    found = _fitting(context) if context.at(Step.CHOOSING_COMMUNITY) else _named(context)
    return _take(found, context)


def _introduction(context: Context) -> str:
    community = context.community
    if community is None:
        return ""
    return wording.CURRENT_COMMUNITY.format(community=context.areas.full_name(community.code))


def _fitting(context: Context) -> tuple[Area, ...]:
    """What the reply may mean: one of the choices, or any place by its name."""
    offered = [area for code in _codes(context) if (area := context.areas.get(code))]
    place = picked(context.plain, [area.short_name for area in offered])
    if place is not None:
        return (offered[place],)
    return _by_name(context.plain, context) or _named(context)


def _named(context: Context) -> tuple[Area, ...]:
    said = LIVES_IN.fullmatch(context.plain)
    return _by_name(said.group(1), context) if said else ()


def _by_name(name: str, context: Context) -> tuple[Area, ...]:
    """Areas of this name; of "通渭县平襄镇李家沟" each part is looked for below the part before it."""
    return _below(None, bare(name).removeprefix("甘肃省").removeprefix("甘肃"), context.areas)


def _below(parent: str | None, name: str, tree: AreaTree) -> tuple[Area, ...]:
    if len(name) < 2:  # noqa: PLR2004 - one character names no place
        return ()
    if found := tree.find(name, within=parent):
        return found
    for cut in range(len(name) - 1, 1, -1):
        within = {
            area.code: area
            for upper in tree.find(name[:cut], within=parent)
            for area in _below(upper.code, name[cut:], tree)
        }
        if within:
            return tuple(within.values())
    return ()


def _take(found: tuple[Area, ...], context: Context) -> Reply:
    """One community is bound, one larger area opens the next choice, several of one name are asked about."""
    then = str(context.recall("then") or "")
    if not found:
        context.enter(Step.CHOOSING_COMMUNITY, codes=_codes(context), then=then)
        return Text(wording.NO_SUCH_PLACE)
    if len(found) > 1:
        return Text(wording.WHICH_OF_SAME_NAME.format(choices=offer_areas(found, context, then=then)))
    area = found[0]
    if below := context.areas.children(area.code):
        return Text(wording.CHOOSE_AREA.format(choices=offer_areas(below, context, then=then)))
    bind(context, area.code)
    bound = wording.BOUND.format(community=context.areas.full_name(area.code))
    return _and_then(
        bound, then, replace(context, resident=replace(context.resident, community_code=area.code))
    )


def _and_then(bound: str, question: str, context: Context) -> Reply:
    """The question that could not be answered without knowing where, answered now."""
    if not question:
        return Text(bound)
    answered = ask.handle_question(replace(context, words=question, conversation=None))
    return Text(f"{bound}\n\n{answered}")


def _codes(context: Context) -> list[str]:
    codes = context.recall("codes")
    return [str(code) for code in codes] if isinstance(codes, list) else []
