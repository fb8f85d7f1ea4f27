"""A question that leans on the one before it ("and from Shanghai?"): what is new in it, and the same said in full."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from knowledge.contrasts import load_contrasts
from knowledge.places import Places
from knowledge.text import bare, normalise

_NEW = r"(?P<new>[^,;。!?吗么咋谁啥什几哪多]{1,10}?)"
_ALSO = r"(?:要|行|能|可以|能行|一样|是|用|得)(?:的|这样|这么|做|去)?"
_LEANING = (
    re.compile(rf"(?:那么?|哪|要是|如果|若是|换成|再问一?下?|,)*{_NEW}(?:的话|的)?[呢咧哩嘞]"),
    re.compile(rf"(?:那么?|,)+{_NEW}[也都]?{_ALSO}[不吗么吧]"),
    re.compile(rf"{_NEW}[也都]{_ALSO}[不吗么吧]"),
)
_NOTHING_NEW = re.compile(
    r"(?:[你您我他她它咱]们?|[这那]个?|别人|人家?|结果|然后|之?后来?|接下来|完了|真的?|是的?|好的?|对的?|没有?|在|还|怎样|怎么办?|怎么样)+"
)
_WAY_NEW = re.compile(r"(从[^从]{1,8}?)(?:回来?|过来|来)?")
_WAY = re.compile(r"从[^从,;。!?]{1,8}?(?=回|过来|来)")


def leaning(plain: str) -> str | None:
    """What a message names that only makes sense after another question; None of what is a message of its own."""
    for form in _LEANING:
        found = form.fullmatch(plain)
        if found:
            return None if _NOTHING_NEW.fullmatch(bare(found["new"])) else found["new"]
    return None


@dataclass(frozen=True, slots=True)
class InFull:
    """`exchanged`: whether what is new took the place of something; else it narrows the question, and nobody knows by how much."""

    question: str
    exchanged: bool


def said_in_full(new: str, before: str, *, places: Places) -> InFull:
    """The question `before` with what `new` names in the place of what that excludes (another place, another kind of person); else
    with all of `new` in front.
    """
    before = normalise(before)
    exchanges = chain(_places(new, before, places), _excluding(new, before), _ways(new, before))
    said, replaced = next(exchanges, ("", ""))
    question = before.replace(replaced, said, 1) if replaced else f"{new}{before}"
    return InFull(question.rstrip("?"), exchanged=bool(replaced))


def _places(new: str, before: str, places: Places) -> Iterator[tuple[str, str]]:
    named, named_before = (places.names_as_typed(text) for text in (new, before))
    if len(named) == len(named_before) == 1:
        yield named[0], named_before[0]


def _ways(new: str, before: str) -> Iterator[tuple[str, str]]:
    here, there = _WAY_NEW.fullmatch(new), _WAY.search(before)
    if here and there:
        yield here[1], there[0]


def _excluding(new: str, before: str) -> Iterator[tuple[str, str]]:
    return filter(None, (contrast.exchanged(new, before) for contrast in load_contrasts().contrasts))
