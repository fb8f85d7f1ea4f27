"""What would be answered otherwise if an article were published: the same questions put to two libraries."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from knowledge.answering import Answer, Answering, Choices, find_answer
from knowledge.article import Article
from knowledge.bodies import search
from knowledge.library import Library
from knowledge.thresholds import DEFAULTS, Thresholds

MOST_WORDINGS = 300
"""Of articles that lie close to the draft: more would say the same."""
_MOST_OWN = 30
_READ_WHOLE = 200
"""Characters. Of a longer question answering reads a part, so that its own index terms are not those of all of it."""


class OutcomeKind(StrEnum):
    """What becomes of a question."""

    ANSWER = "answer"
    CHOICES = "choices"
    EXPIRED = "expired"
    NEEDS_AREA = "needs_area"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`articles`: the one that answers, those that are offered in order, or the one that is over."""

    kind: OutcomeKind
    articles: tuple[Article, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question from somewhere. `wording_of`: the id of the article whose own wording it is; empty: a resident asked it,
    so many `times`.
    """

    text: str
    area_path: tuple[str, ...] = ()
    wording_of: str = ""
    times: int = 1


@dataclass(frozen=True, slots=True)
class Changed:
    """A question that is answered otherwise."""

    asked: Asked
    before: Outcome
    after: Outcome


@dataclass(frozen=True, slots=True)
class Regression:
    """`tried` of `total` questions were compared before the time was up; `near` of them bring up the article."""

    changed: tuple[Changed, ...]
    tried: int
    total: int
    near: int


def outcome_of(answering: Answering) -> Outcome:
    """The decision without its scores."""
    if isinstance(answering, Answer):
        return Outcome(OutcomeKind.ANSWER, (answering.best.article,))
    if isinstance(answering, Choices):
        return Outcome(OutcomeKind.CHOICES, tuple(one.article for one in answering.offered))
    if answering.expired:
        return Outcome(OutcomeKind.EXPIRED, (answering.expired,))
    return Outcome(OutcomeKind.NEEDS_AREA if answering.needs_area else OutcomeKind.UNKNOWN)


def compare(
    questions: Sequence[Asked],
    article: Article,
    *,
    library: Library,
    day: date,
    has_time: Callable[[], bool],
    thresholds: Thresholds = DEFAULTS,
) -> Regression:
    """Put `questions` to `library` as it is and with `article` in it, until they are all done or the time is up.

    A question that does not even bring up the article, neither as it was nor as it would be, keeps its answer: that takes a
    look into the index at most, so that thousands are done in the time in which hundreds are answered.
    """
    after = library.with_article(article)
    reaches = [_Reach.of(article, after)]
    if (was := library.articles.get(article.id)) is not None:
        reaches.append(_Reach.of(was, library))
    changed: list[Changed] = []
    tried = near = 0
    for asked in questions:
        if not has_time():
            break
        tried += 1
        if not any(reach.covers(asked.text) for reach in reaches):
            continue
        near += 1
        old, new = (
            outcome_of(
                find_answer(
                    asked.text, library=one, area_path=asked.area_path, day=day, thresholds=thresholds
                )
            )
            for one in (library, after)
        )
        if _told(old) != _told(new):
            changed.append(Changed(asked, old, new))
    return Regression(tuple(changed), tried, len(questions), near)


@dataclass(frozen=True, slots=True)
class _Reach:
    """What brings up one article of a library. `pairs`: those of characters that it holds; a question that shares none with it
    has no word of it.
    """

    article_id: str
    pairs: frozenset[str]
    library: Library

    @classmethod
    def of(cls, article: Article, library: Library) -> "_Reach":
        texts = (*article.texts, article.body)
        grams = frozenset().union(*map(library.profiler.segmenter.grams, texts))
        return cls(article.id, frozenset(gram for gram in grams if len(gram) > 1), library)

    def covers(self, text: str) -> bool:
        """Whether it is among the candidates for this text."""
        grams = self.library.profiler.segmenter.grams(text)
        if self.pairs.isdisjoint(grams) and any(len(gram) > 1 for gram in grams):
            return False
        if len(text) > _READ_WHOLE:
            return True
        shelf = self.library.shelves.articles
        return self.article_id in search(shelf.index.numbers(grams), shelf).highest


def own_wordings(
    article: Article, *, library: Library, day: date, path_of: Callable[[str], tuple[str, ...]]
) -> tuple[Asked, ...]:
    """The wordings of the article, as it was and would be, and of those it lies close to, each asked where it holds."""
    after, was = library.with_article(article), library.articles.get(article.id)
    texts = dict.fromkeys((*article.texts, *(was.texts if was else ())))
    near: dict[str, Article] = {article.id: article}
    path = path_of(article.scope.area_code)
    for text in list(texts)[:_MOST_OWN]:
        found = find_answer(text, library=after, area_path=path, day=day).candidates
        near.update((one.article.id, one.article) for one in found)
    asked = (*(Asked(text, path, article.id) for text in texts), *_wordings(near, article.id, path_of))
    return tuple({one.text: one for one in reversed(asked)}.values())[::-1][:MOST_WORDINGS]


def _wordings(
    near: dict[str, Article], own: str, path_of: Callable[[str], tuple[str, ...]]
) -> Iterator[Asked]:
    for article in near.values():
        if article.id != own:
            path = path_of(article.scope.area_code)
            yield from (Asked(text, path, article.id) for text in article.texts)


def _told(outcome: Outcome) -> tuple[str, ...]:
    """What of it a resident would notice."""
    words = (one.answer if outcome.kind is OutcomeKind.ANSWER else one.question for one in outcome.articles)
    return (outcome.kind.value, *(one.id for one in outcome.articles), *words)
