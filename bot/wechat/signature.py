"""The platform's signature over a callback, and the time window it is good for.

wechatpy compares with `!=`, takes any date, and takes an empty token; the pieces are joined without separators, so
`("12", "3")` and `("1", "23")` share a signature. Hence our own: every piece well-formed first, a ten-digit
timestamp, a constant-time comparison, a window.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import BadSignature

# The platform retries after 5 and 10 seconds with the same timestamp; the rest is for clocks that differ.
WINDOW = timedelta(seconds=300)

SIGNATURE = re.compile(r"[0-9a-f]{40}")
TIMESTAMP = re.compile(r"[0-9]{10}")
NONCE = re.compile(r"[0-9A-Za-z_-]{1,64}")


def sign(*pieces: str) -> str:
    """SHA-1 over the sorted pieces: the platform's rule, not our choice of hash."""
    return hashlib.sha1("".join(sorted(pieces)).encode(), usedforsecurity=False).hexdigest()


@dataclass(frozen=True, slots=True)
class Stamp:
    """The part of a query that says when and by whom a callback was signed."""

    signature: str
    timestamp: str
    nonce: str

    @classmethod
    def of(cls, query: Mapping[str, str], *, name: str) -> "Stamp":
        """Read it from a query; `name` is `signature` or `msg_signature`.

        Raises BadSignature (a piece is missing or not of the platform's form).
        """
        stamp = cls(query.get(name, ""), query.get("timestamp", ""), query.get("nonce", ""))
        well_formed = (
            SIGNATURE.fullmatch(stamp.signature)
            and TIMESTAMP.fullmatch(stamp.timestamp)
            and NONCE.fullmatch(stamp.nonce)
        )
        if not well_formed:
            raise BadSignature("malformed_signature")
        return stamp

    def check(self, *covered: str, token: str, now: datetime, window: timedelta = WINDOW) -> None:
        """Refuse unless signed with `token` over `covered`, within `window` of `now` either way.

        Raises BadSignature (no token is set, the signature is not ours, or it is too old or too far ahead).
        """
        if not token:
            raise BadSignature("no_token")
        ours = sign(token, self.timestamp, self.nonce, *covered)
        if not hmac.compare_digest(ours, self.signature):
            raise BadSignature("signature")
        if abs(now.timestamp() - int(self.timestamp)) > window.total_seconds():
            raise BadSignature("timestamp")
