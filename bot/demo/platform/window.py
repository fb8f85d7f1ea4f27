"""When the account may write to somebody unasked, and how often.

A message from the person opens 5 replies for 48 hours; a follow, a scan or a menu click opens 3 for one minute.
Numbers from "Customer service messages" of the vendor's documentation; kept in `Limits`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.demo.platform.refusal import PlatformError

OUT_OF_TIME, OUT_OF_COUNT = 45015, 45047


@dataclass(slots=True)
class Window:
    ends_at: datetime
    left: int

    def open(self, at: datetime) -> bool:
        return at < self.ends_at


class ReplyWindow:
    """The two windows of one person; the short one is used up first."""

    def __init__(self) -> None:
        self._spoke: Window | None = None
        self._touched: Window | None = None

    def spoke(self, at: datetime, *, count: int, span: timedelta) -> None:
        self._spoke = Window(at + span, count)

    def touched(self, at: datetime, *, count: int, span: timedelta) -> None:
        self._touched = Window(at + span, count)

    def close(self) -> None:
        """The person left; coming back does not restore what was open."""
        self._spoke = self._touched = None

    def spend(self, at: datetime) -> None:
        """Use one up: 45015 when nothing is open, 45047 when what is open is used up."""
        opened = self._open(at)
        if not opened:
            raise PlatformError(OUT_OF_TIME)
        usable = next((window for window in opened if window.left), None)
        if usable is None:
            raise PlatformError(OUT_OF_COUNT)
        usable.left -= 1

    def _open(self, at: datetime) -> list[Window]:
        return [window for window in (self._touched, self._spoke) if window and window.open(at)]
