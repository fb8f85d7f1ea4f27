"""The first page: what waits for whom, how the day goes, and the figures its charts are drawn from.

Somebody bound to an area sees the counts of that area only, and none so small that it could tell of one person.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from bot.access import LEVELS, Permission
from bot.households.progress import SMALL_CELL
from bot.office import articles, broadcasts
from bot.office.act import Act
from bot.store import daily_figures, waiting
from bot.store.areas import AreaKind
from bot.store.daily_figures import EVERYWHERE, OF_THE_DAY, OPEN_BY_AGE, Figure
from bot.store.pages import MOST, Wanted
from bot.store.waiting import ClaimsWanted
from broadcasts.broadcast import Status
from knowledge.review import OPEN, WorkState

DAYS_SHOWN = 14


class Matter(StrEnum):
    """One kind of thing that waits for a person."""

    DANGER = "danger"
    OVERDUE = "overdue"
    TO_TRIAGE = "to_triage"
    MINE = "mine"
    TO_APPROVE = "to_approve"
    SUGGESTIONS = "suggestions"
    APPEALS = "appeals"
    ARTICLES = "articles"
    ENDING = "ending"
    QUESTIONS = "questions"
    BROADCASTS = "broadcasts"


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much of it; `is_more`: that is where counting stopped."""

    matter: Matter
    count: int
    is_more: bool = False


@dataclass(frozen=True, slots=True)
class DayFigures:
    """One day. A figure that is None is too small to be shown of an area."""

    day: date
    counts: Mapping[Figure, int | None] = field(default_factory=dict)

    @property
    def answered_share(self) -> float | None:
        """Messages that needed no person, of all: 0 to 1; None without messages, or where they are too few to tell."""
        messages, left = self.counts.get(Figure.MESSAGES, 0), self.counts.get(Figure.LEFT_OPEN, 0)
        if not messages or left is None:
            return None
        return max(0.0, 1 - left / messages)


@dataclass(frozen=True, slots=True)
class AreaCoverage:
    """How far grid workers of an area carried what was sent in the last 30 days; None: too few tasks to tell."""

    area_code: str
    tasks: int | None
    forwarded: int | None

    @property
    def share(self) -> float | None:
        return self.forwarded / self.tasks if self.tasks and self.forwarded is not None else None


def what_waits(act: Act) -> tuple[Waiting, ...]:
    """What waits for somebody of this role, in the order in which it should be looked at."""
    act.require(Permission.FIGURES_READ)
    counted = ((matter, count(act)) for matter, (needs, count) in MATTERS.items() if act.may(needs))
    return tuple(Waiting(matter, count, count >= waiting.MOST) for matter, count in counted)


def days(act: Act) -> tuple[DayFigures, ...]:
    """The last 14 days up to today, oldest first; a day nothing is kept of stands as zeros."""
    act.require(Permission.FIGURES_READ)
    first = act.today - timedelta(days=DAYS_SHOWN - 1)
    by_day: dict[date, dict[Figure, int]] = {
        first + timedelta(days=number): dict.fromkeys(OF_THE_DAY, 0) for number in range(DAYS_SHOWN)
    }
    for one in daily_figures.figures_since(act.session, first, area_code=_kept_for(act)):
        if one.day in by_day:
            by_day[one.day][one.figure] = one.count
    hide = act.member.area_code is not None
    return tuple(DayFigures(day, _shown(counts, hide=hide)) for day, counts in by_day.items())


def has_figures(act: Act) -> bool:
    """Whether days are counted for the member's area: a village's are not, and nothing is before the first count."""
    return len(act.area_prefix) < LEVELS[-1] and daily_figures.last_day(act.session) is not None


def open_by_age(act: Act) -> Mapping[Figure, int | None]:
    """Claims that are not decided, by how long they have been open, as they stood at the last count."""
    act.require(Permission.FIGURES_READ)
    day = daily_figures.last_day(act.session)
    found = daily_figures.figures_of(act.session, day, [_kept_for(act)]) if day else ()
    counts = {one.figure: one.count for one in found}
    ages = {figure: counts.get(figure, 0) for figure in OPEN_BY_AGE}
    return _shown(ages, hide=act.member.area_code is not None)


def coverage(act: Act) -> tuple[AreaCoverage, ...]:
    """Of each county; of an area, of what lies right below it."""
    act.require(Permission.FIGURES_READ)
    below = _right_below(act)
    day = daily_figures.last_day(act.session)
    found = daily_figures.figures_of(act.session, day, below) if day else ()
    counts = {(one.area_code, one.figure): one.count for one in found}
    return tuple(
        _coverage(
            code, counts.get((code, Figure.RELAY_TASKS), 0), counts.get((code, Figure.RELAY_FORWARDED), 0)
        )
        for code in below
    )


def _right_below(act: Act) -> tuple[str, ...]:
    """Counties for whoever sees everything; a county's townships for whoever sees that. Villages are too small."""
    kept = {AreaKind.COUNTY, AreaKind.TOWNSHIP}
    tops = [act.member.area_code] if act.member.area_code else []
    tops = tops or [area.code for area in act.areas if area.kind is AreaKind.PREFECTURE]
    return tuple(area.code for top in tops for area in act.areas.children(top) if area.kind in kept)


def _coverage(code: str, tasks: int, forwarded: int) -> AreaCoverage:
    if 0 < tasks < SMALL_CELL:
        return AreaCoverage(code, None, None)
    return AreaCoverage(code, tasks, forwarded)


def _kept_for(act: Act) -> str:
    return act.member.area_code or EVERYWHERE


def _shown(counts: Mapping[Figure, int], *, hide: bool) -> Mapping[Figure, int | None]:
    return {figure: None if hide and 0 < count < SMALL_CELL else count for figure, count in counts.items()}


def _to_triage(act: Act) -> int:
    return _claims(act, ClaimsWanted({WorkState.NEW}, area_prefix=act.area_prefix))


def _mine(act: Act) -> int:
    return _claims(act, ClaimsWanted(OPEN, assigned_to=act.member.name, area_prefix=act.area_prefix))


def _to_approve(act: Act) -> int:
    return _claims(act, ClaimsWanted({WorkState.DRAFTED}, area_prefix=act.area_prefix))


def _overdue(act: Act) -> int:
    return _claims(act, ClaimsWanted(OPEN, due_before=act.now, area_prefix=act.area_prefix))


def _claims(act: Act, wanted: ClaimsWanted) -> int:
    return waiting.claims(act.session, wanted)


def _submitted(act: Act) -> int:
    page = broadcasts.list_broadcasts(act, Wanted(limit=MOST), statuses=[Status.SUBMITTED])
    return len(page.items)


def _ending(act: Act) -> int:
    return len(articles.ending(act))


def _in_area(count: Callable[..., int]) -> Callable[[Act], int]:
    return lambda act: count(act.session, area_prefix=act.area_prefix)


# Who may do this looks after that; the most urgent first.
MATTERS: Mapping[Matter, tuple[Permission, Callable[[Act], int]]] = {
    Matter.DANGER: (Permission.ALERT_ACKNOWLEDGE, _in_area(waiting.alerts)),
    Matter.OVERDUE: (Permission.CLAIM_READ, _overdue),
    Matter.TO_TRIAGE: (Permission.CLAIM_REVIEW, _to_triage),
    Matter.MINE: (Permission.CLAIM_REVIEW, _mine),
    Matter.TO_APPROVE: (Permission.CLAIM_APPROVE, _to_approve),
    Matter.SUGGESTIONS: (Permission.CLAIM_REVIEW, _in_area(waiting.suggestions)),
    Matter.APPEALS: (Permission.APPEAL_DECIDE, _in_area(waiting.appeals)),
    Matter.ARTICLES: (Permission.ARTICLE_APPROVE, _in_area(waiting.articles)),
    Matter.ENDING: (Permission.ARTICLE_WRITE, _ending),
    Matter.QUESTIONS: (Permission.QUESTION_ANSWER, _in_area(waiting.question_groups)),
    Matter.BROADCASTS: (Permission.BROADCAST_APPROVE, _submitted),
}
