"""Chinese numerals as digits: 三天 → 3天, 廿四 → 24, 十来个 → 10来个, 两千五 → 2500. Pure and idempotent.

What is one number or another (三四天, 十五六个) stays as it is written, and `values_of` names both; where a text is only to
resemble others, `to_rounded_digits` writes the second alone.
"""

import re

DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "俩": 2,
    "三": 3,
    "仨": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
TENS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10_000, "亿": 100_000_000}
COUNTED = frozenset(
    "天日号月年岁周个名位人口户家桌席次针剂片粒袋斤克吨块元角毛倍楼层栋度米里例张条辆所间床顿批轮包盒秒"
)
COUNTED_PAIRS = frozenset(
    {"小时", "分钟", "公里", "公斤", "来个", "来天", "来桌", "来人", "多天", "多个", "多桌", "多人"}
)
LONGEST = 32
"""Characters of a run that may still be a number; an identity card's has 18."""
_RUN = re.compile(r"[零〇一二两俩仨三四五六七八九十百千万亿廿卅]+(?<!百(?=货|姓))")
_ALTERNATIVES = re.compile(r"(?:^[一三]两|[一二两三四五六七八九][二三四五六七八九])(?=[十百千万亿]|$)")
_SIDE_BY_SIDE = re.compile(r"[一二两俩仨三四五六七八九]{2}")
_CODE_FROM = 3
"""Digits in a row from which on they are a year, a room or a telephone number."""
_LAST_DAY = 31
_WORDS_ENDING_IN_ONE = frozenset({"统", "唯"})
_BEFORE_ONE_DIGIT = ("周", "星期", "礼拜", "初")


def parse_numeral(run: str) -> int | None:
    """The value of a run of Chinese numerals, None when it is not one number (as 三四 in 三四天)."""
    values = values_of(run)
    return values[0] if len(values) == 1 else None


def values_of(run: str) -> tuple[int, ...]:
    """All that a run of Chinese numerals may mean: 十五六 is 15 or 16, 三四百 300 or 400, 五一 no number at all."""
    run = run.replace("廿", "二十").replace("卅", "三十")
    if len(run) >= _CODE_FROM and all(char in DIGITS for char in run):
        return (int("".join(str(DIGITS[char]) for char in run)),)
    if found := _ALTERNATIVES.search(run):
        one, other = tuple(found[0])
        if DIGITS[one] < DIGITS[other] or other == "两":
            return tuple(_value(run[: found.start()] + digit + run[found.end() :]) for digit in (one, other))
    return () if _SIDE_BY_SIDE.search(run) else (_value(run),)


def _value(run: str) -> int:
    total, section, digit = 0, 0, 0
    unit = 1
    for char in run:
        if char in DIGITS:
            digit, unit = DIGITS[char], (unit if DIGITS[char] else 10)
        elif char in TENS:
            section += (digit or 1) * TENS[char]
            digit, unit = 0, TENS[char]
        else:
            settled = total - total % MYRIADS["亿"] if char == "万" else 0
            total = settled + (total - settled + section + digit) * MYRIADS[char]
            section, digit, unit = 0, 0, MYRIADS[char]
    return total + section + digit * (unit // 10 if unit > 10 else 1)  # noqa: PLR2004 - 两千五 is 2500, 十五 is 15


def to_digits(text: str) -> str:
    """`text` with numerals that count something written in digits; words such as 一起, 万一, 统一 stay."""
    return _RUN.sub(lambda found: _replace(found, text), text)


def to_rounded_digits(text: str) -> str:
    """The same with 十五六个 as 16个, and 八点 as 8点, which may be a time or two points; 一点 is a little."""
    return _RUN.sub(lambda found: _replace(found, text, rounded=True), text)


def _replace(found: re.Match[str], text: str, *, rounded: bool = False) -> str:
    start, end = found.span()
    run, before, after = found.group(), text[max(0, start - 2) : start], text[end : end + 2]
    if _begins_with_a_word(run, before, after):
        return run[0] + _in_digits(run[1:], rounded=rounded, counts=_counts(after) or after[:1] == "点")
    ordinal = before[-1:] in {"第", "周", "初"}
    on_the_clock = rounded and after[:1] == "点" and run != "一"
    return _in_digits(run, rounded=rounded, counts=_counts(after) or ordinal or on_the_clock)


def _begins_with_a_word(run: str, before: str, after: str) -> bool:
    """Whether the first character belongs to what stands before it: 统一|二十号, 周一|十点, 初五|十点. 周三十号 may be either."""
    if before[-1:] in _WORDS_ENDING_IN_ONE:
        return run[0] == "一"
    if not before.endswith(_BEFORE_ONE_DIGIT):
        return False
    if len(run) == 1:
        return after[:1].isdigit()
    of_month = after[:1] == "号" and max(values_of(run), default=_LAST_DAY + 1) > _LAST_DAY
    return of_month or after[:1] == "点" or run.startswith("一十")


def _counts(after: str) -> bool:
    return after[:1] in COUNTED or after in COUNTED_PAIRS


def _in_digits(run: str, *, rounded: bool, counts: bool) -> str:
    compound = len(run) > 1 and any(char in TENS for char in run)
    says_a_number = run[:1] not in {"", "百", "千", "万", "亿"} and len(run) <= LONGEST
    if not says_a_number or not (counts or compound):
        return run
    values = values_of(run)
    one = len(values) == 1 or (rounded and compound and values)
    return str(values[-1]) if one else run
