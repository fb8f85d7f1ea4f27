"""Where and when a message is sent, and what holds there and then."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from knowledge.article import Scope, Validity


class Holding(Protocol):
    """What holds in some place and at some time: an article, a claim."""

    @property
    def validity(self) -> Validity: ...

    @property
    def scope(self) -> Scope: ...


@dataclass(frozen=True, slots=True)
class Here:
    """`area_path`: division codes from the prefecture down, empty when unknown; `day`: a date in Asia/Shanghai."""

    area_path: tuple[str, ...]
    day: date

    def holds(self, thing: Holding) -> bool:
        """Whether it is in force, for all that is known of where."""
        return thing.validity.holds_on(self.day) and thing.scope.covers(self.area_path)

    def is_near(self, thing: Holding) -> bool:
        """The same; while nobody knows where, it may be anywhere."""
        return thing.validity.holds_on(self.day) and (
            not self.area_path or thing.scope.covers(self.area_path)
        )

    def standing(self, thing: Holding) -> tuple[bool, bool]:
        """Of things that do not hold: the greater, the rather it is told that this one is over than another."""
        return thing.scope.covers(self.area_path), thing.validity.holds_on(self.day)

    def nearness(self, thing: Holding) -> tuple[bool, bool, int]:
        """The greater, the rather it is told than a copy of it."""
        return self.holds(thing), self.is_near(thing), thing.scope.depth(self.area_path)
