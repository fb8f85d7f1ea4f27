"""Times of day: as they are written (8:30), as they are said (八点半), and what minutes of the day they may mean."""

import re
from collections.abc import Iterable
from itertools import chain, permutations
from operator import and_

from knowledge.numerals import COUNTED, values_of

_WRITTEN = re.compile(
    r"(?<![\d.])(?<!\d:)(0?\d|1\d|2[0-4]):([0-5]\d)(?!\d|:\d|室|晚会)(?:分(?!钟)|点)?( (?=\d))?"
)
_CLAUSE = re.compile(r"[^,;。!?]+")
_RATIO = re.compile(r"消毒|84|酒精|漂白|洗洁|比例|浓度|稀释|兑|滴度|配比|比分|按")
_RATIO_UP_TO = 5
"""3:10 where something is mixed is no time, 8:00 is."""
_PARTS = "上午|早上|早晨|凌晨|今早|明早|下午|后晌|晚上|夜里|半夜|今晚|明晚|中午|晌午"
_LATE = frozenset({"下午", "后晌", "晚上", "夜里", "今晚", "明晚"})
_NIGHT = frozenset({"晚上", "夜里", "半夜", "今晚", "明晚"})
_MIDDAY = frozenset({"中午", "晌午"})
_AFTER_NOON = 6 * 60
"""中午1点 is an hour after noon."""
_FEW = "零[一二三四五六七八九]"
_BARE = rf"(?:[0-5]\d|{_FEW})(?![\d分%:.多来几{''.join(sorted(COUNTED))}])"
"""Minutes that are not called so, and nothing that is counted: 8点30, but not 8点30人."""
_MINUTES = rf"半|[13一三]刻|过?(?:\d{{1,2}}|{_FEW})分(?!钟)|{_BARE}|多(?!人|个|名|位)"
CLOCK = re.compile(
    rf"({_PARTS})?(\d{{1,2}}|零|(?:二?十)?一[二两]|[二两三四五六七八九十]{{1,3}}|一(?=点(?:半|[13一三]刻)))"
    rf"点(?:({_MINUTES})|(?!儿|几|名|位|子|击|多人))"
)
"""Part of the day, hour, and minutes."""
Times = tuple[frozenset[int], ...]
"""Of each time that a text names the minutes of the day it may mean."""
_MANY = 5
ZERO = "零"
_HOUR, _NOON, _MIDNIGHT = 60, 12 * 60, 24 * 60
_QUARTERS = {"1": 15, "一": 15, "半": 30, "3": 45, "三": 45}
_CALLED = re.compile(rf"(?<=\d点)(?:半|[13一三]刻|{_FEW}分|{_BARE})")


def as_said(text: str) -> str:
    """A text with 8:30 as 8点30分 and 8:00 as 8点; 1:50 stays where something is diluted."""
    return _CLAUSE.sub(_clause_as_said, text) if ":" in text else text


def _clause_as_said(clause: re.Match[str]) -> str:
    mixes = _RATIO.search(clause[0]) is not None

    def said(found: re.Match[str]) -> str:
        hour, minutes = int(found[1]), int(found[2])
        if mixes and hour <= _RATIO_UP_TO and not found[1].startswith("0"):
            return found[0]
        return say_time(hour * _HOUR + minutes) + ("," if found[3] else "")

    return _WRITTEN.sub(said, clause[0])


def say_time(time: int) -> str:
    """`time`: minutes of the day."""
    hour, minutes = divmod(time, _HOUR)
    return f"{hour}点{minutes}分" if minutes else f"{hour}点"


def with_minutes(text: str) -> str:
    """8点半 and 8点30 as 8点30分; `text` has its numerals in digits."""
    return _CALLED.sub(lambda found: f"{_past_the_hour(found[0])}分", text)


def time_of(found: re.Match[str]) -> frozenset[int]:
    """The minutes of the day that a match of CLOCK may mean, afternoon or not; of 六七点 those of either."""
    part, digits, minutes = found.groups()
    hours = (int(digits),) if digits.isdigit() else values_of(digits)
    past = range(_HOUR) if minutes == "多" else (_past_the_hour(minutes),)
    return frozenset(
        chain.from_iterable(_either(part, hour * _HOUR + more) for hour in hours for more in past)
    )


def _past_the_hour(minutes: str | None) -> int:
    if not minutes:
        return 0
    if minutes[-1] in "半刻":
        return _QUARTERS[minutes[0]]
    digits = minutes.strip("过分")
    return int(digits) if digits.isdigit() else values_of(digits)[0]


def _either(part: str | None, time: int) -> Iterable[int]:
    at_twelve = _NOON <= time < _NOON + _HOUR
    if time < _HOUR or time >= _MIDNIGHT or (at_twelve and part in _NIGHT):
        return (time % _NOON,)
    if time >= _NOON or (part in _MIDDAY and time >= _AFTER_NOON) or (part and part not in _LATE | _MIDDAY):
        return (time,)
    return (time + _NOON,) if part else (time, time + _NOON)


def clash(left: Times, right: Times) -> tuple[str, str] | None:
    """A time of each, if those of whoever names fewer cannot each be another one of the other's: 8点到12点 beside 8点到17点. Who names
    very many tells a story.
    """
    fewer, more = sorted((left, right), key=len)
    if not fewer or len(more) > _MANY:
        return None
    if any(all(map(and_, fewer, others)) for others in permutations(more, len(fewer))):
        return None
    one, other = (
        min(next(time for time in times if time not in theirs))
        for times, theirs in ((left, right), (right, left))
    )
    return say_time(one), say_time(other)
