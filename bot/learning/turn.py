"""One training at a time: of two that began together each would be compared with the version before both."""

from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path

from bot.errors import Conflict

LOCK = ".lock"


@contextmanager
def turn_in(folder: Path) -> Iterator[None]:
    """The kernel lets go of it with the process that held it, so that nobody is ever locked out. Raises Conflict."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("ab") as lock:
        try:
            flock(lock, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            raise Conflict("a training is running already; try again when it has ended") from None
        yield
