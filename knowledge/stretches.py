"""The meaning-flip check for a stretch of a message beside what is known: a claim, unlike a question, speaks of one place, of one day,
and of all or of some. What the stretch leaves open, the message around it says.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from knowledge.contradiction import Statement, compare, say
from knowledge.contrasts import load_contrasts
from knowledge.places import Places, Whereabouts

_ONE_STATEMENT = 40
"""Characters. In longer messages other things are said as well."""


@dataclass(frozen=True)
class Surroundings:
    """What a message says around the stretch of it that is compared: the `whole` of it tells where, what stands `near` tells
    when. Normal forms; read only if the stretch leaves it open and it matters, by `stated`, for other stretches have the same
    around them.
    """

    whole: str
    near: str
    places: Places
    stated: Callable[[str], Statement]

    @cached_property
    def whereabouts(self) -> Whereabouts:
        return self.places.whereabouts(self.whole)

    @property
    def is_short(self) -> bool:
        return len(self.whole) <= _ONE_STATEMENT

    @cached_property
    def statement_of_whole(self) -> Statement:
        return self.stated(self.whole)

    @cached_property
    def statement_near(self) -> Statement:
        return self.stated(self.near)


def compare_stretch(stretch: Statement, text: Statement, around: Surroundings) -> tuple[str, ...]:
    """The same of a stretch of a message. Where and when it leaves open, its surroundings say: under the heading of one county
    it is not what is known of another. A short message is one statement, whatever part of it comes closest.
    """
    if text.whereabouts.all and not stretch.whereabouts.all:
        stretch = replace(stretch, whereabouts=around.whereabouts)
    if text.is_dated and not stretch.is_dated:
        stretch = stretch.on_days_of(around.statement_near)
    differing = compare(stretch, text) or _two_places(stretch, text) or _two_extents(stretch, text)
    if differing or not around.is_short:
        return differing
    whole = around.statement_of_whole
    return compare(whole, text) or _two_extents(whole, text)


def placed_elsewhere(around: Surroundings, wordings: Iterable[str]) -> str:
    """Where in the prefecture it is that every wording (normal forms) of a thing names and nothing in a message does, for people;
    empty if any wording names none. Whoever writes "our town" lives in one of many.
    """
    place = ""
    if around.whereabouts.all:
        return place
    for wording in wordings:
        away = around.places.whereabouts(wording).away
        if not away:
            return ""
        place = place or say(away)
    return place


def _two_places(left: Statement, right: Statement) -> tuple[str, ...]:
    """A county and the prefecture it lies in may be one question, but they are two claims; and so is what is said of one place
    beside what is known of none in particular, unless it is one's own prefecture.
    """
    here, there = left.whereabouts.all, right.whereabouts.all
    if not there and left.whereabouts.away:
        return _differing("place", say(left.whereabouts.away), load_contrasts().labels["anywhere"])
    if not here or not there or not here.isdisjoint(there):
        return ()
    return _differing("place", say(here), say(there))


def _two_extents(left: Statement, right: Statement) -> tuple[str, ...]:
    """What holds for some alone is another claim than what holds."""
    labels = load_contrasts().labels
    only = left.only and not right.only
    return _differing("extent", labels["only"], labels["whole"]) if only else ()


def _differing(label: str, left: str, right: str) -> tuple[str, ...]:
    words = load_contrasts()
    return (words.difference.format(label=words.labels[label], left=left, right=right),)
