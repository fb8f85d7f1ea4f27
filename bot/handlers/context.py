"""What a handler is given, and what a handler is.

A handler is a module with a NAME, `matches` and `handle`. It returns a value and never sends: what is to be remembered
goes through the store in the context's session, which commits together with the reply. To add one: write the module,
add its line in `registry`, add its rows to the table in tests/scenarios/test_precedence.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Protocol

from bot.conversation import Conversation, Step
from bot.messages import Inbound, Reply
from bot.runtime import Runtime
from bot.store import conversations
from bot.store.areas import Area, AreaTree
from bot.store.engine import Session
from bot.store.residents import Resident
from knowledge.places import Whereabouts
from knowledge.text import normalise
from knowledge.understanding import Understanding, understand


class Understood:
    """What messages mean, remembered while one is worked on: a second try in the database thinks no second time."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._known: dict[tuple[str, tuple[str, ...], date], Understanding] = {}

    def __call__(self, words: str, area_path: tuple[str, ...], day: date) -> Understanding:
        """For a resident of this area on this day."""
        asked = words, area_path, day
        if asked not in self._known:
            self._known[asked] = understand(
                words,
                library=self._runtime.library.get(),
                area_path=area_path,
                day=day,
                thresholds=self._runtime.thresholds,
            )
        return self._known[asked]


@dataclass(frozen=True)
class Context:
    """One message's surroundings. `words` is what was said, whatever it came as."""

    session: Session
    runtime: Runtime
    resident: Resident
    words: str
    now: datetime
    conversation: Conversation | None
    understood: Understood | None = None

    @cached_property
    def plain(self) -> str:
        """The words in normal form, without punctuation at the ends: what commands are compared with."""
        return normalise(self.words).strip(" ,.!?;:~、。，！？；：…")

    @cached_property
    def understanding(self) -> Understanding:
        """Intent, answer and rumour check, worked out when first asked for and once only."""
        understood = self.understood or Understood(self.runtime)
        path = self.areas.path(self.elsewhere.code) if self.elsewhere else self.area_path
        return understood(self.words, path, self.today)

    @cached_property
    def whereabouts(self) -> Whereabouts:
        """The places that the words name."""
        return self.runtime.library.get().profiler.places.whereabouts(normalise(self.words))

    @cached_property
    def elsewhere(self) -> Area | None:
        """The county whose rules are asked for, if it is another one than the resident's own."""
        return self.areas.county_asked_of(self.whereabouts.other, home=self.area_path)

    @property
    def today(self) -> date:
        """The day in Asia/Shanghai."""
        return self.now.astimezone(self.runtime.settings.service.zone).date()

    @property
    def areas(self) -> AreaTree:
        """The area tree."""
        return self.runtime.places.get().tree

    @property
    def area_path(self) -> tuple[str, ...]:
        """From the prefecture down to the resident's community; empty when unknown."""
        code = self.resident.community_code
        return self.areas.path(code) if code and self.areas.get(code) else ()

    @property
    def community(self) -> Area | None:
        """Where the resident lives, as far as they said."""
        code = self.resident.community_code
        return self.areas.get(code) if code else None

    @property
    def names(self) -> Mapping[str, str]:
        """What most sentences need filled in."""
        service = self.runtime.settings.service
        return {"name": service.name, "office": service.office, "hotline": service.hotline}

    def enter(self, step: Step, **data: object) -> None:
        """Wait for the resident's next word at this step; what was set aside stays so."""
        standing = self.standing
        talk = Conversation(step, data, aside=standing.aside if standing else None)
        conversations.save(self.session, self.resident.id, talk, self.now)

    def leave(self) -> None:
        """Leave the talk for something else; what may be taken up again is set aside."""
        left = self.conversation.left() if self.conversation else None
        if left:
            conversations.save(self.session, self.resident.id, left, self.now)
        else:
            self.forget()

    def forget(self) -> None:
        """Leave the talk for good, and whatever was set aside."""
        conversations.leave(self.session, self.resident.id)

    @property
    def standing(self) -> Conversation | None:
        """Where the talk stands now, after what has been said to this very message."""
        return conversations.load(self.session, self.resident.id, self.now)

    @property
    def waits(self) -> bool:
        """Whether the resident has just been asked something, in this very reply."""
        standing = self.standing
        return standing is not None and standing.step is not Step.LEFT

    @property
    def asks(self) -> bool:
        """Whether the last reply asked something that has not been answered yet."""
        return self.conversation is not None and self.conversation.asks

    def at(self, *steps: Step) -> bool:
        """Whether the talk stands at one of these steps."""
        return self.conversation is not None and self.conversation.step in steps

    def recall(self, key: str) -> object:
        """What the talk remembered under `key`; None when there is nothing."""
        return self.conversation.data.get(key) if self.conversation else None


class Handler(Protocol):
    """A module satisfies this; NAME is a property here so that a module constant does."""

    @property
    def NAME(self) -> str:  # noqa: N802 - a module's constant
        """Short and unique; it labels metrics and log lines."""

    def matches(self, message: Inbound, context: Context) -> bool:
        """Cheap, without side effects."""

    def handle(self, message: Inbound, context: Context) -> Reply:
        """The reply. Expected situations are replies, never exceptions."""
