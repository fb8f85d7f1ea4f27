"""What the knowledge base makes of a question: an answer, a short choice, or an honest "unknown"."""

from dataclasses import dataclass

from knowledge.article import Article


@dataclass(frozen=True, slots=True)
class Candidate:
    """One article that may fit. `score` is the calibrated probability (0..1) that it is the right one."""

    article: Article
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """Sure enough to answer outright."""

    best: Candidate
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """Not sure: show `offered` (at most five) and "none of these"."""

    offered: tuple[Candidate, ...]
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing fits well enough, or what fits has expired (`expired`) or needs an area first (`needs_area`)."""

    candidates: tuple[Candidate, ...]
    expired: Article | None = None
    needs_area: bool = False


Answering = Answer | Choices | Unknown
