"""Places in a text: names of the area tree (passed in), provinces and cities; where from, where to, and what lies in what."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from knowledge.contrast_table import contrast_table
from knowledge.vocabulary import lines_of, read_lexicon

_OFFICES = (
    (re.compile(r"社区居(?:民委员|委)会$"), "社区"),
    (re.compile(r"居民委员会$"), "居委会"),
    (re.compile(r"村?村民委员会$|村委会$"), "村"),
)
"""How people call a community whose office is listed by its full name."""
_SHORTENED = re.compile(r"(?:市|县|(?<!社)区|镇|乡|街道)$")
_PREFECTURE = re.compile(r"(?:市|州|盟|地区)$")
_SHORTEST = 2
_LONGEST = 12
_FROM_BEFORE = ("从", "自", "由", "离", "离开", "出")
_FROM_AFTER = re.compile(
    r"(?:那边|那儿|人)?(?:来(?!了?[吗不没])|回|返|过来|上来|下来|寄|发来|打工回|出(?!差))"
)
_TO_BEFORE = ("到", "去", "回", "返", "往", "来", "进", "进入", "抵", "赴", "至")
_KIN = "家"
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
    "牛景祁漆柴庞蒲"
)
"""Common in the county and around it."""
_HAMLET = frozenset("湾庄沟坪川岔河山堡咀嘴坡营寨村店梁岘塬窑院台门")

_UP_TO = re.compile(r"(?:从[^,;。]{1,5}|(?<![早晚网路车群身山街马县市镇乡村省手会]))[上下]$")
"""上兰州 is to Lanzhou, 早上兰州 is not."""

Names = frozenset[str]


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Short names of the places in a text. `origins`: said as where from; `goals`: as where to; `other`: neither.

    `wider`: all regions that hold one of them. `hamlets`: villages named after a family, which are compared with such only. `away`:
    where it happens, as far as that is neither the prefecture whose names are known nor what holds it; nothing if none is known.
    """

    origins: Names = frozenset()
    goals: Names = frozenset()
    other: Names = frozenset()
    wider: Names = frozenset()
    hamlets: Names = frozenset()
    away: Names = frozenset()

    @property
    def all(self) -> Names:
        return self.origins | self.goals | self.other


NOWHERE = Whereabouts()


class Places:
    """Finds names and gives each in its short form: 临洮县 and 临洮 are one place. Immutable.

    `names` are one prefecture's: whatever is no prefecture lies in the one that is.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._short_by_name: dict[str, str] = {}
        self._within = dict(_provinces())
        own = tuple(names)
        listed = lines_of(read_lexicon("places.txt"))
        for name in (*listed, *self._within, *self._within.values(), *own):
            self._add(name)
        self._starts = frozenset(name[:_SHORTEST] for name in self._short_by_name)
        self._home = self._add_prefecture(own)

    def _add(self, name: str) -> None:
        for wording in {name, _named(name), _short(name)}:
            if _SHORTEST <= len(wording) <= _LONGEST:
                self._short_by_name[wording] = _short(name)

    def _add_prefecture(self, own: Iterable[str]) -> Names:
        """The prefecture and what holds it, if it is known."""
        own = tuple(own)
        prefectures = {_short(name) for name in own if _PREFECTURE.search(name)}
        if len(prefectures) != 1:
            return frozenset()
        prefecture = prefectures.pop()
        held = {_short(name) for name in own} - {prefecture} - self._within.keys()
        self._within.update(dict.fromkeys(held, prefecture))
        return frozenset((prefecture, *self._regions_of(prefecture)))

    def named_in(self, normal: str) -> Names:
        """Short forms of all places named in a normal form; the longest name at each point wins."""
        return frozenset(name for name, _, _ in self._found(normal))

    def names_as_typed(self, normal: str) -> tuple[str, ...]:
        """The places named in a normal form, as they stand there, in their order."""
        return tuple(normal[start:end] for _, start, end in self._found(normal))

    def whereabouts(self, normal: str) -> Whereabouts:
        """The places named in a normal form, each by the part it plays."""
        roles: dict[str, set[str]] = {"origins": set(), "goals": set(), "other": set()}
        for name, start, end in self._found(normal):
            roles[_role(normal, start, end)].add(name)
        named = frozenset(chain.from_iterable(roles.values()))
        hamlets = _hamlets(normal) if _KIN in normal else frozenset[str]()
        if not named and not hamlets:
            return NOWHERE
        wider = frozenset(region for name in named for region in self._regions_of(name))
        away = frozenset(roles["other"]) - self._home if self._home else frozenset[str]()
        return Whereabouts(
            **{role: frozenset(found) for role, found in roles.items()},
            wider=wider,
            hamlets=hamlets,
            away=away,
        )

    def _regions_of(self, name: str) -> Iterator[str]:
        while region := self._within.get(name):
            yield region
            name = region

    def _found(self, normal: str) -> Iterator[tuple[str, int, int]]:
        position = 0
        while position < len(normal):
            likely = normal[position : position + _SHORTEST] in self._starts
            length = self._length_at(normal, position) if likely else 0
            if length:
                yield self._short_by_name[normal[position : position + length]], position, position + length
            position += length or 1

    def _length_at(self, normal: str, position: int) -> int:
        for length in range(min(_LONGEST, len(normal) - position), _SHORTEST - 1, -1):
            if normal[position : position + length] in self._short_by_name:
                return length
        return 0


def _hamlets(normal: str) -> Names:
    """Villages named after a family (张家湾), which no list holds."""
    found = (at for at, character in enumerate(normal) if character == _KIN and at)
    return frozenset(
        normal[at - 1 : at + 2]
        for at in found
        if normal[at - 1] in _SURNAMES and normal[at + 1 : at + 2] in _HAMLET
    )


def _named(name: str) -> str:
    return next((office.sub(usual, name) for office, usual in _OFFICES if office.search(name)), name)


def _short(name: str) -> str:
    named = _named(name)
    short = _SHORTENED.sub("", named)
    return short if len(short) >= _SHORTEST else named


def _provinces() -> Iterator[tuple[str, str]]:
    table: Mapping[str, list[str]] = contrast_table()["within"]
    for province, held in table.items():
        for name in held:
            yield name, province


def _role(normal: str, start: int, end: int) -> str:
    before = normal[:start]
    after = _FROM_AFTER.match(normal, end)
    if before.endswith(_FROM_BEFORE) or (
        after and ("回" in after.group() or not before.endswith(_TO_BEFORE))
    ):
        return "origins"
    return "goals" if before.endswith(_TO_BEFORE) or _UP_TO.search(before) else "other"


def clashing(left: Whereabouts, right: Whereabouts) -> tuple[Names, Names] | None:
    """The places of both sides, if they speak of different ones in the same part.

    A region beside a place in it is no clash: people say 定西 for whichever county of it they live in. An origin beside a
    goal is none either, unless the way is reversed: 从兰州到定西 beside 从定西到兰州.
    """
    if left is NOWHERE or right is NOWHERE:
        return None
    if left.hamlets and right.hamlets and left.hamlets.isdisjoint(right.hamlets):
        return left.hamlets, right.hamlets
    for a, b in (
        (left.origins | left.other, right.origins | right.other),
        (left.goals | left.other, right.goals | right.other),
    ):
        if a and b and _apart(a, b, left.wider, right.wider):
            return a, b
    return None


def reversed_way(left: Whereabouts, right: Whereabouts) -> tuple[str, str] | None:
    """A place that one side comes from and the other goes to, if it plays no second part: what differs is the direction."""
    for place in sorted((left.origins & right.goals) - left.goals - right.origins):
        return place, ""
    for place in sorted((left.goals & right.origins) - left.origins - right.goals):
        return "", place
    return None


def _apart(a: Names, b: Names, a_wider: Names, b_wider: Names) -> bool:
    return a.isdisjoint(b) and a.isdisjoint(b_wider) and b.isdisjoint(a_wider)
