"""The meaning-flip check: what two similar texts say differently. Any difference forbids an automatic answer.

It compares what both texts speak of and stays silent about what only one of them mentions, so that an honest paraphrase
is not vetoed. The words are data (`lexicon/contrasts.toml`); the differences are short phrases for people.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from knowledge.numerals import to_digits
from knowledge.places import Places
from knowledge.text import normalise
from knowledge.vocabulary import read_lexicon

_A_NOT_A = re.compile(
    r"(.)[不没]\1|(..)不\2|是否|能否|可否|有无|有没有|可不可以|是不是|是真是假|不好意思|不知道|不晓得|不清楚|不明白"
)
_POLAR = re.compile(r"吗|么\b|[么嘛]\??$|不\??$|没\??$|没有\??$|(.)[不没]\1|是否|能否|可否")
_QUANTITY = re.compile(
    r"(?<![\d.])(\d+(?:\.\d+)?)\s*(?:多|来|余)?\s*(万|千|百)?\s*"
    r"(天|日|个?小时|分钟|个?月|年|周|个?星期|岁|人|口|户|桌|席|次|针|剂|片|粒|公斤|斤|公里|里|米|块钱|块|元|倍|例|度|%|个|张|楼|栋)"
)
_BARE_MONEY = re.compile(
    r"(?:收|交|掏|领|发|卖|涨到|罚|赚|挣|补|转)(\d+(?:\.\d+)?)(万|千|百)?(?![\d\u4e00-\u9fff%℃])"
)
_MONEY = "元"
_SAYS_LITTLE = frozenset({"个", "次", "天"})
"""一个, 一次, 一天 are figures of speech more often than numbers."""
_DATE = re.compile(r"(\d{1,2})月(\d{1,2})[日号]?|(?<!\d)(\d{1,2})[号日](?!楼|院|线|文)")
_WEEKDAY = re.compile(r"(?:周|星期|礼拜)([1-6一二三四五六日天末])")
_RELATIVE = re.compile(
    r"大后天|后天|明天|明日|今天|今日|今晚|明晚|昨天|前天|下周|上周|本周|这周|下个月|上个月|这个月|本月"
)
_NEGATED = re.compile(
    r"(?<![能可是要停])(?:不会|没有|不再|停止|暂停|禁止|不准|不让|停|不|没|未|无|非)([\u4e00-\u9fff]{1,2})"
)
_UNIT_OF = {
    "日": "天",
    "个小时": "小时",
    "个月": "月",
    "个星期": "周",
    "星期": "周",
    "块钱": "元",
    "块": "元",
    "席": "桌",
    "剂": "针",
    "口": "人",
}
_MAGNITUDE = {"万": 10_000, "千": 1_000, "百": 100, "": 1}
_SAME_DAY = {
    "明日": "明天",
    "今日": "今天",
    "今晚": "今天",
    "明晚": "明天",
    "这周": "本周",
    "这个月": "本月",
    "天": "日",
    "末": "日",
}
_FLIPPABLE = frozenset("封停开关打吃戴做交收发隔传来走通办卖涨降罚抓放解死阳查测扫用喝加")


@dataclass(frozen=True, slots=True)
class Contrast:
    label: str
    poles: Mapping[str, str]
    open_pole: str
    pattern: re.Pattern[str]

    def shown_in(self, text: str, *, asks: bool) -> frozenset[str]:
        """The poles `text` shows; a question that may be answered either way does not show the first."""
        shown = frozenset(self.poles[word] for word in self.pattern.findall(text))
        return shown - {self.open_pole} if asks else shown


@dataclass(frozen=True, slots=True)
class Contrasts:
    contrasts: tuple[Contrast, ...]
    labels: Mapping[str, str]
    difference: str
    negation: str


@lru_cache(maxsize=1)
def load_contrasts() -> Contrasts:
    table = tomllib.loads(read_lexicon("contrasts.toml"))
    return Contrasts(
        contrasts=tuple(_contrast(entry) for entry in table["contrast"]),
        labels=table["labels"],
        difference=table["templates"]["difference"],
        negation=table["templates"]["negation"],
    )


def _contrast(entry: Mapping[str, object]) -> Contrast:
    named = entry["poles"]
    assert isinstance(named, dict)  # noqa: S101 - our own file
    poles = {word: pole for pole, words in named.items() for word in words}
    longest_first = sorted(poles, key=len, reverse=True)
    return Contrast(
        label=str(entry["label"]),
        poles=poles,
        open_pole=next(iter(named)) if entry.get("asked_is_open") else "",
        pattern=re.compile("|".join(map(re.escape, longest_first))),
    )


@dataclass(frozen=True, slots=True)
class Statement:
    """What the check needs of one text, read once."""

    text: str
    asks: bool
    poles: tuple[frozenset[str], ...]
    quantities: Mapping[str, frozenset[str]]
    days: Mapping[str, frozenset[str]]
    places: frozenset[str]


def read_statement(text: str, *, places: Places) -> Statement:
    normal = to_digits(normalise(text))
    asks = bool(_POLAR.search(normal))
    plain = _A_NOT_A.sub("·", normal)
    return Statement(
        text=plain,
        asks=asks,
        poles=tuple(contrast.shown_in(plain, asks=asks) for contrast in load_contrasts().contrasts),
        quantities=_quantities(normal),
        days=_days(normal),
        places=places.named_in(normal),
    )


def _quantities(normal: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    undated = _DATE.sub("·", normal)
    with_unit = _QUANTITY.findall(undated)
    money = ((number, magnitude, _MONEY) for number, magnitude in _BARE_MONEY.findall(undated))
    for number, magnitude, named in (*with_unit, *money):
        unit = _UNIT_OF.get(named, named)
        value = float(number) * _MAGNITUDE[magnitude]
        if value == 1 and unit in _SAYS_LITTLE:
            continue
        found.setdefault(unit, set()).add(f"{value:g}{unit}")
    return {unit: frozenset(values) for unit, values in found.items()}


def _days(normal: str) -> dict[str, frozenset[str]]:
    dates = frozenset(
        f"{month}月{day}日" if month else f"{alone}日" for month, day, alone in _DATE.findall(normal)
    )
    weekdays = frozenset("周" + _SAME_DAY.get(day, day) for day in _WEEKDAY.findall(normal))
    relative = frozenset(_SAME_DAY.get(day, day) for day in _RELATIVE.findall(normal))
    kinds = {"date": dates, "weekday": weekdays, "relative": relative}
    return {kind: days for kind, days in kinds.items() if days}


def compare(left: Statement, right: Statement) -> tuple[str, ...]:
    """What the two say differently, as short phrases; empty when nothing contradicts."""
    words = load_contrasts()
    pairs = [
        *_contrasting(left, right, words),
        *_clashing(left.quantities, right.quantities, words.labels["number"]),
        *_clashing(left.days, right.days, words.labels["date"]),
        *_clashing({"": left.places}, {"": right.places}, words.labels["place"]),
    ]
    said = [words.difference.format(label=label, left=_say(a), right=_say(b)) for label, a, b in pairs]
    if not said:
        said = [words.negation.format(left=a, right=b) for a, b in _negations(left, right)]
    return tuple(said)


def differences(message: str, text: str, *, places: Places) -> tuple[str, ...]:
    """What `message` and `text` say differently; any entry forbids an automatic answer."""
    return compare(read_statement(message, places=places), read_statement(text, places=places))


_Pair = tuple[str, frozenset[str], frozenset[str]]


def _contrasting(left: Statement, right: Statement, words: Contrasts) -> Iterator[_Pair]:
    for contrast, a, b in zip(words.contrasts, left.poles, right.poles, strict=True):
        if a and b and a.isdisjoint(b):
            yield contrast.label, a, b


def _clashing(
    left: Mapping[str, frozenset[str]], right: Mapping[str, frozenset[str]], label: str
) -> Iterator[_Pair]:
    for kind in left.keys() & right.keys():
        if left[kind] and right[kind] and left[kind].isdisjoint(right[kind]):
            yield label, left[kind], right[kind]


def _negations(left: Statement, right: Statement) -> Iterator[tuple[str, str]]:
    for one, other, swapped in ((left, right, False), (right, left, True)):
        if one.asks and other.asks:
            return
        for word in _negated_words(one.text):
            if word in other.text and word not in _negated_words(other.text) and not other.asks:
                yield (word, f"不{word}") if swapped else (f"不{word}", word)
                return


def _negated_words(text: str) -> frozenset[str]:
    return frozenset(found[0] for found in _NEGATED.findall(text) if found[0] in _FLIPPABLE)


def _say(values: frozenset[str]) -> str:
    return "、".join(sorted(values))
