"""What the rumour desk's knowledge makes of a message: known, suspected, or ordinary. Never a verdict of its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from types import MappingProxyType

from knowledge.claim import Claim
from knowledge.contradiction import opposed
from knowledge.cues import PASSED_ON, CueSheet, load_cues
from knowledge.exchanges import qualified, reworded
from knowledge.library import Library
from knowledge.message import Message
from knowledge.models import RUMOUR
from knowledge.profile import Profiler
from knowledge.retrieval import Pair, Scored, judged
from knowledge.similarity import shared_words
from knowledge.tales import Tale, tales_in
from knowledge.text import bare
from knowledge.thresholds import DEFAULTS, Thresholds
from knowledge.vouching import beyond
from knowledge.windows import find_claims


@dataclass(frozen=True, slots=True)
class ClaimMatch:
    """One published claim that may be the one meant. `score`: calibrated probability (0..1) that it is; `window`: the
    stretch of the message that comes closest to it; it and `reasons` are empty where too little is shared to be compared.
    `differences` in meaning, for people; `reworded`: likewise, the word that stands in another's place or is one more where that is
    all, be it another word for the same or for its opposite; `slight`: it says less than half of any wording of the claim, and
    something of its own. Each forbids to repeat the verdict.
    """

    claim: Claim
    score: float
    window: str = ""
    reasons: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()
    reworded: str = ""
    slight: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """Near-identical to a published claim, and no meaning flip: its verdict may be repeated. `also`: other claims that the
    same message repeats elsewhere; `unchecked`: what else it passes on, of which no verdict is known.
    """

    best: ClaimMatch
    matches: tuple[ClaimMatch, ...]
    likelihood: float
    reasons: tuple[str, ...] = ()
    also: tuple[ClaimMatch, ...] = ()
    unchecked: tuple[Tale, ...] = ()

    @property
    def meant(self) -> ClaimMatch:
        return self.best


@dataclass(frozen=True, slots=True)
class Suspected:
    """A person should look. `matches` are what it resembles, with the differences said; `nearly`: the first would be known but
    for a word in another's place, or one more; `also`: what the message repeats elsewhere all the same.
    """

    matches: tuple[ClaimMatch, ...]
    likelihood: float
    reasons: tuple[str, ...] = ()
    nearly: bool = False
    also: tuple[ClaimMatch, ...] = ()

    @property
    def meant(self) -> ClaimMatch | None:
        """The claim it is about, as far as anybody can tell."""
        return self.matches[0] if self.nearly else None


@dataclass(frozen=True, slots=True)
class Ordinary:
    matches: tuple[ClaimMatch, ...]
    likelihood: float
    reasons: tuple[str, ...] = ()

    @property
    def meant(self) -> None:
        return None


RumourCheck = Known | Suspected | Ordinary

_LISTED = 10
_LIKELY = 0.25
_SURE, _MISSING, _TELLS = 0.75, 0.5, 4.0
"""From which probability on it is asked how much of a claim is said; how much may be missing; nats of a word that is its own."""
_FEW_WORDS, _FEW_MORE = 4, 2
"""As `reworded` and `qualified` have it. Most of the wrong verdicts on opposites that nobody had read fell into it, and one in ten of
the right ones on our own messages (docs/adr/0039).
"""
_SHORT = 60
"""Characters of a message that is about one thing: what stands beside the claim in it is said of the claim."""
_UNLIKE = 0.0001
"""The probability of what shares too little with the message to be judged."""
_SAYS_SOMETHING = 3
"""Fewer letters than this left after "听说 … 是真的吗" is stripped: nothing was claimed."""
RANK_GAINS: Mapping[str, float] = MappingProxyType({"share_of_best": 12.0, "token_ratio": 8.0})
"""Whole posts rank claims better than their best window does: log-odds for the share of the best BM25 score, and for the words
that window and claim have in common (on the development posts, the latter brings the right claim among the first three for
.942 instead of .928). Neither makes a claim more probable.
"""
_SPEAKS_AGAINST = frozenset({"official", "plain_question", "own_ceremony", "own_affairs", "chatter"})
_SPEAKS_FOR_ITSELF = frozenset({"plain_question", "official"})
"""A question about rules or a notice may touch on a claim without repeating it: there only the claim itself is known."""


def check_rumour(
    message: str | Message,
    *,
    library: Library,
    area_path: tuple[str, ...],
    day: date,
    thresholds: Thresholds = DEFAULTS,
) -> RumourCheck:
    """Whether `message` repeats a published claim, or looks like something a person should look at.

    `area_path`: division codes from the prefecture down, empty when unknown. `day`: a date in Asia/Shanghai.
    """
    heard = library.hear(message)
    check = partial(_check, library=library, area_path=area_path, day=day, thresholds=thresholds)
    whole = check(heard)
    tales = tales_in(heard.normal) if PASSED_ON & heard.cues else ()
    return _told_together(whole, [(tale, check(library.hear(tale.text))) for tale in tales])


def _told_together(whole: RumourCheck, told: Sequence[tuple[Tale, RumourCheck]]) -> RumourCheck:
    """Of several tales each that is known gets its verdict, and none without one goes unmentioned beside it."""
    together = [whole.best, *whole.also] if isinstance(whole, Known) else []
    singly = {check.best.claim.id: check.best for _, check in told if isinstance(check, Known)}
    known = {match.claim.id: match for match in together} | singly
    if not told or not known:
        return whole
    for check in (*(check for _, check in told), whole):
        if isinstance(check, Suspected) and check.meant and check.meant.claim.id not in known:
            return replace(check, also=tuple(known.values()))
    best, *also = known.values()
    windows = [match.window for match in together if match.claim.id not in singly]
    unchecked = (
        tale for tale, check in told if _is_unchecked(tale, check, known) and not _stands_in(tale, windows)
    )
    listed = (best, *(match for match in whole.matches if match.claim.id != best.claim.id))[:_LISTED]
    return Known(best, listed, whole.likelihood, whole.reasons, tuple(also), tuple(unchecked))


def _is_unchecked(tale: Tale, check: RumourCheck, known: Mapping[str, ClaimMatch]) -> bool:
    """Whether it is passed on and is not about a claim that is told of anyway."""
    first = check.matches[0] if check.matches else None
    is_told = first is not None and first.claim.id in known and first.score >= _LIKELY
    return not is_told and (isinstance(check, Suspected) or (tale.heard and isinstance(check, Ordinary)))


def _stands_in(tale: Tale, windows: Iterable[str]) -> bool:
    """Whether what is known was found in that stretch, though not in it alone."""
    return any(tale.said in window or window in tale.text for window in windows)


def _check(
    heard: Message,
    *,
    library: Library,
    area_path: tuple[str, ...],
    day: date,
    thresholds: Thresholds,
) -> RumourCheck:
    """The same of a message that is taken for one tale."""
    sheet = load_cues()
    normal, cues = heard.normal, heard.cues
    matches = match_claims(heard, library=library, sheet=sheet)
    likelihood = library.models.flag.chances(heard.sample)[RUMOUR]
    # What speaks against is no reason for a person to look.
    reasons = sheet.reasons(cues - _SPEAKS_AGAINST)
    needed = thresholds.known if PASSED_ON & cues or not _SPEAKS_FOR_ITSELF & cues else thresholds.known_asked
    known = [match for match in matches if _may_repeat(match, area_path, day, needed)]
    if known and known[0] is matches[0] and not _is_private(cues):
        return Known(known[0], matches, likelihood, reasons, _elsewhere(known))
    nearly = _nearly_repeats(matches, area_path, day, needed) and not _is_private(cues)
    varied = nearly or _is_varied(matches, cues, needed)
    if varied or _needs_a_person(normal, cues, likelihood, sheet=sheet, thresholds=thresholds):
        reasons = reasons or _by_words(normal, library=library, sheet=sheet)
        also = _elsewhere((matches[0], *known)) if nearly else ()
        return Suspected(matches, max(likelihood, thresholds.suspected), reasons, nearly, also)
    return Ordinary(matches, min(likelihood, thresholds.suspected), reasons)


def _by_words(normal: str, *, library: Library, sheet: CueSheet) -> tuple[str, ...]:
    """Where no cue says why: the words that sound like it."""
    words = library.models.flag.telling(normal, RUMOUR, segmenter=library.profiler.segmenter)
    return (sheet.telling.format(words="、".join(words)),) if words else ()


def match_claims(heard: Message, *, library: Library, sheet: CueSheet) -> tuple[ClaimMatch, ...]:
    """The published claims nearest to a message, most probable first, at most ten."""
    found = find_claims(
        sheet.core(heard.normal),
        library.shelves.claims,
        profiler=library.profiler,
        profile=heard.profile_of,
    )
    ranked = judged(found, judge=library.models.claims, gains=RANK_GAINS)
    unlike = (ClaimMatch(claim, _UNLIKE) for claim in (found.unlike if found else ()))
    return (*(_match(one, heard, library.profiler) for one in ranked), *unlike)[:_LISTED]


def _match(scored: Scored[Claim], heard: Message, profiler: Profiler) -> ClaimMatch:
    pair = scored.pair
    reasons = (pair.text, *shared_words(pair.message, pair.known)[:5])
    differing = scored.differences or _denies(scored, profiler)
    otherwise = "" if differing else _otherwise(pair, heard, profiler)
    window = pair.message.reading.normal
    slight = scored.probability >= _SURE and not (differing or otherwise) and _is_slight(pair, profiler)
    return ClaimMatch(pair.item, scored.probability, window, reasons, differing, otherwise, slight)


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
    if scored.probability < _LIKELY or pair.text == title or not pair.known.statement.asks:
        return ()
    return opposed(pair.message.statement, profiler.known(title).statement)


def _otherwise(pair: Pair[Claim], heard: Message, profiler: Profiler) -> str:
    message, known, title = pair.message, pair.known, profiler.known(pair.item.text)
    another = reworded(message, known, title=title, few=_FEW_WORDS)
    another = another or qualified(message, known, title=title, few=_FEW_MORE)
    around = heard.profile if len(heard.normal) <= _SHORT else message
    return another or beyond(message, around, pair.item, profiler)


def _elsewhere(known: Sequence[ClaimMatch]) -> tuple[ClaimMatch, ...]:
    """Those after the first that stand in another stretch of the message: one stretch says one thing."""
    windows = [known[0].window]
    found = []
    for match in known[1:]:
        if all(match.window not in window and window not in match.window for window in windows):
            windows.append(match.window)
            found.append(match)
    return tuple(found)


def _may_repeat(match: ClaimMatch, area_path: tuple[str, ...], day: date, needed: float) -> bool:
    told_apart = match.differences or match.reworded or match.slight
    return _is_likely(match, area_path, day, needed) and not told_apart


def _nearly_repeats(
    matches: Sequence[ClaimMatch], area_path: tuple[str, ...], day: date, needed: float
) -> bool:
    first = matches[0] if matches else None
    return first is not None and bool(first.reworded) and _is_likely(first, area_path, day, needed)


def _is_likely(match: ClaimMatch, area_path: tuple[str, ...], day: date, needed: float) -> bool:
    claim = match.claim
    in_force = claim.validity.holds_on(day) and claim.scope.covers(area_path)
    return in_force and match.score >= needed


def _is_varied(matches: Sequence[ClaimMatch], cues: frozenset[str], needed: float) -> bool:
    """A known claim with another day, place or number in it: known or not, it goes round. Notices and questions say their own."""
    first = matches[0] if matches else None
    if not first or not first.differences or first.score < needed:
        return False
    return not (_SPEAKS_AGAINST & cues)


def _is_private(cues: frozenset[str]) -> bool:
    """A family's own wedding or funeral is never treated as a rumour, unless they ask about one."""
    return "own_ceremony" in cues and cues.isdisjoint(PASSED_ON)


def _needs_a_person(
    normal: str, cues: frozenset[str], likelihood: float, *, sheet: CueSheet, thresholds: Thresholds
) -> bool:
    if _is_private(cues) or len(bare(sheet.core(normal))) < _SAYS_SOMETHING:
        return False
    return "asks_truth" in cues or likelihood >= thresholds.suspected
