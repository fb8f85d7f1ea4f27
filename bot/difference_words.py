"""What two texts say differently, in words for whoever reads it: staff hear of "this sentence", a resident of "you"."""

import re
from dataclasses import dataclass

# Whatever differs says so after what it is: 地点不同:渭源/通渭; words alone stand beside each other: 一个说“不封”，一个说“封”.
_NAMED = re.compile(r"(?P<what>[^:/]+不同):(?P<here>[^:/]+)/(?P<there>[^:/]+)")
_WORDS = re.compile(r"一个说“(?P<here>[^”]+)”，一个说“(?P<there>[^”]+)”")
_MESSAGE = "来话"


@dataclass(frozen=True, slots=True)
class Speakers:
    """How the two sides are called: the message, and what is known."""

    message: str
    known: str


def in_words(difference: str, speakers: Speakers) -> str:
    """Which side says what; `difference` as the comparison words it, the message's side first."""
    if found := _NAMED.fullmatch(difference):
        return f"{found['what']}：{_both(found, speakers)}"
    if found := _WORDS.fullmatch(difference):
        # Digits alone may have been cut out of a time or a ratio: nobody has said 83 who said 8:30.
        return "数字不同" if any(side.isdecimal() for side in found.groups()) else _both(found, speakers)
    return difference.replace(_MESSAGE, speakers.message)


def _both(found: re.Match[str], speakers: Speakers) -> str:
    return f"{speakers.message}{_said(found['here'])}，{speakers.known}{_said(found['there'])}"


def _said(side: str) -> str:
    """Where one side says nothing of it, that is what stands there."""
    return side if side.startswith("没") else f"说“{side}”"
