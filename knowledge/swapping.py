"""One word in place of another: two texts that are the same but for one place in them speak of two things.

This sees what no lexicon names ("澡堂开门吗" beside "茶园开门吗"). Words that mean the same are in synonyms.toml and here in
contrasts.toml; whatever else stands at the one place where the texts differ is a difference.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import Literal

from knowledge.contrast_table import contrast_table
from knowledge.sounds import are_homophones
from knowledge.text import bare
from knowledge.vocabulary import Rewriting, load_vocabulary

Modality = Literal["能", "要", ""]

_COMPARED = re.compile(
    r"(\d+(?:\.\d+)?)[^,。;?!\d]{0,12}(?:(?<![不没])比(?![不])|(不如|不及|(?:赶|比|抵)不(?:上|过)|没(?:有|得)?))"
    r"[^,。;?!\d]{0,4}(\d+(?:\.\d+)?)(?(2)(?=[^,。;?!]{0,8}(?:好|强|高|灵|快|狠|管用|有效|有用|厉害|顶用|合适|$)))"
)
_LONGEST_SWAP = 5
_ANYHOW = 4
_UNEVEN = 2
_LEAST_COMMON = 1


@dataclass(frozen=True, slots=True)
class _Swapping:
    canonical: Rewriting
    fillers: re.Pattern[str]
    same: Mapping[str, frozenset[int]]
    """In which groups of words that mean the same a word is."""
    may: re.Pattern[str]
    must: re.Pattern[str]
    asking: re.Pattern[str]
    ordering: re.Pattern[str]
    joining: re.Pattern[str]
    negating: frozenset[str]


@lru_cache(maxsize=1)
def _swapping() -> _Swapping:
    table = contrast_table()["swap"]
    fillers = sorted(table["fillers"], key=len, reverse=True)
    return _Swapping(
        canonical=load_vocabulary().canonical,
        fillers=re.compile("|".join(fillers)),
        same=_by_member(table["same"]),
        may=_one_of(table["may"]),
        must=_one_of(table["must"]),
        asking=re.compile("|".join(table["asking"])),
        ordering=re.compile("|".join(table["ordering"])),
        joining=re.compile("|".join(table["joining"])),
        negating=frozenset(table["negating"]),
    )


def _by_member(groups: Iterable[Iterable[str]]) -> dict[str, frozenset[int]]:
    """The numbers of the groups that each is a member of."""
    numbers: defaultdict[str, set[int]] = defaultdict(set)
    for number, group in enumerate(groups):
        for member in group:
            numbers[member].add(number)
    return {member: frozenset(held) for member, held in numbers.items()}


def _one_of(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\??[不没别]?(?:{'|'.join(words)})")


def read_modality(asked: str) -> Modality:
    """Whether a yes/no question, from its main verb on, asks if one may or if one must."""
    swapping = _swapping()
    if swapping.may.match(asked):
        return "能"
    return "要" if swapping.must.match(asked) else ""


def read_compared(normal: str) -> tuple[str, ...]:
    """The two numbers of a comparison in their order: in 75%的酒精比95%的好, what is said of the first."""
    found = _COMPARED.search(normal)
    if not found:
        return ()
    one, less, other = found.groups()
    return (other, one) if less else (one, other)


def say_compared(numbers: tuple[str, ...]) -> str:
    """In words that people read."""
    return "比".join(numbers)


def read_frame(plain: str) -> str:
    """What a text says without the words that only carry it, in canonical wording."""
    swapping = _swapping()
    return swapping.fillers.sub("", swapping.canonical(bare(plain)))


def only_join(words: str) -> bool:
    """Whether `words` only join what stands around them (和, a comma)."""
    return not _swapping().joining.sub("", bare(words))


def swapped(left: str, right: str) -> tuple[str, str] | None:
    """What stands in `left` in place of what in `right`, if that is all in which two frames differ."""
    if left == right or abs(len(left) - len(right)) > _LONGEST_SWAP:
        return None
    if sorted(left) == sorted(right):
        ordered = _swapping().ordering.search(left) is not None
        return (left, right) if ordered or _exchanged(left, right) else None
    start = _common_start(left, right)
    end = min(_common_start(left[::-1], right[::-1]), len(left) - start, len(right) - start)
    one, other = left[start : len(left) - end], right[start : len(right) - end]
    if again := _exchanged_throughout(one, other):
        one, other = again
    shortest, longest = sorted((len(one), len(other)))
    if not shortest or longest - shortest > _UNEVEN or start + end < _least_common(longest):
        return None
    before, after = left[max(0, start - 1) : start], left[len(left) - end :][:1]
    if _mean_the_same(one, other) or _are_synonyms(before + one, before + other):
        return None
    return None if _are_synonyms(one + after, other + after) else (one, other)


def _exchanged_throughout(left: str, right: str) -> tuple[str, str] | None:
    """The word that stands in place of another wherever two stretches differ (怕冷,天一冷 beside 怕热,天一热)."""
    start, end = _common_start(left, right), 0
    if len(left) != len(right) or start:
        return None
    while end < len(left) and left[end] != right[end]:
        end += 1
    one, other = left[:end], right[:end]
    return (one, other) if end < len(left) and left.replace(one, other) == right else None


def _exchanged(left: str, right: str) -> tuple[str, str] | None:
    """The two words that have changed places, if that is all in which two frames differ and something is said between them
    (鸡蛋买到鸡肉买不到): what was said of the one is said of the other. 老人和孩子 beside 孩子和老人 is none.
    """
    start, end = _common_start(left, right), _common_start(left[::-1], right[::-1])
    one, other = left[start : len(left) - end], right[start : len(right) - end]
    for first in range(1, min(_LONGEST_SWAP, len(one) - 1) + 1):
        for last in range(1, min(_LONGEST_SWAP, len(one) - first) + 1):
            between = one[first : len(one) - last]
            if other == one[-last:] + between + one[:first]:
                said = _swapping().joining.sub("", between)
                return (one[:first], one[-last:]) if said else None
    return None


def _least_common(longest: int) -> int:
    """How much must be the same around a swap of so many characters: a short word stands out even in a short text."""
    if longest > _LONGEST_SWAP:
        return sys.maxsize
    return longest if longest > _ANYHOW else max(_LEAST_COMMON, longest - 2)


def _common_start(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _mean_the_same(one: str, other: str) -> bool:
    """Whether it may be only another wording: a shared character, synonyms, a question word beside or among others, a
    bare number whose unit the other side spells out, homophones (健康马), a negation (which `negation.py` judges).
    """
    swapping = _swapping()
    asks, other_asks = (bool(swapping.asking.fullmatch(words)) for words in (one, other))
    if asks != other_asks or (not asks and swapping.asking.search(one + other)):
        return True
    if not set(one).isdisjoint(other) or not swapping.negating.isdisjoint(one + other):
        return True
    return one.isdigit() != other.isdigit() or _are_synonymous(one, other) or are_homophones(one, other)


def _are_synonymous(one: str, other: str) -> bool:
    """As a whole, or the beginnings and the rests (手机报, 网申请)."""
    return _are_synonyms(one, other) or any(
        _are_synonyms(one[:here], other[:there]) and _are_synonyms(one[here:], other[there:])
        for here in range(1, len(one))
        for there in range(1, len(other))
    )


def _are_synonyms(one: str, other: str) -> bool:
    groups = _swapping().same
    return one in groups and other in groups and not groups[one].isdisjoint(groups[other])
