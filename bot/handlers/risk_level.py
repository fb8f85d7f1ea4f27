"""我们这是啥风险区, 陇西高风险区有哪些: the level that the office keeps for a place, and where else it is another.

A place we cannot tell, or one of no known level, is left to the articles.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot import place_wording as wording
from bot.answer_wording import NEEDS_AREA
from bot.handlers.area_choice import counties, offer_areas
from bot.handlers.context import Context
from bot.handlers.offices import written
from bot.messages import Inbound, Reply, Text
from bot.store.areas import Area, AreaKind, AreaTree, Risk

NAME = "risk_level"

NOW = r"(?:现在|目前|今天|今儿|眼下|如今|这会儿|到底|究竟|还|都|的)*"
ZONE = r"风险(?:等级|级别|地区|区域?)?"
END = r"(?:[吗么嘛啊呀呢哩没不]|没有|了)*"
PLACES = r"(?:地方|村|镇|小区)*"
ANYWHERE = rf"(?:哪里|哪儿|哪达|(?<=在)哪|哪些{PLACES})"


def _place(group: str) -> str:
    return rf"(?P<{group}>[\u4e00-\u9fff]{{0,14}}?){NOW}"


def _level(group: str) -> str:
    return rf"(?P<{group}>[高中低]){ZONE}"


WHICH = re.compile(
    rf"{_place('place')}(?:(?:是|属于?|算|划成|定成|划为)*个?(?:什么样?|啥|哪种|哪个|哪一?级|几级)的?{ZONE}的?"
    rf"|{ZONE}(?:是|现在)*(?:什么|啥|多少|几级|高低|怎么样|咋样)){END}"
)
WHETHER = re.compile(
    rf"{_place('place')}(?:是不是|属不属于?|算不算|是|属于?|算)(?:个|在)?{_level('level')}的?{END}"
)
WHERE = re.compile(
    rf"{NOW}{ANYWHERE}(?:现在|都|才)*(?:是|有|算|属于?){_level('anywhere')}的?{END}"
    rf"|{_place('place')}(?:有没有|有无|有)?{_level('level')}{NOW}(?:有|在|是)*(?:{ANYWHERE}|哪几个|几个|多少个?|名单){PLACES}{END}"
    rf"|{_place('holder')}(?:有没有|有无|有){_level('held')}{END}"
)
# Of no place, what the word means: 风险区是什么.
WHAT_IS = re.compile(rf"{ZONE}(?:是|现在)*(?:什么|啥)")
ASKS = re.compile(r"是不是|属不属|算不算|[吗么嘛不没]$|没有$|[什啥哪几多咋怎]|风险(?:等级|级别)?高低")
OURS = re.compile(
    r"(?:我们?|俺们?|咱们?|本)?(?P<of>县|区|镇|乡|街道)?(?:家|这里?|这儿|这达|这边|这个?村|这个?社区|村里?|庄子?|庄里|社区|小区|屋里)*"
)
OF_KIND: Mapping[str, AreaKind] = {
    "县": AreaKind.COUNTY,
    "区": AreaKind.COUNTY,
    "镇": AreaKind.TOWNSHIP,
    "乡": AreaKind.TOWNSHIP,
    "街道": AreaKind.TOWNSHIP,
}
LEVELS: Mapping[str, Risk] = {"高": Risk.HIGH, "中": Risk.MEDIUM, "低": Risk.LOW}
MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """The area a message asks of, and of which level; `where`: it asks which places are of it."""

    area: Area
    level: Risk | None
    where: bool


def matches(_message: Inbound, context: Context) -> bool:
    return _asks_of_unknown_home(context) or _asked(context) is not None


def handle(_message: Inbound, context: Context) -> Reply:
    if _asks_of_unknown_home(context):
        choices = offer_areas(counties(context), context, then=context.words)
        return Text(NEEDS_AREA.format(choices=choices))
    return Text(tell(context) or "")


def tell(context: Context) -> str | None:
    """What holds where the message asks for it; None if it asks for no level that the office keeps."""
    asked = _asked(context)
    if asked is None:
        return None
    foot = wording.RISK_FOOT.format(**context.names, day=written(context.today))
    return "".join(_told(asked, context.areas)) + foot


def _asks_of_unknown_home(context: Context) -> bool:
    """我们村是高风险吗, from somebody who has not said yet where they live."""
    found = WHICH.fullmatch(context.plain) or WHETHER.fullmatch(context.plain)
    if found is None or context.community or not ASKS.search(context.plain):
        return False
    return bool(found["place"] and OURS.fullmatch(found["place"])) and any(one.risk for one in context.areas)


def _asked(context: Context) -> Asked | None:
    if found := WHERE.fullmatch(context.plain):
        area = _area(found["place"] or found["holder"] or "", context, unnamed=_whole(context))
        of = LEVELS[found["level"] or found["held"] or found["anywhere"]]
        return Asked(area, of, where=True) if area and _is_kept(area, context.areas) else None
    found = WHICH.fullmatch(context.plain) or WHETHER.fullmatch(context.plain)
    if found is None:
        return None
    if not found["place"] and WHAT_IS.match(context.plain):
        return None
    level = LEVELS.get(found.groupdict().get("level") or "")
    if not ASKS.search(context.plain):
        return None
    area = _area(found["place"], context)
    return Asked(area, level, where=False) if area and _is_kept(area, context.areas) else None


def _area(place: str, context: Context, *, unnamed: Area | None = None) -> Area | None:
    """The one area meant: where the resident lives, or one of that name, nearest home first. `unnamed`: if none is named."""
    if unnamed and not place:
        return unnamed
    if ours := OURS.fullmatch(place):
        return _own(OF_KIND.get(ours["of"] or ""), context)
    found = context.areas.find(place)
    near = tuple(area for area in found if area.parent_code in context.area_path)
    meant = near or found
    return meant[0] if len(meant) == 1 else None


def _own(kind: AreaKind | None, context: Context) -> Area | None:
    path = [area for code in context.area_path if (area := context.areas.get(code))]
    return next((area for area in reversed(path) if kind in (None, area.kind)), None)


def _whole(context: Context) -> Area | None:
    return next((area for area in context.areas if area.kind is AreaKind.PREFECTURE), None)


def _is_kept(area: Area, areas: AreaTree) -> bool:
    """Whether the office keeps a level for an area or in it: that none is kept says nothing."""
    return areas.risk_of(area.code) is not None or any(one.risk for one in _below(area, areas))


def _told(asked: Asked, areas: AreaTree) -> Iterator[str]:
    """The level of an area, and what is of another in it; of an area without a level of its own, where which holds."""
    own, name = areas.risk_of(asked.area.code), areas.full_name(asked.area.code)
    if own and not (asked.where and own is not asked.level):
        differs = asked.level not in (None, own)
        sentence = wording.NOT_OF_RISK if differs else wording.RISK_OF
        yield sentence.format(area=name, level=_say(own), asked=_say(asked.level or own))
    levels = [asked.level] if asked.where and asked.level else [level for level in Risk if level is not own]
    told = [(level, places) for level in levels if (places := _places(asked.area, level, areas))]
    for level, places in told:
        yield wording.RISK_INSIDE.format(area=asked.area.short_name, level=_say(level), places=places)
    if asked.where and asked.level and own is not asked.level and not told:
        yield wording.RISK_NOWHERE.format(area=name, level=_say(asked.level))


def _say(level: Risk) -> str:
    return wording.RISK_LEVELS[level]


def _places(area: Area, level: Risk, areas: AreaTree) -> str:
    """The areas below with that level of their own."""
    names = [areas.full_name(one.code) for one in _below(area, areas) if one.risk is level]
    listed = "、".join(names[:MOST_NAMED])
    return wording.MORE_PLACES.format(places=listed, count=len(names)) if len(names) > MOST_NAMED else listed


def _below(area: Area, areas: AreaTree) -> Iterator[Area]:
    for child in areas.children(area.code):
        yield child
        yield from _below(child, areas)
