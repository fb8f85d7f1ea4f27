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
        rewritten: list[str] = []
        position = 0
        while position < len(text):
            for word in self._by_start.get(text[position : position + 2], ()):
                if text.startswith(word, position):
                    break
            else:
                word = text[position]
            rewritten.append(self._replacements.get(word, word))
            position += len(word)
        return "".join(rewritten)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    words: tuple[str, ...]
    stop_words: frozenset[str]
    canonical: Rewriting
    canonical_forms: tuple[str, ...]


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
    )
