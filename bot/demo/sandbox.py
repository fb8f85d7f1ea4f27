"""The sandbox put together: the platform, its pushes, the phones, and the address to call them at."""

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random, SystemRandom

from bot.demo.cast import SAMPLE_GROUPS, SAMPLE_PEOPLE, SAMPLE_TEMPLATES, Person, SampleCode
from bot.demo.clock import Clock, MovableClock
from bot.demo.envelope import Envelope
from bot.demo.handset import Handset
from bot.demo.lanes import Lanes
from bot.demo.platform.account import Account, Limits
from bot.demo.platform.groups import Group
from bot.demo.platform.state import Platform, Template
from bot.demo.pusher import TIMEOUT_SECONDS, CallbackMode, Pusher, Transport, post

CALLBACK_PATH = "/wechat"
ACCOUNT_LANE = "account"


@dataclass(frozen=True, slots=True)
class Sandbox:
    """`codes` may be filled after the application is up: it is the application that knows its communities."""

    platform: Platform
    pusher: Pusher
    handset: Handset
    lanes: Lanes
    clock: MovableClock
    people: tuple[Person, ...]
    desk_url: str
    codes: list[SampleCode] = field(default_factory=list)

    def openid(self, chat: str) -> str:
        """The openid of the person whose conversation this is."""
        follower = self.platform.followers.of_chat(chat)
        if follower is None:
            raise KeyError(chat)
        return follower.openid

    def advance(self, by: timedelta) -> None:
        """Let time pass for the platform, and for whoever shares its clock."""
        self.clock.advance(by)

    def settle(self, seconds: float = 30.0) -> bool:
        """Wait until everything pushed so far has been answered."""
        return self.lanes.idle(seconds)

    def close(self) -> None:
        self.lanes.close()


def make_sandbox(
    clock: Clock,
    *,
    app_id: str,
    app_secret: str,
    token: str,
    encoding_aes_key: str,
    corp_id: str,
    agent_secret: str,
    callback_url: str,
    people: tuple[Person, ...] = SAMPLE_PEOPLE,
    groups: tuple[Group, ...] = SAMPLE_GROUPS,
    templates: tuple[Template, ...] = SAMPLE_TEMPLATES,
    codes: tuple[SampleCode, ...] = (),
    following: bool = True,
    limits: Limits | None = None,
    rng: Random | None = None,
    mode: CallbackMode = CallbackMode.SAFE,
    callback_clock: Clock | None = None,
    transport: Transport = post,
    timeout_seconds: float = TIMEOUT_SECONDS,
    desk_url: str = "/demo/desk",
    service_name: str = "定心",
) -> Sandbox:
    """A sandbox that pushes to `callback_url` + /wechat.

    Give a `MovableClock` to share it with the application, so that the phone's "+49 h" moves both. An application
    that reads its own clock needs that one as `callback_clock`, or it would refuse pushes stamped in the future.
    """
    movable = clock if isinstance(clock, MovableClock) else MovableClock(clock)
    rng = rng or SystemRandom()
    account = Account(
        app_id,
        app_secret,
        token,
        encoding_aes_key,
        corp_id=corp_id,
        agent_secret=agent_secret,
        name=service_name,
    )
    platform = Platform(
        movable, account=account, rng=rng, limits=limits or Limits(), groups=groups, templates=templates
    )
    _settle_in(platform, people, following=following)
    pusher = Pusher(
        platform,
        address=callback_url.rstrip("/") + CALLBACK_PATH,
        envelope=_envelope(account, rng),
        clock=callback_clock or movable,
        rng=rng,
        mode=mode,
        transport=transport,
        timeout_seconds=timeout_seconds,
    )
    lanes = Lanes()
    platform.defer = lambda work: _discard(lanes.run(ACCOUNT_LANE, work))
    platform.emit = lambda push: _discard(lanes.run(ACCOUNT_LANE, lambda: pusher.deliver(push)))
    handset = Handset(platform, pusher, lanes)
    return Sandbox(platform, pusher, handset, lanes, movable, people, desk_url, list(codes))


def _settle_in(platform: Platform, people: tuple[Person, ...], *, following: bool) -> None:
    for person in people:
        follower = platform.followers.add(person.chat)
        if following:
            follower.following, follower.followed_at = True, platform.clock()
        if person.userid:
            platform.members[person.userid] = f"{person.chat}-wecom"


def _envelope(account: Account, rng: Random) -> Envelope:
    return Envelope(
        token=account.token,
        encoding_aes_key=account.encoding_aes_key,
        receiver=account.app_id,
        filler=rng.randbytes,
    )


def _discard(future: object) -> None:
    """The outcome of the platform's own events is nobody's to wait for."""
    del future
