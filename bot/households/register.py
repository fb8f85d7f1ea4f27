"""What each household's current answer is, when several of its people, or a grid worker, have answered.

A household answers once: the same figures from two of its members are one answer, different figures are a conflict for
a person to clear up, never a sum. A grid worker's tally line stands beside the households' answers, never among them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from bot.errors import Conflict as NotAllowed
from bot.households.arithmetic import completed
from bot.households.headcount import Headcount


class Source(StrEnum):
    SELF = "self"
    DOOR = "door"
    TALLY = "tally"


class State(StrEnum):
    DRAFT = "draft"
    CONFIRMED = "confirmed"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


TRANSITIONS: Mapping[State, frozenset[State]] = MappingProxyType(
    {
        State.DRAFT: frozenset({State.CONFIRMED, State.SUPERSEDED, State.WITHDRAWN}),
        State.CONFIRMED: frozenset({State.SUPERSEDED, State.WITHDRAWN}),
        State.SUPERSEDED: frozenset({State.WITHDRAWN}),
        State.WITHDRAWN: frozenset(),
    }
)
"""A withdrawn answer stays withdrawn: the household answers anew."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer as given. `respondent` is a pseudonymous key, never an openid; `household_code` None when not known.

    A TALLY covers `households` of the community at once; for the others that is one.
    """

    source: Source
    community_code: str
    respondent: str
    headcount: Headcount
    entered_at: datetime
    household_code: str | None = None
    state: State = State.CONFIRMED
    households: int = 1


@dataclass(frozen=True, slots=True)
class Answer:
    """A household's one current answer. `household` is its code, or the respondent's key when it gave none."""

    household: str
    community_code: str
    headcount: Headcount
    entered_at: datetime


@dataclass(frozen=True, slots=True)
class Dispute:
    """Members of one household gave different figures; the entries, oldest first."""

    household: str
    community_code: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Register:
    """`tallies`: each community's latest line, kept apart so that nobody is counted twice."""

    answers: tuple[Answer, ...]
    disputes: tuple[Dispute, ...]
    tallies: tuple[Entry, ...]


def move(state: State, to: State) -> State:
    """`to`, when an answer in `state` may become it.

    Raises:
        Conflict: the transition table does not allow it.

    """
    if to not in TRANSITIONS[state]:
        raise NotAllowed(f"a headcount that is {state} cannot become {to}")
    return to


def current(entries: Iterable[Entry]) -> Register:
    """The register as confirmed `entries` leave it; their order does not matter."""
    confirmed = sorted(
        (entry for entry in entries if entry.state is State.CONFIRMED), key=lambda entry: entry.entered_at
    )
    answers: list[Answer] = []
    disputes: list[Dispute] = []
    for (community_code, household), theirs in sorted(_by_household(confirmed).items()):
        counting = _those_that_count(theirs)
        agreed = _agreed(counting)
        if agreed is None:
            disputes.append(Dispute(household, community_code, counting))
        else:
            answers.append(Answer(household, community_code, agreed, counting[-1].entered_at))
    tallies = {entry.community_code: entry for entry in confirmed if entry.source is Source.TALLY}
    return Register(tuple(answers), tuple(disputes), tuple(tallies[code] for code in sorted(tallies)))


def _by_household(confirmed: Sequence[Entry]) -> Mapping[tuple[str, str], list[Entry]]:
    """Entries by community and household. Who gave a code once is of that household in every answer of theirs."""
    own = [entry for entry in confirmed if entry.source is not Source.TALLY]
    home = {
        entry.respondent: (entry.community_code, entry.household_code)
        for entry in own
        if entry.household_code and entry.source is Source.SELF
    }
    grouped: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in own:
        if entry.source is Source.SELF:
            community_code, code = home.get(entry.respondent, (entry.community_code, None))
        else:
            community_code, code = entry.community_code, entry.household_code
        grouped[community_code, code or entry.respondent].append(entry)
    return grouped


def _those_that_count(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Each respondent's latest, oldest first. A visit at the door settles everything said before it."""
    visits = [entry.entered_at for entry in entries if entry.source is Source.DOOR]
    settled_at = max(visits, default=None)
    latest = {
        entry.respondent: entry for entry in entries if settled_at is None or entry.entered_at >= settled_at
    }
    return tuple(sorted(latest.values(), key=lambda entry: entry.entered_at))


def _agreed(entries: Sequence[Entry]) -> Headcount | None:
    """The figures all `entries` allow, what one left unsaid taken from another; None when two differ."""
    figures: dict[str, int | None] = {}
    for field in fields(Headcount):
        said = {getattr(entry.headcount, field.name) for entry in entries} - {None}
        if len(said) > 1:
            return None
        figures[field.name] = said.pop() if said else None
    return completed(Headcount(**figures))
