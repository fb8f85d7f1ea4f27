"""What kind of thing a word names (`lexicon/concepts.toml`): a medicine, a symptom, an office, a courtesy.

Words are without number, their kinds are few: what a difference in one word means can be learnt for kinds, and holds for
words that nobody has seen.
"""

import tomllib
from collections.abc import Callable, Mapping

from knowledge.vocabulary import read_lexicon

NUMBER, NAME, CHARACTER, WORD = "number", "name", "character", "word"
"""Kinds of what stands in no list: a numeral, a name, a single character, any other word."""


class Concepts:
    """Immutable. `words`: kinds by word in canonical wording; `endings`: kinds by the last characters of a word."""

    def __init__(self, words: Mapping[str, str], endings: Mapping[str, str]) -> None:
        self._words = words
        self._endings = endings
        self._lengths = sorted({len(ending) for ending in endings}, reverse=True)

    def kind_of(self, word: str, *, is_name: Callable[[str], bool]) -> str:
        """The kind of a word that was cut from canonical wording."""
        kind = self._words.get(word) or self._by_ending(word)
        if kind:
            return kind
        if word[0].isdigit():
            return NUMBER
        if len(word) == 1:
            return CHARACTER
        return NAME if is_name(word) else WORD

    def _by_ending(self, word: str) -> str | None:
        for length in self._lengths:
            if length < len(word) and (kind := self._endings.get(word[-length:])):
                return kind
        return None


def load_concepts(canonical: Callable[[str], str]) -> Concepts:
    """`canonical`: puts a word into canonical wording."""
    table = tomllib.loads(read_lexicon("concepts.toml"))["concept"]
    words = {canonical(word): entry["name"] for entry in reversed(table) for word in reversed(entry["words"])}
    endings = {ending: entry["name"] for entry in table for ending in entry.get("endings", ())}
    return Concepts(words, endings)
