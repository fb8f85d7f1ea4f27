"""What is known, read before anybody asks about it: a hundred thousand claims take half a minute, so no start waits for it.

It goes on while messages are answered, in steps so short that none of them waits noticeably.
"""

import time
from collections.abc import Callable
from threading import Event, Thread

from knowledge.library import Library, Shelves

# Whoever answers waits for the end of a step after each of some forty statements to the database.
STEP_SECONDS = 0.0005
REST_SECONDS = 0.001
LOOK_EVERY_SECONDS = 5.0


class ReadingAhead:
    """A thread beside those that answer: reads the library, and what is new in it when it has changed."""

    def __init__(self, library: Callable[[], Library], *, look_every: float = LOOK_EVERY_SECONDS) -> None:
        self._library = library
        self._look_every = look_every
        self._stop = Event()
        self._thread = Thread(target=self._run, name="reading-ahead", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Stop, and wait until it has."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        read: Shelves | None = None
        while not self._stop.is_set():
            library = self._library()
            if library.shelves is not read:
                read = library.shelves
                self._read(library)
            self._stop.wait(self._look_every)

    def _read(self, library: Library) -> None:
        until = time.monotonic() + STEP_SECONDS
        for _ in library.read_ahead():
            if time.monotonic() >= until:
                if self._stop.wait(REST_SECONDS):
                    return
                until = time.monotonic() + STEP_SECONDS
