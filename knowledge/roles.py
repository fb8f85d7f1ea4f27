"""Who does what to whom: 村民举报干部 and 干部举报村民 hold the same words. Likewise what is compared with what, and what causes what.

A word that has a doer before it and the other behind it (给, 举报, 比, 引起; 被 the other way round) parts a clause in two; two texts
differ where a thing stands on the one side here and on the other there, and another thing the other way round.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import Enum, auto
from functools import lru_cache
from itertools import chain
from types import MappingProxyType

from rapidfuzz.distance import Postfix

from knowledge.contrast_table import contrast_table
from knowledge.text import bare
from knowledge.vocabulary import Rewriting, load_vocabulary

_LONGEST = 80
"""Characters. In longer texts the same words come again in other clauses."""
_A_WORD = 2
_TURNED = MappingProxyType({"逊": "比", "因": "才", "前": "后"})
"""Kinds that name what is more, the cause, or what comes first behind themselves, and the kind that names it before itself."""
_MEASURED, _ANY = "比", ""
OF_ANY_ORDER = frozenset({_MEASURED, _ANY})
"""Kinds by which the same is told in either order of the words: 没有甲那么多, 比乙多."""
_PARTICLES = re.compile("[的了着过]|完(?!全|成|整)|[还也都就又能会可]$")
_OURSELVES = re.compile("咱们?|我们|俺们?|本(?=[县市村镇乡省社小])")
_CLAUSE_END = re.compile("[,;。!?·]")
_GIVING = frozenset("给到向")
_NO_RECIPIENT = frozenset("了的过着上到吗吧呢啊要能会可就都也还是有没不")


@dataclass(frozen=True, slots=True)
class Parts:
    """What stands before and behind `marker`, the doer first."""

    marker: str
    doer: str
    other: str


Roles = Mapping[str, Parts]
"""By what is done, as `contrasts.toml` names it; whatever is done to something (把, 被) under no name."""


@dataclass(frozen=True, slots=True)
class _Marking:
    """`marker`: one group for each kind of doing. `passive`: the doer stands behind it; `active`: what is done to, before the verb."""

    marker: re.Pattern[str]
    passive: re.Pattern[str]
    active: re.Pattern[str]
    canonical: Rewriting


@lru_cache(maxsize=1)
def _marking() -> _Marking:
    table = contrast_table()["roles"]
    kinds = (f"(?P<{kind}>{'|'.join(words)})" for kind, words in table["markers"].items())
    return _Marking(
        marker=re.compile("|".join(kinds)),
        passive=re.compile(table["passive"]),
        active=re.compile(table["active"]),
        canonical=load_vocabulary().canonical,
    )


def read_roles(plain: str) -> Roles:
    """The roles a text tells of; of several doings of one kind the first."""
    if len(plain) > _LONGEST:
        return {}
    found: dict[str, Parts] = {}
    for kind, parts in chain(_parted(plain), _voiced(plain)):
        found.setdefault(kind, parts)
    return found


def _parted(plain: str) -> Iterator[tuple[str, Parts]]:
    """By each word for a doing: of 村民被干部举报 and 村民把干部举报 what stands before it holds both."""
    marking = _marking()
    for match in marking.marker.finditer(plain):
        before, behind = plain[: match.start()], plain[match.end() :]
        passive, active = (voice.search(plain, 0, match.end()) for voice in (marking.passive, marking.active))
        if passive and passive.start() < match.start():
            before, behind = before[passive.end() :], before[: passive.start()]
        elif active:
            before, behind = before[: active.start()], _recipient(match[0], behind) or before[active.end() :]
        kind, parts = str(match.lastgroup), Parts(match[0], before, behind)
        if kind in _TURNED:
            kind, parts = _TURNED[kind], Parts(_TURNED[kind], parts.other, parts.doer)
        yield kind, parts


def _recipient(marker: str, behind: str) -> str:
    """Whom it is given to, if the clause goes on behind 把 … 传给: 把病毒传给邻居 tells of the neighbour."""
    if marker[-1] not in _GIVING:
        return ""
    clause = _CLAUSE_END.split(behind, maxsplit=1)[0]
    return clause if len(_words(clause)) and clause[0] not in _NO_RECIPIENT else ""


def _voiced(plain: str) -> Iterator[tuple[str, Parts]]:
    """By 被 and 把, whatever is done."""
    marking = _marking()
    if passive := marking.passive.search(plain):
        yield _ANY, Parts("把", plain[passive.end() :], plain[: passive.start()])
    if active := marking.active.search(plain):
        yield _ANY, Parts("把", plain[: active.start()], plain[active.end() :])


def _canonical(parts: Parts) -> Parts:
    """In canonical wording, without particles: read only if another text tells of the same doing."""
    return replace(parts, doer=_words(parts.doer), other=_words(parts.other))


def _words(part: str) -> str:
    return _OURSELVES.sub("我", _marking().canonical(_PARTICLES.sub("", bare(part))))


def exchanged_roles(left: Roles, right: Roles) -> tuple[str, str] | None:
    """What the one and what the other says of who does it to whom, if two things have changed places."""
    for kind in filter(right.__contains__, left):
        here, there = _canonical(left[kind]), _canonical(right[kind])
        if kind == _ANY:
            here, there = _without_doing(here, there)
        if kind == _MEASURED:
            here, there = _without_measure(here, there)
        doer, other = _common(here.doer, there.other), _common(here.other, there.doer)
        if not doer or not other or doer in there.doer or other in there.other:
            continue
        if kind not in OF_ANY_ORDER or _moved_more_than_stayed(here, there, doer, other):
            return f"{doer}{here.marker}{other}", f"{other}{there.marker}{doer}"
    return None


class WordOrder(Enum):
    """How doer and other of one text stand in another that has no 被 and no 把."""

    KEPT = auto()
    TURNED = auto()


def order_in_plain_words(marked: Roles, plain: Roles, frame: str) -> WordOrder | None:
    """Whether a frame without 被 and 把 names doer and other in their order (大白推倒老人 beside 老人叫大白推倒了) or the other way
    round, with the doing between them.
    """
    if _ANY not in marked or _ANY in plain:
        return None
    told = _canonical(marked[_ANY])
    doer, doing, other = told.doer[:_A_WORD], told.doer[_A_WORD:][:1], _common(told.other, frame)
    if not doing or not other:
        return None
    at, done_at, other_at = (frame.find(word) for word in (doer, doing, other))
    if 0 <= at < done_at < other_at:
        return WordOrder.KEPT
    return WordOrder.TURNED if 0 <= other_at < done_at < at else None


def _without_doing(here: Parts, there: Parts) -> tuple[Parts, Parts]:
    """Without the verb that both end on (送菜的把守卡的拦住, 守卡的把送菜的拦住)."""
    end = -Postfix.similarity(here.other, there.other) or None
    return replace(here, other=here.other[:end]), replace(there, other=there.other[:end])


def _without_measure(here: Parts, there: Parts) -> tuple[Parts, Parts]:
    """Without the word both end on, in which the two are compared (老人比年轻人多, 年轻人比老人多)."""
    if here.other[-1:] != there.other[-1:]:
        return here, there
    return replace(here, other=here.other[:-1]), replace(there, other=there.other[:-1])


def _moved_more_than_stayed(here: Parts, there: Parts, doer: str, other: str) -> bool:
    """混采的没有单采的快 beside 单采的比混采的快: what is compared shares words with what it is compared with. By 把 and 被 alone
    the verb stands among the words (通渭有人把狗打死 beside 通渭一只狗被人打死).
    """
    stayed = _common(here.doer, there.doer), _common(here.other, there.other)
    return len(doer) > len(stayed[0]) and len(other) > len(stayed[1])


def _common(here: str, there: str) -> str:
    """The longest that both hold, if it is a word; a single character is one only if nothing else stands there."""
    common = SequenceMatcher(None, here, there, autojunk=False).find_longest_match()
    word = here[common.a : common.a + common.size]
    return word if common.size >= _A_WORD or word in {here, there} else ""
