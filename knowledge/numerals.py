"""Chinese numerals as digits: 三天 → 3天, 廿四 → 24, 十来个 → 10来个, 两千五 → 2500. Pure and idempotent."""

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
    "天日号月年岁周个名位人口户家桌席次针剂片粒袋斤克吨块元角毛倍楼层栋度米里例张条辆所间床顿批轮包盒"
)
COUNTED_PAIRS = frozenset(
    {"小时", "分钟", "公里", "公斤", "来个", "来天", "来桌", "来人", "多天", "多个", "多桌", "多人"}
)
LONGEST = 32
"""Characters of a run that may still be a number; an identity card's has 18."""
_RUN = re.compile(r"[零〇一二两俩仨三四五六七八九十百千万亿廿卅]+")


def parse_numeral(run: str) -> int | None:
    """The value of a run of Chinese numerals, None when it is not one number (as 三四 in 三四天)."""
    run = run.replace("廿", "二十").replace("卅", "三十")
    if all(char in DIGITS for char in run):
        return _digit_by_digit(run)
    total, section, digit = 0, 0, 0
    unit = 1
    for char in run:
        if char in DIGITS:
            digit, unit = DIGITS[char], (unit if DIGITS[char] else 10)
        elif char in TENS:
            section += (digit or 1) * TENS[char]
            digit, unit = 0, TENS[char]
        else:
            total = (total + section + digit) * MYRIADS[char]
            section, digit, unit = 0, 0, MYRIADS[char]
    return total + section + digit * (unit // 10 if unit > 10 else 1)  # noqa: PLR2004 - 两千五 is 2500, 十五 is 15


def _digit_by_digit(run: str) -> int | None:
    """二〇二二 reads as a year; 三四 alone is "three or four" and has no single value."""
    if len(run) == 1:
        return DIGITS[run]
    if len(run) >= 3:  # noqa: PLR2004 - years, room and telephone numbers
        return int("".join(str(DIGITS[char]) for char in run))
    return None


def to_digits(text: str) -> str:
    """`text` with numerals that count something written in digits; words such as 一起, 万一, 统一 stay."""
    return _RUN.sub(lambda found: _replace(found, text), text)


def _replace(found: re.Match[str], text: str) -> str:
    run = found.group()
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 2]
    counts = after[:1] in COUNTED or after in COUNTED_PAIRS
    ordinal = before in {"第", "周", "初"}
    compound = len(run) > 1 and any(char in TENS for char in run)
    bare_magnitude = run[0] in "百千万亿"
    if len(run) > LONGEST or bare_magnitude or not (counts or ordinal or compound):
        return run
    value = parse_numeral(run)
    return run if value is None else str(value)
