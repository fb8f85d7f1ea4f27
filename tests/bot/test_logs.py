"""Below the rule that nobody logs an openid or a secret there is a net; here something falls into it."""

import json
import logging
import sys
from collections.abc import Iterator
from enum import StrEnum
from io import StringIO

import pytest
import structlog

from bot import logs

OPENID = "oLogs_0123456789-abcdefghijk"
TOKEN = "61_NotARealToken-0123456789"
LEAKS = (OPENID, TOKEN)


@pytest.fixture(params=[False, True], ids=["json", "terminal"])
def stderr(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[StringIO]:
    """What is logged, as a service or at a terminal; undone after the test."""
    yield from _logging_to(monkeypatch, terminal=request.param)


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[StringIO]:
    """What a service logs: JSON, a line each."""
    yield from _logging_to(monkeypatch, terminal=False)


def _logging_to(monkeypatch: pytest.MonkeyPatch, *, terminal: bool) -> Iterator[StringIO]:
    root = logging.getLogger()
    handlers, level, configuration = root.handlers[:], root.level, structlog.get_config()
    written = StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    logs.configure(level="INFO", terminal=terminal)
    yield written
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**configuration)


class Word(StrEnum):
    ONE = "one"


class Leaky:
    """Something whose words for a log line nobody has thought about."""

    def __repr__(self) -> str:
        return f"Leaky({OPENID})"


def _fail() -> None:
    raise ValueError(" ".join(("https://api.example/?access_token=" + TOKEN, OPENID)))


def test_the_openid_of_these_tests_has_the_length_of_one() -> None:
    assert len(OPENID) == 28


@pytest.mark.parametrize(
    "fields",
    [
        {"who": OPENID},
        {"detail": {"who": OPENID}},
        {"detail": [OPENID, {"deep": (OPENID,)}]},
        {"thing": Leaky()},
        {"error": ValueError(f"no such resident {OPENID}")},
        {"url": f"https://api.example/send?access_token={TOKEN}&x=1"},
        {"url": f"secret={TOKEN}"},
        {"app_secret": TOKEN},
        {"token": TOKEN},
        {"detail": {"access_token": TOKEN}},
        {"answer": json.dumps({"access_token": TOKEN, "expires_in": 7200})},
        {"answer": repr({"app_secret": TOKEN})},
        {"header": f"Authorization: Bearer {TOKEN}"},
        {"body": OPENID.encode()},
    ],
)
def test_what_leaks_into_a_field_is_struck_out(stderr: StringIO, fields: dict[str, object]) -> None:
    structlog.get_logger().warning("something", **fields)

    assert "something" in stderr.getvalue()
    assert [leak for leak in LEAKS if leak in stderr.getvalue()] == []


def test_what_leaks_into_an_exception_is_struck_out(stderr: StringIO) -> None:
    try:
        _fail()
    except ValueError:
        structlog.get_logger().exception("it failed")

    written = stderr.getvalue()
    assert "ValueError" in written
    assert [leak for leak in LEAKS if leak in written] == []


def test_what_a_library_logs_is_struck_out_as_well(stderr: StringIO) -> None:
    try:
        _fail()
    except ValueError:
        logging.getLogger("somebody.elses").exception("retrying %s?secret=%s", OPENID, TOKEN)

    written = stderr.getvalue()
    assert "retrying" in written
    assert [leak for leak in LEAKS if leak in written] == []


def test_libraries_that_write_whole_addresses_are_not_heard(stderr: StringIO) -> None:
    logging.getLogger("urllib3.connectionpool").info("GET /send?x=1")
    logging.getLogger("werkzeug").info("GET /wechat?x=1")

    assert stderr.getvalue() == ""


def test_below_the_level_nothing_is_written(stderr: StringIO) -> None:
    structlog.get_logger().debug("a detail")

    assert stderr.getvalue() == ""


@pytest.mark.parametrize(
    "text",
    [
        OPENID,
        f"用户{OPENID}说",
        f"“{OPENID}”",
        "oLogs_0123456789-abcdefghij-",
        f"{OPENID},{OPENID}",
    ],
    ids=["alone", "between hanzi", "in quotes", "ending in a dash", "twice"],
)
def test_an_openid_is_found_wherever_it_stands(text: str) -> None:
    struck = logs.redact(text)

    assert "oLogs" not in struck
    assert "openid…" in struck


@pytest.mark.parametrize(
    "text",
    [
        "[privacy] encryption_key: is not the key this database was sealed with",
        "broadcast 3f9a12c07b11 started",
        "45015: the window is closed",
        "occurrence_skipped",
        "o" * 40,
        "api_base_url=https://api.weixin.qq.com",
    ],
)
def test_what_is_no_secret_stays_readable(text: str) -> None:
    assert logs.redact(text) == text


def test_figures_and_words_keep_their_kind(lines: StringIO) -> None:
    fields: dict[str, object] = {"count": 3, "share": 0.5, "done": True, "nothing": None, "word": Word.ONE}

    structlog.get_logger().info("figures", **fields)

    written = json.loads(lines.getvalue())
    assert {key: written[key] for key in fields} == fields
    assert (written["event"], written["level"]) == ("figures", "info")
