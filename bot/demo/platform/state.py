"""The platform's whole state in one object, and what its endpoints share."""

import itertools
import string
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from threading import RLock

from bot.demo.platform.account import Account, Limits
from bot.demo.platform.chats import Channel, Chats, Content
from bot.demo.platform.faults import Faults
from bot.demo.platform.followers import Follower, Followers
from bot.demo.platform.groups import Group, GroupTask
from bot.demo.platform.mass import MassJobs
from bot.demo.platform.media import Media
from bot.demo.platform.qrcodes import Codes
from bot.demo.platform.quota import DailyCalls, Pace
from bot.demo.platform.tags import Tags
from bot.demo.platform.tokens import Tokens
from bot.demo.push import Push

IDENTIFIER = string.ascii_letters + string.digits + "_-"
OPENID_TAIL = 27
FIRST_MESSAGE_ID = 24_518_000_000_000_001


@dataclass(frozen=True, slots=True)
class Template:
    """A template the account was granted; `layout` has {{name.DATA}} where the call's data goes."""

    template_id: str
    title: str
    layout: str


class Platform:
    """Everything is read and changed under `lock`; `clock` may be moved.

    `emit` hands an event to the callback and `defer` runs something soon, in order; both are set by the sandbox,
    and until then events go nowhere and deferred things run at once.
    """

    def __init__(
        self,
        clock: Callable[[], datetime],
        *,
        account: Account,
        rng: Random,
        limits: Limits,
        groups: tuple[Group, ...] = (),
        templates: tuple[Template, ...] = (),
    ) -> None:
        self.lock = RLock()
        self.clock = clock
        self.account = account
        self.limits = limits
        self.groups = groups
        self.templates = {template.template_id: template for template in templates}
        self._rng = rng
        self._numbers = itertools.count(FIRST_MESSAGE_ID)
        self.chats = Chats()
        self.faults = Faults()
        self.followers = Followers(lambda: self.mint(OPENID_TAIL))
        self.tokens = Tokens(limits, lambda: self.mint(128))
        self.calls = DailyCalls(limits.daily_calls, limits.clear_quota_per_month)
        self.mass = MassJobs(limits)
        self.tags = Tags(limits)
        self.media = Media(limits, lambda: self.mint(64))
        self.codes = Codes(lambda: self.mint(80))
        self.menu: list[dict[str, object]] | None = None
        self.template_calls: dict[tuple[str, str], tuple[int, datetime]] = {}
        self.tasks: dict[str, GroupTask] = {}
        self.group_received: Counter[tuple[str, tuple[int, int]]] = Counter()
        self.mass_pace = Pace(limits.mass_per_minute, timedelta(minutes=1))
        self.webhook_pace = Pace(limits.webhook_per_minute, timedelta(minutes=1))
        self.app_pace = Pace(limits.app_messages_per_minute, timedelta(minutes=1))
        self.members: dict[str, str] = {}
        self.emit: Callable[[Push], None] = _nowhere
        self.defer: Callable[[Callable[[], None]], None] = _at_once

    def mint(self, length: int) -> str:
        """A random-looking identifier."""
        return "".join(self._rng.choices(IDENTIFIER, k=length))

    def next_number(self) -> int:
        """A message number nobody has had yet."""
        return next(self._numbers)

    def show(self, follower: Follower, content: Content, *, channel: Channel) -> None:
        """Put something from the account on a person's phone."""
        self.chats.add(follower.chat, content, at=self.clock(), name=self.account.name, channel=channel)

    def group_of_chat_id(self, chat_id: str) -> Group | None:
        return next((group for group in self.groups if chat_id and group.chat_id == chat_id), None)


def _nowhere(push: Push) -> None:
    del push


def _at_once(work: Callable[[], None]) -> None:
    work()
