"""People as the official account sees them: an openid, whether it follows, its tags; no name."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from bot.demo.platform.refusal import PlatformError
from bot.demo.platform.window import ReplyWindow

BAD_OPENID, NO_SUCH_USER, NOT_FOLLOWING = 40003, 46004, 43004
OPENID = re.compile(r"o[A-Za-z0-9_-]{27}")


@dataclass(slots=True)
class Follower:
    """`chat` names the conversation on the phone; the openid never leaves the platform's own calls."""

    openid: str = field(repr=False)
    chat: str
    following: bool = False
    followed_at: datetime | None = None
    scene: str = ""
    remark: str = ""
    blocked: bool = False
    tags: set[int] = field(default_factory=set)
    window: ReplyWindow = field(default_factory=ReplyWindow)
    mass_received: Counter[tuple[int, int]] = field(default_factory=Counter)
    opt_ins: Counter[str] = field(default_factory=Counter)
    long_term: set[str] = field(default_factory=set)


class Followers:
    def __init__(self, mint: Callable[[], str]) -> None:
        self._mint = mint
        self._by_openid: dict[str, Follower] = {}

    def __iter__(self) -> Iterator[Follower]:
        return iter(list(self._by_openid.values()))

    def add(self, chat: str) -> Follower:
        follower = Follower("o" + self._mint(), chat)
        self._by_openid[follower.openid] = follower
        return follower

    def of_chat(self, chat: str) -> Follower | None:
        return next((one for one in self if one.chat == chat), None)

    def known(self, openid: object) -> Follower:
        """Somebody with that openid: 40003 if it cannot be one, 46004 if nobody has it."""
        if not isinstance(openid, str) or not OPENID.fullmatch(openid):
            raise PlatformError(BAD_OPENID)
        if openid not in self._by_openid:
            raise PlatformError(NO_SUCH_USER)
        return self._by_openid[openid]

    def following(self, openid: object) -> Follower:
        """A follower with that openid; 43004 when they do not follow."""
        follower = self.known(openid)
        if not follower.following:
            raise PlatformError(NOT_FOLLOWING)
        return follower

    def find(self, openid: str) -> Follower | None:
        return self._by_openid.get(openid)
