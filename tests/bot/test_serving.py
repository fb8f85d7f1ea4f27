"""The web role as a real process: refuses what cannot work, answers what it was asked before it ends."""

import os
import signal
import socket
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest
import requests

from bot.errors import ConfigError
from bot.serving import serve_web
from bot.settings import Settings
from bot.store.engine import Database
from bot.supervision import answers_ready
from tests.bot.processes import environment, eventually, free_port, role, stopped
from tests.bot.town import statuses
from tests.settings import settings_for
from tests.wechat import Push, opened, signed, text_message

ESTABLISHED = "01"


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def settings(sqlite: Database, tmp_path: Path, port: int) -> Settings:
    assert sqlite
    return settings_for(tmp_path, web={"port": port})


def a_push(text: str) -> Push:
    now = datetime.now(UTC)
    return signed(text_message(text, at=now), at=now)


def post(port: int, push: Push) -> requests.Response:
    return requests.post(
        f"http://127.0.0.1:{port}/wechat",
        params=push.query,
        data=push.body,
        headers={"Content-Type": push.content_type},
        timeout=10,
    )


def sent(port: int, push: Push) -> HTTPConnection:
    """The same without waiting for the answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(
        "POST", f"/wechat?{urlencode(push.query)}", push.body, {"Content-Type": push.content_type}
    )
    return connection


def posted(port: int, push: Push) -> dict[str, str]:
    """The reply as the resident sees it."""
    answer = post(port, push)
    answer.raise_for_status()
    return opened(answer.content)


def test_a_message_is_answered_over_http_by_each_of_two_processes(
    settings: Settings, port: int, tmp_path: Path
) -> None:
    env = environment(settings, DINGXIN_WEB__PORT=str(port), DINGXIN_WEB__WORKERS="2")
    with role("web", env, cwd=tmp_path) as web:
        assert eventually(lambda: answers_ready("127.0.0.1", port))
        push = a_push("帮助")
        replies = {posted(port, push)["Content"] for _ in range(6)}
        assert len(replies) == 1
        assert "我能做这些" in replies.pop()
        assert stopped(web) == 0


def test_a_request_being_answered_when_it_is_stopped_is_answered(
    settings: Settings, port: int, tmp_path: Path
) -> None:
    with role("web", environment(settings, DINGXIN_WEB__PORT=str(port)), cwd=tmp_path) as web:
        assert eventually(lambda: answers_ready("127.0.0.1", port))
        blocker = sqlite3.connect(tmp_path / "dingxin.sqlite3", isolation_level=None)
        blocker.execute("BEGIN IMMEDIATE")
        asked = sent(port, a_push("帮助"))
        # What came later is answered: by now what came first is with its handler, who waits for the blocker.
        assert answers_ready("127.0.0.1", port)
        web.terminate()
        assert eventually(lambda: not listens(port))
        blocker.execute("ROLLBACK")
        blocker.close()
        assert "我能做这些" in opened(asked.getresponse().read())["Content"]
        assert web.wait(10) == 0


def test_work_that_went_on_past_the_deadline_is_finished_before_the_process_ends(
    settings: Settings, port: int, tmp_path: Path, sqlite: Database
) -> None:
    env = environment(settings, DINGXIN_WEB__PORT=str(port), DINGXIN_WEB__REPLY_WITHIN="0.05")
    with role("web", env, cwd=tmp_path) as web:
        assert eventually(lambda: answers_ready("127.0.0.1", port))
        blocker = sqlite3.connect(tmp_path / "dingxin.sqlite3", isolation_level=None)
        blocker.execute("BEGIN IMMEDIATE")
        with ThreadPoolExecutor(1) as pool:
            reply = pool.submit(post, port, a_push("帮助"))
            assert eventually(lambda: established(port))
            assert not eventually(reply.done, 0.5)
            blocker.execute("ROLLBACK")
            blocker.close()
            assert reply.result(10).content in {b"", b"success"}
        assert stopped(web) == 0
    assert statuses(sqlite) == {"reply1.0": "pending"}


def test_a_process_that_is_killed_is_replaced(settings: Settings, port: int, tmp_path: Path) -> None:
    with role("web", environment(settings, DINGXIN_WEB__PORT=str(port)), cwd=tmp_path) as web:
        assert eventually(lambda: answers_ready("127.0.0.1", port))
        (child,) = children_of(web.pid)
        os.kill(child, signal.SIGKILL)
        assert eventually(lambda: child not in children_of(web.pid))
        assert eventually(lambda: answers_ready("127.0.0.1", port))
        assert stopped(web) == 0


def test_a_database_without_all_migrations_is_refused_before_the_port_opens(
    tmp_path: Path, port: int
) -> None:
    settings = settings_for(tmp_path / "empty", web={"port": port})
    with pytest.raises(ConfigError, match="dingxin init"):
        serve_web(settings)
    assert not listens(port)


def test_incomplete_settings_are_refused_with_everything_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as refused:
        serve_web(settings_for(tmp_path, wechat={"app_id": "", "app_secret": ""}))
    assert "app_id" in str(refused.value)
    assert "app_secret" in str(refused.value)


def test_what_the_log_holds_names_no_signature(settings: Settings, port: int, tmp_path: Path) -> None:
    with role("web", environment(settings, DINGXIN_WEB__PORT=str(port)), cwd=tmp_path) as web:
        assert eventually(lambda: answers_ready("127.0.0.1", port))
        push = a_push("帮助")
        posted(port, push)
        assert stopped(web) == 0
    log = (tmp_path / "web.log").read_text()
    assert push.query["msg_signature"] not in log
    assert "/wechat" not in log


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def established(port: int) -> bool:
    """Whether somebody's request has been let in, by the kernel's own table."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return any(int(row[1].split(":")[1], 16) == port and row[3] == ESTABLISHED for row in rows)


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
