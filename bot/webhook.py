"""The platform's callbacks: bytes in, bytes out. What is refused gets a number and one log line, never a traceback."""

import secrets
from functools import partial

import structlog
from flask import Blueprint, Response, request

from bot import wording
from bot.errors import RequestRejected
from bot.inbound import Desk, Stamp
from bot.messages import Inbound
from bot.runtime import Runtime
from bot.wechat.callback import open_envelope, verify_url
from bot.wechat.rendering import render

log = structlog.get_logger()

PLAIN = "text/plain; charset=utf-8"
XML = "application/xml; charset=utf-8"
NONCE_BYTES = 8


def make_blueprint(runtime: Runtime, desk: Desk) -> Blueprint:
    """`GET /wechat` proves the address to the platform, `POST /wechat` takes a message."""
    blueprint = Blueprint("webhook", __name__)

    @blueprint.get("/wechat")
    def verify() -> Response:
        echo = verify_url(request.args, token=runtime.credentials.token, now=runtime.clock())
        return Response(echo, content_type=PLAIN)

    @blueprint.post("/wechat")
    def receive() -> Response:
        with runtime.metrics.seconds.time():
            message = open_envelope(
                request.get_data(cache=False),
                request.content_type or "",
                request.args,
                credentials=runtime.credentials,
                mode=runtime.mode,
                now=runtime.clock(),
            )
            runtime.metrics.received.labels(message.kind).inc()
            stamp = Stamp(timestamp=request.args["timestamp"], nonce=request.args["nonce"])
            reply = _reply(runtime, desk, message, stamp)
            return Response(_rendered(runtime, message, reply), content_type=XML)

    blueprint.register_error_handler(RequestRejected, partial(refuse, runtime))
    return blueprint


def refuse(runtime: Runtime, error: RequestRejected) -> Response:
    """The reason to whoever posted, counted and logged; never whose message it was."""
    runtime.metrics.rejected.labels(error.reason).inc()
    log.warning("request_rejected", reason=error.reason, status=error.status, request_id=secrets.token_hex(4))
    return Response(f"{error.reason}\n", status=error.status, content_type=PLAIN)


def _reply(runtime: Runtime, desk: Desk, message: Inbound, stamp: Stamp) -> str:
    try:
        return desk.reply_to(message, stamp)
    except RequestRejected:
        raise
    except (
        Exception
    ):  # the webhook's edge: with the database gone nothing can be kept, but the resident is told
        log.exception("message_not_kept", kind=message.kind)
        return wording.BUSY.format(hotline=runtime.settings.service.hotline)


def _rendered(runtime: Runtime, message: Inbound, reply: str) -> bytes:
    return render(
        reply,
        message,
        credentials=runtime.credentials,
        mode=runtime.mode,
        now=runtime.clock(),
        nonce=secrets.token_hex(NONCE_BYTES),
    )
