"""From what the clauses say to one headcount, filling in only what arithmetic makes certain."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.households.clauses import Clause, Figure
from bot.households.headcount import LARGEST_HOUSEHOLD, Doubt, Headcount
from bot.households.lexicon import Kind


@dataclass(frozen=True, slots=True)
class Sum:
    headcount: Headcount
    doubts: tuple[Doubt, ...] = ()


def add_up(clauses: Sequence[Clause]) -> Sum:
    """The household's totals, and every reason not to believe them."""
    figures = _once([figure for clause in clauses for figure in clause.figures])
    everyone = next((clause.everyone for clause in clauses if clause.everyone), None)
    totals = {figure.people for figure in figures if figure.role is None and figure.place is None}
    exhaustive = any(clause.exhaustive for clause in clauses)
    total = min(totals) if totals else _composed(figures, exhaustive=exhaustive)
    here, gone = _where(figures, total=total, everyone=everyone, exhaustive=exhaustive)
    if total is None and here is not None and gone is not None and _both_by_number(figures):
        total = here + gone
    headcount = completed(
        Headcount(
            total, here, gone, children=_people(figures, Kind.CHILD), elderly=_people(figures, Kind.ELDER)
        )
    )
    return Sum(headcount, tuple(_doubts(clauses, figures, headcount, totals=totals)))


def _once(figures: Sequence[Figure]) -> list[Figure]:
    """A person mentioned twice (我和儿子，儿子在兰州) is one; the place said later holds."""
    unnamed = [figure for figure in figures if not figure.name]
    named: dict[str, Figure] = {}
    for figure in figures:
        if figure.name:
            earlier = named.get(figure.name)
            named[figure.name] = (
                figure if earlier is None else replace(earlier, place=figure.place or earlier.place)
            )
    return [*unnamed, *named.values()]


def completed(headcount: Headcount) -> Headcount:
    """`headcount` with the one of total, present and away that the other two make certain."""
    total, here, gone = headcount.total, headcount.present, headcount.away
    if total is None:
        return headcount
    if here is None and gone is not None:
        return replace(headcount, present=total - gone)
    if gone is None and here is not None:
        return replace(headcount, away=total - here)
    return headcount


def doubts_about(headcount: Headcount) -> Iterable[Doubt]:
    """What is wrong with the figures alone, however they were said."""
    total, here, gone = headcount.total, headcount.present, headcount.away
    if total is not None and (
        (here is not None and gone is not None and here + gone != total)
        or max(here or 0, gone or 0, (headcount.children or 0) + (headcount.elderly or 0)) > total
    ):
        yield Doubt.FIGURES_CLASH
    if (
        max(total or 0, here or 0, gone or 0, headcount.children or 0, headcount.elderly or 0)
        > LARGEST_HOUSEHOLD
    ):
        yield Doubt.TOO_MANY
    if total == 0:
        yield Doubt.NOTHING_SAID


def _people(figures: Iterable[Figure], role: Kind) -> int | None:
    said = [figure.people for figure in figures if figure.role is role]
    return sum(said) if said else None


def _composed(figures: Sequence[Figure], *, exhaustive: bool) -> int | None:
    """我和媳妇两个娃 is four. Children alone, or only those at home, do not make a household's total.

    A number with a place (2个在外) is some of the people mentioned, unless all of those have their own place.
    """
    counted = [figure for figure in figures if figure.people]
    roles = {figure.role for figure in counted}
    complete = (
        exhaustive or bool(roles & {Kind.KIN, Kind.ADULT, Kind.SEX}) or {Kind.CHILD, Kind.ELDER} <= roles
    )
    complete = complete or any(figure.name and figure.people > 1 for figure in counted)
    places = {figure.place for figure in counted}
    if not complete or not counted or places in ({Kind.PRESENT}, {Kind.AWAY}):
        return None
    people = [figure for figure in counted if figure.role]
    if any(figure.place is None for figure in people):
        counted = people
    return sum(figure.people for figure in counted)


def _both_by_number(figures: Iterable[Figure]) -> bool:
    numbered = {figure.place for figure in figures if figure.role is None}
    return {Kind.PRESENT, Kind.AWAY} <= numbered


def _where(
    figures: Sequence[Figure], *, total: int | None, everyone: Kind | None, exhaustive: bool
) -> tuple[int | None, int | None]:
    """How many are home and how many away, each None when not said."""
    here = {Kind.PRESENT: total, Kind.AWAY: 0}.get(everyone) if everyone else None
    gone = {Kind.PRESENT: 0, Kind.AWAY: total}.get(everyone) if everyone else None
    said_here = _at(figures, Kind.PRESENT, partial_is_enough=exhaustive or total is None)
    said_gone = _at(figures, Kind.AWAY, partial_is_enough=True)
    return (here if said_here is None else said_here), (gone if said_gone is None else said_gone)


def _at(figures: Sequence[Figure], place: Kind, *, partial_is_enough: bool) -> int | None:
    """People at `place`. 老人在家 within a household of six does not say that only the old are home."""
    there = [figure for figure in figures if figure.place is place]
    others = any(figure.place not in {place, None} for figure in figures)
    enough = partial_is_enough or others or any(figure.role is None for figure in there)
    return sum(figure.people for figure in there) if there and enough else None


def _doubts(
    clauses: Sequence[Clause], figures: Sequence[Figure], headcount: Headcount, *, totals: set[int]
) -> Iterable[Doubt]:
    gone_by_number = any(figure.place is Kind.AWAY and figure.role is None for figure in figures)
    either = gone_by_number and any(clause.at_home_or_in_all for clause in clauses)
    if either or any(clause.vague for clause in clauses):
        yield Doubt.VAGUE
    if any(clause.guests for clause in clauses):
        yield Doubt.GUESTS
    of_figures = tuple(doubts_about(headcount))
    said_twice = len(totals) > 1 or _ages_clash(figures, headcount) or _not_everyone(clauses, figures)
    if said_twice and Doubt.FIGURES_CLASH not in of_figures:
        yield Doubt.FIGURES_CLASH
    yield from of_figures


def _not_everyone(clauses: Sequence[Clause], figures: Sequence[Figure]) -> bool:
    """都在兰州, and yet one is at home."""
    everyone = {clause.everyone for clause in clauses} - {None}
    elsewhere = {figure.place for figure in figures if figure.people} - {None} - everyone
    return bool(everyone and elsewhere)


def _ages_clash(figures: Sequence[Figure], headcount: Headcount) -> bool:
    """More relatives than people, or adults and children that do not make the total (the old may be among the adults)."""
    total = headcount.total
    if total is None:
        return False
    children, elderly = headcount.children or 0, headcount.elderly or 0
    grown = _people(figures, Kind.ADULT)
    by_age = {children + (grown or 0), children + elderly + (grown or 0)}
    return children + elderly + (_people(figures, Kind.KIN) or 0) > total or (
        grown is not None and children > 0 and total not in by_age
    )
