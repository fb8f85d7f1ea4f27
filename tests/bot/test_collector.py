"""What a role loads when it starts is never looked through by the garbage collector."""

import gc
import platform
import subprocess
import sys
from collections.abc import Iterator

import pytest

from bot.collector import COLLECT_AFTER, loading
from tests.bot.processes import ROOT

LOADED = """
import gc, sys
from bot.cli import COMMANDS
from bot.commands.lazy import load
before = sum(generation["collections"] for generation in gc.get_stats())
load(next(one for one in COMMANDS if one.words == "web"))
passes = sum(generation["collections"] for generation in gc.get_stats()) - before
print("sqlalchemy" in sys.modules, gc.isenabled(), gc.get_freeze_count() > 100_000, passes <= 3)
"""

GIVEN_BACK = """
from pathlib import Path
from bot.collector import loading
def resident():
    return int(Path("/proc/self/statm").read_text().split()[1])
with loading():
    passing = [b"x" * 60_000 for _ in range(2_000)]
    kept = b"x" * 60_000
    at_most = resident()
    del passing
print(at_most - resident() > 20_000)
"""
"""Pages of 4 kB."""


@pytest.fixture(autouse=True)
def usual_threshold() -> Iterator[None]:
    usual = gc.get_threshold()
    yield
    gc.set_threshold(*usual)


def last_line(program: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.splitlines()[-1]


def test_the_collector_is_off_while_loading_and_leaves_alone_what_was_loaded() -> None:
    before = gc.get_freeze_count()

    with loading():
        assert not gc.isenabled()
        kept = [[] for _ in range(1000)]

    assert gc.isenabled()
    assert gc.get_freeze_count() >= before + len(kept)
    assert gc.get_threshold()[0] == COLLECT_AFTER


def test_the_collector_is_on_again_when_loading_fails() -> None:
    with pytest.raises(ImportError), loading():
        raise ImportError

    assert gc.isenabled()


def test_a_command_is_loaded_without_the_collector() -> None:
    assert last_line(LOADED) == "True True True True"


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc gives memory back when asked to")
def test_memory_that_was_needed_only_while_loading_goes_back_to_the_system() -> None:
    assert last_line(GIVEN_BACK) == "True"
