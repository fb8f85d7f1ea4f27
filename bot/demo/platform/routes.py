"""The platform's calls over HTTP: fault, token, quota, endpoint, answer."""

import json
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from bot.demo.platform.endpoints import ENDPOINTS
from bot.demo.platform.endpoints.endpoint import (
    DATA_FORMAT,
    Answer,
    Binary,
    Call,
    Caller,
    Endpoint,
    Upload,
    mapping,
)
from bot.demo.platform.faults import Fault, FaultKind
from bot.demo.platform.refusal import MESSAGES, PlatformError
from bot.demo.platform.state import Platform

NO_SUCH_API, NEEDS_POST = 50001, 43002
FAMILIES: Mapping[Caller, tuple[str, ...]] = {
    Caller.ACCOUNT: ("plain", "stable"),
    Caller.CORP: ("corp",),
    Caller.EITHER: ("plain", "stable", "corp"),
}
NOT_JSON = "<html><body><h1>系统维护</h1></body></html>"


class ConnectionDroppedError(ConnectionError):
    """Raised instead of an answer where there is no socket to close, as in a test client."""


def make_routes(platform: Platform, *, sleep: Callable[[float], None] = time.sleep) -> Blueprint:
    """The blueprint of /cgi-bin/."""
    routes = Blueprint("platform", __name__)

    @routes.route("/cgi-bin/<path:path>", methods=["GET", "POST"])
    def call(path: str) -> Response:
        _receive()
        fault = platform.faults.take(path)
        early = _before(fault, sleep) if fault else None
        if early is not None:
            return early
        response = _respond(platform, path)
        if fault and fault.kind is FaultKind.DROP_AFTER:
            return _drop()
        return response

    return routes


def _receive() -> None:
    """All of the call: one that is cut off while it is being sent meets no fault, and is refused. What is too large is for the
    endpoint to refuse.
    """
    with suppress(RequestEntityTooLarge):
        request.get_data()


def _before(fault: Fault, sleep: Callable[[float], None]) -> Response | None:
    """What a fault answers in the platform's place; None lets the call through."""
    match fault.kind:
        case FaultKind.CODE:
            fields = {} if fault.message_id is None else {"msg_id": fault.message_id}
            return _refused(PlatformError(fault.code, fields))
        case FaultKind.HTML:
            return Response(NOT_JSON, content_type="text/html; charset=utf-8")
        case FaultKind.BAD_GATEWAY:
            return Response("Bad Gateway", status=502, content_type="text/plain")
        case FaultKind.DROP_BEFORE:
            return _drop()
        case FaultKind.SLOW:
            sleep(fault.seconds)
    return None


def _drop() -> Response:
    """Cut the connection without a byte of answer."""
    connection = request.environ.get("werkzeug.socket")
    if not isinstance(connection, socket.socket):
        raise ConnectionDroppedError
    connection.shutdown(socket.SHUT_RDWR)
    return Response()


def _respond(platform: Platform, path: str) -> Response:
    try:
        endpoint = _endpoint(path)
        body, upload = _body(), _upload()
        with platform.lock:
            call = Call(path, request.args.to_dict(), body, platform.clock(), upload)
            answer = _run(platform, endpoint, call)
    except PlatformError as refusal:
        return _refused(refusal)
    return _answered(answer)


def _run(platform: Platform, endpoint: Endpoint, call: Call) -> Answer:
    if endpoint.caller is not Caller.ANYONE:
        given = call.query.get("access_token", "")
        platform.tokens.check(given, call.at, families=FAMILIES[endpoint.caller])
    platform.calls.use(call.path, call.at)
    return endpoint.run(platform, call)


def _endpoint(path: str) -> Endpoint:
    endpoint = ENDPOINTS.get(path)
    if endpoint is None:
        raise PlatformError(NO_SUCH_API)
    if endpoint.post and request.method != "POST":
        raise PlatformError(NEEDS_POST)
    return endpoint


def _body() -> Mapping[str, Any]:
    """The JSON of a POST; the platform reads it whatever the content type says, and only as UTF-8."""
    if request.method != "POST" or (request.mimetype or "").startswith("multipart/"):
        return {}
    try:
        return mapping(json.loads(request.get_data().decode() or "{}"))
    except ValueError:
        raise PlatformError(DATA_FORMAT) from None


def _upload() -> Upload | None:
    try:
        sent = request.files.get("media")
    except HTTPException:
        return None
    if sent is None:
        return None
    return Upload(sent.read(), sent.mimetype or "application/octet-stream")


def _answered(answer: Answer) -> Response:
    if isinstance(answer, Binary):
        response = Response(answer.body, content_type=answer.content_type)
        if answer.filename:
            response.headers["Content-Disposition"] = f'attachment; filename="{answer.filename}"'
        return response
    return _json(answer)


def _refused(refusal: PlatformError) -> Response:
    message = f"{MESSAGES.get(refusal.code, 'error')} rid: 00000000-00000000-00000000"
    return _json({"errcode": refusal.code, "errmsg": message, **refusal.fields})


def _json(body: Mapping[str, Any]) -> Response:
    return Response(json.dumps(body, ensure_ascii=False), content_type="application/json; encoding=utf-8")
