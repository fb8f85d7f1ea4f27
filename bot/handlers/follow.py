"""Following, leaving, and scanning a community's code."""

from bot import wording
from bot.conversation import Step
from bot.handlers.context import Context
from bot.handlers.picking import is_no, is_yes
from bot.messages import Inbound, Kind, Nothing, Reply, Text
from bot.store import headcounts, outbox, residents

NAME = "follow"

KINDS = frozenset({Kind.FOLLOW, Kind.UNFOLLOW, Kind.SCAN})


def matches(message: Inbound, context: Context) -> bool:
    answers_move = context.at(Step.CONFIRMING_MOVE) and (is_yes(context.plain) or is_no(context.plain))
    return message.kind in KINDS or answers_move


def handle(message: Inbound, context: Context) -> Reply:
    match message.kind:
        case Kind.UNFOLLOW:
            return _leave(context)
        case Kind.FOLLOW:
            residents.follow(context.session, context.resident.id, context.now)
            return _arrive(context, message.event_key, welcome=True)
        case Kind.SCAN:
            return _arrive(context, message.event_key, welcome=False)
        case _:
            return _move(context)


def _leave(context: Context) -> Reply:
    residents.unfollow(context.session, context.resident.id, context.now)
    outbox.cancel_for(context.session, context.resident.id, reason="unfollowed", now=context.now)
    return Nothing()


def _arrive(context: Context, scene: str, *, welcome: bool) -> Reply:
    """A scanned code binds; a second one, of another place, asks first."""
    code = context.runtime.places.get().scenes.get(scene)
    if code is None:
        return Text(wording.WELCOME.format(**context.names)) if welcome else Nothing()
    name = context.areas.full_name(code)
    current = context.resident.community_code
    if current and current != code:
        context.enter(Step.CONFIRMING_MOVE, code=code)
        return Text(wording.CONFIRM_MOVE.format(old=context.areas.full_name(current), new=name))
    bind(context, code)
    return Text((wording.WELCOME_BOUND if welcome else wording.BOUND).format(community=name, **context.names))


def _move(context: Context) -> Reply:
    code = str(context.recall("code"))
    if is_yes(context.plain):
        bind(context, code)
        return Text(wording.BOUND.format(community=context.areas.full_name(code)))
    current = context.resident.community_code or ""
    return Text(wording.NOT_MOVED.format(old=context.areas.full_name(current)))


def bind(context: Context, code: str) -> None:
    """Note where the resident lives; a headcount that waited for it belongs there from now on."""
    residents.bind_community(context.session, context.resident.id, code)
    headcounts.place_unplaced(context.session, context.resident.id, code)
