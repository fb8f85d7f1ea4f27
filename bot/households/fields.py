"""Answers to a question that named its fields: 5，3，2 for "how many in all, at home, away?"."""

import re
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from bot.households.arithmetic import completed, doubts_about
from bot.households.headcount import Doubt, Headcount, Reading, ReadingKind
from bot.households.numerals import NUMERAL_CHARS, parse_numeral
from bot.households.reading import LONGEST_ANSWER, read_headcount
from bot.households.script import plain

_LISTED = re.compile(
    rf"[{NUMERAL_CHARS}]{{1,3}}[口个]?人?(?:[，、。/\- ]+[{NUMERAL_CHARS}]{{1,3}}[口个]?人?)*[。 ]*"
)
_RUN = re.compile(rf"[{NUMERAL_CHARS}]+")
_NONE = frozenset({"没有", "没", "无", "没得", "没有的", "没人", "一个都没有"})


class Field(StrEnum):
    TOTAL = "total"
    PRESENT = "present"
    AWAY = "away"
    CHILDREN = "children"
    ELDERLY = "elderly"


def read_fields(text: str, asked: Sequence[Field]) -> Reading:
    """What `text` says when `asked` were asked for, in that order. Words win over order: 在家3 is read as such."""
    if len(text) > LONGEST_ANSWER:
        return Reading(ReadingKind.OTHER)
    said = plain(text)
    if len(asked) == 1 and asked[0] is not Field.TOTAL and said.rstrip("。 ") in _NONE:
        return _settled({asked[0]: 0})
    if not _LISTED.fullmatch(said):
        return _without_unanchored(read_headcount(text))
    numbers = [parse_numeral(run) for run in _RUN.findall(said)]
    if len(numbers) != len(asked):
        return Reading(ReadingKind.CONFLICT, doubts=(Doubt.UNLABELLED,))
    if None in numbers:
        return Reading(ReadingKind.CONFLICT, doubts=(Doubt.VAGUE,))
    return _settled(
        {field: number for field, number in zip(asked, numbers, strict=True) if number is not None}
    )


def _settled(figures: dict[Field, int]) -> Reading:
    if Field.TOTAL not in figures and {Field.PRESENT, Field.AWAY} <= figures.keys():
        figures = {**figures, Field.TOTAL: figures[Field.PRESENT] + figures[Field.AWAY]}
    headcount = completed(Headcount(**{field.value: people for field, people in figures.items()}))
    doubts = tuple(doubts_about(headcount))
    if doubts:
        return Reading(ReadingKind.CONFLICT, doubts=doubts)
    return Reading(ReadingKind.COUNT, headcount)


def _without_unanchored(reading: Reading) -> Reading:
    """We asked, so a bare 五个人 is an answer."""
    return replace(reading, doubts=tuple(doubt for doubt in reading.doubts if doubt is not Doubt.UNANCHORED))
