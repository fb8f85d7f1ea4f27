"""What the rumour desk's knowledge makes of a message: known, suspected, or ordinary. Never a verdict of its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from knowledge.claim_match import LIKELY, LISTED, SHORT, ClaimMatch, match_claims
from knowledge.claims_here import nearest
from knowledge.copies import Sought
from knowledge.cues import PASSED_ON, CueSheet, load_cues
from knowledge.here import Here
from knowledge.library import Library
from knowledge.message import Message
from knowledge.models import RUMOUR
from knowledge.tales import Tale, tales_in
from knowledge.text import bare
from knowledge.thresholds import DEFAULTS, Thresholds


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
    for a word in another's place, or one more, or for its place, or for a doubt whether it means the same, or for another that no
    longer holds; `also`: what the message repeats elsewhere all the same.
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

    @property
    def likely(self) -> ClaimMatch | None:
        """The claim that it is rather about than not, differing in nothing that anybody can name: one may ask whether it is that."""
        first = self.matches[0] if self.matches else None
        is_likely = first and first.holds and first.score >= RATHER and not first.differences
        return first if is_likely else None


@dataclass(frozen=True, slots=True)
class Ordinary:
    matches: tuple[ClaimMatch, ...]
    likelihood: float
    reasons: tuple[str, ...] = ()

    @property
    def meant(self) -> None:
        return None


RATHER = 0.5
"""From here on a message is rather about a claim than not."""

RumourCheck = Known | Suspected | Ordinary

_SAYS_SOMETHING = 3
"""Fewer letters than this left after "听说 … 是真的吗" is stripped: nothing was claimed."""
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
    check = partial(_check, library=library, here=Here(area_path, day), thresholds=thresholds)
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
    listed = (best, *(match for match in whole.matches if match.claim.id != best.claim.id))[:LISTED]
    return Known(best, listed, whole.likelihood, whole.reasons, tuple(also), tuple(unchecked))


def _is_unchecked(tale: Tale, check: RumourCheck, known: Mapping[str, ClaimMatch]) -> bool:
    """Whether it is passed on and is not about a claim that is told of anyway."""
    first = check.matches[0] if check.matches else None
    is_told = first is not None and first.claim.id in known and first.score >= LIKELY
    return not is_told and (isinstance(check, Suspected) or (tale.heard and isinstance(check, Ordinary)))


def _stands_in(tale: Tale, windows: Iterable[str]) -> bool:
    """Whether what is known was found in that stretch, though not in it alone."""
    return any(tale.said in window or window in tale.text for window in windows)


def _check(heard: Message, *, library: Library, here: Here, thresholds: Thresholds) -> RumourCheck:
    """The same of a message that is taken for one tale."""
    sheet = load_cues()
    normal, cues = heard.normal, heard.cues
    matches = nearest(
        match_claims(heard, library=library, sought=Sought(here.is_near, here.standing)),
        here,
        library.profiler,
    )
    likelihood = library.models.flag.chances(heard.sample)[RUMOUR]
    # What speaks against is no reason for a person to look.
    reasons = sheet.reasons(cues - _SPEAKS_AGAINST)
    needed = thresholds.known if _passes_on(heard, sheet) else thresholds.known_asked
    known = [match for match in matches if _may_repeat(match, here, needed)]
    private = _is_private(cues) or _is_own_harm(heard)
    if known and known[0] is matches[0] and not private:
        return Known(known[0], matches, likelihood, reasons, _elsewhere(known))
    near = None if private else _nearly_repeated(matches, heard, library, here, needed)
    if near or _is_varied(matches, cues, needed) or _needs_a_person(heard, likelihood, thresholds):
        reasons = reasons or _by_words(normal, library=library, sheet=sheet)
        also = _elsewhere((near, *known)) if near else ()
        likelihood = max(likelihood, thresholds.suspected)
        return Suspected(_first(near, matches), likelihood, reasons, near is not None, also)
    return Ordinary(matches, min(likelihood, thresholds.suspected), reasons)


def _passes_on(heard: Message, sheet: CueSheet) -> bool:
    """Whether somebody else's words are told, or what is said wants to be confirmed ("…, is it not?"), be it in the form of a question."""
    told = PASSED_ON & heard.cues or not _SPEAKS_FOR_ITSELF & heard.cues
    return bool(told) or sheet.confirming.search(heard.normal) is not None


def _first(near: ClaimMatch | None, matches: tuple[ClaimMatch, ...]) -> tuple[ClaimMatch, ...]:
    if near is None:
        return matches
    return (near, *(one for one in matches if one.claim.id != near.claim.id))[:LISTED]


def _by_words(normal: str, *, library: Library, sheet: CueSheet) -> tuple[str, ...]:
    """Where no cue says why: the words that sound like it."""
    words = library.models.flag.telling(normal, RUMOUR, segmenter=library.profiler.segmenter)
    return (sheet.telling.format(words="、".join(words)),) if words else ()


def _elsewhere(known: Sequence[ClaimMatch]) -> tuple[ClaimMatch, ...]:
    """Those after the first that stand in another stretch of the message: one stretch says one thing."""
    windows = [known[0].window]
    found = []
    for match in known[1:]:
        if all(match.window not in window and window not in match.window for window in windows):
            windows.append(match.window)
            found.append(match)
    return tuple(found)


def _may_repeat(match: ClaimMatch, here: Here, needed: float) -> bool:
    if not _is_likely(match, here, needed):
        return False
    return not (match.differences or match.reworded or match.unplaced or match.slight or match.doubtful)


def _nearly_repeated(
    matches: Sequence[ClaimMatch], heard: Message, library: Library, here: Here, needed: float
) -> ClaimMatch | None:
    """The first, if it would be known but for a word or for its place; if it is likely and does not hold here and now, what would
    be known were it not there: its successor in other words, which it must not smother.
    """
    first = matches[0] if matches else None
    if first and (first.reworded or first.unplaced or first.doubtful) and _is_likely(first, here, needed):
        return first
    if first is None or first.holds or first.score < LIKELY:
        return None
    there_and_then = match_claims(heard, library=library, sought=Sought(here.holds, here.standing, only=True))
    others = nearest(there_and_then, here, library.profiler)
    return next((one for one in others[:1] if _may_repeat(one, here, needed)), None)


def _is_likely(match: ClaimMatch, here: Here, needed: float) -> bool:
    return match.score >= needed and match.holds and here.holds(match.claim)


def _is_varied(matches: Sequence[ClaimMatch], cues: frozenset[str], needed: float) -> bool:
    """A known claim with another day, place or number in it: known or not, it goes round. Notices and questions say their own."""
    first = matches[0] if matches else None
    if not first or not first.differences or first.score < needed:
        return False
    return not (_SPEAKS_AGAINST & cues)


def _is_private(cues: frozenset[str]) -> bool:
    """A family's own wedding or funeral is never treated as a rumour, unless they ask about one."""
    return "own_ceremony" in cues and cues.isdisjoint(PASSED_ON)


def _is_own_harm(heard: Message) -> bool:
    """What somebody's own suffer is not told to be false for resembling what goes round. A long message tells a story, true or not."""
    told = len(heard.normal) <= SHORT and heard.cues.isdisjoint(PASSED_ON)
    return told and load_cues().own_harm.search(heard.normal) is not None


def _needs_a_person(heard: Message, likelihood: float, thresholds: Thresholds) -> bool:
    if _is_private(heard.cues) or len(bare(load_cues().core(heard.normal))) < _SAYS_SOMETHING:
        return False
    return "asks_truth" in heard.cues or (heard.is_chinese and likelihood >= thresholds.suspected)
