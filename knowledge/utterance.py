"""What a text claims and what it asks: rhetorical and double negation resolved, the open part of a yes/no question apart."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from knowledge.contrast_table import contrast_table
from knowledge.marks import Marks

_MAY_DENY = frozenset("不没无非否难莫别未得嫑消废撤差免除哪咋怎怪鬼禁")
"""One of these is in every wording that is rewritten."""
_CLAUSE = re.compile(r"[^,;。!]+")


@dataclass(frozen=True, slots=True)
class Utterance:
    """`plain`: the text as it is meant. `given` + `asked`: the same in two; what is asked may be answered either way."""

    plain: str
    given: str
    asked: str
    any_question: bool


@dataclass(frozen=True, slots=True)
class _Speech:
    truth_tail: re.Pattern[str]
    rewritings: tuple[tuple[re.Pattern[str], str], ...]
    marks: Marks
    polar: re.Pattern[str]
    main_verb: re.Pattern[str]
    wh_word: re.Pattern[str]
    end: re.Pattern[str]
    only: re.Pattern[str]

    def as_meant(self, normal: str) -> str:
        text = self.truth_tail.sub("", normal)
        if _MAY_DENY.isdisjoint(text):
            return text
        number = self._found_after(-1, text)
        while number is not None:
            pattern, meant = self.rewritings[number]
            text = pattern.sub(meant, text)
            number = self._found_after(number, text)
        return text

    def _found_after(self, number: int, text: str) -> int | None:
        """The next of the rewritings that there is something for in a text."""
        later = (place for place in self.marks.worth_searching(text) if place > number)
        return next((place for place in later if self.rewritings[place][0].search(text)), None)


@lru_cache(maxsize=1)
def _speech() -> _Speech:
    table = contrast_table()["speech"]
    return _Speech(
        truth_tail=_any_of(table["truth_tails"]),
        rewritings=tuple((re.compile(pattern), meant) for pattern, meant in table["rewritings"]),
        marks=Marks.of(pattern for pattern, _ in table["rewritings"]),
        polar=_any_of(table["polar"]),
        main_verb=_any_of(table["main_verbs"]),
        wh_word=_any_of(table["wh_words"]),
        end=_any_of(table["end_of_question"]),
        only=re.compile(table["only"]),
    )


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


def asks(normal: str) -> bool:
    """Whether it asks anything: `any_question` of what `read_utterance` tells."""
    speech = _speech()
    meant = speech.as_meant(normal)
    return bool(speech.polar.search(meant) or speech.wh_word.search(meant))


def is_exclusive(normal: str) -> bool:
    """Whether it speaks of some alone, or of all but some."""
    return bool(_speech().only.search(normal))


def read_utterance(normal: str) -> Utterance:
    """A normal form, its numerals in digits, as what it claims and asks."""
    speech = _speech()
    meant = speech.as_meant(normal)
    if not speech.polar.search(meant):
        return Utterance(meant, meant, "", any_question=bool(speech.wh_word.search(meant)))
    given: list[str] = []
    asked: list[str] = []
    for clause in _CLAUSE.findall(meant):
        start = _start_of_asking(clause, speech)
        given.append(clause[:start])
        asked.append(speech.end.sub("", clause[start:]))
    return Utterance(
        plain=speech.end.sub("", meant),
        given="·".join(given),
        asked="·".join(asked) or "?",
        any_question=True,
    )


def _start_of_asking(clause: str, speech: _Speech) -> int:
    """Where a clause begins to ask: its last main verb, or its beginning; its end if it is no yes/no question."""
    polar = speech.polar.search(clause)
    if not polar:
        return len(clause)
    starts = [found.start() for found in speech.main_verb.finditer(clause)]
    return starts[-1] if starts else 0
