"""Fitting the small models on our own words: packaged articles and claims, lessons, staff decisions. Not used in serving.

Judges learn by holding out: a fifth of all phrasings is taken away and asked (its article is right), a fifth of all
articles is taken away and asked (nothing is right, though the topic is there).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from knowledge.article import Article
from knowledge.bodies import find_candidates
from knowledge.claim import Claim
from knowledge.cues import load_cues
from knowledge.fitting import Rows, fit_text_model, together
from knowledge.labelled import LabelledQuestion
from knowledge.lessons import Lessons
from knowledge.models import FLAG_KINDS, OPEN_INTENTS, ORDINARY, RUMOUR
from knowledge.profile import Profiler
from knowledge.retrieval import Candidates
from knowledge.shelf import Shelf, fill_shelf
from knowledge.text import Segmenter, normalise
from knowledge.text_model import TextModel
from knowledge.windows import find_claims

PARTS = 5
_LONG, _LONG_ONES_WEIGH = 60, 2.0
"""Ordinary texts of more letters (news, notices) are few, and what a forwarded post is most easily mistaken for."""
_EVERY = 3
"""Of a thing taken away only each third wording is asked."""

K = TypeVar("K", Article, Claim)
Find = Callable[[str, Shelf[K], Profiler], Candidates[K] | None]


@dataclass(frozen=True, slots=True)
class Case:
    """A query as training asks it, and the ids that would be right (empty: nothing)."""

    text: str
    relevant: frozenset[str]


def asked_of(cases: Iterable[Case], shelf: Shelf[K], *, find: Find[K], profiler: Profiler) -> Rows:
    """Feature rows of each case's candidates on `shelf`, labelled by whether they are right."""
    found = [(case, find(case.text, shelf, profiler)) for case in cases]
    labels: list[bool] = []
    differs: list[bool] = []
    features, numbers, exchanges = [], [], []
    for number, (case, candidates) in enumerate(found):
        if candidates and candidates.pairs:
            features.append(candidates.features())
            exchanges.extend(candidates.exchanges())
            labels.extend(pair.item.id in case.relevant for pair in candidates.pairs)
            numbers.extend([number] * len(candidates.pairs))
            differs.extend(bool(pair.differences) for pair in candidates.pairs)
    return Rows(
        np.vstack(features) if features else np.zeros((0, 0)),
        np.asarray(labels),
        np.ones(len(labels)),
        np.asarray(numbers),
        np.asarray(differs),
        tuple(exchanges),
    )


def find_for_question(text: str, shelf: Shelf[Article], profiler: Profiler) -> Candidates[Article] | None:
    return find_candidates(profiler.profile(text), shelf, profiler=profiler)


def find_for_report(text: str, shelf: Shelf[Claim], profiler: Profiler) -> Candidates[Claim] | None:
    return find_claims(load_cues().core(normalise(text)), shelf, profiler=profiler)


@dataclass(frozen=True, slots=True)
class Teacher:
    """Asks questions and reports of shelves of any content, all read by one segmenter."""

    profiler: Profiler

    def ask_articles(self, articles: Iterable[Article], cases: Iterable[Case]) -> Rows:
        shelf = fill_shelf(articles, segmenter=self.profiler.segmenter)
        return asked_of(cases, shelf, find=find_for_question, profiler=self.profiler)

    def ask_claims(self, claims: Iterable[Claim], cases: Iterable[Case]) -> Rows:
        shelf = fill_shelf(claims, segmenter=self.profiler.segmenter)
        return asked_of(cases, shelf, find=find_for_report, profiler=self.profiler)

    def nearest_articles(self, articles: Iterable[Article], texts: Iterable[str]) -> list[str]:
        """The id of the article that shares most with each text."""
        shelf = fill_shelf(articles, segmenter=self.profiler.segmenter)
        found = (shelf.index.search(self.profiler.segmenter.grams(text), limit=1) for text in texts)
        return [hits[0].owner if hits else next(iter(shelf.items)) for hits in found]

    def phrasings_held_out(self, articles: Sequence[Article]) -> Rows:
        """Each phrasing asked of the articles without it and its fellows."""
        twins = _twins(articles)
        parts = []
        for part in range(PARTS):
            held = {text for one in articles for text in one.phrasings[part::PARTS]}
            cases: defaultdict[str, set[str]] = defaultdict(set)
            for one in articles:
                for text in held.intersection(one.phrasings):
                    cases[text].update(twins[one.question])
            left = [_without(one, held) for one in articles]
            parts.append(
                self.ask_articles(left, [Case(text, frozenset(ids)) for text, ids in sorted(cases.items())])
            )
        return together(parts)

    def articles_held_out(self, articles: Sequence[Article]) -> Rows:
        """Wordings of articles that are not there."""
        questions = sorted({one.question for one in articles})
        parts = []
        for part in range(PARTS):
            gone = set(questions[part::PARTS])
            texts = {text for one in articles if one.question in gone for text in one.texts[::_EVERY]}
            left = [one for one in articles if one.question not in gone]
            parts.append(self.ask_articles(left, [Case(text, frozenset()) for text in sorted(texts)]))
        return together(parts)

    def claim_phrasings_held_out(self, claims: Sequence[Claim]) -> Rows:
        parts = []
        for part in range(PARTS):
            held = {text for one in claims for text in one.phrasings[part::PARTS]}
            left = [
                replace(one, phrasings=tuple(text for text in one.phrasings if text not in held))
                for one in claims
            ]
            cases = [
                Case(text, frozenset({one.id})) for one in claims for text in one.phrasings if text in held
            ]
            parts.append(self.ask_claims(left, cases))
        return together(parts)

    def claims_held_out(self, claims: Sequence[Claim]) -> Rows:
        parts = []
        for part in range(PARTS):
            gone = claims[part::PARTS]
            cases = [Case(text, frozenset()) for one in gone for text in one.texts[:_EVERY]]
            parts.append(self.ask_claims([one for one in claims if one not in gone], cases))
        return together(parts)


def _twins(articles: Iterable[Article]) -> Mapping[str, frozenset[str]]:
    """Ids of the articles that ask the same (one question, a rule for each county), by their question."""
    twins: defaultdict[str, set[str]] = defaultdict(set)
    for one in articles:
        twins[one.question].add(one.id)
    return {question: frozenset(ids) for question, ids in twins.items()}


def _without(article: Article, held: set[str]) -> Article:
    return replace(article, phrasings=tuple(text for text in article.phrasings if text not in held))


def answer_lessons(teacher: Teacher, articles: Sequence[Article], lessons: Lessons) -> dict[str, Rows]:
    """What teaches the judge of answers, by name."""
    asked, nowhere = _cases(lessons.questions), _cases(lessons.other_matters)
    rights = {
        text: f"pair-{number}"
        for number, text in enumerate(dict.fromkeys(one.right for one in lessons.pairs))
    }
    pairs = [Case(one.left, frozenset({rights[one.right]} if one.same else ())) for one in lessons.pairs]
    return {
        "held out": teacher.phrasings_held_out(articles).weighing(0.7),
        "taken away": teacher.articles_held_out(articles).weighing(0.35),
        "questions": teacher.ask_articles(articles, asked).weighing(1.4),
        "pairs": teacher.ask_articles(
            [Article(name, text, "") for text, name in rights.items()], pairs
        ).weighing(0.7),
        "other matters": teacher.ask_articles(articles, nowhere).weighing(0.7),
    }


def _cases(questions: Iterable[LabelledQuestion]) -> list[Case]:
    """Those that somebody has labelled."""
    return [Case(one.text, one.relevant) for one in questions if one.relevant is not None]


def claim_lessons(
    teacher: Teacher, claims: Sequence[Claim], articles: Sequence[Article], lessons: Lessons
) -> dict[str, Rows]:
    """What teaches the judge of claims, by name. Claims without phrasings teach as well: most lists have none."""
    bare = [replace(one, phrasings=()) for one in claims]
    reported = [Case(one.text, one.claims) for one in lessons.reports if one.claims is not None]
    phrasings = [Case(text, frozenset({one.id})) for one in claims for text in one.phrasings]
    others = [one.text for one in lessons.messages if not one.rumour] + [one.question for one in articles]
    return {
        "held out": teacher.claim_phrasings_held_out(claims).weighing(0.3),
        "taken away": teacher.claims_held_out(claims).weighing(0.3),
        "reports": teacher.ask_claims(claims, reported).weighing(0.8),
        "reports, bare claims": teacher.ask_claims(bare, reported).weighing(0.8),
        "phrasings, bare claims": teacher.ask_claims(bare, phrasings).weighing(0.3),
        "others": teacher.ask_claims(claims, [Case(text, frozenset()) for text in others]).weighing(0.3),
    }


def fit_flag(
    lessons: Lessons, articles: Sequence[Article], claims: Sequence[Claim], *, segmenter: Segmenter
) -> TextModel:
    """Whether a person should look: claims, reports and rumours do, questions, news and chat do not."""
    labelled = {
        **{text: False for one in articles for text in one.texts[:_EVERY]},
        **{line.text: line.intent == RUMOUR for line in lessons.lines if line.intent},
        **{text: True for one in claims for text in one.texts},
        **{one.text: one.rumour for one in (*lessons.reports, *lessons.messages) if one.rumour is not None},
    }
    labels = [RUMOUR if yes else ORDINARY for yes in labelled.values()]
    weights = [_LONG_ONES_WEIGH if not yes and len(text) > _LONG else 1.0 for text, yes in labelled.items()]
    return fit_text_model(list(labelled), labels, kinds=FLAG_KINDS, segmenter=segmenter, weights=weights)


def fit_routing(lessons: Lessons, *, segmenter: Segmenter) -> TextModel:
    """Question, rumour or chat, where neither wording nor what was found tells."""
    labelled = {
        **{one.right: "question" for one in lessons.pairs[::2]},
        **{one.text: "rumour" for one in lessons.messages if one.rumour},
        **{line.text: line.intent.value for line in lessons.lines if line.intent in OPEN_INTENTS},
    }
    return fit_text_model(list(labelled), list(labelled.values()), kinds=OPEN_INTENTS, segmenter=segmenter)
