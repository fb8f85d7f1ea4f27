"""From a message to a reply: the first handler that matches takes it."""

from dataclasses import dataclass

from bot.handlers import danger
from bot.handlers.context import Context, Handler, Understood
from bot.handlers.registry import HANDLERS
from bot.handlers.reminder import with_reminder
from bot.messages import Inbound, Kind, Nothing, Reply, Text, Work
from bot.runtime import Runtime
from bot.store import conversations, held
from bot.store.engine import Session
from bot.store.residents import Resident

# What a resident does with a purpose; it ends a talk it is no fitting reply in. Mere events leave the talk alone.
PURPOSEFUL = frozenset({Kind.TEXT, Kind.VOICE, Kind.LINK, Kind.IMAGE, Kind.MENU, Kind.FOLLOW, Kind.SCAN})

# What must be read at once: nothing is put on top of it.
ALONE = frozenset({danger.NAME})


@dataclass(frozen=True, slots=True)
class Handled:
    """The reply, and which handler gave it."""

    reply: Reply
    handler: str


def dispatch(
    message: Inbound,
    resident: Resident,
    *,
    session: Session,
    runtime: Runtime,
    understood: Understood | None = None,
) -> Handled:
    """Answer one message inside the caller's transaction. What was held for this resident comes on top."""
    now = runtime.clock()
    context = Context(
        session=session,
        runtime=runtime,
        resident=resident,
        words=message.event_key if message.kind is Kind.MENU else message.text,
        now=now,
        conversation=conversations.load(session, resident.id, now),
        understood=understood,
    )
    handler = choose(message, context)
    if context.conversation is not None and message.kind in PURPOSEFUL:
        context.leave()
    reply = with_reminder(handler.handle(message, context), handler, context)
    if handler.NAME not in ALONE:
        reply = _with_held(reply, resident, context)
    return Handled(reply, handler.NAME)


def choose(message: Inbound, context: Context) -> Handler:
    """The first handler that matches; the last one always does."""
    return next(handler for handler in HANDLERS if handler.matches(message, context))


def _with_held(reply: Reply, resident: Resident, context: Context) -> Reply:
    """Late answers ride on the next reply, held tasks follow it; without a reply they stay held."""
    if isinstance(reply, Nothing) or not reply.body:
        return reply
    late = held.take_held(context.session, resident.id, vault=context.runtime.vault, now=context.now)
    released = held.release_tasks(context.session, resident.id, now=context.now)
    then = reply.then or (Work.DELIVERIES if released else None)
    return Text("\n\n".join([*late, reply.body]), then=then)
