"""Where a text starts from and where it goes, whatever the places are: 从学校搬走 beside 搬到学校, 停水到八点 beside 从八点停水.

Named places are compared in `places.py`; here a place or a time is whatever stands behind 从 or 到, told by its first two characters.
"""

import re
from dataclasses import dataclass

_FROM = re.compile(
    r"从([\u4e00-\u9fff\d]{2})|(?<!给)([\u4e00-\u9fff]{2})(?:来(?=人|客)|[给打送寄发]的$)"
    r"|([\u4e00-\u9fff]{2})(?<![出回起下带过送本原到进上寄传后将未往])来的(?=[\u4e00-\u9fff])"
    r"|([\u4e00-\u9fff]{2})的?[\u4e00-\u9fff]{2,3}来(?=咱|本[县市村]|我们?[县市村]|这[里儿边达搭])"
    r"|是(?!从)([\u4e00-\u9fff]{2})[\u4e00-\u9fff]{0,2}[传带](?:过|出|进|回)?[来去]的"
)
_TO = re.compile(
    r"(?:到|往|赴)([\u4e00-\u9fff\d]{2})(?![^,;。!?·]{0,5}[回接来返])|支援([\u4e00-\u9fff]{2})"
    r"|给[\u4e00-\u9fff]{0,4}?([\u4e00-\u9fff]{2})的$"
)
_GOING = re.compile(r"去[了过]?(?!支援)([\u4e00-\u9fff\d]{2})(?![^,;。!?·]{0,5}[回接来返])")
"""As often what somebody goes to do."""
_TELLS_A_WAY = frozenset("从到往赴去来给打送寄发传带援")
_NO_PLACE = frozenset("家屋了的过着底时期现处是哪什几多谁咋怎")
_INSIDE = frozenset("上里")
_BOTH = 2


@dataclass(frozen=True, slots=True)
class Ways:
    """The beginnings of what stands behind 从 or before 来人, 来的 and 给的, and behind 到, 往 and 给 without a way back; `going`: behind 去.
    `plain`: the text, where it tells of any.
    """

    origins: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    going: frozenset[str] = frozenset()
    plain: str = ""

    @property
    def goals(self) -> frozenset[str]:
        return self.places | self.going


NO_WAY = Ways()


def read_ways(plain: str) -> Ways:
    if _TELLS_A_WAY.isdisjoint(plain):
        return NO_WAY
    origins, places, going = (_found(pattern, plain) for pattern in (_FROM, _TO, _GOING))
    return Ways(origins, places, going, plain)


def _found(pattern: re.Pattern[str], plain: str) -> frozenset[str]:
    beginnings = (found[found.lastindex or 0] for found in pattern.finditer(plain))
    return frozenset(map(_place, filter(_is_place, beginnings)))


def _is_place(beginning: str) -> bool:
    return beginning[0] not in _NO_PLACE and beginning[1] not in "了的过着"


def _place(beginning: str) -> str:
    """县里 and 县上 are one place."""
    return beginning[0] if beginning[1] in _INSIDE else beginning


def turned(left: Ways, right: Ways) -> tuple[str, str] | None:
    """What one starts from and the other goes to, if neither does both; or two places that have changed roles."""
    for here, there, words in ((left, right, "从{0} 到{0}"), (right, left, "到{0} 从{0}")):
        for place in sorted((here.origins & there.goals) - here.goals - there.origins):
            one, other = words.format(place).split()
            return one, other
    for places, others, words in ((left.places, right.places, "到{}"), (left.origins, right.origins, "从{}")):
        exchanged = [*_told_otherwise(places, others, right), *_told_otherwise(others, places, left)]
        if len(exchanged) == _BOTH:
            return words.format(exchanged[0]), words.format(exchanged[1])
    return None


def _told_otherwise(places: frozenset[str], others: frozenset[str], other: Ways) -> list[str]:
    """The first of `places` that the `other` text names and does not start from or go to, though it does so from or to `others`."""
    return [place for place in sorted(places - others) if place in other.plain][:1] if others else []
