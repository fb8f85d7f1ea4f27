"""One published claim beside a message: how probable it is the one meant, and what stands against repeating its verdict."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from types import MappingProxyType

from knowledge.claim import Claim
from knowledge.contradiction import compare, opposed
from knowledge.copies import Sought
from knowledge.cues import PASSED_ON, load_cues
from knowledge.doubt import means_something_else
from knowledge.exchanges import qualified, reworded
from knowledge.library import Library
from knowledge.message import Message
from knowledge.profile import Profiler
from knowledge.retrieval import Pair, Scored, judged
from knowledge.sameness import Sameness
from knowledge.similarity import PAIR_FEATURES, shared_words
from knowledge.stretches import placed_elsewhere
from knowledge.text import clauses
from knowledge.vouching import beyond
from knowledge.windows import find_claims

LISTED = 10
LIKELY = 0.25
"""From here on it is worth reading the claim itself, too, and looking for what tells the two apart: no verdict is repeated below."""
_SURE, _MISSING, _TELLS = 0.75, 0.5, 4.0
"""From which probability on it is asked how much of a claim is said; how much may be missing; nats of a word that is its own."""
_FEW_WORDS, _FEW_MORE = 4, 2
"""As `reworded` and `qualified` have it. Most of the wrong verdicts on opposites that nobody had read fell into it, and one in ten of
the right ones on our own messages (docs/adr/0039).
"""
SHORT = 60
"""Characters of a message that is about one thing: what stands beside the claim in it is said of the claim."""
_DOUBTED = 30
"""Characters of a message that may be doubted: on short development posts beyond it, right verdicts alone were (docs/adr/0051)."""
_RATHER, _SURELY, _PERHAPS = 0.5, 0.6, 0.45
_SUREST, _TO_THE_LETTER = 0.98, 0.6
"""From which probability on that a message means the same as a wording the verdict is repeated: `_PERHAPS` where the judge is as sure as
`_SUREST`; `_SURELY` where they are as like to the letter as `_TO_THE_LETTER`, for there a letter makes the difference (docs/adr/0052).
"""
_RATIO = PAIR_FEATURES.index("edit_ratio")
_UNLIKE = 0.0001
"""The probability of what shares too little with the message to be judged."""
RANK_GAINS: Mapping[str, float] = MappingProxyType({"share_of_best": 12.0, "token_ratio": 8.0})
"""Whole posts rank claims better than their best window does: log-odds for the share of the best BM25 score, and for the words
that window and claim have in common (on the development posts, the latter brings the right claim among the first three for
.942 instead of .928). Neither makes a claim more probable.
"""


@dataclass(frozen=True, slots=True)
class ClaimMatch:
    """One published claim that may be the one meant. `score`: calibrated probability (0..1) that it is; `window`: the
    stretch of the message that comes closest to it; it and `reasons` are empty where too little is shared to be compared.
    `differences` in meaning, for people; `reworded`: likewise, the word that stands in another's place or is one more where that is
    all, be it another word for the same or for its opposite; `unplaced`: the place that the claim is of, where the message names none;
    `slight`: it says less than half of any wording of the claim, and something of its own; `doubtful`: it looks like the claim and
    rather says something else. Each forbids to repeat the verdict.
    `holds`: the claim is in force where and when it is asked of, and no copy of it is nearer.
    """

    claim: Claim
    score: float
    window: str = ""
    reasons: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()
    reworded: str = ""
    unplaced: str = ""
    slight: bool = False
    doubtful: bool = False
    holds: bool = True


def match_claims(heard: Message, *, library: Library, sought: Sought[Claim]) -> tuple[ClaimMatch, ...]:
    """The published claims that are `sought` and nearest to a message, most probable first, at most ten."""
    found = find_claims(
        load_cues().core(heard.normal),
        library.shelves.claims,
        profiler=library.profiler,
        profile=heard.profile_of,
        sought=sought,
    )
    ranked = judged(found, judge=library.models.claims, gains=RANK_GAINS)
    unlike = (ClaimMatch(claim, _UNLIKE) for claim in (found.unlike if found else ()))
    match = partial(_match, heard=heard, profiler=library.profiler, sameness=library.models.sameness)
    return tuple(islice(chain(map(match, ranked), unlike), LISTED))


def _match(scored: Scored[Claim], *, heard: Message, profiler: Profiler, sameness: Sameness) -> ClaimMatch:
    pair = scored.pair
    reasons = (pair.text, *shared_words(pair.message, pair.known)[:5])
    differing = scored.differences or _denies(scored, profiler) or _differs_as_a_whole(scored, heard)
    worth = scored.probability >= LIKELY and not differing
    otherwise = _otherwise(pair, heard, profiler) if worth else ""
    unplaced = _unplaced(pair, profiler) if worth else ""
    window = pair.message.reading.normal
    sure = scored.probability >= _SURE and not (differing or otherwise)
    slight = sure and _is_slight(pair, profiler)
    return ClaimMatch(
        pair.item,
        scored.probability,
        window,
        reasons,
        differing,
        otherwise,
        unplaced,
        slight=slight,
        doubtful=sure and not slight and _is_doubtful(scored, heard, profiler, sameness),
    )


def _is_doubtful(scored: Scored[Claim], heard: Message, profiler: Profiler, sameness: Sameness) -> bool:
    """Whether a short message rather says something else than every wording of a claim."""
    if len(heard.normal) > _DOUBTED:
        return False
    return means_something_else(scored, _needed(scored), profiler=profiler, sameness=sameness)


def _needed(scored: Scored[Claim]) -> float:
    if scored.probability >= _SUREST:
        return _PERHAPS
    return _SURELY if scored.features[_RATIO] >= _TO_THE_LETTER else _RATHER


def _is_slight(pair: Pair[Claim], profiler: Profiler) -> bool:
    """Whether a message shares no more than its subject with every wording of a claim, and says something of its own of it."""
    known = [profiler.known(text) for text in pair.item.texts]
    if any(sum(text.missing(pair.message).values()) <= _MISSING * text.mass for text in known):
        return False
    of_its_own = [pair.message.missing(text) for text in known]
    return any(min(words.get(word, 0) for words in of_its_own) >= _TELLS for word in pair.message.words)


def _denies(scored: Scored[Claim], profiler: Profiler) -> tuple[str, ...]:
    """What a message says differently from the claim itself, where the wording it comes closest to only asks: "does garlic help?"
    leaves open what the verdict is on.
    """
    pair, title = scored.pair, scored.pair.item.text
    if scored.probability < LIKELY or pair.text == title or not pair.known.statement.asks:
        return ()
    return opposed(pair.message.statement, profiler.known(title).statement)


def _differs_as_a_whole(scored: Scored[Claim], heard: Message) -> tuple[str, ...]:
    """What a message of one clause says differently in words that were taken for the frame of a tale where none is told: that the
    seeds "are real" is no question whether it is true that they are false.
    """
    whole = heard.normal
    if scored.probability < LIKELY or PASSED_ON & heard.cues or len(whole) > SHORT:
        return ()
    if load_cues().core(whole) == whole or len(clauses(whole)) > 1:
        return ()
    return compare(heard.profile.statement, scored.pair.known.statement)


def _unplaced(pair: Pair[Claim], profiler: Profiler) -> str:
    """Of which place the claim is, where the message names none and staff have not said by its scope who means that place."""
    if pair.around is None or pair.item.scope.area_code:
        return ""
    return placed_elsewhere(pair.around, (profiler.read(text).normal for text in pair.item.texts))


def _otherwise(pair: Pair[Claim], heard: Message, profiler: Profiler) -> str:
    title = profiler.known(pair.item.text)
    another = reworded(pair.comparison, title=title, few=_FEW_WORDS)
    another = another or qualified(pair.comparison, title=title, few=_FEW_MORE)
    around = heard.profile if len(heard.normal) <= SHORT else pair.message
    return another or beyond(pair.message, around, pair.item, profiler)
