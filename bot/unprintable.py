"""Characters that nobody types and a database may not take: found at every door where words come in.

PostgreSQL stores no NUL and neither database half a character; the other control characters come along with what is pasted and
are seen by nobody.
"""

import re
from collections.abc import Iterable

# As they stand in a class of any regular expression. What is JSON has no half characters in it.
CONTROL = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f"
UNPRINTABLE = re.compile(rf"[{CONTROL}\ud800-\udfff]")
BREAKS = re.compile(r"[\t\n\r]")


def are_printable(texts: Iterable[str]) -> bool:
    """Whether none of them has such a character in it. Line breaks and tabs are none."""
    return not any(UNPRINTABLE.search(text) for text in texts)


def is_one_line(text: str) -> bool:
    """Whether it has no line break and no tab in it either, as what stands in a cell."""
    return are_printable([text]) and not BREAKS.search(text)


def printable(text: str) -> str:
    """Without them."""
    return UNPRINTABLE.sub("", text)
