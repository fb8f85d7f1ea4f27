"""What the rumour desk's knowledge makes of a message: known, suspected, or ordinary. Never a verdict of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from knowledge.claim import Claim
from knowledge.contradiction import compare
from knowledge.cues import CueSheet, load_cues
from knowledge.library import Library
from knowledge.retrieval import Scored, judge
from knowledge.similarity import shared_words
from knowledge.text import bare, normalise
from knowledge.thresholds import DEFAULTS, Thresholds
from knowledge.windows import find_window_pairs


@dataclass(frozen=True, slots=True)
class ClaimMatch:
    """One published claim that may be the one meant. `score`: calibrated probability (0..1) that it is."""

    claim: Claim
    score: float
    reasons: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """Near-identical to a published claim, and no meaning flip: its verdict may be repeated."""

    best: ClaimMatch
    matches: tuple[ClaimMatch, ...]
    likelihood: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suspected:
    """A person should look. `matches` are what it resembles, with the differences said."""

    matches: tuple[ClaimMatch, ...]
    likelihood: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ordinary:
    matches: tuple[ClaimMatch, ...]
    likelihood: float
    reasons: tuple[str, ...] = ()


RumourCheck = Known | Suspected | Ordinary

_LISTED = 10
_SAYS_SOMETHING = 3
"""Fewer letters than this left after "听说 … 是真的吗" is stripped: nothing was claimed."""
_PASSED_ON = frozenset({"hearsay", "asks_truth", "forward_plea", "insider"})
_SPEAKS_FOR_ITSELF = frozenset({"plain_question", "official"})
"""A question about rules or a notice may touch on a claim without repeating it: there only the claim itself is known."""


def check_rumour(
    message: str,
    *,
    library: Library,
    area_path: tuple[str, ...],
    day: date,
    thresholds: Thresholds = DEFAULTS,
) -> RumourCheck:
    """Whether `message` repeats a published claim, or looks like something a person should look at.

    `area_path`: division codes from the prefecture down, empty when unknown. `day`: a date in Asia/Shanghai.
    """
    sheet = load_cues()
    normal = normalise(message)
    cues = sheet.found_in(normal)
    matches = match_claims(normal, library=library, sheet=sheet)
    likelihood = _likelihood(cues, matches, library=library, sheet=sheet)
    # What speaks against is no reason for a person to look.
    reasons = sheet.reasons(cues & library.models.flag.raising)
    needed = (
        thresholds.known if _PASSED_ON & cues or not _SPEAKS_FOR_ITSELF & cues else thresholds.known_asked
    )
    known = next((match for match in matches[:1] if _may_repeat(match, area_path, day, needed)), None)
    if known and not _is_private(cues):
        return Known(known, matches, likelihood, reasons)
    if _needs_a_person(normal, cues, likelihood, sheet=sheet, thresholds=thresholds):
        return Suspected(matches, max(likelihood, thresholds.suspected), reasons)
    return Ordinary(matches, min(likelihood, thresholds.suspected), reasons)


def match_claims(normal: str, *, library: Library, sheet: CueSheet) -> tuple[ClaimMatch, ...]:
    """The published claims nearest to a normal form, most probable first, at most ten."""
    pairs, weights = find_window_pairs(sheet.core(normal), library.shelves.claims, profiler=library.profiler)
    return tuple(_match(scored) for scored in judge(pairs, weights, model=library.models.rumours)[:_LISTED])


def _match(scored: Scored[Claim]) -> ClaimMatch:
    pair = scored.pair
    differing = compare(pair.message.statement, pair.known.statement)
    reasons = (pair.text, *shared_words(pair.message, pair.known)[:5])
    return ClaimMatch(pair.item, scored.probability, reasons, differing)


def flag_features(
    cues: frozenset[str], matches: Sequence[ClaimMatch], *, sheet: CueSheet
) -> NDArray[np.float64]:
    """One number a cue, then how closely the nearest claim matches: what the flag model judges."""
    resemblance = matches[0].score if matches else 0.0
    return np.asarray([*(float(name in cues) for name in sheet.names), resemblance])


def _likelihood(
    cues: frozenset[str], matches: Sequence[ClaimMatch], *, library: Library, sheet: CueSheet
) -> float:
    row = flag_features(cues, matches, sheet=sheet)
    return float(library.models.flag.probabilities(row[np.newaxis])[0])


def _may_repeat(match: ClaimMatch, area_path: tuple[str, ...], day: date, needed: float) -> bool:
    claim = match.claim
    in_force = claim.validity.holds_on(day) and claim.scope.covers(area_path)
    return in_force and match.score >= needed and not match.differences


def _is_private(cues: frozenset[str]) -> bool:
    """A family's own wedding or funeral is never treated as a rumour, unless they ask about one."""
    return "own_ceremony" in cues and cues.isdisjoint(_PASSED_ON)


def _needs_a_person(
    normal: str, cues: frozenset[str], likelihood: float, *, sheet: CueSheet, thresholds: Thresholds
) -> bool:
    if _is_private(cues) or len(bare(sheet.core(normal))) < _SAYS_SOMETHING:
        return False
    return "asks_truth" in cues or likelihood >= thresholds.suspected
