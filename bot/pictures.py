"""A picture from the platform to its words, and the words to an answer: off the request path, answered once.

claim    one picture, committed: nobody else reads it
fetch    from the platform, no transaction open
answer   the words taken as a message; reply, follow-up and the picture's end in one transaction
"""

from collections.abc import Callable
from dataclasses import replace

import structlog

from bot import wording
from bot.dispatch import dispatch
from bot.errors import PlatformError, TakenOver
from bot.messages import Inbound, Text, Work
from bot.runtime import Runtime
from bot.store import outbox, residents, screenshots
from bot.store.engine import Session
from bot.store.residents import Resident
from bot.store.screenshots import MOST_ATTEMPTS, Screenshot
from bot.wechat import media
from bot.wechat.client import PlatformClient
from bot.wechat.splitting import split_text

log = structlog.get_logger()


class Pictures:
    """Reads what is waiting, one at a time. `read` is the OCR: bytes to text, empty when there is none."""

    def __init__(self, runtime: Runtime, client: PlatformClient, read: Callable[[bytes], str]) -> None:
        self._runtime = runtime
        self._client = client
        self._read = read

    def answer_next(self) -> bool:
        """Take up the oldest picture; False when there is none."""
        runtime = self._runtime
        with runtime.database.transaction() as session:
            shot = screenshots.claim(session, vault=runtime.vault, now=runtime.clock())
        if shot is None:
            return False
        self._take_up(shot)
        return True

    def _take_up(self, shot: Screenshot) -> None:
        # More attempts than this means that reading it has killed its readers.
        words = "" if shot.attempt > MOST_ATTEMPTS else self._words(shot)
        if words is None:
            return
        try:
            self._runtime.database.attempt(lambda session: self._answer(session, shot, words))
        except TakenOver:
            log.info("screenshot_taken_over", screenshot_id=shot.id)
            return
        log.info("screenshot_read", screenshot_id=shot.id, characters=len(words))
        self._runtime.enqueue(Work.DELIVERIES)

    def _words(self, shot: Screenshot) -> str | None:
        """What the picture says; empty when that cannot be known, None when it will be tried again."""
        limit = self._runtime.settings.screenshots.largest_bytes
        try:
            picture = media.download(self._client, shot.message.media_id, limit=limit)
        except PlatformError as error:
            if not error.retryable:
                return ""
            return self._set_back(shot)
        return self._read(picture.content)

    def _set_back(self, shot: Screenshot) -> str | None:
        """Once more later; after the last attempt the resident is told."""
        if shot.attempt >= MOST_ATTEMPTS:
            return ""
        with self._runtime.database.transaction() as session:
            screenshots.set_back(session, shot)
        return None

    def _answer(self, session: Session, shot: Screenshot, words: str) -> None:
        resident = residents.attend_to(session, shot.resident_id)
        if not screenshots.finish(session, shot):
            raise TakenOver(f"screenshot {shot.id} was taken over")
        for number, part in enumerate(split_text(self._reply(session, shot, words, resident))):
            key = f"shot{shot.id}.{number}"
            outbox.queue_follow_up(
                session,
                shot.resident_id,
                part,
                key=key,
                vault=self._runtime.vault,
                now=self._runtime.clock(),
            )

    def _reply(self, session: Session, shot: Screenshot, words: str, resident: Resident | None) -> str:
        if resident is None:
            return ""
        if not words.strip():
            return wording.UNREADABLE_PICTURE
        message: Inbound = replace(shot.message, text=words)
        reply = dispatch(message, resident, session=session, runtime=self._runtime).reply
        return reply.body if isinstance(reply, Text) else ""
