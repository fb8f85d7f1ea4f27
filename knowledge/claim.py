"""A claim: what people say, and what a person at the bureau has found out about it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from knowledge.article import ALWAYS, EVERYWHERE, Scope, Source, Validity


class Verdict(StrEnum):
    """What a person decided. The machine never gives one."""

    FALSE = "false"
    MISLEADING = "misleading"
    TRUE = "true"
    OUTDATED = "outdated"
    UNPROVEN = "unproven"
    UNVERIFIABLE = "unverifiable"


class Topic(StrEnum):
    """The family a claim belongs to; sample data and the rumour log sort by it."""

    HEALTH_MYTH = "health_myth"
    LOCK_DOWN = "lock_down"
    FOOD_AND_PRICES = "food_and_prices"
    SCAM = "scam"
    MEDICINE_RUN = "medicine_run"
    ACCUSATION = "accusation"
    TESTING = "testing"
    VACCINATION = "vaccination"
    TRAVEL = "travel"
    SCHOOL = "school"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim with a published verdict. `explanation` follows fact - claim - why it misleads - fact."""

    id: str
    text: str
    verdict: Verdict
    explanation: str
    phrasings: tuple[str, ...] = ()
    source: Source | None = None
    published_on: date | None = None
    validity: Validity = ALWAYS
    scope: Scope = EVERYWHERE
    topic: Topic = Topic.OTHER

    @property
    def texts(self) -> tuple[str, ...]:
        """Every wording in which the claim goes round, the plain statement first."""
        return (self.text, *self.phrasings)

    @property
    def body(self) -> str:
        """Nothing: an explanation speaks of the truth, and of other claims; finding by it was measured to do harm."""
        return ""
