"""Everything that can go wrong and that somebody acts on.

    BotError
    ├── ConfigError                 the CLI prints it without a traceback, exit 2
    ├── ImportFaults                a file to import is wrong: every fault at once, exit 1
    ├── Forbidden                   this account may not do that, or may not do it here
    │   └── OutOfScope              its token may not, though the account may
    ├── Unacceptable                a form or request says what cannot be: every fault at once, by field
    │   └── Unprintable             it holds characters that are not kept
    ├── NotFound                    what was named does not exist
    ├── Conflict                    somebody else was quicker, or it cannot be done in this state
    │   ├── Stale                   somebody else changed it since it was opened
    │   ├── Overtaken               what a broadcast tells is not what is public any more
    │   ├── TooLate                 what it would tell ends before it could go out
    │   └── TakenOver               another attempt answers this message by now
    ├── RequestRejected             an inbound request we will not act on; a resident never sees it
    │   ├── BadSignature        403
    │   ├── BadPayload          400 everything the XML layer can raise becomes this
    │   ├── PayloadTooLarge     413
    │   └── SignedOut           400 a form of the office whose session has ended
    └── PlatformError               a call to WeChat or WeCom failed; carries the platform's number
        ├── PlatformUnavailable     retry with backoff: network before sending, 5xx, -1
        ├── PlatformThrottled       retry later: 45011; 45009 not before tomorrow
        ├── RecipientUnreachable    this resident, this channel: 40003, 43004, 45015, 45047
        ├── PlatformRefused         this request is wrong and stays wrong: 40037, 45002 ...
        ├── PlatformMisconfigured   stop and alert: 40013, 40125, 40164, 48001 ...
        └── OutcomeUnknown          it may have been carried out; never sent again by itself

Retryability is data on the class, decided in one place (`bot.wechat.client`). These are caught in four places only:
the webhook, the web error handler, the task wrapper and the command line.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar


class BotError(Exception):
    """The root. The message is safe to show to staff: no secret, no openid, no resident's words."""

    retryable: ClassVar[bool] = False


class ConfigError(BotError):
    """The configuration does not hold; the message names the key and the mend."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in a file: where it stands and why it is one. `line` 0: nobody knows."""

    file: str
    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        """As the command line prints it."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.column}: {self.reason}" if self.column else f"{place}: {self.reason}"


class ImportFaults(BotError):
    """A file that was to be imported is wrong; nothing was imported."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


class Forbidden(BotError):
    """This account may not do that, or not in this area."""


class OutOfScope(Forbidden):
    """The account may do that, but not with a token that lacks `scope`."""

    def __init__(self, scope: str) -> None:
        super().__init__(f"the token needs the scope {scope.partition(':')[2]} or {scope}")
        self.scope = scope


class Unacceptable(BotError):
    """What was entered cannot be. `faults` says for each field what is wrong and how to mend it."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{field}: {reason}" for field, reason in faults.items()))
        self.faults = faults


class Unprintable(Unacceptable):
    """What came in holds characters that nobody types and a database may not take."""

    def __init__(self) -> None:
        super().__init__({"text": "holds control characters; take them out"})


class NotFound(BotError):
    """What was named does not exist."""


class Conflict(BotError):
    """It cannot be done in this state, or somebody else was quicker."""


class Stale(Conflict):
    """Somebody else changed it since it was opened."""


class Overtaken(Conflict):
    """The verdict that a broadcast tells has been corrected or withdrawn, or is over; it is drafted anew from the claim."""


class TooLate(Conflict):
    """A broadcast of a verdict could only go out after that has ended."""


class TakenOver(Conflict):
    """Another attempt answers this message by now; whatever this one did is rolled back."""


class RequestRejected(BotError):
    """An inbound request that is not acted on. `reason` is a static word for the log line."""

    status: ClassVar[int] = 400

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class BadSignature(RequestRejected):
    """Unsigned, wrongly signed, outside the time window, or replayed."""

    status = 403


class BadPayload(RequestRejected):
    """Signed or not, this is no message we can read."""

    status = 400


class PayloadTooLarge(RequestRejected):
    """Larger than any message the platform sends."""

    status = 413


class SignedOut(RequestRejected):
    """A form was posted whose session has ended."""


class PlatformError(BotError):
    """A call to WeChat or WeCom failed. `code` is the platform's number, `rid` its own trace id."""

    def __init__(self, endpoint: str, *, code: int | None = None, rid: str = "") -> None:
        super().__init__(
            f"{endpoint}: {self.__doc__} (code {code})" if code is not None else f"{endpoint}: {self.__doc__}"
        )
        self.endpoint = endpoint
        self.code = code
        self.rid = rid


class PlatformUnavailable(PlatformError):
    """the platform was not reached, or said it was busy"""

    retryable = True


class PlatformThrottled(PlatformError):
    """too many calls; later, or tomorrow"""

    retryable = True


class RecipientUnreachable(PlatformError):
    """the recipient cannot be reached on this channel"""


class PlatformRefused(PlatformError):
    """the platform refuses this request as it is"""


class PlatformMisconfigured(PlatformError):
    """the account or its settings do not allow this; a person must act"""


class OutcomeUnknown(PlatformError):
    """the request may have been carried out; it is not sent again by itself"""
