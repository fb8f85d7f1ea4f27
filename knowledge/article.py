"""An article: one question the bureau answers officially, with its source, validity and scope."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Category(StrEnum):
    """What an article is about; staff own articles by category."""

    TESTING = "testing"
    TRAVEL = "travel"
    ISOLATION = "isolation"
    CLOSED_AREA = "closed_area"
    LOW_RISK_AREA = "low_risk_area"
    DELIVERY = "delivery"
    NURSING_HOME = "nursing_home"
    CHILD_WELFARE = "child_welfare"
    RELIEF_STATION = "relief_station"
    FUNERAL_PARLOUR = "funeral_parlour"
    WEDDING = "wedding"
    FUNERAL = "funeral"
    BANQUET = "banquet"
    SCHOOL = "school"
    MEDICINE = "medicine"
    VACCINATION = "vaccination"
    MASK = "mask"
    DISINFECTION = "disinfection"
    HARDSHIP = "hardship"
    MENTAL_HEALTH = "mental_health"
    CONTACT = "contact"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Source:
    """Who says so. `issuer` is an institution, never a person; an answer without one is not shown as official."""

    issuer: str
    title: str = ""
    document_number: str = ""
    url: str = ""
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class Validity:
    """Both days included; an open end is None. An expired rule is never given as current."""

    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the rule holds on `day`, a date in Asia/Shanghai."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a rule holds: the area with this division code and all below it; an empty code is everywhere."""

    area_code: str = ""

    def covers(self, area_path: tuple[str, ...]) -> bool:
        """`area_path` runs from the prefecture down to where the resident lives; empty when unknown."""
        return not self.area_code or self.area_code in area_path

    def depth(self, area_path: tuple[str, ...]) -> int:
        """How near its area is to where the resident lives: 0 for everywhere or elsewhere, then one more for each level down."""
        return area_path.index(self.area_code) + 1 if self.area_code in area_path else 0


ALWAYS = Validity()
EVERYWHERE = Scope()
_SAYS_SOMETHING = 8
"""Characters: a shorter answer ("see above") helps nobody to find its article."""


@dataclass(frozen=True, slots=True)
class Article:
    id: str
    question: str
    answer: str
    phrasings: tuple[str, ...] = ()
    source: Source | None = None
    validity: Validity = ALWAYS
    scope: Scope = EVERYWHERE
    category: Category = Category.OTHER

    @property
    def texts(self) -> tuple[str, ...]:
        """Every wording by which a resident may ask this, the standard question first."""
        return (self.question, *self.phrasings)

    @property
    def body(self) -> str:
        """What else helps to find it: the answer speaks of what people ask in words no wording has."""
        return self.answer if len(self.answer) >= _SAYS_SOMETHING else ""
