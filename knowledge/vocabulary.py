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
        by_first: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for word in sorted(replacements, key=len, reverse=True):
            by_first[word[0]].append((word, replacements[word]))
        self._by_first = dict(by_first)

    def __call__(self, text: str) -> str:
        if self._by_first.keys().isdisjoint(text):
            return text
        rewritten: list[str] = []
        position = 0
        while position < len(text):
            word, replacement = self._at(text, position)
            rewritten.append(replacement)
            position += len(word)
        return "".join(rewritten)

    def _at(self, text: str, position: int) -> tuple[str, str]:
        for word, replacement in self._by_first.get(text[position], ()):
            if text.startswith(word, position):
                return word, replacement
        return text[position], text[position]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    words: tuple[str, ...]
    stop_words: frozenset[str]
    canonical: Rewriting
    canonical_forms: tuple[str, ...]
    asking: Mapping[str, tuple[str, ...]]

    def question_types(self, canonical: str) -> frozenset[str]:
        """What kind of thing is asked (how, when, where, may I …), from the canonical wording."""
        return frozenset(
            kind for kind, marks in self.asking.items() if any(mark in canonical for mark in marks)
        )


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
        asking={},
    )
