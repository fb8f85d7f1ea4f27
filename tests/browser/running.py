"""The demo as its own process, started as a person starts it, and stopped by Ctrl-C."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bot.supervision import answers_ready
from tests.bot.processes import ROOT, eventually, free_port, kill

READY_WITHIN_SECONDS = 60.0
STOPPED_WITHIN_SECONDS = 20.0
COMMAND = ("-m", "bot", "demo")


@dataclass(frozen=True)
class RunningDemo:
    """`folder` holds its database and what it printed."""

    url: str
    folder: Path
    process: subprocess.Popen[bytes]

    @property
    def config(self) -> Path:
        """What makes a command work on this demo's database."""
        return self.folder / "config.toml"

    def staff(self) -> Mapping[str, Mapping[str, str]]:
        """Name and password of the staff member of each role; only a staffed demo writes them down.

        It answers before it has written them, so they are waited for.
        """
        written = self.folder / "staff.json"
        assert eventually(written.is_file, READY_WITHIN_SECONDS), "this demo has not written down its staff"
        told: dict[str, dict[str, str]] = json.loads(written.read_text("utf-8"))
        return told


@contextmanager
def running_demo(
    folder: Path, *, command: Sequence[str] = COMMAND, more: Sequence[str] = ("--no-browser",)
) -> Iterator[RunningDemo]:
    """Ready, and ended with Ctrl-C; a demo that does not come up shows what it printed."""
    port = free_port()
    log = folder / "demo.log"
    arguments = [*command, "--port", str(port), "--data-dir", str(folder / "data"), *more]
    with log.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, *arguments],
            cwd=ROOT,
            env={name: value for name, value in os.environ.items() if not name.startswith("DINGXIN_")},
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        up = eventually(
            lambda: process.poll() is not None or answers_ready("127.0.0.1", port), READY_WITHIN_SECONDS
        )
        assert up, log.read_text("utf-8")
        assert process.poll() is None, log.read_text("utf-8")
        yield RunningDemo(f"http://127.0.0.1:{port}", folder / "data", process)
    finally:
        ended(process)
        kill(process)


def ended(process: subprocess.Popen[bytes]) -> None:
    """Ctrl-C, and wait."""
    process.send_signal(signal.SIGINT)
    with suppress(subprocess.TimeoutExpired):
        process.wait(STOPPED_WITHIN_SECONDS)
