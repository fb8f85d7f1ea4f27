"""What is asked of the platform, what comes back, and what may be told of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to send along."""

    name: str
    content: bytes = field(repr=False)
    content_type: str


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked. `idempotent`: asking twice does no more than asking once. `accept`: codes that are answers."""

    method: str
    endpoint: str
    idempotent: bool
    query: Mapping[str, str] = field(default_factory=dict, repr=False)
    payload: Mapping[str, Any] | None = field(default=None, repr=False)
    upload: Upload | None = None
    accept: frozenset[int] = frozenset()

    def bearing(self, token: str) -> "Call":
        """The same call with the access token on it."""
        return replace(self, query={**self.query, "access_token": token})


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, cut off after the limit it was read with."""

    status: int
    content_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Observation:
    """What a log line and a metric may know of a call. `address`: ours as the platform saw it, if that was wrong."""

    endpoint: str
    outcome: str
    code: int = 0
    rid: str = ""
    address: str = ""


Observe = Callable[[Observation], None]
