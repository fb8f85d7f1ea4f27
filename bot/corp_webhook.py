"""WeCom's callback. Residents do not write to WeCom: its events are taken, counted, and tell us to look again later."""

from functools import partial

import structlog
from flask import Blueprint, Response, request

from bot.errors import RequestRejected
from bot.runtime import Runtime
from bot.webhook import PLAIN, refuse
from bot.wecom.callback import open_envelope, verify_url

log = structlog.get_logger()


def make_blueprint(runtime: Runtime) -> Blueprint:
    """`GET /wecom` proves the address within a second, `POST /wecom` takes an event; 404 while WeCom is switched off."""
    blueprint = Blueprint("corp_webhook", __name__)

    @blueprint.get("/wecom")
    def verify() -> Response:
        _require_switched_on(runtime)
        echo = verify_url(request.args, credentials=runtime.corp_credentials, now=runtime.clock())
        return Response(echo, content_type=PLAIN)

    @blueprint.post("/wecom")
    def receive() -> Response:
        _require_switched_on(runtime)
        message = open_envelope(
            request.get_data(cache=False),
            request.content_type or "",
            request.args,
            credentials=runtime.corp_credentials,
            now=runtime.clock(),
        )
        runtime.metrics.received.labels(f"wecom_{message.kind}").inc()
        log.info("wecom_event", kind=message.kind, details=[name for name, _ in message.details])
        return Response(b"", content_type=PLAIN)

    blueprint.register_error_handler(RequestRejected, partial(refuse, runtime))
    return blueprint


class SwitchedOff(RequestRejected):
    """Nobody should post here: WeCom is not configured."""

    status = 404


def _require_switched_on(runtime: Runtime) -> None:
    if not runtime.settings.wecom.corp_id:
        raise SwitchedOff("wecom_is_off")
