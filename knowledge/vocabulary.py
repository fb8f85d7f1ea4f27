"""The lexicon files as data: domain words, synonyms and question forms, stop words."""

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

_LONG = 4_096
"""Characters from which on a table of where words begin is worth making."""
_NUMBERS = 1 << 21
"""More than there are characters."""
_SPREAD = 65_599


def read_lexicon(name: str) -> str:
    """The text of one file of `knowledge/lexicon`."""
    return files("knowledge").joinpath("lexicon", name).read_text(encoding="utf-8")


def lines_of(text: str) -> tuple[str, ...]:
    """Lines that say something: no blank ones, no comments."""
    stripped = (line.strip() for line in text.splitlines())
    return tuple(line for line in stripped if line and not line.startswith("#"))


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le"), dtype="<u4")


def _numbers_of_pairs(text: str) -> NDArray[np.uint32]:
    """A number for each character and the one behind it."""
    codes = _codes(f"{text}\0")
    return (codes[:-1] * np.uint32(_SPREAD) + codes[1:]) % np.uint32(_NUMBERS)


class Rewriting:
    """Replaces words by others, longest first, in one pass from left to right."""

    def __init__(self, replacements: Mapping[str, str]) -> None:
        """Words of two characters and more are found by their first two, for few places of a text begin like one; others by
        themselves.
        """
        by_start: defaultdict[str, list[str]] = defaultdict(list)
        self._single = frozenset(word for word in replacements if len(word) == 1)
        for word in sorted(replacements.keys() - self._single, key=len, reverse=True):
            by_start[word[:2]].append(word)
        self._by_start = dict(by_start)
        self._replacements = dict(replacements)

    def __call__(self, text: str) -> str:
        pieces: list[str] = []
        position = 0
        for start, word in self._words_in(text):
            pieces += text[position:start], self._replacements[word]
            position = start + len(word)
        return "".join((*pieces, text[position:])) if pieces else text

    def known_in(self, text: str) -> dict[str, str]:
        """The words it would replace in `text`, as they stand there, each with what stands for it."""
        return {word: self._replacements[word] for _, word in self._words_in(text)}

    def _words_in(self, text: str) -> Iterator[tuple[int, str]]:
        """Those words, each with the place where it begins."""
        position = 0
        for start in self._likely_in(text) if len(text) < _LONG else self._likely_in_long(text):
            word = self._word_at(start, text) if start >= position else ""
            if word:
                yield start, word
                position = start + len(word)

    def _likely_in(self, text: str) -> list[int]:
        """The places where one may begin."""
        by_start, single = self._by_start, self._single
        return [
            start
            for start in range(len(text))
            if text[start : start + 2] in by_start or text[start] in single
        ]

    def _likely_in_long(self, text: str) -> list[int]:
        """The same and a few more, in a fifth of the time for many texts one after another: whether two characters begin a word
        is looked up by a number of theirs, which other two may share.
        """
        begins = np.zeros(_NUMBERS, dtype=np.bool_)
        begins[_numbers_of_pairs("".join(self._by_start))[::2]] = True
        single = np.zeros(_NUMBERS, dtype=np.bool_)
        single[_codes("".join(self._single))] = True
        likely: list[int] = np.flatnonzero(begins[_numbers_of_pairs(text)] | single[_codes(text)]).tolist()
        return likely

    def _word_at(self, start: int, text: str) -> str:
        for word in self._by_start.get(text[start : start + 2], ()):
            if text.startswith(word, start):
                return word
        return text[start] if text[start] in self._single else ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`question_forms`: those of `canonical_forms` that are a way of asking."""

    words: tuple[str, ...]
    stop_words: frozenset[str]
    canonical: Rewriting
    canonical_forms: tuple[str, ...]
    question_forms: frozenset[str]


def load_vocabulary() -> Vocabulary:
    tables = tomllib.loads(read_lexicon("synonyms.toml"))
    replacements = {
        word: group["canonical"]
        for group in tables["group"]
        for word in (group["canonical"], *group["words"])
    }
    return Vocabulary(
        words=lines_of(read_lexicon("words.txt")),
        stop_words=frozenset(lines_of(read_lexicon("stop_words.txt"))),
        canonical=Rewriting(replacements),
        canonical_forms=tuple(dict.fromkeys(replacements.values())),
        question_forms=frozenset(group["canonical"] for group in tables["group"] if group.get("asks")),
    )
