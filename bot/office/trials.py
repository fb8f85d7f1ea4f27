"""Trying out before publishing: what a sentence would be answered, and which questions would be answered otherwise.

A draft is put into a library of its own beside the live one; nothing a resident is told changes by a trial.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from bot.access import Permission
from bot.errors import Conflict, Unacceptable
from bot.office import articles
from bot.office.act import Act
from bot.store.past_questions import frequent_questions
from knowledge.article import Article
from knowledge.article_use import article_uses
from knowledge.claim_match import ClaimMatch
from knowledge.claim_use import claim_uses
from knowledge.crisis import CrisisKind, is_crisis
from knowledge.fit import Candidate
from knowledge.intent import Intent
from knowledge.library import Library
from knowledge.regression import Asked, Regression, compare, own_wordings
from knowledge.text import normalise
from knowledge.understanding import Understanding, understand
from knowledge.use import Used

LONGEST_SENTENCE = 2_000
MOST_QUESTIONS = 10_000
# What is less probable is like anything else, and would only be in the way.
FAINT = 0.01
# A web process answers residents meanwhile; what is not done by then is said to be missing.
SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Trial:
    """What the service makes of a sentence, said in an area. `draft`: the article that was put in place for it; `danger`: the
    kind of it, if it is answered as danger to life, before all else.
    """

    understanding: Understanding
    library: Library
    draft: Article | None
    area_path: tuple[str, ...] = ()
    danger: CrisisKind | None = None


def draft_of(act: Act, article_id: str) -> Article:
    """What is being written for an article, or what stands there. Raises NotFound."""
    record = articles.show(act, article_id)
    return record.waiting.writing.article if record.waiting else record.file.shown


def try_out(act: Act, sentence: str, *, area_code: str, day: date, article_id: str = "") -> Trial:
    """Understand the sentence as if a resident of the area (empty: unknown) sent it that day, with a draft in place.

    Nothing of it is stored. Raises Unacceptable, NotFound.
    """
    act.require(Permission.ARTICLE_READ)
    if not sentence.strip() or len(sentence) > LONGEST_SENTENCE:
        raise Unacceptable({"sentence": f"1 to {LONGEST_SENTENCE} characters"})
    if area_code and act.areas.get(area_code) is None:
        raise Unacceptable({"area_code": "there is no such area"})
    draft = draft_of(act, article_id) if article_id else None
    library = act.runtime.library.get()
    if draft is not None:
        library = library.with_article(draft)
    path = _path_asked_of(act, sentence, area_code)
    understood = understand(
        sentence, library=library, area_path=path, day=day, thresholds=act.runtime.thresholds
    )
    unnamed = CrisisKind.UNCLEAR if understood.routing.intent is Intent.CRISIS else None
    return Trial(understood, library, draft, path, is_crisis(sentence) or unnamed)


def article_uses_in(act: Act, trial: Trial, day: date) -> tuple[Used[Candidate], ...]:
    """What became of each article that is like the sentence at all."""
    used = article_uses(
        trial.understanding.answering,
        profiler=trial.library.profiler,
        area_path=trial.area_path,
        day=day,
        thresholds=act.runtime.thresholds,
    )
    return tuple(one for one in used if one.candidate.score >= FAINT)


def claim_uses_in(act: Act, trial: Trial, day: date) -> tuple[Used[ClaimMatch], ...]:
    """What became of each published claim that was found."""
    return claim_uses(
        trial.understanding.rumour, area_path=trial.area_path, day=day, thresholds=act.runtime.thresholds
    )


def regression(act: Act, article_id: str, *, ticks: Callable[[], float] = time.monotonic) -> Regression:
    """Which of the most frequent questions and of the wordings near it change their answer if the draft is published.

    Raises NotFound, and Conflict when nothing is being written.
    """
    act.require(Permission.ARTICLE_READ)
    act.require(Permission.QUESTION_READ)
    waiting = articles.show(act, article_id).waiting
    if waiting is None:
        raise Conflict(f"nothing is being written for article {article_id}")
    draft, library, ends = waiting.writing.article, act.runtime.library.get(), ticks() + SECONDS
    past = frequent_questions(act.session, within=act.area_prefix, limit=MOST_QUESTIONS)
    _note_apart(act, articles.subject(article_id))
    wordings = own_wordings(draft, library=library, day=act.today, path_of=lambda code: _path(act, code))
    asked = [
        Asked(one.text, _path_asked_of(act, one.text, one.area_code or ""), times=one.times) for one in past
    ]
    return compare(
        [*wordings, *_once(asked)],
        draft,
        library=library,
        day=act.today,
        has_time=lambda: ticks() < ends,
        thresholds=act.runtime.thresholds,
    )


def _note_apart(act: Act, subject: str) -> None:
    """The trace in a transaction of its own: seconds of thinking must not stand between a lock and its release."""
    with act.runtime.database.transaction() as session:
        replace(act, session=session).note("questions.viewed", subject)


def _once(asked: list[Asked]) -> list[Asked]:
    """What differed only in what was taken out of it is one question, asked as often as all of them."""
    times: Counter[tuple[str, tuple[str, ...]]] = Counter()
    for one in asked:
        times[one.text, one.area_path] += one.times
    return [Asked(text, path, times=count) for (text, path), count in times.most_common()]


def _path_asked_of(act: Act, sentence: str, code: str) -> tuple[str, ...]:
    """That of the county a sentence names, else that of where it is said: as residents are answered."""
    path, places = _path(act, code), act.runtime.library.get().profiler.places
    named = act.areas.county_asked_of(places.whereabouts(normalise(sentence)).other, home=path)
    return act.areas.path(named.code) if named else path


def _path(act: Act, code: str) -> tuple[str, ...]:
    return act.areas.path(code) if code and act.areas.get(code) else ()
