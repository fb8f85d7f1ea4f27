"""Dates and clock times of a text. A date that leaves its month open fits every month: 9月1日 and 1号 may be one day."""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product

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
_CLOCK = re.compile(
    r"(上午|早上|早晨|凌晨|今早|明早|下午|后晌|晚上|夜里|半夜|今晚|明晚|中午|晌午)?(\d{1,2}|零|(?:二?十)?一[二两]|[二两三四五六七八九十]{1,3})点(半|[13一三]刻|\d{1,2}分(?!钟))?(?!儿|几|名|位|子|击|多人)"
)
_LATE = frozenset({"下午", "后晌", "晚上", "夜里", "今晚", "明晚"})
_NIGHT = frozenset({"晚上", "夜里", "半夜", "今晚", "明晚"})
_QUARTERS = {"1": 1, "一": 1, "半": 2, "3": 3, "三": 3}
_HOUR, _NOON, _MIDNIGHT, _ZERO = 60, 12 * 60, 24 * 60, "零"


@dataclass(frozen=True, slots=True)
class Days:
    """`dates`: (month or 0, day or 0). `clock`: the minutes of the day a time may mean, afternoon or not."""

    dates: frozenset[tuple[int, int]]
    clock: frozenset[int]
    undated: str


def read_days(normal: str) -> Days:
    """The dates and times of a normal form, and the rest of it for what else counts."""
    if not ("月" in normal or "号" in normal or "日" in normal or "点" in normal or "初" in normal):
        return Days(frozenset(), frozenset(), normal)
    dates = frozenset(date for found in _DATE.finditer(normal) for date in _dates(found))
    undated = _DATE.sub("·", normal)
    clock = frozenset(time for found in _CLOCK.finditer(undated) for time in _times(found))
    return Days(dates, clock, _CLOCK.sub(_without_hour, undated) if clock else undated)


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

    return _CLOCK.sub(lambda found: mark("clock", frozenset(_times(found)), found[0]), _DATE.sub(date, plain))


def _without_hour(found: re.Match[str]) -> str:
    """Midnight by its name stands for the same as 12 at night, and stays among the words."""
    return found[0] if found[2] == _ZERO else "·"


def _dates(found: re.Match[str]) -> list[tuple[int, int]]:
    """Of 十五六号 either day."""
    month, day, alone, month_alone, _ = found.groups()
    return list(product(_numbers(month or month_alone), _numbers(day or alone)))


def _numbers(digits: str | None) -> tuple[int, ...]:
    """What is no number is left open as what is not named."""
    if not digits:
        return (0,)
    return (int(digits),) if digits.isdigit() else values_of(digits) or (0,)


def _times(found: re.Match[str]) -> Iterable[int]:
    """Of 六七点 those of either."""
    part, digits, minutes = found.groups()
    for hour in (int(digits),) if digits.isdigit() else values_of(digits):
        yield from _times_of(part, hour * _HOUR + _past_the_hour(minutes))


def _past_the_hour(minutes: str | None) -> int:
    if not minutes:
        return 0
    return _QUARTERS[minutes[0]] * _HOUR // 4 if minutes[-1] in "半刻" else int(minutes[:-1])


def _times_of(part: str | None, time: int) -> Iterable[int]:
    if time in {0, _MIDNIGHT} or (time == _NOON and part in _NIGHT):
        return (0,)
    if time > _NOON or (part and part not in _LATE):
        return (time,)
    return (time % _NOON + _NOON,) if part else (time, time % _NOON + _NOON)


def clashing(left: Days, right: Days) -> Iterator[tuple[str, str]]:
    """Both sides where neither date, or neither time, of one can be one of the other."""
    if left.dates and right.dates and not _may_be_the_same(left.dates, right.dates):
        yield _say_dates(left.dates), _say_dates(right.dates)
    if left.clock and right.clock and left.clock.isdisjoint(right.clock):
        yield _say_time(min(left.clock)), _say_time(min(right.clock))


def _say_time(time: int) -> str:
    hour, minutes = divmod(time, _HOUR)
    return f"{hour}点{minutes}分" if minutes else f"{hour}点"


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
