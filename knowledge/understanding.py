"""One message understood: intent, answer and rumour check, each computed once. What the handlers call."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from knowledge.answering import Answering, find_answer
from knowledge.beside import asked_beside
from knowledge.intent import Intent
from knowledge.library import Library
from knowledge.routing import Routing, route
from knowledge.rumours import RumourCheck, check_rumour
from knowledge.thresholds import DEFAULTS, Thresholds

_LONGEST = 4_000
"""Characters of a message that are read: the platform lets through 2,048 bytes, a screenshot may hold more."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """`beside`: what a message asks beside the rumour that it is taken for."""

    routing: Routing
    answering: Answering
    rumour: RumourCheck
    beside: Answering | None = None


def understand(
    text: str,
    *,
    library: Library,
    area_path: tuple[str, ...],
    day: date,
    thresholds: Thresholds = DEFAULTS,
) -> Understanding:
    """What `text` is and what is known about it, for a resident of `area_path` (empty: unknown) on `day`."""
    message = library.hear(text[:_LONGEST])
    answering = find_answer(message, library=library, area_path=area_path, day=day, thresholds=thresholds)
    rumour = check_rumour(message, library=library, area_path=area_path, day=day, thresholds=thresholds)
    routing = route(message, library=library, answering=answering, rumour_check=rumour)
    if routing.intent is not Intent.RUMOUR:
        return Understanding(routing, answering, rumour)
    ask = partial(find_answer, library=library, area_path=area_path, day=day, thresholds=thresholds)
    return Understanding(routing, answering, rumour, asked_beside(message, answering, ask=ask))
