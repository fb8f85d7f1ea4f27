"""One call as an endpoint sees it, and what an endpoint is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.demo.platform.refusal import PlatformError
from bot.demo.platform.state import Platform

DATA_FORMAT = 47001


@dataclass(frozen=True, slots=True)
class Upload:
    body: bytes = field(repr=False)
    content_type: str


@dataclass(frozen=True, slots=True)
class Call:
    """`path` is what stands below /cgi-bin/; `at` is when the platform received it."""

    path: str
    query: Mapping[str, str] = field(repr=False)
    body: Mapping[str, Any] = field(repr=False)
    at: datetime
    upload: Upload | None = None

    def text(self, name: str) -> str:
        """A text of the body, empty when absent; 47001 when it is something else."""
        value = self.body.get(name, "")
        if not isinstance(value, str):
            raise PlatformError(DATA_FORMAT)
        return value

    def part(self, name: str) -> Mapping[str, Any]:
        """An object of the body, empty when absent."""
        return mapping(self.body.get(name, {}))

    def items(self, name: str) -> list[Any]:
        """A list of the body, empty when absent."""
        value = self.body.get(name, [])
        if not isinstance(value, list):
            raise PlatformError(DATA_FORMAT)
        return value

    def page(self, *, most: int) -> tuple[int, int]:
        """Where a listing starts and how much it gives; the cursor is simply the offset."""
        limit = self.body.get("limit", most)
        cursor = self.text("cursor")
        if not isinstance(limit, int) or not 1 <= limit <= most or (cursor and not cursor.isdigit()):
            raise PlatformError(40058)
        return int(cursor or 0), limit


def mapping(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise PlatformError(DATA_FORMAT)
    return value


@dataclass(frozen=True, slots=True)
class Binary:
    """An answer that is not JSON: a picture or a recording."""

    body: bytes = field(repr=False)
    content_type: str
    filename: str = ""


Answer = dict[str, Any] | Binary


class Caller(StrEnum):
    """Whose access token opens an endpoint."""

    ACCOUNT = "account"
    CORP = "corp"
    EITHER = "either"
    ANYONE = "anyone"


@dataclass(frozen=True, slots=True)
class Endpoint:
    run: Callable[[Platform, Call], Answer]
    caller: Caller = Caller.ACCOUNT
    post: bool = True
