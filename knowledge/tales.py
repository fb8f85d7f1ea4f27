"""Several things passed on in one message ("I heard that A, and they also say that B"): each is looked up by itself."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from knowledge.cues import load_cues
from knowledge.text import bare
from knowledge.vocabulary import read_lexicon

_LONGEST = 80
"""Characters. Whoever asks about several things does it in fewer; a longer post tells a story, with all its "they also said"."""
_SEVERAL, _AT_MOST = 2, 3
_SAYS_SOMETHING = 4
"""Fewer letters ("some say it does not") are no tale of their own."""
_MARKS = " ,;。!?"
_ALL = "都"
"""Of 都是真的吗, what is left when the rest is taken away."""
_BEHIND_A_MARK = r"(?:^|(?<=[,;。!?]))"


@dataclass(frozen=True, slots=True)
class Tale:
    """A stretch of a message in which one thing is told. `said`: the thing itself; `heard`: whether it is told as heard."""

    text: str
    said: str
    heard: bool


@dataclass(frozen=True, slots=True)
class _Leads:
    """`more`: how one thing is added to another; `heard`: how people say that they heard it; `start`: where either begins."""

    more: re.Pattern[str]
    heard: re.Pattern[str]
    start: re.Pattern[str]


@lru_cache(maxsize=1)
def _leads() -> _Leads:
    table = tomllib.loads(read_lexicon("cues.toml"))["tale"]
    heard, heard_too = table["heard"], rf"(?:{table['heard']})|(?:{table['said']})"
    more = rf"(?:{table['more']})|(?:{table['too']})(?={heard_too})"
    start = rf"(?:{heard})|(?:{more})(?:{heard_too})|{_BEHIND_A_MARK}(?:{more})"
    return _Leads(*map(re.compile, (more, heard_too, start)))


def tales_in(normal: str) -> tuple[Tale, ...]:
    """The two or three tales of a normal form that passes something on; none if it tells one, or more than anybody asks about."""
    if len(normal) > _LONGEST:
        return ()
    told = tuple(filter(None, map(_tale, _stretches(normal))))
    return told if _SEVERAL <= len(told) <= _AT_MOST else ()


def _stretches(normal: str) -> Iterator[str]:
    """From where one begins to the next. What stands before the first is a tale only if that one is added to it."""
    leads = _leads()
    starts = [found.start() for found in leads.start.finditer(normal)]
    if starts and leads.more.match(normal, starts[0]):
        starts.insert(0, 0)
    return (normal[start:end] for start, end in pairwise((*starts, len(normal))))


def _tale(stretch: str) -> Tale | None:
    leads = _leads()
    added = leads.more.match(stretch)
    text = stretch[added.end() if added else 0 :].strip(_MARKS)
    lead = leads.heard.match(text)
    said = load_cues().tail.sub("", text[lead.end() if lead else 0 :]).strip(_MARKS).removesuffix(_ALL)
    said = said.rstrip(_MARKS)
    return Tale(text, said, heard=lead is not None) if len(bare(said)) >= _SAYS_SOMETHING else None
