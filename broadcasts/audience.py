"""Who a broadcast reaches: places and tags, as a predicate and in words.

An audience that names no place and no tag reaches nobody. Sending to the whole prefecture is done by naming the
prefecture: nobody should reach 2.5 million people by leaving a field empty.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Audience:
    """Area codes of any level (a county means everything in it) and tags; given both, both must hold."""

    area_codes: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()

    @property
    def is_empty(self) -> bool:
        return not self.area_codes and not self.tags


class Exclusion(StrEnum):
    """Why somebody an audience names is not sent to."""

    ELSEWHERE = "elsewhere"
    NOT_FOLLOWING = "not_following"
    OPTED_OUT = "opted_out"


@dataclass(frozen=True, slots=True)
class Reachability:
    """What decides whether a resident is sent to. `area_path`: codes from the prefecture down to the community."""

    area_path: tuple[str, ...] = ()
    tags: frozenset[str] = frozenset()
    following: bool = True
    opted_out: bool = False


def reaches(audience: Audience, area_path: tuple[str, ...], *, tags: frozenset[str] = frozenset()) -> bool:
    """Whether the audience names this place and these tags. An unknown place is in no area."""
    if audience.is_empty:
        return False
    in_area = not audience.area_codes or not audience.area_codes.isdisjoint(area_path)
    return in_area and (not audience.tags or not audience.tags.isdisjoint(tags))


def exclusion(audience: Audience, resident: Reachability) -> Exclusion | None:
    """Why this resident gets nothing, or None when they do.

    No kind of broadcast overrides an opt-out: a lock-down still reaches the household through the village group
    and the door, and a service that ignores 退订 once is reported and blocked.
    """
    if not reaches(audience, resident.area_path, tags=resident.tags):
        return Exclusion.ELSEWHERE
    if not resident.following:
        return Exclusion.NOT_FOLLOWING
    return Exclusion.OPTED_OUT if resident.opted_out else None


def describe(audience: Audience, names: Mapping[str, str]) -> str:
    """The audience in words, for the person who approves. A code without a name is shown as it is, not hidden."""
    if audience.is_empty:
        return "nobody"
    areas = "、".join(names.get(code, code) for code in sorted(audience.area_codes)) or "every area"
    if not audience.tags:
        return f"everyone in {areas}"
    return f"those tagged {'、'.join(sorted(audience.tags))} in {areas}"
