"""Dates and clock times of a text. A date that leaves its month open fits every month: 9月1日 and 1号 may be one day."""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from knowledge.clock import CLOCK, ZERO, Times, clash, read_times, time_of
from knowledge.numerals import values_of

_N = r"(\d{1,2}|[一二三四五六七八九十廿]{1,4})"
_EITHER = r"(?<![百千万])(?<![百零]一)(?<!(?<![周期拜])[三四五六七八九])(?:(?:(?<![周期拜])二)?十|廿)[一二三四五六七八][二三四五六七八九]"
"""十五六号, but not the end of 四十五六号."""
_DATE = re.compile(
    rf"(?<![\d个.]){_N}月(?:份)?{_N}(?:[日号]|(?![\d天个次人]))"
    rf"|(?:初|(?<![\d.]))(\d{{1,2}}|(?<=初)[一二三四五六七八九十]|{_EITHER})(?:[号日]|(?<=初[\d一二三四五六七八九十]))(?!楼|院|线|文|内|之内|以内|令|公告|铺|游|门|店|窗|娃|学生|的[娃学]|年级|毕业|生|家长|老师)"
    rf"|(?<![\d个.半]){_N}月(?!大|龄|嫂|子|饼|球|内|后)(?:份)?"
    r"|(?<![\d.])(?:1[0-2]|[1-9])[./](\d{1,2})(?![\d.度%元块])(?=[^,]{0,3}(?:开|日|起|前))"
)


@dataclass(frozen=True, slots=True)
class Days:
    """`dates`: (month or 0, day or 0)."""

    dates: frozenset[tuple[int, int]]
    clock: Times
    undated: str


def read_days(normal: str) -> Days:
    """The dates and times of a normal form, and the rest of it for what else counts."""
    if not ("月" in normal or "号" in normal or "日" in normal or "点" in normal or "初" in normal):
        return Days(frozenset(), (), normal)
    dates = frozenset(date for found in _DATE.finditer(normal) for date in _dates(found))
    undated = _DATE.sub("·", normal)
    clock = read_times(undated)
    return Days(dates, clock, CLOCK.sub(_without_hour, undated) if clock else undated)


def mark_days(plain: str, mark: Callable[[str, frozenset[Hashable], str], str]) -> str:
    """`plain` with what `mark` makes of the kind, the value and the words of each date and time in their place. A day without its
    month is of the month before it.
    """
    month = 0

    def date(found: re.Match[str]) -> str:
        nonlocal month
        dates = _dates(found)
        month = dates[-1][0] or month
        return mark("date", frozenset((named or month, day) for named, day in dates), found[0])

    return CLOCK.sub(lambda found: mark("clock", time_of(found), found[0]), _DATE.sub(date, plain))


def _without_hour(found: re.Match[str]) -> str:
    """Midnight by its name stands for the same as 12 at night, and stays among the words."""
    return found[0] if found[2] == ZERO else "·"


def _dates(found: re.Match[str]) -> list[tuple[int, int]]:
    """Of 十五六号 either day."""
    month, day, alone, month_alone, _ = found.groups()
    return list(product(_numbers(month or month_alone), _numbers(day or alone)))


def _numbers(digits: str | None) -> tuple[int, ...]:
    """What is no number is left open as what is not named."""
    if not digits:
        return (0,)
    return (int(digits),) if digits.isdigit() else values_of(digits) or (0,)


def clashing(left: Days, right: Days) -> Iterator[tuple[str, str]]:
    """Both sides where neither date, or neither time, of one can be one of the other."""
    if left.dates and right.dates and not _may_be_the_same(left.dates, right.dates):
        yield _say_dates(left.dates), _say_dates(right.dates)
    if times := clash(left.clock, right.clock):
        yield times


def _may_be_the_same(left: frozenset[tuple[int, int]], right: frozenset[tuple[int, int]]) -> bool:
    """Of as many days, or of several on both sides (9月1号到9月5号), all those of the one that names fewer must be named by the
    other.
    """
    fewer, more = sorted((left, right), key=len)
    if len(fewer) == 1:
        return any(_fit(*pair) for pair in product(fewer, more))
    return all(any(_fit(day, other) for other in more) for day in fewer)


def _fit(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return all(a == b or not a or not b for a, b in zip(one, other, strict=True))


def _say_dates(dates: Iterable[tuple[int, int]]) -> str:
    return "、".join(
        (f"{month}月" if month else "") + (f"{day}日" if day else "") for month, day in sorted(dates)
    )
