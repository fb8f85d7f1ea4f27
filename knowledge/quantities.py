"""Numbers with their units, comparable however they are written: 三天, 3日内 and 72小时 are one quantity."""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from knowledge.contrast_table import contrast_table
from knowledge.numerals import values_of

Quantities = Mapping[str, Mapping[float, str]]
"""By base unit, the values found, each with the words to show it by."""

_WRITTEN = "[一二两俩三四五六七八九十百千万廿卅半]"
_WHOLE_NUMERAL = rf"\d{{1,20}}+(?:\.\d{{1,20}}+)?|{_WRITTEN}{{1,32}}+"
_NUMERAL = rf"{_WHOLE_NUMERAL}|[一二俩三四五六七八九十百千万廿卅半]{{1,32}}+(?=两)"
"""Bounded and never given back, or a text of nothing but numbers would take seconds; 三两酒 alone gives back its unit."""
_NUMBER = f"({_NUMERAL})"
_ANY_NUMBER = re.compile(rf"{_NUMBER}|一半|半数|对半")
_MAGNITUDE = {"千万": 10_000_000, "百万": 1_000_000, "亿": 100_000_000, "万": 10_000, "千": 1_000, "百": 100}
_LARGER = "[千百]?万|[亿千百]"
_PERCENT = re.compile(rf"百分之{_NUMBER}")
_HALF = re.compile(r"一半|半数|半价|对半")
_AND_A_HALF = re.compile(rf"{_NUMBER}个半(?=月|小时|钟头|星期|礼拜)")
_MAY_BE_DECIMAL = re.compile(r"\d|个半")
_RATIO = re.compile(
    r"(?<![\d.])1(?:比|:(?=\d{3}|[6-9]\d|\d(?!\d)|\d+的?(?:比例|兑|配|稀|水)))(\d+)(?![\d.:])"
)
"""1:30 alone is a time."""
_DEGREES = re.compile(r"(\d{2})度([\d一二三四五六七八九])(?!\d)")
_BARE_MONEY = re.compile(
    rf"(?:收|交|掏|领|发|卖|涨到|罚|赚|挣|补|转|款|钱)(\d+(?:\.\d+)?)({_LARGER})?(?![\d+\u4e00-\u9fff%.])"
)
_ORDINAL = re.compile(r"第(\d+)([\u4e00-\u9fff])")
_SUM = re.compile(r"(?<!\d)\d++(?:\+\d++)+")
_LISTED = re.compile(rf"{_NUMBER}({_LARGER})?")
_LIST = rf"(?:(?:{_WHOLE_NUMERAL})(?:{_LARGER})?+(?:[到至~-]|(?<=\d)[、,](?=\d))){{0,24}}+"
"""Bounded as well, or a long list would be read to its end from each of its numbers."""
_NO_NUMBER_AFTER = (
    r"(?<![\d.统唯第万同周初号年\-])(?<!星期)(?<!礼拜)(?<!头(?=[1一]))" + f"(?<!{_WRITTEN}{{2}})"
)
"""Nor far inside a numeral, which was read from its beginning; 唯一 and 周一 end in what begins none."""
_LARGE = re.compile(
    r"(?<![\d.])\d+(?:\.\d+)?[亿万千](?:(?:\d+(?:[千百]?[亿万]|百|千(?![克米瓦])))+|\d(?=$|[,。;?!元块人户]))"
)
_PART = re.compile(r"([\d.]+)([千百]?)([亿万]?)")
_SIGNED = re.compile(r"(?<![\d.])\d+(?:[.:+/、,~-]\d+)*")
_SHORTEST, _LONGEST = 2, 5
"""Digits of numbers that their signs tell apart (3.14, 314). A telephone number is the same with a dash and without."""
_EVERY_OTHER = re.compile(r"(?<![间相])隔(\d)天(?=[^,;。?]{0,3}(?:[做测查打]|1次))")
_MORE_CASES = re.compile(r"(?<=多了|新增|又增|增加)(\d+)个(?=$|[,。?]|的|阳|病)")
_SAYS_LITTLE = frozenset({"个", "次", "时长", "人", "户", "张", "件", "条", "头"})
"""一个, 一次, 一天, 一家 are figures of speech more often than numbers."""
_PRICED = frozenset({"元", "斤"})
_SOLD_BY = frozenset({"斤", "包", "盒", "瓶", "件", "吨"})
_TWO_DIGITS = 99
_HALF_A_MONTH, _TWO_WEEKS = "0.5", 14 * 24.0
_IDLE = "~"
"""Before the base unit of a single one that only is a manner of speaking."""
_FIGURE = re.compile(
    r"[一1]天(?=[到天比几能赚挣]|[\d两三]+[次回片顿遍])|(?<=[有哪每那头])[一1]天|[一1](?:个人(?=在|住|过|带|去)|家人)"
)


@dataclass(frozen=True, slots=True)
class _Unit:
    base: str
    factor: float


@dataclass(frozen=True, slots=True)
class _Units:
    pattern: re.Pattern[str]
    by_group: tuple[_Unit, ...]


@lru_cache(maxsize=1)
def _units() -> _Units:
    entries = contrast_table()["unit"]
    named = [(word, _Unit(entry["base"], entry["factor"])) for entry in entries for word in entry["words"]]
    named.sort(key=lambda pair: len(re.sub(r"\(\?[^)]*\)", "", pair[0])), reverse=True)
    words = "|".join(f"({word})" for word, _ in named)
    first = re.sub(r"\(\?!.*?\)|[]()[|?!=:$,.;]", "", words)
    many = rf"[多来余]?({_LARGER})?[多来余]?"
    pattern = rf"{_NO_NUMBER_AFTER}({_LIST}){_NUMBER}{many}(?=[{first}])(?:{words})(半)?"
    return _Units(re.compile(pattern), tuple(unit for _, unit in named))


def with_decimals(text: str) -> str:
    """`text` with 一个半月 as 1.5个月, 38度5 as 38.5度, 1比100 as 100倍, 3万5 as 35000, 隔1天 as 每2天, and of what more is found
    个 as 例.
    """
    if not _MAY_BE_DECIMAL.search(text):
        return text
    if "隔" in text:
        text = _EVERY_OTHER.sub(lambda found: f"每{int(found[1]) + 1}天", text)
    if "个" in text:
        text = _MORE_CASES.sub(r"\1例", text)
    text = _LARGE.sub(_in_one, text)
    return _RATIO.sub(r"\1倍", _DEGREES.sub(_decimal_degrees, _AND_A_HALF.sub(_with_half, text)))


def read_quantities(text: str) -> Quantities:
    """All quantities of a text in which the dates have been taken out and the halves are decimals."""
    if not _ANY_NUMBER.search(text):
        return {}
    found: dict[str, dict[float, str]] = {}
    for base, value, shown in _each(_FIGURE.sub("·", text)):
        found.setdefault(base, {})[round(value, 4)] = shown
    return {base: values for base, values in found.items() if values}


def _each(text: str) -> Iterator[tuple[str, float, str]]:
    for found in _SUM.finditer(text):
        yield "+", float(hash(found[0])), found[0]
    for found in _ORDINAL.finditer(text):
        yield f"第{found[2]}", float(found[1]), found[0]
    for found in _PERCENT.finditer(text):
        for value in _values(found[1]):
            yield "%", value, f"{_shown(value)}%"
    if _HALF.search(text):
        yield "%", 50.0, "50%"
    for found in _BARE_MONEY.finditer(text):
        value = float(found[1]) * _MAGNITUDE.get(found[2] or "", 1)
        yield "元", value, f"{_shown(value)}元"
    yield from _with_units(text)
    yield from _by_their_signs(without_quantities(text))


def _by_their_signs(text: str) -> Iterator[tuple[str, float, str]]:
    """5+3 and 53, 3.14 and 314: the same digits, cut at different places."""
    for found in _SIGNED.finditer(text):
        pieces = re.split(r"\D", found[0])
        digits = "".join(pieces)
        if _SHORTEST <= len(digits) <= _LONGEST:
            yield f"#{digits}", float(sum(2**end for end in accumulate(map(len, pieces)))), found[0]


def _with_units(text: str) -> Iterator[tuple[str, float, str]]:
    for found in _units().pattern.finditer(text):
        unit, word = _unit_of(found)
        half = bool(found[found.re.groups])
        for value in _counted(found):
            if not half and unit.factor == 1 and unit.base in _SOLD_BY and value % 10 == 1 and value > 1:
                yield from _price_of_one(unit.base, value, word)
            idle = value == 1 and unit.base in _SAYS_LITTLE and _is_idle(text, found)
            yield f"{_IDLE * idle}{unit.base}", value * unit.factor, f"{_shown(value)}{word}"


def _unit_of(found: re.Match[str]) -> tuple[_Unit, str]:
    """The unit of a quantity that was found, and the word for it."""
    group, word = next((at, word) for at, word in enumerate(found.groups()[3:-1]) if word is not None)
    return _units().by_group[group], word


def _counted(found: re.Match[str]) -> Iterator[float]:
    """The values of a quantity that was found: in 3到7天 and 1、2、5号楼 each number has the unit of the last."""
    half = 0.5 if found[found.re.groups] else 0.0
    larger = _MAGNITUDE.get(found[3] or "", 1)
    yield from (value * larger + half for value in _values(found[2]))
    for number, magnitude in _LISTED.findall(found[1]):
        yield from (value * _MAGNITUDE.get(magnitude, larger) for value in _values(number))


def _price_of_one(base: str, value: float, word: str) -> Iterator[tuple[str, float, str]]:
    """洋芋八十一袋 is eighty for one bag to people, 蒜苗15一斤, which reads 151, fifteen a pound."""
    yield base, 1.0, f"1{word}"
    for price in {value - 1, value // 10} if value > _TWO_DIGITS else {value - 1}:
        yield "元", price, f"{_shown(price)}元"


def _is_idle(text: str, found: re.Match[str]) -> bool:
    """Whether a single one of something is only a manner of speaking: one of a kind that says little."""
    return found[0][-1] not in "天周月年时" or text[found.end() : found.end() + 1] in {"比", "到"}


def _values(number: str) -> tuple[float, ...]:
    """The values a numeral may have: 三四 is three or four; 万 alone is none."""
    if number[0].isdigit():
        return (float(number),)
    if number == "半":
        return (0.5,)
    if "半" in number or number[0] in "百千万":
        return ()
    return tuple(map(float, values_of(number)))


def _shown(value: float) -> str:
    """A value as people write it, large ones in full."""
    return f"{value:.15g}"


def _in_one(found: re.Match[str]) -> str:
    """3万5千 as 35000; 万 counts all of 1千5百万, and the last digit of 3万5 thousands."""
    value, section, one = 0.0, 0.0, 1
    for number, smaller, larger in _PART.findall(found[0]):
        one = _MAGNITUDE.get(smaller, 1) if smaller or larger else one // 10
        section += float(number) * one
        if larger:
            one = _MAGNITUDE[larger]
            value = value + section * one if larger == "万" else (value + section) * one
            section = 0.0
    return _shown(value + section)


def _with_half(found: re.Match[str]) -> str:
    return "".join(f"{_shown(value + 0.5)}个" for value in _values(found[1])[:1])


def _decimal_degrees(found: re.Match[str]) -> str:
    tenth = found[2] if found[2].isdigit() else str(values_of(found[2])[0])
    return f"{found[1]}.{tenth}度"


def without_quantities(text: str) -> str:
    """`text` without its numbers and units: what remains is compared as words."""
    return _units().pattern.sub("", text) if _ANY_NUMBER.search(text) else text


def mark_quantities(text: str, mark: Callable[[str, frozenset[Hashable], str], str]) -> str:
    """`text` with what `mark` makes of the unit, the value and the words of each quantity in its place."""

    def replace(found: re.Match[str]) -> str:
        unit, _ = _unit_of(found)
        values = frozenset(round(value * unit.factor, 4) for value in _counted(found))
        return mark(unit.base, values, found[0])

    return _units().pattern.sub(replace, with_decimals(text))


def clashing(left: Quantities, right: Quantities, *, alike: bool) -> Iterator[tuple[str, str]]:
    """Both sides of every unit in which the two have no value in common, or as many values and not the same.

    `alike`: the texts are the same but for their numbers, so that even 一个 counts.
    """
    if alike:
        left, right = _all_counting(left), _all_counting(right)
    priced = _PRICED if _price(left) and _price(left) == _price(right) else frozenset[str]()
    for base in (left.keys() & right.keys()) - priced:
        a, b = left[base], right[base]
        common = a.keys() & b.keys()
        differ = not common or (len(a) == len(b) and len(common) < len(a))
        if differ and not base.startswith(_IDLE) and not _is_half_a_month(a, b):
            yield _say(a, common), _say(b, common)


def _is_half_a_month(left: Mapping[float, str], right: Mapping[float, str]) -> bool:
    """半个月 beside 两周: people mean the same by the two, though a month has thirty days."""
    return any(
        len(here) == len(there) == 1
        and _TWO_WEEKS in there
        and next(iter(here.values())).startswith(_HALF_A_MONTH)
        for here, there in ((left, right), (right, left))
    )


def _price(quantities: Quantities) -> float | None:
    """What a pound costs, where one sum and one weight are named: 6 for the kilo is 3 for the pound."""
    sums, weights = (quantities.get(base, {}) for base in ("元", "斤"))
    if len(sums) != 1 or len(weights) != 1 or not min(weights):
        return None
    return round(min(sums) / min(weights), 4)


def _all_counting(quantities: Quantities) -> Quantities:
    counting: dict[str, dict[float, str]] = {}
    for base, values in quantities.items():
        counting.setdefault(base.removeprefix(_IDLE), {}).update(values)
    return counting


def _say(values: Mapping[float, str], common: Iterable[float]) -> str:
    return "、".join(sorted(shown for value, shown in values.items() if value not in common))
