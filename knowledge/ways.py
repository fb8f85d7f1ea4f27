"""Where a text starts from and where it goes, whatever the places are: 从学校搬走 beside 搬到学校, 停水到八点 beside 从八点停水.

Named places are compared in `places.py`; here a place or a time is whatever stands behind 从 or 到, told by its first two characters.
"""

import re
from dataclasses import dataclass

_FROM = re.compile(
    r"从([\u4e00-\u9fff\d]{2})|(?<!给)([\u4e00-\u9fff]{2})(?:来(?=人|客|的人)|[给打送寄发]的$)"
)
_TO = re.compile(
    r"(?:到|往|去)([\u4e00-\u9fff\d]{2})(?![^,;。!?·]{0,5}[回接来返])|给[\u4e00-\u9fff]{0,4}?([\u4e00-\u9fff]{2})的$"
)
_TELLS_A_WAY = frozenset("从到往去来给打送寄发")
_NO_PLACE = frozenset("家屋了的过着底时期现处是哪什几多谁咋怎")


@dataclass(frozen=True, slots=True)
class Ways:
    """The beginnings of what stands behind 从 or before 来人 and 给的, and behind 到, 去 and 给 without a way back."""

    origins: frozenset[str] = frozenset()
    goals: frozenset[str] = frozenset()


NO_WAY = Ways()


def read_ways(plain: str) -> Ways:
    if _TELLS_A_WAY.isdisjoint(plain):
        return NO_WAY
    origins, goals = (
        frozenset(filter(_is_place, (found[found.lastindex or 0] for found in pattern.finditer(plain))))
        for pattern in (_FROM, _TO)
    )
    return Ways(origins, goals)


def _is_place(beginning: str) -> bool:
    return beginning[0] not in _NO_PLACE and beginning[1] not in "了的过着"


def turned(left: Ways, right: Ways) -> tuple[str, str] | None:
    """What one starts from and the other goes to, if neither does both."""
    for here, there, words in ((left, right, "从{0} 到{0}"), (right, left, "到{0} 从{0}")):
        for place in sorted((here.origins & there.goals) - here.goals - there.origins):
            one, other = words.format(place).split()
            return one, other
    return None
