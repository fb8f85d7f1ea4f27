"""The web role: everything is loaded before the port opens, then Granian's processes are forked off what is loaded.

A request that is being answered when SIGTERM comes is answered, and what went on past its deadline is finished, before
its process ends.
"""

import multiprocessing
from multiprocessing.util import Finalize

import structlog
from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from bot.app import create_app
from bot.inbound import Desk
from bot.reading_ahead import ReadingAhead
from bot.runtime import Runtime
from bot.settings import Settings
from bot.startup import open_service

log = structlog.get_logger()

# The supervisor gives ten seconds; the last one is Granian's own.
STOP_WITHIN_SECONDS = 8
# Requests let in beyond those being worked on; the rest wait in the kernel, where they cost nothing.
LET_IN = 2
FIRST_TO_CLOSE = 100

# Granian's own words go where all others go, without its access log: a callback's address carries its signature.
LOGGING = {
    "handlers": {},
    "loggers": {
        "_granian": {"handlers": [], "propagate": True},
        "granian.access": {"handlers": [], "propagate": False},
    },
}


def serve_web(settings: Settings) -> None:
    """Serve until SIGTERM. Raises ConfigError before the port opens; SystemExit when the processes keep dying."""
    with open_service(settings) as service:
        serve(service.runtime)


def serve(runtime: Runtime) -> None:
    """Fork the processes and watch over them."""
    web = runtime.settings.web
    multiprocessing.set_start_method("fork", force=True)
    runtime.database.close()
    server = Granian(
        "dingxin",
        address=web.host,
        port=web.port,
        interface=Interfaces.WSGI,
        workers=web.workers,
        blocking_threads=web.threads,
        backpressure=LET_IN * web.threads,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_WITHIN_SECONDS,
        log_level=LogLevels.error,
        log_access=False,
        log_dictconfig=LOGGING,
    )
    log.info("serving", host=web.host, port=web.port, processes=web.workers)
    server.serve(target_loader=lambda: load_app(runtime), wrap_loader=False)


def load_app(runtime: Runtime) -> Flask:
    """In a process just forked: connections of its own, threads of its own, which are waited for at its end."""
    runtime.database.engine.dispose(close=False)
    desk, ahead = Desk(runtime), ReadingAhead(runtime.library.get)
    Finalize(None, desk.close, exitpriority=FIRST_TO_CLOSE)
    Finalize(None, ahead.close, exitpriority=FIRST_TO_CLOSE)
    ahead.start()
    return create_app(runtime, desk)
