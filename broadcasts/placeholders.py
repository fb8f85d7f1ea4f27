"""`{name}` places in a verified text: which there are, what fills them, and how a day is written or read aloud."""

import re
from collections.abc import Mapping
from datetime import date

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_NUMERALS = "〇一二三四五六七八九"


def names_in(text: str) -> frozenset[str]:
    """The names of all placeholders in `text`."""
    return frozenset(_PLACEHOLDER.findall(text))


def drop_places(text: str) -> str:
    """`text` without its placeholders."""
    return _PLACEHOLDER.sub("", text)


def has_stray_brace(text: str) -> bool:
    """Whether a brace stands in `text` that belongs to no placeholder: a slip of the pen, not a word."""
    return not {"{", "}"}.isdisjoint(drop_places(text))


def fill_places(text: str, values: Mapping[str, str]) -> str:
    """`text` with the placeholders named in `values` filled, once: a brace inside a value is not looked at again."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def written(day: date) -> str:
    """Month and day as written: 7月12日."""
    return f"{day.month}月{day.day}日"


def spoken(day: date) -> str:
    """Month and day as read aloud: 七月十二日."""
    return f"{_numeral(day.month)}月{_numeral(day.day)}日"


def _numeral(number: int) -> str:
    """A number from 1 to 99 in Chinese characters."""
    tens, ones = divmod(number, 10)
    lead = "" if tens == 0 else f"{_NUMERALS[tens] if tens > 1 else ''}十"
    return lead + (_NUMERALS[ones] if ones else "")
