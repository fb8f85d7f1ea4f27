"""The supervisor over real processes: starts again what dies, passes on what stops, kills what will not."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

import pytest

from bot.store.engine import Database
from bot.supervision import answers_ready
from tests.bot.processes import environment, eventually, free_port, kill
from tests.settings import settings_for

FOR_EVER = "import time\nwhile True: time.sleep(0.1)"
STUBBORN = "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
HARNESS = """
import sys
from bot.supervision import Supervisor
commands = {name: (sys.executable, "-c", code) for name, code in zip(sys.argv[1::2], sys.argv[2::2])}
announce = lambda: print("ready", flush=True)
sys.exit(Supervisor(commands=commands, is_ready=lambda: True, announce=announce).run())
"""


@contextmanager
def running(
    command: Sequence[str], *, cwd: Path, env: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """A supervisor, killed with its children when the test is over."""
    with (cwd / "run.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own program
            command, env=dict(env), cwd=cwd, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        yield process
    finally:
        left = children_of(process.pid)
        kill(process)
        for child in left:
            with suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)


def supervised(
    roles: Mapping[str, str], *, cwd: Path, env: Mapping[str, str]
) -> AbstractContextManager[subprocess.Popen[bytes]]:
    """A supervisor over these programs."""
    words = [word for role in roles.items() for word in role]
    return running([sys.executable, "-c", HARNESS, *words], cwd=cwd, env=env)


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return environment(settings_for(tmp_path))


def test_a_child_that_dies_is_started_again(tmp_path: Path, env: dict[str, str]) -> None:
    dies_once = (
        "import pathlib, sys\npath = pathlib.Path('started')\nfirst = not path.exists()\npath.touch()\n"
    )
    roles = {"weak": f"{dies_once}if first: sys.exit(1)\n{FOR_EVER}", "strong": FOR_EVER}
    with supervised(roles, cwd=tmp_path, env=env) as process:
        assert eventually(lambda: said(tmp_path, "role_died"))
        assert eventually(lambda: len(children_of(process.pid)) == 2)
        process.terminate()
        assert process.wait(10) == 0


def test_a_child_whose_configuration_is_wrong_stops_all(tmp_path: Path, env: dict[str, str]) -> None:
    roles = {"wrong": "import sys\nsys.exit(2)", "well": FOR_EVER}
    with supervised(roles, cwd=tmp_path, env=env) as process:
        assert process.wait(20) == 2
        assert children_of(process.pid) == []


def test_being_ready_is_said_once(tmp_path: Path, env: dict[str, str]) -> None:
    with supervised({"one": FOR_EVER}, cwd=tmp_path, env=env) as process:
        assert eventually(lambda: said(tmp_path, "ready"))
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
    assert (tmp_path / "run.log").read_text().count("ready") == 1


def test_what_will_not_stop_is_killed_with_all_it_started(tmp_path: Path, env: dict[str, str]) -> None:
    starts_another = (
        "import subprocess, sys, pathlib\n"
        f"other = subprocess.Popen([sys.executable, '-c', {FOR_EVER!r}])\n"
        "pathlib.Path('other').write_text(str(other.pid))\n"
    )
    with supervised({"stubborn": f"{STUBBORN}{starts_another}{FOR_EVER}"}, cwd=tmp_path, env=env) as process:
        assert eventually(lambda: (tmp_path / "other").exists() and (tmp_path / "other").read_text() != "")
        process.terminate()
        assert process.wait(13) == 0
    assert said(tmp_path, "role_killed")
    assert eventually(lambda: not runs(int((tmp_path / "other").read_text())))


@pytest.mark.timeout(120)
def test_all_three_roles_come_up_and_stop_within_ten_seconds(tmp_path: Path, sqlite: Database) -> None:
    assert sqlite
    port = free_port()
    env = environment(settings_for(tmp_path), DINGXIN_WEB__PORT=str(port))
    with running([sys.executable, "-m", "bot", "run"], cwd=tmp_path, env=env) as process:
        assert eventually(lambda: said(tmp_path, f"ready: http://127.0.0.1:{port}"), 60)
        assert answers_ready("127.0.0.1", port)
        assert len(children_of(process.pid)) == 3
        assert eventually(lambda: said(tmp_path, '"leading"'))
        process.terminate()
        assert process.wait(10) == 0
    assert not answers_ready("127.0.0.1", port)
    assert not said(tmp_path, "role_killed")


def said(cwd: Path, what: str) -> bool:
    return what in (cwd / "run.log").read_text()


def children_of(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def runs(pid: int) -> bool:
    """Whether it still does anything: a dead process that nobody has collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
