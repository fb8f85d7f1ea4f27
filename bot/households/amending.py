"""A sentence that tells only what changes in an answer: 不对，是三个在外头, after 我家5口人，2个在外地."""

import re

from bot.households.arithmetic import completed
from bot.households.headcount import Headcount
from bot.households.script import plain

_CHANGES = re.compile(
    r"错|不对|不是|忘|漏|[少多](?:说|报|算|写|填)|改|添|又[来多少走]|生了|[嫁娶殁]|搬|变了|现在|这会"
)


def tells_a_change(text: str) -> bool:
    """Whether `text` speaks of an answer given before, and not afresh."""
    return bool(_CHANGES.search(plain(text)))


def amended(before: Headcount, said: Headcount) -> Headcount:
    """`said`, and from `before` what it leaves open. Somebody forgotten is at home unless that is said: the answer is said back
    before it counts.
    """
    away = before.away if said.away is None and said.present is None else said.away
    return completed(
        Headcount(
            total=before.total if said.total is None else said.total,
            present=said.present,
            away=away,
            children=before.children if said.children is None else said.children,
            elderly=before.elderly if said.elderly is None else said.elderly,
        )
    )
