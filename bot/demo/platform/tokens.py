"""Access tokens: the old kind that each fetch replaces, the stable kind, and WeCom's."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.demo.platform.account import Limits
from bot.demo.platform.quota import DAY_LIMIT_REACHED, Pace, day_of
from bot.demo.platform.refusal import PlatformError

INVALID, MALFORMED, MISSING, EXPIRED = 40001, 40014, 41001, 42001


@dataclass(slots=True)
class Token:
    value: str
    ends_at: datetime
    replaced: bool = False


class Tokens:
    """One family of tokens per way of fetching; they do not invalidate one another."""

    def __init__(self, limits: Limits, mint: Callable[[], str]) -> None:
        self._limits = limits
        self._mint = mint
        self._issued: dict[str, Token] = {}
        self._current: dict[str, Token] = {}
        self._forced_at: datetime | None = None
        self._forced_today = Pace(limits.forced_per_day, timedelta(days=1))

    def fetch(self, at: datetime) -> tuple[str, int]:
        """GET /token: always a new one; the one before lives a few minutes more."""
        return self._renew("plain", at, overlap=True)

    def stable(self, at: datetime) -> tuple[str, int]:
        """The same token while it is valid; in its last minutes a new one, with both valid."""
        return self._kept("stable", at)

    def forced(self, at: datetime) -> tuple[str, int]:
        """A new stable token that ends the old one at once; too soon after the last, nothing is renewed."""
        if self._forced_at and at - self._forced_at < self._limits.forced_apart:
            return self._kept("stable", at)
        if not self._forced_today.take(day_of(at).isoformat(), at):
            raise PlatformError(DAY_LIMIT_REACHED)
        self._forced_at = at
        return self._renew("stable", at, overlap=False)

    def corp(self, at: datetime) -> tuple[str, int]:
        """WeCom's gettoken, which repeats the same token while it is valid."""
        return self._kept("corp", at)

    def check(self, value: str, at: datetime, *, families: tuple[str, ...]) -> None:
        """Pass, or refuse with the number the platform would give."""
        if not value:
            raise PlatformError(MISSING)
        token = self._issued.get(value)
        if token is None or not value.startswith(families):
            raise PlatformError(MALFORMED if families == ("corp",) else INVALID)
        if at >= token.ends_at:
            raise PlatformError(INVALID if token.replaced else EXPIRED)

    def _kept(self, family: str, at: datetime) -> tuple[str, int]:
        token = self._current.get(family)
        if token is None or token.ends_at - at <= self._limits.token_overlap:
            return self._renew(family, at, overlap=True)
        return token.value, int((token.ends_at - at).total_seconds())

    def _renew(self, family: str, at: datetime, *, overlap: bool) -> tuple[str, int]:
        old = self._current.get(family)
        if old is not None:
            old.ends_at = min(old.ends_at, at + self._limits.token_overlap) if overlap else at
            old.replaced = True
        token = Token(f"{family}-{self._mint()}", at + self._limits.token_life)
        self._issued[token.value] = self._current[family] = token
        return token.value, int(self._limits.token_life.total_seconds())
