"""What became of one attempt to send, as the senders report it.

Which platform answer is which outcome is decided where the platform is known (`bot.wechat`, `bot.wecom`); what an
outcome means for a delivery is decided in `broadcasts.delivery`. Only `Retry` may lead to another attempt: it is
for answers by which the platform certainly took nothing. A timeout after sending is `Unknown`.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Accepted:
    """The platform took it, under its own id. Nobody has received it yet, as far as we know."""

    retryable: ClassVar[bool] = False
    platform_id: str


@dataclass(frozen=True, slots=True)
class Delivered:
    """The platform, or the person who carried it, says it arrived."""

    retryable: ClassVar[bool] = False
    platform_id: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """It did not arrive and will not: the request is wrong, or the platform refused it."""

    retryable: ClassVar[bool] = False
    reason: str


@dataclass(frozen=True, slots=True)
class Unreachable:
    """This recipient cannot be reached on this channel; others can."""

    retryable: ClassVar[bool] = False
    reason: str


@dataclass(frozen=True, slots=True)
class Retry:
    """Nothing was taken; the same may be tried once `after` has passed."""

    retryable: ClassVar[bool] = True
    reason: str
    after: timedelta


@dataclass(frozen=True, slots=True)
class Held:
    """No window is open: kept until the resident writes again."""

    retryable: ClassVar[bool] = False
    reason: str = "no_open_window"


@dataclass(frozen=True, slots=True)
class Skipped:
    """We chose not to send."""

    retryable: ClassVar[bool] = False
    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may have been sent or not. A person, or the platform's own status, decides; never a second attempt."""

    retryable: ClassVar[bool] = False
    reason: str


Outcome = Accepted | Delivered | Failed | Unreachable | Retry | Held | Skipped | Unknown
