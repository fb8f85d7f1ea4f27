"""Reading a choice: the number however it is written, or the words of what was offered."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from knowledge.numerals import parse_numeral, to_digits
from knowledge.text import bare, normalise

NUMBER = re.compile(r"(?:我|就|要|选|第|回|\s)*(\d{1,2}|[一二两三四五六七八九十]{1,3})(?:个|项|条|号|吧|\s)*")
# Of people as well as of lines.
AMOUNT = re.compile(r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})个")
NONE_WORDS = frozenset({"都不是", "都不对", "没有", "不是这些", "没有我要的", "以上都不是", "0"})
# 对, 是着哩, 嗯嗯, 好的好的: the word for yes or no, with whatever is hung on it, said once or twice.
YES = re.compile(
    r"[1一]|就是(?:它|他|这个|这条|这件|这话)?(?:了|的|呢|哩)?|(?:(?:对|是|好|行|嗯|可以|确认|确定|没错|没问题|改|能行|中|要得|正确|就是|ok|yes)(?:的|着|了|哩|呢|呀|啊|哈|吧|嘞|滴)*){1,3}"
)
NO = re.compile(
    r"[2二]|(?:这?是)?(?:另外?一?|两)回事(?:儿)?|(?:不是|才不是)(?:它|一回事|这个|这条|这件)|(?:(?:不是|不对|不行|不改|不要|不用|不|错|重填|重来|搞错|写错|no)(?:的|着|了|哩|呢|呀|啊|哈|吧|嘞|滴)*){1,3}"
)
# How alike an offered wording and the resident's words must be to count as that choice (rapidfuzz, 0..100).
ALIKE = 80.0


def picked_number(plain: str) -> int | None:
    """The number a short reply names: 1, １, 一, 第二个, 选3."""
    found = NUMBER.fullmatch(to_digits(plain))
    if found is None:
        return None
    number = found.group(1)
    return int(number) if number.isdecimal() else parse_numeral(number)


def picks_line(plain: str) -> bool:
    """Whether a number can only be a line of a list: 2, 第二个, 选2; but 2个 may as well be people."""
    return picked_number(plain) is not None and AMOUNT.fullmatch(to_digits(plain)) is None


def picked(plain: str, offered: Sequence[str]) -> int | None:
    """Which of the offered wordings is meant, from 0; by number or by its words. What fits several is none."""
    number = picked_number(plain)
    if number is not None:
        return number - 1 if 1 <= number <= len(offered) else None
    words = bare(plain)
    wordings = [bare(normalise(wording)) for wording in offered]
    exact = [place for place, wording in enumerate(wordings) if wording == words]
    if len(exact) == 1:
        return exact[0]
    alike = [place for place, wording in enumerate(wordings) if fuzz.ratio(words, wording) >= ALIKE]
    return alike[0] if len(alike) == 1 else None


def is_none(plain: str, offered: int) -> bool:
    """None of these, in words or by the number after the last choice."""
    return bare(plain) in NONE_WORDS or picked_number(plain) == offered + 1


def is_yes(plain: str) -> bool:
    return YES.fullmatch(to_digits(bare(plain))) is not None


def is_no(plain: str) -> bool:
    return NO.fullmatch(to_digits(bare(plain))) is not None


def numbered(wordings: Sequence[str]) -> str:
    """The lines of a choice."""
    return "\n".join(f"{place}. {wording}" for place, wording in enumerate(wordings, start=1))
