"""`dingxin run`: one machine's roles as child processes in the foreground.

A child that dies is started again, at first at once, then ever later. One that says its configuration is wrong (exit
code 2) stops all: starting it again would not help. SIGTERM and Ctrl-C are passed on; what still runs after the grace
is killed, with everything it started.
"""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from threading import Event
from types import FrameType

import structlog

log = structlog.get_logger()

MISCONFIGURED = 2
LOOK_EVERY_SECONDS = 0.1
ASK_EVERY_SECONDS = 0.2
STOP_WITHIN_SECONDS = 9.5
KILLED_WITHIN_SECONDS = 2.0
SHORTEST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
# A child that lived this long was well; its next death is a new story.
WELL_AFTER_SECONDS = 60.0
EVERYWHERE: Mapping[str, str] = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - to reach it, not to bind it


@dataclass(slots=True)
class Child:
    """A role and its process; `start_at` is set while it rests after dying. Seconds are monotonic."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_at: float = 0.0
    pause: float = SHORTEST_PAUSE

    def start(self, now: float) -> None:
        """In a session of its own: Ctrl-C reaches it through us only, and a kill reaches all it started."""
        self.process = subprocess.Popen(self.command, start_new_session=True)  # noqa: S603 - our own program
        self.started_at = now

    def died(self) -> int | None:
        """Its exit code, once it has ended."""
        return self.process.poll() if self.process is not None else None

    def rest(self, now: float) -> None:
        """Start again later, and ever later while it keeps dying young."""
        well = now - self.started_at >= WELL_AFTER_SECONDS
        self.pause = SHORTEST_PAUSE if well else min(self.pause * 2, LONGEST_PAUSE)
        self.start_at = now + self.pause
        self.kill()
        self.process = None

    def ask_to_stop(self) -> None:
        """SIGTERM to the process itself; it stops its own children."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def kill(self) -> None:
        """SIGKILL to it and everything it started, also when it is dead itself."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return

    def ended(self, within: float) -> bool:
        """Whether it ends in that many seconds."""
        if self.process is None:
            return True
        try:
            self.process.wait(max(within, 0))
        except subprocess.TimeoutExpired:
            return False
        return True


@dataclass(slots=True)
class Supervisor:
    """`is_ready` is asked until it is true, then `announce` is called, once."""

    commands: Mapping[str, Sequence[str]]
    is_ready: Callable[[], bool]
    announce: Callable[[], None]
    _stop: Event = field(default_factory=Event)
    _children: list[Child] = field(default_factory=list)

    def run(self) -> int:
        """Until a signal comes (0) or a child says its configuration is wrong (2)."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)
        now = time.monotonic()
        self._children = [Child(name, command, start_at=now) for name, command in self.commands.items()]
        try:
            return self._watch()
        finally:
            self._stop_all()

    def _watch(self) -> int:
        ready, ask_at = False, 0.0
        while not self._stop.wait(LOOK_EVERY_SECONDS):
            now = time.monotonic()
            if any(self._look_at(child, now) == MISCONFIGURED for child in self._children):
                return MISCONFIGURED
            if not ready and now >= ask_at:
                ask_at, ready = now + ASK_EVERY_SECONDS, self._all_up() and self.is_ready()
                if ready:
                    self.announce()
        return 0

    def _look_at(self, child: Child, now: float) -> int | None:
        """Start it when its time has come, let it rest when it has died; its exit code if it just did."""
        if child.process is None:
            if now >= child.start_at:
                child.start(now)
            return None
        code = child.died()
        if code is not None:
            child.rest(now)
            log.error("role_died", role=child.name, code=code, again_in_seconds=child.pause)
        return code

    def _all_up(self) -> bool:
        return all(child.process is not None and child.died() is None for child in self._children)

    def _stop_all(self) -> None:
        for child in self._children:
            child.ask_to_stop()
        deadline = time.monotonic() + STOP_WITHIN_SECONDS
        for child in self._children:
            if not child.ended(deadline - time.monotonic()):
                log.error("role_killed", role=child.name)
            child.kill()
            child.ended(KILLED_WITHIN_SECONDS)

    def _ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stop.set()


def answers_ready(host: str, port: int) -> bool:
    """Whether the web role says it is ready; False while it is not there yet."""
    connection = HTTPConnection(EVERYWHERE.get(host, host), port, timeout=1)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200  # noqa: PLR2004 - HTTP's
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
