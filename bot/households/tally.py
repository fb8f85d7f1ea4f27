"""A grid worker's line for a whole community, for households without a telephone: 李家沟 52户 187人 缺3户."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.households.headcount import LARGEST_HOUSEHOLD, Doubt
from bot.households.numerals import parse_numeral
from bot.households.script import plain

_LONGEST_LINE = 60
"""Characters."""
_NUMERALS = "0-9零〇一二两三四五六七八九十百"
_NUMBER = rf"[{_NUMERALS}]{{1,6}}"
_GAP = r"[，、。：\s]*"
_NAME = rf"(?P<community>(?![我俺咱听])(?:(?!户数|人数|总共|一共|合计)[一-鿿·]){{2,15}}?(?:[{_NUMERALS}]社)?)"
_SUM = r"(?:合计|总共|一共|共有|共|总)?"
_MISSING = (
    rf"(?:(?:还)?(?:缺|差|漏|未报|没报|未登记|没登记|未填|联系不上|没联系上){_GAP}(?P<missing>{_NUMBER})\s*户?"
    rf"|(?P<missing_first>{_NUMBER})\s*户(?:未报|没报|未登记|没登记|未填|联系不上|没联系上)"
    r"|(?P<complete>不缺|全了|齐了|报齐|都报了|全部报完|全齐|一户不缺|一户不落))"
)
_UNIT_LAST = rf"(?P<households>{_NUMBER})\s*户{_GAP}(?:人口|人数)?{_GAP}(?:(?P<people>{_NUMBER})\s*(?:口人|个人|口|人))?"
_UNIT_FIRST = (
    rf"户数{_GAP}(?P<households>{_NUMBER})\s*户?{_GAP}(?:人数|人口){_GAP}(?P<people>{_NUMBER})\s*人?"
)
_LINES = tuple(
    re.compile(rf"{_NAME}{_GAP}{_SUM}{_GAP}{figures}{_GAP}(?:{_MISSING})?{_GAP}")
    for figures in (_UNIT_LAST, _UNIT_FIRST)
)


@dataclass(frozen=True, slots=True)
class Tally:
    """`households` live in the community; of these, `missing` have not answered. None: not said."""

    community: str
    households: int
    people: int | None = None
    missing: int | None = None


def read_tally(text: str) -> Tally | None:
    """The tally in `text`, or None when it is no such line. The community's name is as written, not looked up."""
    said = plain(text) if len(text) <= _LONGEST_LINE else ""
    found = next((match for line in _LINES if (match := line.fullmatch(said))), None)
    households = _value(found["households"]) if found else None
    if found is None or not households:
        return None
    people, missing = _value(found["people"]), _value(found["missing"] or found["missing_first"])
    if people is None and missing is None and not found["complete"]:
        return None
    return Tally(found["community"], households, people, 0 if found["complete"] else missing)


def _value(run: str | None) -> int | None:
    return parse_numeral(run) if run else None


def doubts_about_tally(tally: Tally, *, known_households: int | None) -> Iterable[Doubt]:
    """Whether the line fits itself and what we know of the community (`known_households`: None when unknown)."""
    answered = tally.households - (tally.missing or 0)
    unknown_to_us = known_households is not None and tally.households > known_households
    if answered < 0 or unknown_to_us or (tally.people is not None and tally.people < answered):
        yield Doubt.FIGURES_CLASH
    if tally.people is not None and tally.people > answered * LARGEST_HOUSEHOLD:
        yield Doubt.TOO_MANY
