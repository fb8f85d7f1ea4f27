"""Tags: at most 100 of them, 20 on a follower, and 0 to 2 belong to the platform."""

from dataclasses import dataclass

from bot.demo.platform.account import Limits
from bot.demo.platform.refusal import PlatformError

TOO_MANY, RESERVED, BAD_NAME, LONG_NAME, UNKNOWN, FULL = 45056, 45058, 45157, 45158, 45159, 45059
FIRST_FREE = 100
RESERVED_IDS = frozenset({0, 1, 2})


@dataclass(slots=True)
class Tag:
    number: int
    name: str


class Tags:
    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._by_number: dict[int, Tag] = {}
        self._next = FIRST_FREE

    def all(self) -> list[Tag]:
        return list(self._by_number.values())

    def create(self, name: object) -> Tag:
        if len(self._by_number) >= self._limits.tags:
            raise PlatformError(TOO_MANY)
        tag = Tag(self._next, self._fit(name))
        self._next += 1
        self._by_number[tag.number] = tag
        return tag

    def rename(self, number: object, name: object) -> None:
        tag = self.known(number)
        tag.name = self._fit(name)

    def delete(self, number: object) -> int:
        tag = self.known(number)
        del self._by_number[tag.number]
        return tag.number

    def known(self, number: object) -> Tag:
        if number in RESERVED_IDS:
            raise PlatformError(RESERVED)
        if not isinstance(number, int) or number not in self._by_number:
            raise PlatformError(UNKNOWN)
        return self._by_number[number]

    def room_on(self, held: set[int], number: int) -> None:
        if number not in held and len(held) >= self._limits.tags_per_follower:
            raise PlatformError(FULL)

    def _fit(self, name: object) -> str:
        if not isinstance(name, str) or not name.strip():
            raise PlatformError(BAD_NAME)
        if len(name.encode()) > self._limits.tag_name_bytes:
            raise PlatformError(LONG_NAME)
        if any(tag.name == name for tag in self._by_number.values()):
            raise PlatformError(BAD_NAME)
        return name
