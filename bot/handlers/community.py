"""Where a resident lives: chosen county by county, or named. 204 village names are not unique: then we ask which.

Whoever only says where they are (我在李家沟) is asked whether they live there.
"""

import re
from dataclasses import replace

from bot import wording
from bot.conversation import Step
from bot.handlers import ask, risk_level
from bot.handlers.area_choice import choose_area, offer_areas
from bot.handlers.context import Context
from bot.handlers.follow import bind
from bot.handlers.picking import is_no, is_yes, picked
from bot.messages import Inbound, Reply, Text
from bot.store.areas import Area, AreaTree
from knowledge.text import bare

NAME = "community"

WORDS = frozenset(
    {"我的社区", "我的村", "换社区", "改社区", "绑定社区", "选社区", "登记社区", "换村", "我搬家了", "搬家了"}
)
# "I live in ..., I moved to ...": the place is then looked up, so what is no place falls through to the other handlers.
WE = r"(?:我们?|俺们?|咱们?)"
LEFT = rf"(?:{WE}家?)?(?:已经|现在|早就?)*不(?:住在?|在).{{2,12}}?(?:住)?了,?"
# 不是, to a question of ours; 我不在李家沟了, before the new place is named.
SUBJECT = rf"(?:(?:不是的?|不对),)?(?P<subject>(?:{LEFT})?{WE}|{LEFT})"
LIVES_IN = re.compile(
    rf"{SUBJECT}(?P<how>(?:家|是|住|现在|就)*(?:在|住在|是|住))(?P<place>.{{2,24}}?)(?P<end>(?:的|人|这里|这儿|住)*)"
)
LATELY = r"(?:已经?|现在|刚|都|也|又|今年|前几天)*"
MOVED_TO = re.compile(
    rf"{SUBJECT}?(?:家|全家|一家人?)?{LATELY}(?:从.{{2,12}}?)?{LATELY}搬家?[到去来回进在]了?"
    r"(?P<place>.{2,24}?)(?:这里|这儿|住|了|啦|咧|哩|的)*"
)
# 我在李家沟 may be said on a visit; 住, 是 and 家在 may not.
SETTLED = re.compile(r"[家是住]")
LIVES_HERE = re.compile(
    r"(?:我们?|俺|咱)?(?:就|是|就是)?住(?:在)?(?:这|那)?(?:儿|里|个村|个社区)?(?:的|呢|哩|着)*"
)
NOT_HERE = re.compile(
    r"(?:我们?|俺|咱)?(?:不是?|没)住(?:在)?(?:这|那)?(?:儿|里|个村|个社区)?(?:的|呢|哩|着)*"
    r"|(?:我们?|俺|咱)?(?:只是|就是|是)?(?:来)?(?:路过|走亲戚|串门|浪亲戚|办事|出差|做客|看看)(?:的|了|呢|哩)*"
)

# What can only be meant as a place or a number, though we know none such: then the choice stays open.
PLACE = re.compile(r"\d{1,3}|[\u4e00-\u9fff]{2,14}(?:村|社区|镇|乡|街道|区|县|沟|庄|湾|坪|川|岔|小区)")


def matches(_message: Inbound, context: Context) -> bool:
    if context.plain in WORDS or _lives_here(context) is not None:
        return True
    if context.at(Step.CHOOSING_COMMUNITY):
        return bool(_fitting(context) or PLACE.fullmatch(context.plain))
    return bool(_named(context))


def handle(_message: Inbound, context: Context) -> Reply:
    if context.plain in WORDS:
        return Text(_introduction(context) + choose_area(context))
    if (lives_here := _lives_here(context)) is not None:
        return _take(_asked_about(context), context) if lives_here else Text(_unmoved(context))
    if context.at(Step.CHOOSING_COMMUNITY):
        return _take(_fitting(context), context)
    return _take(_named(context), context) if _is_settled(context) else _ask_back(_named(context), context)


def _introduction(context: Context) -> str:
    community = context.community
    if community is None:
        return ""
    return wording.CURRENT_COMMUNITY.format(community=context.areas.full_name(community.code))


def _fitting(context: Context) -> tuple[Area, ...]:
    """What the reply may mean: one of the choices, or any place by its name."""
    offered = _asked_about(context)
    place = picked(context.plain, [area.short_name for area in offered])
    if place is not None:
        return (offered[place],)
    return _by_name(context.plain, context) or _named(context)


def _named(context: Context) -> tuple[Area, ...]:
    said = _said(context)
    return _by_name(said["place"], context) if said else ()


def _said(context: Context) -> re.Match[str] | None:
    return LIVES_IN.fullmatch(context.plain) or MOVED_TO.fullmatch(context.plain)


def _is_settled(context: Context) -> bool:
    """Whether a place was named as one's home, and not as where one happens to be."""
    if lives := LIVES_IN.fullmatch(context.plain):
        return SETTLED.search(lives["how"] + lives["end"]) is not None
    moved = MOVED_TO.fullmatch(context.plain)
    return moved is not None and moved["subject"] is not None


def _ask_back(found: tuple[Area, ...], context: Context) -> Reply:
    """Whoever is somewhere may be a visitor there; nothing is asked of those who live there already."""
    if any(area.code in context.area_path for area in found):
        return Text(wording.BOUND.format(community=context.areas.full_name(context.area_path[-1])))
    context.enter(Step.CONFIRMING_COMMUNITY, codes=[area.code for area in found])
    said = _said(context)
    place = said["place"] if said and len(found) > 1 else context.areas.full_name(found[0].code)
    return Text(wording.CONFIRM_COMMUNITY.format(place=place))


def _lives_here(context: Context) -> bool | None:
    """The answer to our asking back; None when nothing was asked, or something else is said."""
    if not context.at(Step.CONFIRMING_COMMUNITY):
        return None
    if is_yes(context.plain) or LIVES_HERE.fullmatch(context.plain):
        return True
    return False if is_no(context.plain) or NOT_HERE.fullmatch(context.plain) else None


def _asked_about(context: Context) -> tuple[Area, ...]:
    return tuple(area for code in _codes(context) if (area := context.areas.get(code)))


def _unmoved(context: Context) -> str:
    community = context.community
    if community is None:
        return wording.NOT_BOUND
    return wording.NOT_MOVED.format(old=context.areas.full_name(community.code))


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
    asked = replace(context, words=question, conversation=None)
    answered = risk_level.tell(asked) or ask.handle_question(asked)
    return Text(f"{bound}\n\n{answered}")


def _codes(context: Context) -> list[str]:
    codes = context.recall("codes")
    return [str(code) for code in codes] if isinstance(codes, list) else []
