"""A knowledge base of any size, made from the starter content: the originals and variants of them.

A variant keeps the length and most characters of its original, so that lengths, common words and near-misses stay
true to life. The same seed gives the same corpus.
"""

import random
from dataclasses import dataclass, replace
from datetime import date

from knowledge.article import Article
from knowledge.claim import Claim
from knowledge.claim_seeds import sample_claims
from knowledge.seeds import sample_articles

ARTICLES, CLAIMS = 2_000, 10_000
EXCHANGED = 0.25


@dataclass(frozen=True, slots=True)
class Corpus:
    articles: tuple[Article, ...]
    claims: tuple[Claim, ...]


def make_corpus(
    day: date,
    *,
    articles: int = ARTICLES,
    claims: int = CLAIMS,
    worded: bool = True,
    chance: random.Random | None = None,
) -> Corpus:
    """So many of each, the starter content first, dated from `day`. Unless `worded`, variants have their statement only."""
    chance = chance or random.Random(7)
    own_articles, own_claims = sample_articles(day=day), sample_claims(day=day)
    alphabet = "".join(text for article in own_articles for text in article.texts)
    return Corpus(
        own_articles
        + tuple(
            _article(chance.choice(own_articles), number, chance, alphabet, worded=worded)
            for number in range(articles - len(own_articles))
        ),
        own_claims
        + tuple(
            _claim(chance.choice(own_claims), number, chance, alphabet, worded=worded)
            for number in range(claims - len(own_claims))
        ),
    )


def varied(text: str, chance: random.Random, alphabet: str) -> str:
    """`text` with a quarter of its characters exchanged."""
    return "".join(chance.choice(alphabet) if chance.random() < EXCHANGED else char for char in text)


def _article(
    original: Article, number: int, chance: random.Random, alphabet: str, *, worded: bool
) -> Article:
    return replace(
        original,
        id=f"variant-{number}",
        question=varied(original.question, chance, alphabet),
        phrasings=tuple(varied(text, chance, alphabet) for text in original.phrasings if worded),
    )


def _claim(original: Claim, number: int, chance: random.Random, alphabet: str, *, worded: bool) -> Claim:
    return replace(
        original,
        id=f"variant-{number}",
        text=varied(original.text, chance, alphabet),
        phrasings=tuple(varied(text, chance, alphabet) for text in original.phrasings if worded),
    )
