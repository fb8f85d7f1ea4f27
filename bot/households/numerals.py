"""Whole numbers as villagers write them: 5, 十二, 廿, 两, 俩, 仨. A run that is not one number (五六) has no value."""

NUMERAL_CHARS = "0-9零〇一二两俩仨三四五六七八九十百廿卅壹贰叁肆伍陆柒捌玖拾"
_DIGITS = (
    {char: value for value, char in enumerate("零一二三四五六七八九")}
    | {char: value for value, char in enumerate("〇壹贰叁肆伍陆柒捌玖")}
    | {"两": 2, "俩": 2, "仨": 3}
)
_UNITS = {"十": 10, "拾": 10, "百": 100}
_CONTRACTED = {"廿": "二十", "卅": "三十"}
_LONGEST = 4
"""Digits. Anything longer is a telephone number or a code, never people in a household."""


def parse_numeral(run: str) -> int | None:
    """The value of `run`, or None when it is "five or six" (五六), a code (二〇二二) or mixed digits (3五)."""
    if run.isascii():
        return int(run) if len(run) <= _LONGEST else None
    for char, spelt in _CONTRACTED.items():
        run = run.replace(char, spelt)
    total, digit = 0, None
    for char in run:
        if char in _UNITS:
            total += (1 if digit is None else digit) * _UNITS[char]
            digit = None
        elif char in _DIGITS and not digit:
            digit = _DIGITS[char]
        else:
            return None
    return total + (digit or 0)
