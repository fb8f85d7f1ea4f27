"""What the models learn from on the spot: what comes with the program, what is published, and what staff have decided.

Words that a resident wrote teach, but they never name a column of a model's file: the n-grams that may stand there come from
the packaged lessons and from what is published, so that nobody can read out of a file what somebody once reported.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import TypeVar

from knowledge.article import Article
from knowledge.claim import Claim
from knowledge.labelled import LabelledLine, LabelledMessage
from knowledge.lessons import Lessons
from knowledge.shelf import Shelved
from knowledge.text import Segmenter, normalise
from knowledge.text_model import counted_grams

T = TypeVar("T", bound=Shelved)

MOST_LISTED = 100
"""So many articles and so many claims of a list teach the flag. They are office prose, not what residents write: with all
2,500 claims of a foreign list its PR-AUC fell from 0.97 to 0.91, with a hundred to 0.96.
"""


@dataclass(frozen=True)
class Seed:
    """What comes with the program: lessons, articles and claims in our own words."""

    lessons: Lessons
    articles: tuple[Article, ...]
    claims: tuple[Claim, ...]

    @cached_property
    def texts(self) -> frozenset[str]:
        """Every wording of the articles and claims: the packaged judges learnt on these."""
        return _wordings(self.articles, self.claims)


@dataclass(frozen=True)
class Material:
    """`articles` and `claims`: the lists in use; `decided` and `lines`: residents' words as people have judged them."""

    seed: Seed
    articles: tuple[Article, ...] = ()
    claims: tuple[Claim, ...] = ()
    decided: tuple[LabelledMessage, ...] = ()
    lines: tuple[LabelledLine, ...] = ()

    @property
    def lessons(self) -> Lessons:
        """The packaged lessons and what people have judged since."""
        taught = self.seed.lessons.with_decided(self._judged)
        return replace(taught, lines=(*taught.lines, *self._routed))

    @cached_property
    def _judged(self) -> tuple[LabelledMessage, ...]:
        """A file may hold messages of which nobody has said whether a person should look: those teach nothing."""
        return tuple(one for one in self.decided if one.rumour is not None)

    @cached_property
    def _routed(self) -> tuple[LabelledLine, ...]:
        """Likewise those that somebody has given an intent."""
        return tuple(one for one in self.lines if one.intent is not None)

    @property
    def taught_articles(self) -> tuple[Article, ...]:
        """The packaged ones and some of the list in use."""
        return (*self.seed.articles, *_some(self.articles))

    @property
    def taught_claims(self) -> tuple[Claim, ...]:
        return (*self.seed.claims, *_some(self.claims))

    @cached_property
    def published(self) -> frozenset[str]:
        """Wordings that train the models as published text, so that nothing is measured on them."""
        return self.seed.texts | _wordings(self.articles, self.claims)

    @property
    def has_news(self) -> bool:
        """Whether there is anything that the packaged models did not learn from."""
        return bool(self._judged or self._routed or self.published - self.seed.texts)

    @property
    def key(self) -> str:
        """Changes with what there is to learn; gives no text away."""
        return sha256(f"{self.lessons.key} {sorted(self.published)}".encode()).hexdigest()[:16]

    @property
    def counts(self) -> dict[str, int]:
        """How much of each there is, for the card."""
        rumours = sum(bool(one.rumour) for one in self._judged)
        return {
            "lessons": len(self.seed.lessons.texts),
            "articles": len(self.articles),
            "claims": len(self.claims),
            "decided rumours": rumours,
            "decided others": len(self._judged) - rumours,
            "decided lines": len(self._routed),
        }

    def public_grams(self, *, segmenter: Segmenter) -> frozenset[str]:
        """The n-grams that may stand in a model's file."""
        texts = self.seed.lessons.texts | self.published
        canonicals = (segmenter.canonical(normalise(text)) for text in texts)
        return frozenset().union(*map(counted_grams, canonicals))


def _some(items: Iterable[T]) -> list[T]:
    """By hash, so that the same list teaches the same."""
    return sorted(items, key=lambda one: sha256(one.id.encode()).digest())[:MOST_LISTED]


def _wordings(articles: Iterable[Article], claims: Iterable[Claim]) -> frozenset[str]:
    asked = {text for one in articles for text in one.texts}
    return frozenset(asked.union(text for one in claims for text in one.texts))
