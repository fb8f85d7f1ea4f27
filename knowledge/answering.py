"""What the knowledge base makes of a question: an answer, a short choice, or an honest "unknown"."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import islice, takewhile

from knowledge.article import Article
from knowledge.bodies import find_candidates
from knowledge.contradiction import compare
from knowledge.copies import Sought
from knowledge.fit import LIKELY, Candidate, Fit, Meaning, fit_of, meanings_of
from knowledge.here import Here
from knowledge.library import Library
from knowledge.message import Message
from knowledge.profile import Profile
from knowledge.retrieval import judged
from knowledge.sameness import Sameness
from knowledge.standing import near_copies
from knowledge.text import bare
from knowledge.thresholds import DEFAULTS, Thresholds


@dataclass(frozen=True, slots=True)
class Answer:
    """Sure enough to answer outright."""

    best: Candidate
    candidates: tuple[Candidate, ...]

    @property
    def offered(self) -> tuple[Candidate, ...]:
        return (self.best,)

    @property
    def meant(self) -> Candidate:
        return self.best


@dataclass(frozen=True, slots=True)
class Choices:
    """Not sure: show `offered` (at most five) and "none of these". `nearly`: the first would be the answer, did not a word stand in
    another's place or were it not doubtful, or is what there is in place of an article that no longer holds.
    """

    offered: tuple[Candidate, ...]
    candidates: tuple[Candidate, ...]
    nearly: bool = False

    @property
    def meant(self) -> Candidate | None:
        """The article that is asked for, as far as anybody can tell."""
        return self.offered[0] if self.nearly else None


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing fits well enough, or what fits has expired (`expired`) or needs an area first (`needs_area`)."""

    candidates: tuple[Candidate, ...]
    expired: Article | None = None
    needs_area: bool = False
    offered: tuple[Candidate, ...] = field(default=(), init=False)

    @property
    def meant(self) -> None:
        return None


Answering = Answer | Choices | Unknown

_TOO_SHORT = 3
"""A message of fewer letters ("核酸") names a topic and asks nothing: choices, never an answer."""
_BEHIND, _A_FEW = 0.3, 3
"""Of our own questions .700 are answered or offered right (.641 with what reaches `choice` alone; .697 from a tenth of it on, with more
that is beside the point); what is left alone stays so.
"""
_LISTED = 10
_SEVERAL = 2
"""Who asks for so many things at once is offered them all, rather than answered one of them: if that one is sure, the others
must be, too.
"""


def find_answer(
    question: str | Message,
    *,
    library: Library,
    area_path: tuple[str, ...],
    day: date,
    thresholds: Thresholds = DEFAULTS,
) -> Answering:
    """Match `question` with the articles that hold on `day` where the resident lives.

    `area_path`: division codes from the prefecture down, empty when unknown. `day`: a date in Asia/Shanghai.
    """
    said = library.hear(question)
    find = partial(_find, library=library, area_path=area_path, day=day, thresholds=thresholds)
    singly = (find(said.asked(clause)) for clause in said.questions)
    return _together(find(said.question), singly, thresholds)


def _together(whole: Answering, singly: Iterable[Answering], thresholds: Thresholds) -> Answering:
    """All that is asked for, if it is several things. After the first question that is unclear by itself none is looked at."""
    least = thresholds.answer if isinstance(whole, Answer) else LIKELY
    clear = takewhile(lambda one: one.offered and one.offered[0].score >= least, singly)
    likely = {one.offered[0].article.question: one.offered[0] for one in clear}
    if len(likely) < _SEVERAL or (isinstance(whole, Unknown) and whole.needs_area):
        return whole
    first, asked = tuple(likely.values()), likely.keys()
    others, listed = (
        tuple(one for one in rest if one.article.question not in asked)
        for rest in (whole.offered, whole.candidates)
    )
    ranked = sorted((*first, *listed), key=lambda one: -one.score)
    return Choices((*first, *others)[: thresholds.offered_at_most], tuple(ranked[:_LISTED]))


def _find(
    message: Profile, *, library: Library, area_path: tuple[str, ...], day: date, thresholds: Thresholds
) -> Answering:
    """What is over, or another county's, is judged with the others, for it may be what is meant; what was left unanswered for its
    sake is asked once more without it.
    """
    here = Here(area_path, day)
    fitting = partial(_fits, message, library=library)
    decide = partial(
        _decide,
        message=message,
        sameness=library.models.sameness,
        area_path=area_path,
        day=day,
        thresholds=thresholds,
    )
    fits = fitting(Sought(here.is_near, here.standing))
    decided = decide(fits)
    likely = (fit.article for fit in fits if fit.candidate.score >= LIKELY)
    in_the_way = any(not here.is_near(article) for article in likely)
    if not isinstance(decided, Unknown) or decided.needs_area or not in_the_way:
        return decided
    return _in_place_of_unknown(decided, decide(fitting(Sought(here.is_near, here.standing, only=True))))


def _fits(message: Profile, sought: Sought[Article], *, library: Library) -> list[Fit]:
    shelf, profiler = library.shelves.articles, library.profiler
    found = find_candidates(message, shelf, profiler=profiler, sought=sought)
    fitting = partial(fit_of, message=message, profiler=profiler, sameness=library.models.sameness)
    return [fitting(one) for one in judged(found, judge=library.models.answers)]


def _in_place_of_unknown(decided: Unknown, instead: Answering) -> Answering:
    """What is rather right than not among what holds is offered, not given: it was not the likeliest. It may need an area first."""
    found = {one.article.id: one for one in (*decided.candidates, *instead.offered)}
    listed = tuple(sorted(found.values(), key=lambda one: -one.score)[:_LISTED])
    if isinstance(instead, Unknown):
        return replace(instead, candidates=decided.candidates) if instead.needs_area else decided
    if instead.offered[0].score < LIKELY:
        return decided
    return Choices(instead.offered, listed, nearly=True)


def _decide(
    fits: Sequence[Fit],
    *,
    message: Profile,
    sameness: Sameness,
    area_path: tuple[str, ...],
    day: date,
    thresholds: Thresholds,
) -> Answering:
    listed = tuple(fit.candidate for fit in fits[:_LISTED])
    holding = [fit for fit in fits if fit.article.validity.holds_on(day)]
    usable = _nearest([fit for fit in holding if fit.article.scope.covers(area_path)], area_path)
    sure = _surest(usable, thresholds)
    if sure is None:
        blocked = _blocked(fits, holding, listed, area_path=area_path, day=day, thresholds=thresholds)
        if blocked:
            return blocked
    if sure and len(bare(message.reading.normal)) >= _TOO_SHORT:
        return Answer(sure.candidate, listed)
    offered = tuple(fit.candidate for fit in _worth_offering(usable, sameness, thresholds))
    nearly = sure is None and bool(offered) and usable[0].sure_score >= thresholds.answer
    return Choices(offered[: thresholds.offered_at_most], listed, nearly) if offered else Unknown(listed)


def _worth_offering(fits: Sequence[Fit], sameness: Sameness, thresholds: Thresholds) -> list[Fit]:
    """What reaches `choice` and may be meant, and what reaches a part of it and is rather meant; where anything is, up to three that
    reach that part and may be meant, for whoever reads one line reads three. Of the faint only the first three are looked at.
    """
    part = _BEHIND * thresholds.choice
    first = [
        fit
        for place, fit in enumerate(fits[: thresholds.offered_at_most])
        if fit.is_worth_offering(part if place < _A_FEW else thresholds.choice)
    ]
    meanings = meanings_of(first, sameness, thresholds.choice)
    possible = [
        (fit, meaning) for fit, meaning in zip(first, meanings, strict=True) if meaning is not Meaning.OTHER
    ]
    likely = [
        fit
        for fit, meaning in possible
        if meaning is Meaning.SAME or fit.is_worth_offering(thresholds.choice)
    ]
    less = (fit for fit, _ in possible if fit not in likely)
    return [*likely, *islice(less, max(0, _A_FEW - len(likely)))] if likely else []


def _surest(fits: Sequence[Fit], thresholds: Thresholds) -> Fit | None:
    """The likeliest fit, unless it is doubtful."""
    first = _likeliest(fits, thresholds)
    return first if first and not first.candidate.doubtful else None


def _likeliest(fits: Sequence[Fit], thresholds: Thresholds) -> Fit | None:
    """The first fit, if it is enough; a sure second behind a first that differs in meaning is not taken."""
    first = fits[0] if fits else None
    return first if first and first.is_enough(thresholds) else None


def _blocked(
    fits: Sequence[Fit],
    holding: Sequence[Fit],
    listed: tuple[Candidate, ...],
    *,
    area_path: tuple[str, ...],
    day: date,
    thresholds: Thresholds,
) -> Unknown | None:
    """Why a sure article may not be given: it needs an area first, or it has expired. So it is told of a doubtful one."""
    if not area_path and _likeliest(holding, thresholds) and holding[0].article.scope.area_code:
        return Unknown(listed, needs_area=True)
    first = _likeliest([fit for fit in fits if fit.article.scope.covers(area_path)], thresholds)
    if first and first not in holding and _is_over(first.article, day):
        return Unknown(listed, expired=first.article)
    return None


def _is_over(article: Article, day: date) -> bool:
    return article.validity.valid_to is not None and article.validity.valid_to < day


def _nearest(fits: Sequence[Fit], area_path: tuple[str, ...]) -> list[Fit]:
    """Of articles that ask the same for several areas only the one for the nearest area, at the group's best rank."""
    if len({fit.article.scope.area_code for fit in fits}) <= 1:
        return [*fits]
    kept: list[Fit] = []
    for fit in fits:
        twin = next((other for other in kept if _same_question(fit, other)), None)
        if twin is None:
            kept.append(fit)
        elif fit.article.scope.depth(area_path) > twin.article.scope.depth(area_path):
            kept[kept.index(twin)] = _in_place_of(twin, fit)
    return kept


def _in_place_of(twin: Fit, fit: Fit) -> Fit:
    """`fit` with the group's best score and its doubts: the question was understood as much, only the area decides between the two."""
    one, other = fit.candidate, twin.candidate
    doubtful = one.doubtful or other.doubtful
    return replace(fit, candidate=replace(one, score=max(one.score, other.score), doubtful=doubtful))


def _same_question(one: Fit, other: Fit) -> bool:
    """Whether two articles of different scope answer one question: told by their questions, else by the wording each was
    found by.
    """
    if one.article.scope == other.article.scope:
        return False
    return one.article.question == other.article.question or (
        near_copies(one.known, other.known) and not compare(one.known.statement, other.known.statement)
    )
