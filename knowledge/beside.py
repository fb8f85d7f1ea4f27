"""What a message asks beside what it passes on: whoever heard that the town will be closed wants to know how to get to dialysis."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from knowledge.answering import Answer, Answering
from knowledge.cues import PASSED_ON, load_cues
from knowledge.fit import LIKELY
from knowledge.message import Message, asks_something
from knowledge.text import bare, clauses

_LONGEST = 120
"""Characters. Whoever asks for themselves does it in fewer; in a longer post the questions are part of the story."""
_OWN = re.compile(r"[我俺咱]|[家屋]里|老[人汉婆公]|娃")
_ADDED = re.compile(r"^(?:还有|另外|再就是|再|顺便)(?=[^人没别])")
_NEEDED = 0.8
"""The probability from which on a clause that asks nothing ("we have no food left") is taken for a question."""


def asked_beside(message: Message, whole: Answering, *, ask: Callable[[str], Answering]) -> Answering | None:
    """The surest of what is asked beside what is passed on, if it is likely to be about some article; None if nothing is.

    `whole`: what all of the message asks for; `ask`: what a part of it does.
    """
    if len(message.normal) > _LONGEST or PASSED_ON.isdisjoint(message.cues):
        return None
    asked = [(ask(stretch), least) for stretch, least in _asked(message.normal)]
    if not asked:
        return None
    likely = [
        one for one, least in (*asked, (whole, LIKELY)) if one.offered and one.offered[0].score >= least
    ]
    return max(likely, key=lambda one: (isinstance(one, Answer), one.offered[0].score), default=None)


def _asked(normal: str) -> Iterator[tuple[str, float]]:
    """Its clauses that pass nothing on, each by itself and behind the one before it; how probable an article must be."""
    own = [_ADDED.sub("", clause) if _is_own(clause) else "" for clause in clauses(normal)]
    for before, clause in pairwise(("", *own)):
        if asks_something(clause):
            yield clause, LIKELY
            if before:
                yield f"{before},{clause}", LIKELY
        elif _OWN.search(clause):
            yield clause, _NEEDED


def _is_own(clause: str) -> bool:
    return PASSED_ON.isdisjoint(load_cues().found_in(clause)) and bool(bare(clause))
