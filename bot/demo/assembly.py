"""The demo put together in one process: the platform's sandbox, the whole service, one clock that can be moved.

Nothing is stubbed: what is typed on the phone is signed, sealed and posted to /wechat; what the service sends out goes
over HTTP through its own client to the sandbox; deliveries run through the queue, the worker and the scheduler. Only
the processes are threads here, so that "+49 h" moves the time for all of them.
"""

import base64
import secrets
import string
import webbrowser
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from flask import Flask
from huey import MemoryHuey
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from bot.app import create_app
from bot.clock import now_utc
from bot.demo import authenticator, desk
from bot.demo.cast import SampleCode
from bot.demo.clock import MovableClock
from bot.demo.configuration_file import write_configuration
from bot.demo.sample import NEIGHBOURHOOD, VILLAGE, Sample, load_sample, schedule_letters
from bot.demo.sandbox import Sandbox, make_sandbox
from bot.demo.serving import RunningServer, create_sandbox_app, serve_wsgi
from bot.errors import ConfigError
from bot.inbound import Desk
from bot.ocr import require_ocr
from bot.runtime import Runtime, build_runtime, scene_of
from bot.scheduler import run_scheduler
from bot.settings import Settings
from bot.store import schema
from bot.store.engine import open_database
from bot.store.vault import Vault
from bot.tasks import Worker, WorkQueue

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# Soon enough to be seen, late enough for everybody to have followed first.
FIRST_LETTER_AFTER = timedelta(seconds=40)
SETTLE_SECONDS = 30.0
CONFIGURATION = "config.toml"


@dataclass(frozen=True, slots=True)
class Demo:
    """A running demo. `config` is for commands that work on its data; it holds secrets."""

    url: str
    config: Path
    settings: Settings
    sample: Sample
    sandbox: Sandbox
    runtime: Runtime
    queue: WorkQueue
    worker: Worker


@contextmanager
def run_demo(
    data_dir: Path, *, port: int, first_letter_after: timedelta = FIRST_LETTER_AFTER
) -> Iterator[Demo]:
    """Everything running except the worker's threads; stopped again on leaving. An earlier configuration is replaced."""
    settings = demo_settings(data_dir, port=port)
    clock = MovableClock(now_utc)
    sample = _prepare(settings, clock)
    config = settings.service.data_dir / CONFIGURATION
    write_configuration(config, settings)
    queue = WorkQueue(MemoryHuey("demo", results=False))
    runtime = build_runtime(settings, enqueue=queue.put, clock=clock)
    sandbox = _sandbox(settings, clock, runtime)
    front = Desk(runtime)
    with _serving(runtime, front, sandbox, sample, port=port) as server, _scheduling(runtime):
        worker = Worker(runtime)
        _begin(sandbox, runtime, sample, soon=first_letter_after)
        yield Demo(server.url, config, settings, sample, sandbox, runtime, queue, worker)
        worker.close()
    sandbox.close()
    front.close()
    runtime.close()


def demo_settings(data_dir: Path, *, port: int) -> Settings:
    """Complete settings that call nothing but the sandbox; secrets are made anew."""
    letters = string.ascii_letters + string.digits
    url = f"http://127.0.0.1:{port}"

    def word(length: int) -> str:
        return "".join(secrets.choice(letters) for _ in range(length))

    def key() -> str:
        return base64.b64encode(secrets.token_bytes(32)).decode()

    return Settings.model_validate(
        {
            "service": {
                "data_dir": data_dir.absolute(),
                "public_url": url,
                "office": "市民政局（示例）",
                "log_level": "warning",
            },
            "web": {"port": port},
            "wechat": {
                "app_id": "wx" + secrets.token_hex(8),
                "app_secret": word(32),
                "token": word(24),
                "encoding_aes_key": word(42) + "A",
                "api_base_url": url,
            },
            "wecom": {
                "corp_id": "ww" + secrets.token_hex(8),
                "agent_secret": word(40),
                "token": word(24),
                "encoding_aes_key": word(42) + "A",
                "api_base_url": url,
            },
            "screenshots": {"enabled": _reads_pictures()},
            # Whoever tries the demo at night wants to see the letter arrive.
            "broadcasts": {"quiet_hours": {"starts_at": "00:00:00", "ends_at": "00:00:00"}},
            "console": {"secret_key": key()},
            "privacy": {"encryption_key": key()},
        }
    )


def open_browser(url: str) -> None:
    """Show the phone, where there is a browser to show it in."""
    Thread(target=webbrowser.open, args=(url,), daemon=True).start()


def _reads_pictures() -> bool:
    """Whether the optional extra is installed; `make demo` installs it."""
    try:
        require_ocr()
    except ConfigError:
        return False
    return True


def _prepare(settings: Settings, clock: Callable[[], datetime]) -> Sample:
    database = open_database(settings.database_url)
    schema.upgrade(database)
    now = clock()
    with database.transaction() as session:
        sample = load_sample(
            session,
            vault=Vault(base64.b64decode(settings.privacy.encryption_key.get_secret_value())),
            now=now,
            day=now.astimezone(settings.service.zone).date(),
        )
    database.close()
    return sample


def _sandbox(settings: Settings, clock: MovableClock, runtime: Runtime) -> Sandbox:
    tree = runtime.places.get().tree
    codes = tuple(
        SampleCode(tree.full_name(code), scene_of(code, runtime.vault)) for code in (VILLAGE, NEIGHBOURHOOD)
    )
    wechat, wecom = settings.wechat, settings.wecom
    return make_sandbox(
        clock,
        app_id=wechat.app_id,
        app_secret=wechat.app_secret.get_secret_value(),
        token=wechat.token.get_secret_value(),
        encoding_aes_key=wechat.encoding_aes_key.get_secret_value(),
        corp_id=wecom.corp_id,
        agent_secret=wecom.agent_secret.get_secret_value(),
        callback_url=settings.service.public_url,
        codes=codes,
        following=False,
        service_name=settings.service.name,
    )


@contextmanager
def _serving(
    runtime: Runtime, front: Desk, sandbox: Sandbox, sample: Sample, *, port: int
) -> Iterator[RunningServer]:
    """One port: the service, and beside it the platform's calls and the phone."""
    platform_side: Flask = create_sandbox_app(sandbox)
    platform_side.register_blueprint(desk.make_blueprint(runtime))
    platform_side.register_blueprint(authenticator.make_blueprint(sample.phone_secret, runtime.clock))
    service = create_app(runtime, front)
    both = DispatcherMiddleware(
        service, {"/demo": _mounted(platform_side, "/demo"), "/cgi-bin": _mounted(platform_side, "/cgi-bin")}
    )
    with serve_wsgi(both, port=port) as server:
        yield server


def _mounted(app: Flask, prefix: str) -> "WSGIApplication":
    """The dispatcher takes the prefix off; the sandbox's routes carry it."""

    def call(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        environ["PATH_INFO"] = prefix + environ["PATH_INFO"]
        environ["SCRIPT_NAME"] = environ["SCRIPT_NAME"].removesuffix(prefix)
        return app(environ, start_response)

    return call


@contextmanager
def _scheduling(runtime: Runtime) -> Iterator[None]:
    stop = Event()
    thread = Thread(target=run_scheduler, args=(runtime,), kwargs={"stop": stop}, name="scheduler")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _begin(sandbox: Sandbox, runtime: Runtime, sample: Sample, *, soon: timedelta) -> None:
    """Everybody follows, two by scanning their community's code; the grid worker binds; the letters are approved."""
    handset, scenes = sandbox.handset, {code.label: code.scene for code in sandbox.codes}
    village, neighbourhood = scenes.values()
    for chat, scene in (
        ("resident-1", village),
        ("resident-2", neighbourhood),
        ("resident-3", ""),
        ("grid-worker", village),
    ):
        handset.follow(sandbox.openid(chat), scene)
    sandbox.settle(SETTLE_SECONDS)
    handset.text(sandbox.openid("grid-worker"), f"绑定 {sample.bind_code}")
    sandbox.settle(SETTLE_SECONDS)
    now = runtime.clock()
    with runtime.database.transaction() as session:
        schedule_letters(session, runtime.letters, soon=now + soon, now=now)
