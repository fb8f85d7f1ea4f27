"""What stands beside a household's numbers and makes them unsure, whatever they add up to: 昨天走了一个, 我家两户."""

import re

from bot.households.headcount import Doubt
from bot.households.lexicon import CHILDREN, ELDERS

_NUMERAL = "[0-9一二两俩三四五六七八九十]"
_WHEN = r"(?:[昨前今]天|[昨今]晚|今早|刚刚?|刚才|前几天|前不久|最近|上个?月|这个月|去年|前年|今年|年初|年前|才|又|已经)*"
_YOUNG_OR_OLD = "|".join(sorted(f"{CHILDREN} {ELDERS}".split(), key=len, reverse=True))
_SIGNS: tuple[tuple[Doubt, re.Pattern[str], str], ...] = (
    (
        Doubt.ONE_FEWER,
        re.compile(
            rf"[，。 ]*{_WHEN}(?:(?:走|没|少|殁|老)了(?:[12一二两]个|俩|个)(?:老人|老的|人)?了?|有?[1一]个(?:走|没|殁|老)了)(?=$|[，。 ])"
        ),
        "",
    ),
    (
        Doubt.SEVERAL_HOUSEHOLDS,
        re.compile(r"(?:分成|分了|分|有|是|共|一共)*(?:[2-9]|[两二三四])户人?家?|(?<=一户)(?=.*一户)"),
        "",
    ),
    (
        Doubt.VAGUE,
        re.compile(rf"[0-9]+。[0-9]+(?=口|个?人)|{_NUMERAL}+点{_NUMERAL}+(?=口|个?人)"),
        "5",
    ),
    # Both of us, or two children and I.
    (
        Doubt.VAGUE,
        re.compile(rf"[我俺](?:[和跟同]|带着?|领着?)(?:{_YOUNG_OR_OLD})(?:[2两]个|俩)(?![人口])"),
        "5口",
    ),
)
"""The doubt, its sign in a plain text, and what takes the sign's place in reading whether the rest tells of a household."""


def unsettled(said: str) -> tuple[Doubt, str] | None:
    """Why the numbers in `said` (plain) must be asked about, and what it says without that."""
    return next(
        ((doubt, sign.sub(instead, said)) for doubt, sign, instead in _SIGNS if sign.search(said)), None
    )
