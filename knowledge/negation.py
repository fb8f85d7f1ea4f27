"""Which words a text denies and which it leaves standing: 没封 denies 封."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from knowledge.contrast_table import contrast_table
from knowledge.utterance import Utterance

_NO_WORD = frozenset("的了不没这那个是怎咋啥什")
_ALL = frozenset("都全")
"""Not all of them: denied with whatever stands behind it, even if that is no word (不都是)."""
_IS, _IS_NOT, _SO = "是", "不是", "的"
"""不是酸的 denies 是酸的; 不是酸的吗 does not."""
_ASKING = frozenset("吗么嘛")
_DENIED = "×"
"""Stands where a negation and the first character behind it stood."""
_SCOPE = re.compile(rf"{_DENIED}[^{_DENIED}·,;。!?就才也都]{{1,5}}")
"""What a negation may reach: as much of its clause."""
_CANNOT = re.compile(r"[\u4e00-\u9fff]不能·")
"""出不来, as `utterance.py` renders it, affirms no going out; that it cannot be is for the contrasts."""
_LIFTED = "解除"
_ONE_STATEMENT = 24
_LONG = 40
_HAVING = "有"
_SOMEBODY, _PEOPLE = "有人", "人"
_A_WORD, _A_LONG_WORD = 2, 3
_LEADING = frozenset(",;。!?·的了都也就还又再才是")
"""With one of these before a negation nothing is told of whom it speaks."""


class Denied(NamedTuple):
    """A word behind a negation, with what follows it and with what stands before the negation."""

    followed: str
    of_what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Denials:
    """`denied`: words behind a negation. `standing`: the text without them."""

    denied: Mapping[str, Denied]
    standing: str
    long: bool

    @property
    def affirmed(self) -> str:
        """What stands and no negation reaches: 手机 in 不会按手机 is no more affirmed than in 不会用手机. Longer texts say the same word
        of something else as well.
        """
        if len(self.standing) > _ONE_STATEMENT:
            return self.standing
        return _SCOPE.sub(_DENIED, self.standing)

    def against(self, other: "Denials") -> Iterator[str]:
        """Words this text only denies and the other only affirms; beside a long text, and where this one affirms the word of
        something else (没出来, 能不能出村), with the same thing behind them or before them.
        """
        for word, denied in self.denied.items():
            said = other.standing if _flips(word) else other.affirmed
            if word in other.denied:
                sought: tuple[str, ...] = denied.of_what
            elif word in self.standing:
                sought = (denied.followed, *denied.of_what)
            else:
                sought = (denied.followed if self.long or other.long else word,)
            if any(one in said and one not in self.standing for one in sought if one):
                yield word


def say_denied(word: str) -> str:
    """A denied word for people: 不封, 没有车."""
    return f"没{word}" if word.startswith(_HAVING) else f"不{word}"


def _flips(word: str) -> bool:
    """Whether a word is denied where it stands behind a negation, and only there: a verb, or what is lacking."""
    return word in _negation().verbs or word.startswith(_HAVING)


NOTHING = Denials({}, "", long=False)


@dataclass(frozen=True, slots=True)
class _Negation:
    """`nobody`: negations that are subjects. `done`: what only says that a verb's doing is over (退了住宿费), so that its object stands
    behind it. `lifted`: what names a thing to say that it is no more (解封): it affirms no such thing.
    """

    pattern: re.Pattern[str]
    verbs: frozenset[str]
    lacking: frozenset[str]
    nobody: frozenset[str]
    done: re.Pattern[str]
    lifted: re.Pattern[str]

    def words_of(self, found: re.Match[str], *, long: bool) -> Iterator[tuple[str, Denied]]:
        """The words denied: one character if it is a verb that flips, else two.

        In a long text two characters behind a negation are too often no word of weight.
        """
        first, behind = found[2], found[3]
        if found[1] in self.nobody:
            yield from _of_nobody(first, behind, long=long)
            return
        second, before = behind[:1], found.string[max(0, found.start() - _A_LONG_WORD) : found.start()]
        whose = tuple(
            before[-length:] + first
            for length in (_A_WORD, _A_LONG_WORD)
            if len(before) >= length and _LEADING.isdisjoint(before[-length:])
        )
        if not long and (whole := _denied_as_a_whole(found)):
            yield whole
        elif first in self.verbs and second != "的":
            yield first, Denied(first + second, whose)
        elif first not in _NO_WORD and second not in _NO_WORD and not long:
            if second:
                yield first + second, Denied(first + behind, ())
            elif found[1] not in self.lacking:
                yield first, Denied(first, ())
        if found[1] in self.lacking and first not in _NO_WORD:
            yield _HAVING + first, Denied(_HAVING + first + second, ())


def _denied_as_a_whole(found: re.Match[str]) -> tuple[str, Denied] | None:
    """What is denied with particles that are no words of weight: 不都是, 不是酸的."""
    first, behind = found[2], found[3]
    if first in _ALL and behind:
        return first + behind[0], Denied(first + behind, ())
    if found[1] == _IS_NOT and behind[:1] == _SO and behind[1:] not in _ASKING:
        return _IS + first, Denied(_IS + first + _SO, ())
    return None


def _of_nobody(first: str, behind: str, *, long: bool) -> Iterator[tuple[str, Denied]]:
    """What nobody does, in two characters (of one, 管, too much else is said), that people do it, and that there is somebody."""
    yield _SOMEBODY, Denied(_SOMEBODY + first, ())
    if not long and first not in _NO_WORD:
        yield _PEOPLE + first, Denied(_PEOPLE + first + behind[:1], ())
        if behind and behind[0] not in _NO_WORD:
            yield first + behind[0], Denied(first + behind, ())


@lru_cache(maxsize=1)
def _negation() -> _Negation:
    table = contrast_table()["negation"]
    words = "|".join(sorted((*table["words"], *table["nobody"]), key=len, reverse=True))
    skipped = "|".join(sorted(table["skipped"], key=len, reverse=True))
    han = r"[\u4e00-\u9fff]"
    return _Negation(
        re.compile(rf"({words})(?:{skipped})*({han})(?=({han}{{0,2}}))"),
        frozenset(table["verbs"]),
        frozenset(table["lacking"]),
        frozenset(table["nobody"]),
        re.compile(rf"(?<=[{table['verbs']}])[了过着](?={han})"),
        re.compile("|".join(table["lifted"])),
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
    text = negation.lifted.sub(_LIFTED, _CANNOT.sub("不能·", negation.done.sub("", text)))
    found = list(negation.pattern.finditer(text))
    denied = dict(pair for one in found for pair in negation.words_of(one, long=long))
    return Denials(denied, negation.pattern.sub(_DENIED, text) if found else text, long)
