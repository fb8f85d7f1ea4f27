"""One article beside a question: how probable it is the right one, and what stands against answering by it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from knowledge.article import Article
from knowledge.contradiction import compare_titled, is_of_another_case, load_contrasts
from knowledge.doubt import means_something_else
from knowledge.exchanges import qualified, reworded
from knowledge.profile import Profile, Profiler
from knowledge.retrieval import Scored
from knowledge.sameness import Sameness
from knowledge.similarity import shared_words
from knowledge.text import bare
from knowledge.thresholds import Thresholds

_LONGEST_NAME = 8
"""Letters: what is longer says something, even if it asks nothing."""
LIKELY = 0.5
"""From here on it is rather the right one than not."""
_FEW_WORDS, _FEW_MORE = 6, 2
"""As `reworded` and `qualified` have it (docs/adr/0039)."""
_SCANT, _TELLING, _SPOKEN_OF = 3, 6.0, 5.0
"""A message of so few words; the rarity, in nats, of a word that it lacks; and of one that its title has. Of 391 questions answered
right when the packaged wordings were asked of the others, 11 are offered only; of 117 of our own, one.
"""
_TWICE = 2
"""What reaches so much of `choice` is not dropped: asked of that, too, the model leaves .019 more of other matters alone, and shows
.004 less of what our own questions ask for.
"""
_SHORT = 60
"""Characters of a message that asks one thing."""
_LEARNT_FROM = 20
"""Characters of most texts that sameness was learnt from: what is longer tells of a case, and is answered by what says less."""
_RATHER = 0.5
"""From which probability on it is rather the same that is asked: then it is offered, faint as its likeness may be, and no answer is
given without (docs/adr/0051).
"""
_SURE = 0.75
"""Below, nothing is given outright (unless the settings say so), and nothing need be doubted."""
_POSSIBLE = 0.1
"""What is less probable is answered by nobody; to read its title costs as much as to compare it."""


class Meaning(Enum):
    """Whether a candidate asks what the message asks: rather so, perhaps, or hardly."""

    SAME = auto()
    POSSIBLE = auto()
    OTHER = auto()


_MEANINGS = ((_RATHER, Meaning.SAME), (0.05, Meaning.POSSIBLE), (0.0, Meaning.OTHER))
"""From which probability on: the first is offered, faint as its likeness may be, the last is not, though its likeness reaches
`choice` (docs/adr/0050, 0051).
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One article that may fit. `score` is the calibrated probability (0..1) that it is the right one; what stands against
    answering by it, however probable it is: `differences` in meaning, or `only_named`: the message names the topic of what is
    known and asks nothing of it ("红白事"); `other_case`: the title names a case (a high-risk area) that the message does not;
    `narrower`: a few words are found only within a wording that says more, and of nothing of theirs does the title speak ("may I go
    to work?" beside "is the marriage office at work?"). `reworded`, the word that stands in another's place or is one more, asks
    for more certainty; `doubtful`: it looks alike, and no wording of it rather asks the same.
    """

    article: Article
    score: float
    reasons: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()
    only_named: bool = False
    other_case: bool = False
    narrower: bool = False
    reworded: str = ""
    doubtful: bool = False

    @property
    def is_sure(self) -> bool:
        """Whether nothing of that stands against it."""
        return not (self.differences or self.only_named or self.other_case or self.narrower)


@dataclass(frozen=True, slots=True)
class Fit:
    """A scored article with what stands against answering by it."""

    candidate: Candidate
    scored: Scored[Article]
    shares_words: bool

    @property
    def known(self) -> Profile:
        return self.scored.pair.known

    @property
    def article(self) -> Article:
        return self.candidate.article

    @property
    def sure_score(self) -> float:
        """The score for answering outright: what differs in meaning, or shares no telling word, is never sure."""
        one = self.candidate
        return one.score if self.shares_words and one.is_sure else 0.0

    def is_enough(self, thresholds: Thresholds) -> bool:
        """Whether to answer outright by it, if it is not `doubtful`; a doubtful one may be told to be over, or to depend on the place."""
        return self.sure_score >= thresholds.to_answer(reworded=bool(self.candidate.reworded))

    def bears_a_look(self, choice: float) -> bool:
        """Whether it is worth looking into what it means: not where it is likely, or shares a word and reaches `choice` twice over, nor
        of long messages, of which nothing has been learnt.
        """
        pair, likeness = self.scored.pair, self.scored.likeness
        enough = likeness >= LIKELY or (self.shares_words and likeness >= _TWICE * choice)
        return not (enough or self.candidate.only_named or len(pair.message.reading.normal) > _SHORT)

    def meaning(self, probability: float | None) -> Meaning:
        """Whether it asks what the message asks, by how probable that is, None where nobody has looked: then it may. What shares no
        telling word does not, unless it is likely or rather the same: a likeness in sound alone ("is the lift broken?") says little.
        """
        if self.candidate.only_named or self.scored.likeness >= LIKELY:
            return Meaning.POSSIBLE
        found = Meaning.POSSIBLE
        if probability is not None:
            found = next(meaning for least, meaning in _MEANINGS if probability >= least)
        return found if self.shares_words or found is Meaning.SAME else Meaning.OTHER

    def is_worth_offering(self, threshold: float) -> bool:
        """Whether its likeness reaches `threshold`, or the message only names it."""
        return self.candidate.only_named or self.scored.likeness >= threshold


def meanings_of(fits: Sequence[Fit], sameness: Sameness, choice: float) -> list[Meaning]:
    """Whether each asks what the message asks, as far as it bears a look; behind a likely one none does."""
    likely = bool(fits) and fits[0].scored.likeness >= LIKELY
    looked_into = {
        fit.article.id: (fit.scored.pair.comparison, fit.scored.features.tolist())
        for fit in fits
        if not likely and fit.bears_a_look(choice)
    }
    probable = dict(zip(looked_into, sameness.probabilities([*looked_into.values()]), strict=True))
    return [fit.meaning(probable.get(fit.article.id)) for fit in fits]


def fit_of(scored: Scored[Article], message: Profile, *, profiler: Profiler, sameness: Sameness) -> Fit:
    known = scored.pair.known
    differing = (*_differing(scored, message, profiler), *_asked(message, known))
    shared = shared_words(message, known)
    reasons = (scored.pair.text, *shared[:5], *differing)
    candidate = Candidate(
        scored.pair.item,
        scored.probability,
        reasons,
        differing,
        only_named=_only_names(message, known),
        other_case=scored.probability >= _POSSIBLE and _is_of_another_case(scored, message, profiler),
        narrower=scored.probability >= _POSSIBLE and _is_narrower(scored, message, profiler),
        reworded=_reworded(scored, profiler) if scored.probability >= _POSSIBLE else "",
    )
    if shared and candidate.is_sure and scored.probability >= _SURE:
        candidate = replace(candidate, doubtful=_is_doubtful(scored, profiler, sameness))
    return Fit(candidate, scored, bool(shared))


def _differing(scored: Scored[Article], message: Profile, profiler: Profiler) -> tuple[str, ...]:
    """What the article says differently in the wording that comes closest, and in its title too."""
    if not scored.differences:
        return ()
    title = profiler.known(scored.pair.item.question)
    return compare_titled(message.statement, scored.pair.known.statement, title.statement)


def _reworded(scored: Scored[Article], profiler: Profiler) -> str:
    two, title = scored.pair.comparison, profiler.known(scored.pair.item.question)
    return reworded(two, title=title, few=_FEW_WORDS) or qualified(two, title=title, few=_FEW_MORE)


def _is_of_another_case(scored: Scored[Article], message: Profile, profiler: Profiler) -> bool:
    title = profiler.known(scored.pair.item.question)
    if not load_contrasts().may_name_a_case(title.reading.normal):
        return False
    return is_of_another_case(title.statement, message.statement)


def _is_narrower(scored: Scored[Article], message: Profile, profiler: Profiler) -> bool:
    if len(message.words) > _SCANT or scored.pair.text == scored.pair.item.question:
        return False
    topic = profiler.known(scored.pair.item.question).topic
    spoken_of = any(rarity >= _SPOKEN_OF for word, rarity in message.words.items() if word in topic)
    return not spoken_of and max(scored.pair.comparison.not_said.values(), default=0.0) > _TELLING


def _is_doubtful(scored: Scored[Article], profiler: Profiler, sameness: Sameness) -> bool:
    """Whether a short message rather asks something else than every wording of the article."""
    if len(scored.pair.message.reading.normal) > _LEARNT_FROM:
        return False
    return means_something_else(scored, _RATHER, profiler=profiler, sameness=sameness)


def _only_names(message: Profile, known: Profile) -> bool:
    asking = message.reading.asking
    asks = asking.types or asking.weak or len(bare(message.reading.normal)) > _LONGEST_NAME
    same = message.reading.canonical == known.reading.canonical
    return not asks and not same and bool(message.words) and message.words.keys() <= known.words.keys()


def _asked(message: Profile, known: Profile) -> tuple[str, ...]:
    apart = message.reading.asking.apart_from(known.reading.asking)
    if apart is None:
        return ()
    words = load_contrasts()
    return (words.difference.format(label=words.labels["asked"], left=apart[0], right=apart[1]),)
