"""The lexicon files as data: domain words, synonyms and question forms, stop words."""

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files


def read_lexicon(name: str) -> str:
    """The text of one file of `knowledge/lexicon`."""
    return files("knowledge").joinpath("lexicon", name).read_text(encoding="utf-8")


def lines_of(text: str) -> tuple[str, ...]:
    """Lines that say something: no blank ones, no comments."""
    stripped = (line.strip() for line in text.splitlines())
    return tuple(line for line in stripped if line and not line.startswith("#"))


class Rewriting:
    """Replaces words by others, longest first, in one pass from left to right."""

    def __init__(self, replacements: Mapping[str, str]) -> None:
        """Words of two characters and more are found by these two: few places of a text begin like one."""
        by_start: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(replacements, key=len, reverse=True):
            by_start[word[:2]].append(word)
        self._by_start = dict(by_start)
        self._firsts = frozenset(word[0] for word in replacements)
        self._replacements = dict(replacements)

    def __call__(self, text: str) -> str:
        if self._firsts.isdisjoint(text):
            return text
        return "".join([self._replacements.get(piece, piece) for piece in self._pieces(text)])

    def known_in(self, text: str) -> dict[str, str]:
        """The words it would replace in `text`, as they stand there, each with what stands for it."""
        if self._firsts.isdisjoint(text):
            return {}
        known = self._replacements
        return {piece: known[piece] for piece in self._pieces(text) if piece in known}

    def _pieces(self, text: str) -> list[str]:
        """The text in its words, and what lies between them in single characters."""
        pieces: list[str] = []
        position = 0
        while position < len(text):
            for word in self._by_start.get(text[position : position + 2], ()):
                if text.startswith(word, position):
                    break
            else:
                word = text[position]
            pieces.append(word)
            position += len(word)
        return pieces


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
