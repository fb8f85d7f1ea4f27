"""A resident's sentence → a headcount, a conflict to ask about, or something else."""

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from bot.households.arithmetic import add_up
from bot.households.clauses import PEOPLE, PLACES, SPEAKER, Clause, read_clause
from bot.households.headcount import LARGEST_HOUSEHOLD, Doubt, Headcount, Reading, ReadingKind
from bot.households.lexicon import Kind
from bot.households.lookalikes import looks_like_something_else, speaks_of_a_death
from bot.households.scanning import Token, scan
from bot.households.script import plain
from bot.households.trimming import corrected, without_surroundings
from bot.households.unsettled import unsettled

LONGEST_ANSWER = 80
"""Characters. Longer messages are stories; a headcount inside one is asked for afresh."""
_QUANTITY = re.compile(r"[0-9一二两俩仨三四五六七八九十几多些]")
_LISTED = re.compile(r"[0-9]{1,2}(?:[，、/+\- ]+[0-9]{1,2}){1,5}")
_HEADINGS = frozenset({"人数", "总人数", "一共", "总共", "合计", "共"})
_POSSESSORS = SPEAKER | {"我大"}
_BESIDE_A_CHILD = frozenset({Kind.PRESENT, Kind.AWAY, Kind.TRAIT, Kind.FILLER, Kind.BREAK})
_AWAY_IN_SO_MANY_WORDS = re.compile(r"外|没|未|不|出|走了|去了|打工|务工|做工|当兵|参军|进城|进厂|离")
_OTHER = Reading(ReadingKind.OTHER)


def read_headcount(text: str) -> Reading:
    """What `text` says about the sender's household. Never raises; in doubt it asks (CONFLICT) rather than guesses."""
    if len(text) > LONGEST_ANSWER:
        return _OTHER
    said = without_surroundings(plain(text))
    if _LISTED.fullmatch(said):
        return _listed(said)
    if (beside := unsettled(said)) and _tells_numbers(beside[1]):
        return Reading(ReadingKind.CONFLICT, doubts=(beside[0],))
    if not said or looks_like_something_else(said):
        return _OTHER
    said = corrected(said)
    tokens = scan(said)
    if speaks_of_a_death(said) or not _is_about_a_household(tokens):
        return _OTHER
    return _own_child(tokens) or _judged([read_clause(clause) for clause in _clauses(tokens)], tokens)


def _listed(said: str) -> Reading:
    """5，3，2 without a question of ours: which figure is which must be asked; 7-12 is a date or a door."""
    first, *rest = (int(number) for number in re.findall(r"[0-9]+", said))
    if first > LARGEST_HOUSEHOLD or max(rest) > first:
        return _OTHER
    return Reading(ReadingKind.CONFLICT, doubts=(Doubt.UNLABELLED,))


def _tells_numbers(said: str) -> bool:
    """Whether `said` counts the people of a household, rightly or not."""
    tokens = scan(said)
    counted = any(token.kind is Kind.NUMBER for token in tokens) and not _unanchored(tokens)
    return counted and _is_about_a_household(tokens) and not looks_like_something_else(said)


def _own_child(tokens: Sequence[Token]) -> Reading | None:
    """我娃在陇西上学: my child and not I as well, and mostly said on the way to something else. None when more is told."""
    said = [token for token in tokens if token.text not in {"的", " "}]
    if len(said) < 2 or said[0].text not in _POSSESSORS or said[1].kind is not Kind.CHILD:  # noqa: PLR2004 - both
        return None
    kinds = {token.kind for token in said[2:]}
    places = kinds & {Kind.PRESENT, Kind.AWAY}
    if not kinds <= _BESIDE_A_CHILD or len(places) > 1 or said[1].people != 1:
        return None
    away = "".join(token.text for token in said[2:] if token.kind is Kind.AWAY)
    told = _AWAY_IN_SO_MANY_WORDS.search(away) is not None
    return Reading(
        ReadingKind.COUNT,
        Headcount(
            present=1 if Kind.PRESENT in places else None, away=1 if Kind.AWAY in places else None, children=1
        ),
        (Doubt.NOTHING_SAID,) if told else (Doubt.NOTHING_SAID, Doubt.UNANCHORED),
    )


def _judged(clauses: Sequence[Clause], tokens: Sequence[Token]) -> Reading:
    result = add_up(clauses)
    if _unanchored(tokens) and {Doubt.FIGURES_CLASH, Doubt.TOO_MANY} & set(result.doubts):
        return _OTHER
    if result.doubts:
        return Reading(ReadingKind.CONFLICT, doubts=result.doubts)
    if result.headcount == Headcount() or _only_the_speaker(clauses, result.headcount):
        return _OTHER
    return Reading(ReadingKind.COUNT, result.headcount, tuple(_reservations(result.headcount, tokens)))


def _only_the_speaker(clauses: Sequence[Clause], headcount: Headcount) -> bool:
    """我, 我妈, 我在外地: one person mentioned is not yet a household, unless it is said that there is nobody else."""
    figures = [figure for clause in clauses for figure in clause.figures]
    single = len(figures) == 1 and bool(figures[0].name) and figures[0].people == 1
    return single and not any(clause.exhaustive for clause in clauses) and headcount.elderly is None


def _reservations(headcount: Headcount, tokens: Sequence[Token]) -> Iterable[Doubt]:
    if headcount.total is None:
        yield Doubt.NOTHING_SAID
    if _unanchored(tokens):
        yield Doubt.UNANCHORED


def _unanchored(tokens: Sequence[Token]) -> bool:
    """Numbers of people or things, and no word that says these are the people of a household."""
    loose = {Kind.NUMBER, Kind.VAGUE, Kind.FILLER, Kind.BREAK, Kind.TOTAL, Kind.ONLY, Kind.SEX}
    return all(
        (token.kind in loose or token.text in SPEAKER)
        and "口" not in token.text
        and token.text not in _HEADINGS
        for token in tokens
    )


def _is_about_a_household(tokens: Sequence[Token]) -> bool:
    """Every word must be one of ours: 我家五口人，老人摔了 is a call for help, not an answer to file away."""
    if any(token.kind is Kind.UNKNOWN for token in tokens):
        return False
    hedged = any(token.kind is Kind.VAGUE for token in tokens)
    return not hedged or any(_QUANTITY.search(token.text) for token in tokens)


def _is_told(kinds: set[Kind], following: Token | None) -> bool:
    """Whether a clause of these `kinds` is complete at a space: one that counted is, 没人 waits for its place."""
    waits = following is not None and following.kind in PLACES
    return Kind.NUMBER in kinds or (Kind.NOBODY in kinds and not waits)


def _turns_to(token: Token, *, clause: Sequence[Token], following: Sequence[Token]) -> bool:
    """Whether `token` is the household, or somebody whose own place follows, once it has been said where the others are."""
    kinds = {earlier.kind for earlier in clause}
    if token.kind is Kind.HOUSE:
        return Kind.KIN in kinds and bool(kinds & PLACES)
    told = next((earlier.kind for earlier in reversed(clause) if earlier.kind is not Kind.TRAIT), None)
    if token.kind not in {Kind.KIN, Kind.CHILD, Kind.ELDER} or told not in PLACES:
        return False
    said = [earlier.kind for earlier in clause if earlier.kind in PEOPLE | PLACES]
    rest = takewhile(lambda later: later.kind is not Kind.BREAK, following)
    return said[0] in PEOPLE and Kind.KIN in {token.kind, *said} and any(one.kind in PLACES for one in rest)


def _clauses(tokens: Sequence[Token]) -> list[list[Token]]:
    """Split at punctuation, at a space once something has been counted, and where the talk goes from a relative to the
    household (媳妇回娘家了家里就剩3个) or to another relative (儿子在外地媳妇在家). Fillers are dropped.
    """
    clauses: list[list[Token]] = [[]]
    for at, token in enumerate(tokens):
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        kinds = {earlier.kind for earlier in clauses[-1]}
        if token.kind is Kind.BREAK or (token.text == " " and _is_told(kinds, following)):
            clauses.append([])
        elif _turns_to(token, clause=clauses[-1], following=tokens[at + 1 :]):
            clauses.append([token])
        elif token.kind not in {Kind.FILLER, Kind.UNKNOWN}:
            clauses[-1].append(token)
    return [clause for clause in clauses if clause]
