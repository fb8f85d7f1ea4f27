"""Where a text starts from and where it goes, whatever the places are: 从学校搬走 beside 搬到学校, 停水到八点 beside 从八点停水.

Named places are compared in `places.py`; here a place or a time is whatever stands behind 从 or 到, told by its first two characters.
"""

import re
from dataclasses import dataclass

_FROM = re.compile(r"从([\u4e00-\u9fff\d]{2})")
_TO = re.compile(r"(?:到|往)([\u4e00-\u9fff\d]{2})(?![^,;。!?·]{0,5}[回接来返])")
_NO_PLACE = frozenset("了的过着底时期现处是哪什几多谁咋怎")


@dataclass(frozen=True, slots=True)
class Ways:
    """The beginnings of what stands behind 从, and behind 到 without a way back."""

    origins: frozenset[str] = frozenset()
    goals: frozenset[str] = frozenset()


NO_WAY = Ways()


def read_ways(plain: str) -> Ways:
    if "从" not in plain and "到" not in plain and "往" not in plain:
        return NO_WAY
    return Ways(*(frozenset(filter(_is_place, pattern.findall(plain))) for pattern in (_FROM, _TO)))


def _is_place(beginning: str) -> bool:
    return beginning[0] not in _NO_PLACE and beginning[1] not in "了的过着"


def turned(left: Ways, right: Ways) -> tuple[str, str] | None:
    """What one starts from and the other goes to, if neither does both."""
    for here, there, words in ((left, right, "从{0} 到{0}"), (right, left, "到{0} 从{0}")):
        for place in sorted((here.origins & there.goals) - here.goals - there.origins):
            one, other = words.format(place).split()
            return one, other
    return None
