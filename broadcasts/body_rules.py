"""What each body of a letter must keep to for the use it is made for. Data: a rule is a body, a test and a reason."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

GROUP_TEXT_CHARS = 300
CHAT_CHARS = 600
REPLY_BYTES = 2048
"""WeChat refuses a passive reply of this many bytes of UTF-8 or more."""
CARD_LINES = 6
"""The title and five lines."""
CARD_LINE_CHARS = 14
"""As many as fill an A4 sheet's width in letters an old person reads across a room."""
_UNSPEAKABLE = re.compile(r"[0-9A-Za-z０-９/<>·]")


@dataclass(frozen=True, slots=True)
class BodyRule:
    body: str
    is_broken: Callable[[str], bool]
    reason: str


def _card_line_too_long(text: str) -> bool:
    return any(len(line) > CARD_LINE_CHARS for line in text.splitlines())


BODY_RULES = (
    BodyRule(
        "group_text", lambda text: len(text) > GROUP_TEXT_CHARS, f"is over {GROUP_TEXT_CHARS} characters"
    ),
    BodyRule("chat", lambda text: len(text) > CHAT_CHARS, f"is over {CHAT_CHARS} characters"),
    BodyRule("chat", lambda text: len(text.encode()) >= REPLY_BYTES, f"is not under {REPLY_BYTES} bytes"),
    BodyRule(
        "loudspeaker",
        lambda text: bool(_UNSPEAKABLE.search(text)),
        "cannot be read aloud; write numbers in characters, and no links",
    ),
    BodyRule("card", lambda text: len(text.splitlines()) > CARD_LINES, f"has over {CARD_LINES} lines"),
    BodyRule("card", _card_line_too_long, f"has a line over {CARD_LINE_CHARS} characters"),
)


def broken_rules(body: str, text: str) -> Iterator[str]:
    """The reason of each rule that `text` breaks as this body."""
    return (rule.reason for rule in BODY_RULES if rule.body == body and rule.is_broken(text))
