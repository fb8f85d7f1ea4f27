"""Times of day: as they are written (8:30), as they are said (八点半), and what minutes of the day they may mean."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import permutations, product
from operator import and_

from knowledge.numerals import values_of

_PARTS = "上午|早上|早晨|凌晨|今早|明早|下午|后晌|晚上|夜里|半夜|今晚|明晚|中午|晌午"
_WRITTEN = re.compile(
    r"(?<![\d.])(?<!\d:)(0?\d|1\d|2[0-4]):([0-5]\d)(?!\d|:\d|室|晚会)"
    r"((?<!00)分(?![批发流配散钟钱])|点(?=[,;。!?、到至~-]|$))?( (?=\d))?"
)
_MIXED = re.compile(
    r"消毒液|84|酒精|漂白|来苏|过氧乙酸|石灰水|洗洁|稀释|兑水|加水|原液|比例|浓度|配比|滴度|比分"
)
_SURELY_BEFORE = re.compile(r"(?:[午晨晚夜晌早天日号]|上|[-~到至])$|时间:?$")
_SURELY_BEHIND = re.compile(r"[-~到至]")
_RATIO_UP_TO = 5
"""3:10 where something is mixed is no time, 8:00 is."""
_FEW = "零[一二三四五六七八九]"
_CALLED = rf"半|[13一三]刻|过?(?:\d{{1,2}}|{_FEW}|[一二三四五六七八九十]{{1,3}})分(?!钟)"
_BARE = rf"(?:[0-5]\d|{_FEW})(?=[,;。!?、到至~前后之以开关起封停出集准左了的就才-]|$)"
"""Minutes that are not called so: 8点30集合."""
_ABOUT = "多|左右|上下"
CLOCK = re.compile(
    rf"({_PARTS})?((?<!\d)(?:[01]?\d|2[0-4])|零|(?:二?十)?一[二两]|[二两三四五六七八九十]{{1,3}}"
    r"|一(?=点(?:半|[13一三]刻))|(?<=[午晨晚晌早上夜里])一(?=点(?:[,;。!?、到至~前后开起封停集-]|$)))"
    rf"点(?:({_CALLED}|{_BARE}|(?:{_ABOUT})(?!人|个|名|位))|([0-5]\d)(?![\d分])|(?!儿|几|名|位|子|击|多人))"
)
"""Part of the day, hour, minutes, and what may be minutes or the number of something else: 8点30人."""
Times = tuple[tuple[frozenset[int], ...], ...]
"""For each time that a text names, and each list or span of them (8点到12点), the minutes of the day they may mean."""
ZERO = "零"
_LATE = frozenset({"下午", "后晌"})
_NIGHT = frozenset({"晚上", "夜里", "半夜", "今晚", "明晚"})
_MIDDAY = frozenset({"中午", "晌午"})
_BEFORE_DAWN = "凌晨"
_HOUR, _NOON, _MIDNIGHT = 60, 12 * 60, 24 * 60
_DAWN = 5 * _HOUR
"""晚上2点 is after midnight, 中午1点 after noon."""
_QUARTERS = {"1": 15, "一": 15, "半": 30, "3": 45, "三": 45}
_AROUND = 30
_JOINED = re.compile(r"[-~到至和及、]|末班")
_MANY = 5
_SPOKEN_MINUTES = re.compile(rf"(?<=\d点)(?:半|[13一三]刻|{_FEW}分|{_BARE})", re.MULTILINE)
"""In each line of a text: many texts are read as the lines of one."""


def as_said(text: str) -> str:
    """A text with 8:30 as 8点30分 and 8:00 as 8点; 1:50 stays where something is mixed."""
    if ":" not in text:
        return text
    mixes = _MIXED.search(text) is not None

    def said(found: re.Match[str]) -> str:
        hour, minutes = int(found[1]), int(found[2])
        if mixes and hour <= _RATIO_UP_TO and not _is_surely_a_time(found):
            return found[0]
        return say_time(hour * _HOUR + minutes) + ("," if found[4] else "")

    return _WRITTEN.sub(said, text)


def _is_surely_a_time(found: re.Match[str]) -> bool:
    before, behind = found.string[max(0, found.start() - 3) : found.start()], found.string[found.end() :][:1]
    return found[1].startswith("0") or bool(_SURELY_BEFORE.search(before) or _SURELY_BEHIND.match(behind))


def say_time(time: int) -> str:
    """`time`: minutes of the day."""
    hour, minutes = divmod(time, _HOUR)
    return f"{hour}点{minutes}分" if minutes else f"{hour}点"


def with_minutes(text: str) -> str:
    """8点半 and 8点30 as 8点30分; `text` has its numerals in digits."""
    return _SPOKEN_MINUTES.sub(lambda found: f"{_past_the_hour(found[0])}分", text)


def read_times(text: str) -> Times:
    """Those of a text whose numerals are digits; what is no time after all (五四点) is left out."""
    found = [(one, time) for one in CLOCK.finditer(text) if (time := time_of(one))]
    groups: list[list[frozenset[int]]] = []
    end = -1
    for one, time in found:
        if end >= 0 and _JOINED.fullmatch(text[end : one.start()]):
            groups[-1].append(time)
        else:
            groups.append([time])
        end = one.end()
    return tuple(map(tuple, groups))


def time_of(found: re.Match[str]) -> frozenset[int]:
    """The minutes of the day that a match of CLOCK may mean, afternoon or not."""
    part, digits, minutes, perhaps = found.groups()
    hours = (int(digits),) if digits.isdigit() else values_of(digits)
    past_the_hour = (0, int(perhaps)) if perhaps else _past(minutes, several=len(hours) > 1)
    times = (hour * _HOUR + past for hour, past in product(hours, past_the_hour))
    return frozenset(time % _MIDNIGHT for one in times for time in _either(part, one))


def _past(minutes: str | None, *, several: bool) -> Iterable[int]:
    """So many minutes past the hour it may be; 六七点 is any time of both hours."""
    if not minutes:
        return range(_HOUR) if several else (0,)
    if minutes in _ABOUT.split("|"):
        return range(_HOUR) if minutes == "多" else range(-_AROUND, _AROUND + 1)
    return (_past_the_hour(minutes),)


def _past_the_hour(minutes: str) -> int:
    if minutes[-1] in "半刻":
        return _QUARTERS[minutes[0]]
    digits = minutes.strip("过分")
    return int(digits) if digits.isdigit() else max(values_of(digits), default=0)


def _either(part: str | None, time: int) -> Iterable[int]:
    at_twelve = _NOON <= time < _NOON + _HOUR
    if time < _HOUR or time >= _MIDNIGHT or (at_twelve and part in {*_NIGHT, _BEFORE_DAWN}):
        return (time - _NOON if at_twelve else time,)
    if time >= _NOON or (part in _NIGHT and time < _DAWN) or (part in _MIDDAY and time > _DAWN):
        return (time,)
    if part in _LATE | _NIGHT | _MIDDAY:
        return (time + _NOON,)
    return (time,) if part else (time, time + _NOON)


def clash(left: Times, right: Times) -> tuple[str, str] | None:
    """A time of each, if none of the times of the one, nor any span or list of them, can be one of the other's."""
    if not (left and right) or any(_may_be_the_same(*two) for two in product(left, right)):
        return None
    one, other = sum(left, ()), sum(right, ())
    return _first_apart(one, other), _first_apart(other, one)


def _may_be_the_same(left: Sequence[frozenset[int]], right: Sequence[frozenset[int]]) -> bool:
    """Of two spans or lists each time of the shorter must be another one of the longer: 8点到12点 is not 8点到17点."""
    fewer, more = sorted((left, right), key=len)
    if len(fewer) == 1 or len(more) > _MANY:
        return any(one & other for one, other in product(fewer, more))
    return any(all(map(and_, fewer, others)) for others in permutations(more, len(fewer)))


def _first_apart(times: Sequence[frozenset[int]], others: Sequence[frozenset[int]]) -> str:
    """The first that is none of the others, or else not just the same."""
    return say_time(min(next(_apart(times, others))))


def _apart(times: Sequence[frozenset[int]], others: Sequence[frozenset[int]]) -> Iterator[frozenset[int]]:
    yield from (time for time in times if not any(time & other for other in others))
    yield from (time for time in times if time not in others)
    yield from times
