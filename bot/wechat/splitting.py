"""A long text into parts the platform takes, counted in UTF-8 bytes, cut where a reader would pause."""

import re

from bot.wechat.limits import TEXT_LIMIT

LONGEST_CHARACTER = 4

# What belongs to the character before it: combining marks, variation selectors, skin tones, keycaps, flag tags.
CLINGING = "\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
CLUSTER = (
    "(?:[\U0001f1e6-\U0001f1ff]{2}"  # a flag is two letters
    f"|.[{CLINGING}]*(?:\u200d.[{CLINGING}]*)*)"  # a family is several people and joiners
)
DIGITS = "0-9０-９"
WORD = (
    f"[{DIGITS}A-Za-z]+(?:[-.,:/@_%+&=?#~．，：％]{{1,3}}[{DIGITS}A-Za-z]+)*[%％‰℃]?"  # 3.5, 12:30, 10%, an address
    "|[〇零一二三四五六七八九十百千万亿两]+"  # 二十三
)

# From the best place to cut to the last resort that still keeps a character whole.
CUTS = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (
        rf"(?:[。！？；\n]+|[!?](?=\s))[”’」』）)】》]*(?![{CLINGING}\u200d])",  # the end of a sentence
        rf"(?:[，、：…—]|\s)+(?![{CLINGING}\u200d])",  # a pause
        rf"(?:{WORD})(?![{CLINGING}\u200d])|{CLUSTER}",  # between words
        CLUSTER,  # between characters as seen
    )
)


def split_text(body: str, *, limit: int = TEXT_LIMIT) -> tuple[str, ...]:
    """The parts of `body`, each at most `limit` bytes; joined they are the body again.

    Raises ValueError (the limit is shorter than one character can be).
    """
    if limit < LONGEST_CHARACTER:
        raise ValueError(f"a part needs {LONGEST_CHARACTER} bytes, not {limit}")
    parts = []
    while len(body.encode()) > limit:
        cut = _cut(body, limit)
        parts.append(body[:cut])
        body = body[cut:]
    return (*parts, body) if body else tuple(parts)


def _cut(body: str, limit: int) -> int:
    """The last good place within `limit` bytes, as a number of characters."""
    room = len(body.encode()[:limit].decode(errors="ignore"))
    for pattern in CUTS:
        place = 0
        for match in pattern.finditer(body):
            if match.end() > room:
                break
            place = match.end()
        if place:
            return place
    return room
