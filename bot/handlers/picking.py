"""Reading a choice: the number however it is written, or the words of what was offered."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from knowledge.numerals import to_digits
from knowledge.text import bare, normalise

NUMBER = re.compile(r"(?:我?选|第|回)?\s*(\d{1,2})\s*(?:个|项|条|号|吧)?")
NONE_WORDS = frozenset({"都不是", "都不对", "没有", "不是这些", "没有我要的", "以上都不是", "0"})
YES_WORDS = frozenset(
    {
        "1",
        "对",
        "对的",
        "是",
        "是的",
        "好",
        "好的",
        "行",
        "嗯",
        "可以",
        "确认",
        "没错",
        "改",
        "对着哩",
        "是着哩",
        "能行",
        "ok",
        "yes",
    }
)
NO_WORDS = frozenset({"2", "不", "不对", "不是", "不改", "错了", "不行", "不要", "重填", "重来", "no"})
# How alike an offered wording and the resident's words must be to count as that choice (rapidfuzz, 0..100).
ALIKE = 80.0


def picked_number(plain: str) -> int | None:
    """The number a short reply names: 1, １, 一, 第二个, 选3."""
    found = NUMBER.fullmatch(to_digits(plain))
    return int(found.group(1)) if found else None


def picked(plain: str, offered: Sequence[str]) -> int | None:
    """Which of the offered wordings is meant, from 0; by number or by its words."""
    number = picked_number(plain)
    if number is not None:
        return number - 1 if 1 <= number <= len(offered) else None
    words = bare(plain)
    wordings = [bare(normalise(wording)) for wording in offered]
    exact = [place for place, wording in enumerate(wordings) if wording == words]
    if exact:
        return exact[0]
    alike = [place for place, wording in enumerate(wordings) if fuzz.ratio(words, wording) >= ALIKE]
    return alike[0] if len(alike) == 1 else None


def is_none(plain: str, offered: int) -> bool:
    """None of these, in words or by the number after the last choice."""
    return bare(plain) in NONE_WORDS or picked_number(plain) == offered + 1


def is_yes(plain: str) -> bool:
    return to_digits(bare(plain)) in YES_WORDS


def is_no(plain: str) -> bool:
    return to_digits(bare(plain)) in NO_WORDS


def numbered(wordings: Sequence[str]) -> str:
    """The lines of a choice."""
    return "\n".join(f"{place}. {wording}" for place, wording in enumerate(wordings, start=1))
