"""What became of each article that a question brought up: given, offered or left aside, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from knowledge.answering import Answer, Answering
from knowledge.contradiction import compare
from knowledge.fit import LIKELY, Candidate
from knowledge.profile import Profiler
from knowledge.standing import near_copies
from knowledge.thresholds import DEFAULTS, Thresholds
from knowledge.use import Bar, Use, Used, barred_there_and_then


def shared_words_of(candidate: Candidate) -> tuple[str, ...]:
    """What it and the question both say: its reasons without the wording that comes first and the differences."""
    return tuple(one for one in candidate.reasons[1:] if one not in candidate.differences)


def article_uses(
    found: Answering,
    *,
    profiler: Profiler,
    area_path: tuple[str, ...],
    day: date,
    thresholds: Thresholds = DEFAULTS,
) -> tuple[Used[Candidate], ...]:
    """What is given or offered in that order, then the other candidates, most probable first."""
    account = _Account(found, profiler, area_path, day, thresholds)
    return (*account.used(), *account.left())


@dataclass(frozen=True, slots=True)
class _Account:
    found: Answering
    profiler: Profiler
    area_path: tuple[str, ...]
    day: date
    thresholds: Thresholds

    def used(self) -> Iterator[Used[Candidate]]:
        for one in self.found.offered:
            if isinstance(self.found, Answer):
                yield Used(one, Use.GIVEN)
            else:
                yield Used(one, Use.OFFERED, self._not_given(one))

    def left(self) -> Iterator[Used[Candidate]]:
        used = {one.article.id for one in self.found.offered}
        for one in self.found.candidates:
            if one.article.id not in used:
                yield Used(one, Use.LEFT, self._not_used(one))

    def _not_given(self, one: Candidate) -> Bar:
        """Why something is only offered."""
        doubt = self._doubt(one)
        if doubt is not None:
            return doubt
        if one.score < self.thresholds.answer:
            return Bar.UNSURE
        first = one is self.found.offered[0]
        return Bar.OTHERWISE if first and not self._stands_behind() else Bar.BEHIND

    def _stands_behind(self) -> bool:
        """Whether something likely was found that does not hold there and then, and this is offered in its place."""
        return any(one.score >= LIKELY and self._away(one) for one in self.found.candidates)

    def _away(self, one: Candidate) -> Bar | None:
        article = one.article
        return barred_there_and_then(article.validity, article.scope, area_path=self.area_path, day=self.day)

    def _not_used(self, one: Candidate) -> Bar:
        if one.score < self.thresholds.choice:
            return Bar.UNLIKELY
        away = self._away(one)
        if away is not None:
            return away
        if any(self._is_nearer(other, one) for other in self.found.offered):
            return Bar.FARTHER
        doubt = self._doubt(one) if one.score >= self.thresholds.answer else None
        return doubt or self._outdone(one)

    def _outdone(self, one: Candidate) -> Bar:
        if isinstance(self.found, Answer):
            return Bar.OUTDONE
        if not shared_words_of(one):
            return Bar.NO_WORD
        if len(self.found.offered) >= self.thresholds.offered_at_most:
            return Bar.CROWDED
        if one.score < LIKELY:
            return Bar.DOUBTFUL
        return Bar.OTHERWISE if self.found.offered else Bar.BEHIND

    def _doubt(self, one: Candidate) -> Bar | None:
        """What forbids answering by it, however alike the two are."""
        needed = self.thresholds.to_answer(reworded=True)
        doubts = (
            (bool(one.differences), Bar.DIFFERS),
            (one.other_case, Bar.OTHER_CASE),
            (one.only_named, Bar.ONLY_NAMED),
            (one.narrower, Bar.NARROWER),
            (bool(one.reworded) and self.thresholds.answer <= one.score < needed, Bar.REWORDED),
            (one.doubtful and one.score >= self.thresholds.answer, Bar.DOUBTFUL),
        )
        return next((bar for applies, bar in doubts if applies), None)

    def _is_nearer(self, other: Candidate, one: Candidate) -> bool:
        """Whether `other` answers the same question for an area nearer to where the resident lives."""
        return other.article.scope.depth(self.area_path) > one.article.scope.depth(self.area_path) and (
            other.article.question == one.article.question or self._reads_alike(other, one)
        )

    def _reads_alike(self, other: Candidate, one: Candidate) -> bool:
        here, there = (self.profiler.known(wording) for each in (other, one) for wording in each.reasons[:1])
        return near_copies(here, there) and not compare(here.statement, there.statement)
