"""Roles as real processes: started, watched and ended by a test, never longer than its time limit."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
LOOK_EVERY_SECONDS = 0.05


def eventually(what: Callable[[], bool], seconds: float = 30.0) -> bool:
    """Whether it comes true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if what():
            return True
        time.sleep(LOOK_EVERY_SECONDS)
    return what()


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(settings: Settings, **changed: str) -> dict[str, str]:
    """What makes a process read these settings."""
    wechat, wecom = settings.wechat, settings.wecom
    told = {
        "DINGXIN_SERVICE__DATA_DIR": str(settings.service.data_dir),
        "DINGXIN_DATABASE__URL": settings.database.url.get_secret_value(),
        "DINGXIN_QUEUE__URL": settings.queue.url.get_secret_value(),
        "DINGXIN_WECHAT__APP_ID": wechat.app_id,
        "DINGXIN_WECHAT__APP_SECRET": wechat.app_secret.get_secret_value(),
        "DINGXIN_WECHAT__TOKEN": wechat.token.get_secret_value(),
        "DINGXIN_WECHAT__ENCODING_AES_KEY": wechat.encoding_aes_key.get_secret_value(),
        "DINGXIN_WECHAT__API_BASE_URL": wechat.api_base_url,
        "DINGXIN_WECOM__API_BASE_URL": wecom.api_base_url,
        "DINGXIN_PRIVACY__ENCRYPTION_KEY": settings.privacy.encryption_key.get_secret_value(),
        "DINGXIN_CONSOLE__SECRET_KEY": settings.console.secret_key.get_secret_value(),
    }
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("DINGXIN_")}
    paths = [str(ROOT), inherited.get("PYTHONPATH", "")]
    return {**inherited, "PYTHONPATH": os.pathsep.join(filter(None, paths)), **told, **changed}


@contextmanager
def role(name: str, env: Mapping[str, str], *, cwd: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`dingxin <name>`, killed with all it started when the test is over."""
    code = f"from bot.commands.{name} import {name}; {name}()"
    with started(["-c", code], env, cwd=cwd, log=cwd / f"{name}.log") as process:
        yield process


@contextmanager
def started(
    arguments: Sequence[str], env: Mapping[str, str], *, cwd: Path, log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """This Python with these arguments, killed with all it started when the test is over."""
    with log.open("ab") as written:
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, *arguments],
            env=dict(env),
            cwd=cwd,
            stdout=written,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL, as a power cut would."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)


def stopped(process: subprocess.Popen[bytes], seconds: float = 10.0) -> int:
    """Its exit code after SIGTERM; TimeoutExpired when it takes longer than it may."""
    process.terminate()
    return process.wait(seconds)
