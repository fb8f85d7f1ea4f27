"""What is looked into before a candidate is offered: only what is left open."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import cast

import pytest

from knowledge.answering import _fits
from knowledge.article import Article
from knowledge.copies import Sought
from knowledge.exchanges import Comparison
from knowledge.fit import Fit, Meaning, meanings_of
from knowledge.library import Library
from knowledge.sameness import Sameness
from knowledge.text import Segmenter
from tests.knowledge.shelves import ARTICLES

CHOICE = 0.1
ASKED = "哪里可以做核酸"
LONG = "村干部挨家挨户登记了一遍，" * 5 + ASKED


@dataclass
class Listening:
    """Says of every pair how probable it is that the two mean the same, and remembers which it was asked."""

    says: Sequence[float]
    asked: list[Comparison] = field(default_factory=list)

    def probabilities(self, twos: Sequence[tuple[Comparison, Sequence[float] | None]]) -> list[float]:
        self.asked += [two for two, _ in twos]
        return [*self.says][: len(twos)]


@pytest.fixture(scope="module")
def library(segmenter: Segmenter) -> Library:
    return Library.build(ARTICLES, segmenter=segmenter)


def fits_of(library: Library, text: str, *likeness: float) -> list[Fit]:
    """So many fits of a message, as likely as is said."""
    message = library.hear(text).question
    sought: Sought[Article] = Sought(lambda _: True, lambda _: 0)
    found = [fit for fit in _fits(message, sought, library=library) if fit.shares_words]
    return [
        replace(
            found[0],
            candidate=replace(found[0].candidate, article=replace(found[0].article, id=str(number))),
            scored=replace(found[0].scored, likeness=one),
        )
        for number, one in enumerate(likeness)
    ]


def meanings(fits: Sequence[Fit], listening: Listening) -> list[Meaning]:
    return meanings_of(fits, cast("Sameness", listening), CHOICE)


def test_each_candidate_gets_what_was_said_of_it_and_what_is_likely_enough_is_not_asked(
    library: Library,
) -> None:
    listening = Listening([0.9, 0.2, 0.01])

    found = meanings(fits_of(library, ASKED, 0.3, 0.15, 0.12, 0.05), listening)

    assert found == [Meaning.POSSIBLE, Meaning.SAME, Meaning.POSSIBLE, Meaning.OTHER]
    assert len(listening.asked) == 3


def test_behind_a_likely_one_nothing_is_looked_into(library: Library) -> None:
    listening = Listening([])

    assert meanings(fits_of(library, ASKED, 0.6, 0.05), listening) == [Meaning.POSSIBLE] * 2
    assert not listening.asked


def test_a_long_message_is_not_looked_into(library: Library) -> None:
    listening = Listening([])

    assert meanings(fits_of(library, LONG, 0.15), listening) == [Meaning.POSSIBLE]
    assert not listening.asked
