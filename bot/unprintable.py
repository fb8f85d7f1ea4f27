"""Characters that nobody types and a database may not take: found at every door where words come in.

PostgreSQL stores no NUL and neither database half a character; the other control characters come along with what is pasted and
are seen by nobody.
"""

import re
from collections.abc import Iterable

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def are_printable(texts: Iterable[str]) -> bool:
    """Whether none of them has such a character in it. Line breaks and tabs are none."""
    return not any(UNPRINTABLE.search(text) for text in texts)


def printable(text: str) -> str:
    """Without them."""
    return UNPRINTABLE.sub("", text)
