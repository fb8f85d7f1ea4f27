"""Which words a text denies and which it leaves standing: 没封 denies 封."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from knowledge.contrast_table import contrast_table
from knowledge.utterance import Utterance

_NO_WORD = frozenset("的了不没这那个是怎咋啥什")
_LONG = 40
_HAVING = "有"


@dataclass(frozen=True, slots=True)
class Denials:
    """`denied`: words behind a negation, each with what follows it. `standing`: the text without them."""

    denied: Mapping[str, str]
    standing: str
    long: bool

    def against(self, other: "Denials") -> Iterator[str]:
        """Words this text only denies and the other only affirms; beside a long text, and where this one affirms the word of
        something else (没出来, 能不能出村), with the same thing behind them.
        """
        for word, followed in self.denied.items():
            sought = followed if self.long or other.long or word in self.standing else word
            if word not in other.denied and sought in other.standing and sought not in self.standing:
                yield word


def say_denied(word: str) -> str:
    """A denied word for people: 不封, 没有车."""
    return f"没{word}" if word.startswith(_HAVING) else f"不{word}"


NOTHING = Denials({}, "", long=False)


@dataclass(frozen=True, slots=True)
class _Negation:
    pattern: re.Pattern[str]
    verbs: frozenset[str]
    lacking: frozenset[str]

    def words_of(self, found: re.Match[str], *, long: bool) -> Iterator[tuple[str, str]]:
        """The words denied, each with what follows: one character if it is a verb that flips, else two.

        In a long text two characters behind a negation are too often no word of weight.
        """
        first, behind = found[2], found[3]
        second = behind[:1]
        if first in self.verbs and second != "的":
            yield first, first + second
        elif first not in _NO_WORD and second not in _NO_WORD and not long:
            if second:
                yield first + second, first + behind
            elif found[1] not in self.lacking:
                yield first, first
        if found[1] in self.lacking and first not in _NO_WORD:
            yield _HAVING + first, _HAVING + first + second


@lru_cache(maxsize=1)
def _negation() -> _Negation:
    table = contrast_table()["negation"]
    words = "|".join(sorted(table["words"], key=len, reverse=True))
    skipped = "|".join(sorted(table["skipped"], key=len, reverse=True))
    han = r"[\u4e00-\u9fff]"
    return _Negation(
        re.compile(rf"({words})(?:{skipped})*({han})(?=({han}{{0,2}}))"),
        frozenset(table["verbs"]),
        frozenset(table["lacking"]),
    )


def read_denials(said: Utterance) -> tuple[Denials, Denials]:
    """What a text denies in what it gives as known, and, in a yes/no question, in what it asks: "yes" to one of
    不让进吗 and 让进吗 is "no" to the other.
    """
    long = len(said.plain) > _LONG
    given = _denials(said.given if said.asked else said.plain, long=long)
    return given, _denials(said.asked, long=long) if said.asked else NOTHING


def _denials(text: str, *, long: bool) -> Denials:
    negation = _negation()
    found = list(negation.pattern.finditer(text))
    denied = dict(pair for one in found for pair in negation.words_of(one, long=long))
    return Denials(denied, negation.pattern.sub("·", text) if found else text, long)
