"""What the rumour desk's knowledge makes of a message: known, suspected, or ordinary. Never a verdict of its own."""

from dataclasses import dataclass

from knowledge.claim import Claim


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
