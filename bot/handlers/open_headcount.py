"""A household's numbers that wait for an answer: what they are, whether anything came in between, and what is yes or no to them.

Right after our question a bare 好 or 1 will do. Later it may be meant for what was answered since, and must say more.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bot import wording
from bot.conversation import Conversation, Step
from bot.handlers.context import Context
from bot.handlers.picking import is_no, is_yes
from bot.households.headcount import Headcount
from knowledge.text import bare

FIELDS = tuple(field for field, _ in (*wording.FIGURES, *wording.AGES))
# Beside the figures that wait for a yes: a bare number whose people we asked for, and that the resident said no.
NUMBER, REFUSED = "number", "refused"

_OURS, _ALL = r"(?:我们?家|家里)?(?:的)?", r"(?:都|是|也)?"
_ABOUT_PEOPLE = rf"{_OURS}人[数口]{_ALL}"
# 数字不对 may be said of any figure we told; only of a household's while its numbers wait.
_ABOUT_NUMBERS = rf"{_OURS}(?:人[数口]|数字){_ALL}"
_END = r"(?:的|着|了|哩|呢|呀|啊|哈|吧|嘞|滴)*"
_FIRM_YES = rf"(?:(?:对|是|没错|没问题|正确|确认|确定){_END}){{1,3}}"
_FIRM_NO = rf"(?:(?:不对|不是|错|重填|重来|搞错|写错|说错|报错){_END}){{1,3}}"
FIRM_YES, FIRM_NO = re.compile(_FIRM_YES), re.compile(_FIRM_NO)
NAMED_YES = re.compile(rf"{_ABOUT_NUMBERS}{_FIRM_YES}")
NAMED_NO = re.compile(rf"{_ABOUT_NUMBERS}{_FIRM_NO}")
_NAMED_PEOPLE = re.compile(rf"{_ABOUT_PEOPLE}(?:{_FIRM_YES}|{_FIRM_NO})")


class Standing(StrEnum):
    """How our question stands. `RIVALLED`: something else that was asked since waits for its answer as well."""

    CLOSED = "closed"
    JUST_ASKED = "just_asked"
    INTERRUPTED = "interrupted"
    RIVALLED = "rivalled"


@dataclass(frozen=True, slots=True)
class OpenHeadcount:
    """What the resident has told so far; nothing of it is stored."""

    standing: Standing
    said: Headcount
    number: int | None
    refused: bool

    @property
    def is_open(self) -> bool:
        return self.standing is not Standing.CLOSED

    @property
    def was_left(self) -> bool:
        """Whether something else came in between."""
        return self.standing in {Standing.INTERRUPTED, Standing.RIVALLED}


NOTHING_OPEN = OpenHeadcount(Standing.CLOSED, said=Headcount(), number=None, refused=False)


def names_numbers(plain: str) -> bool:
    """人数对, 人数不对: an answer that can be meant for nothing else, even while nothing is open."""
    return _NAMED_PEOPLE.fullmatch(bare(plain)) is not None


def _named_yes(plain: str) -> bool:
    return NAMED_YES.fullmatch(bare(plain)) is not None


def _named_no(plain: str) -> bool:
    return NAMED_NO.fullmatch(bare(plain)) is not None


def _firm_yes(plain: str) -> bool:
    return _named_yes(plain) or FIRM_YES.fullmatch(bare(plain)) is not None


def _firm_no(plain: str) -> bool:
    return _named_no(plain) or FIRM_NO.fullmatch(bare(plain)) is not None


_Test = Callable[[str], bool]
# What is surely meant for the numbers: the longer ago we asked, the more it must say.
YES: Mapping[Standing, tuple[_Test, ...]] = MappingProxyType(
    {
        Standing.CLOSED: (),
        Standing.JUST_ASKED: (is_yes, _named_yes),
        Standing.INTERRUPTED: (_firm_yes,),
        Standing.RIVALLED: (_named_yes,),
    }
)
NO: Mapping[Standing, tuple[_Test, ...]] = MappingProxyType(
    {
        Standing.CLOSED: (),
        Standing.JUST_ASKED: (is_no, _named_no),
        Standing.INTERRUPTED: (_firm_no,),
        Standing.RIVALLED: (_named_no,),
    }
)


def agrees(opened: OpenHeadcount, plain: str) -> bool:
    return any(is_it(plain) for is_it in YES[opened.standing])


def denies(opened: OpenHeadcount, plain: str) -> bool:
    return any(is_it(plain) for is_it in NO[opened.standing])


def open_headcount(context: Context) -> OpenHeadcount:
    """As it stood before this message."""
    talk = context.conversation.at(Step.CONFIRMING_HEADCOUNT) if context.conversation else None
    if talk is None:
        return NOTHING_OPEN
    if talk is context.conversation:
        return remembered(talk, Standing.JUST_ASKED)
    return remembered(talk, Standing.RIVALLED if context.asks else Standing.INTERRUPTED)


def remembered(talk: Conversation, standing: Standing) -> OpenHeadcount:
    numbers = {name: _number(talk.data.get(name)) for name in FIELDS}
    return OpenHeadcount(
        standing,
        said=Headcount(**numbers),
        number=_number(talk.data.get(NUMBER)),
        refused=bool(talk.data.get(REFUSED)),
    )


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None


def figures(headcount: Headcount) -> str:
    """The numbers in words, those that were said."""
    ages = "、".join(_said(headcount, wording.AGES))
    return "，".join(
        (*_said(headcount, wording.FIGURES), *((wording.OF_THEM.format(ages=ages),) if ages else ()))
    )


def _said(headcount: Headcount, sentences: Iterable[tuple[str, str]]) -> list[str]:
    numbers = ((sentence, getattr(headcount, name)) for name, sentence in sentences)
    return [sentence.format(n=number) for sentence, number in numbers if number is not None]
