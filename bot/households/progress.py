"""How far a headcount drive has come in each community, as totals only."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.households.register import Answer, Entry, Register

SMALL_CELL = 5
"""Households. Totals over fewer could tell a neighbour about one family, so they can be hidden."""


@dataclass(frozen=True, slots=True)
class CommunityProgress:
    """People add up only the figures said; None: hidden. A tally line stands apart and is in none of the other sums."""

    community_code: str
    households_known: int
    households_answered: int
    people: int | None
    present: int | None
    away: int | None
    children: int | None
    elderly: int | None
    conflicts: int
    tally_households: int | None = None
    tally_people: int | None = None


@dataclass(frozen=True, slots=True)
class Sums:
    """A community in which every answer is a household of its own, added up; there is no register to be made of it."""

    community_code: str
    households: int
    people: int
    present: int
    away: int
    children: int
    elderly: int


def progress_of(sums: Sums, households_known: int, *, hide_small_cells: bool = False) -> CommunityProgress:
    """The same row as `summarise` would give."""
    row = CommunityProgress(
        community_code=sums.community_code,
        households_known=households_known,
        households_answered=sums.households,
        people=sums.people,
        present=sums.present,
        away=sums.away,
        children=sums.children,
        elderly=sums.elderly,
        conflicts=0,
    )
    return _hidden(row) if hide_small_cells else row


def summarise(
    register: Register, households_known: Mapping[str, int], *, hide_small_cells: bool = False
) -> tuple[CommunityProgress, ...]:
    """One row per community that is known or has answered, by code. Disputed households count as conflicts only."""
    answers: dict[str, list[Answer]] = defaultdict(list)
    for answer in register.answers:
        answers[answer.community_code].append(answer)
    disputes = Counter(dispute.community_code for dispute in register.disputes)
    tallies = {tally.community_code: tally for tally in register.tallies}
    rows = (
        _community(
            code,
            answers.get(code, ()),
            households_known=households_known.get(code, 0),
            conflicts=disputes[code],
            tally=tallies.get(code),
        )
        for code in sorted({*households_known, *answers, *disputes, *tallies})
    )
    return tuple(_hidden(row) if hide_small_cells else row for row in rows)


def _community(
    code: str, answers: Sequence[Answer], *, households_known: int, conflicts: int, tally: Entry | None
) -> CommunityProgress:
    return CommunityProgress(
        community_code=code,
        households_known=households_known,
        households_answered=len(answers),
        people=_sum(answers, "total"),
        present=_sum(answers, "present"),
        away=_sum(answers, "away"),
        children=_sum(answers, "children"),
        elderly=_sum(answers, "elderly"),
        conflicts=conflicts,
        tally_households=tally.households if tally else None,
        tally_people=tally.headcount.total if tally else None,
    )


def _sum(answers: Sequence[Answer], figure: str) -> int:
    return sum(getattr(answer.headcount, figure) or 0 for answer in answers)


def _hidden(row: CommunityProgress) -> CommunityProgress:
    """Coverage stays to be seen; people do not, unless nobody has answered at all."""
    if row.households_answered == 0 or row.households_answered >= SMALL_CELL:
        return row
    return replace(row, people=None, present=None, away=None, children=None, elderly=None)
