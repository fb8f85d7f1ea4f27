"""The door of the API: whose call it is, whether it may be made, and that it is made once.

A write call runs in one transaction with the note of its Idempotency-Key: either both are there or neither. What is refused
has done nothing and keeps no key.
"""

import hashlib
import re

from flask import Response, request

from bot.access import may
from bot.api.parsing import JSON, read_body, read_parts, read_query
from bot.api.problems import unauthorised
from bot.api.rates import Rates
from bot.api.routing import Call, Route
from bot.api.scopes import require_scope
from bot.errors import Forbidden, Unacceptable
from bot.office.act import Act
from bot.office.tokens import Refusal, recognise, withheld
from bot.runtime import Runtime
from bot.store import idempotency
from bot.store.api_tokens import ApiToken
from bot.store.engine import Session
from bot.store.idempotency import LONGEST_KEY, MadeCall

KEY_HEADER = "Idempotency-Key"
REPLAYED_HEADER = "Idempotency-Replayed"
KEY = re.compile(rf"[\x21-\x7e]{{1,{LONGEST_KEY}}}")
BEARER = re.compile(r"[Bb]earer +([A-Za-z0-9._~+/=-]{1,200})")
SAYS = {
    Refusal.UNKNOWN: "the token is none of ours",
    Refusal.REVOKED: "the token was revoked",
    Refusal.EXPIRED: "the token has expired",
    Refusal.ACCOUNT_CLOSED: "the account of this token is closed",
    Refusal.ACCOUNT_RESTING: "the account of this token is locked for a while",
}


def enter(runtime: Runtime, rates: Rates, route: Route, path: dict[str, str]) -> Response:
    """One call, from the header to the answer."""
    token = _recognise(runtime)
    allowance = rates.take(token.id, writes=route.writes)
    require_scope(token, route.resource, route.access)
    if not may(token.owner.role, route.needs):
        raise Forbidden(f"{token.owner.role} may not do this: {route.needs}")
    parts = read_parts(route.parts, dict(path))
    query = read_query(route.query, request)
    body = read_body(route.body, request) if route.body is not None else None
    key = _key() if route.writes else ""
    made = MadeCall(_request_hash(), 0, "")

    def work(session: Session) -> tuple[MadeCall, bool]:
        act = Act(session, runtime, token.owner, runtime.clock(), withheld(token))
        return _once(route, Call(act, token, parts, query, body), token, key, made)

    if route.writes:
        with runtime.database.transaction() as session:
            call, replayed = work(session)
    else:
        call, replayed = runtime.database.attempt(work)
    response = Response(call.body, status=call.status, content_type=JSON)
    response.headers.update(allowance.headers())
    if replayed:
        response.headers[REPLAYED_HEADER] = "true"
    return response


def _once(route: Route, call: Call, token: ApiToken, key: str, made: MadeCall) -> tuple[MadeCall, bool]:
    """What is answered, and whether it had been answered before."""
    session, now = call.act.session, call.act.now
    if key:
        earlier = idempotency.find(session, token.id, key, now=now)
        if earlier is not None and earlier.request_hash != made.request_hash:
            raise Unacceptable({KEY_HEADER: "was used for another call"})
        if earlier is not None:
            return earlier, True
    answer = route.view(call)
    done = MadeCall(made.request_hash, route.status, answer.model_dump_json())
    if key:
        idempotency.keep(session, token.id, key, done, now=now)
    return done, False


def _recognise(runtime: Runtime) -> ApiToken:
    """In a transaction of its own, so that the note of its use stays whatever becomes of the call."""
    header = request.headers.get("Authorization", "")
    given = BEARER.fullmatch(header)
    if given is None:
        raise unauthorised(
            "bring a token: Authorization: Bearer dx_…", error="invalid_request" if header else ""
        )
    found = runtime.database.attempt(lambda session: recognise(session, given[1], now=runtime.clock()))
    if isinstance(found, Refusal):
        raise unauthorised(SAYS[found], error="invalid_token")
    return found


def _key() -> str:
    key = request.headers.get(KEY_HEADER)
    if key is None:
        return ""
    if not KEY.fullmatch(key):
        raise Unacceptable({KEY_HEADER: f"has 1 to {LONGEST_KEY} printable ASCII characters without blanks"})
    return key


def _request_hash() -> str:
    """Method, address and body: the whole of what was asked."""
    digest = hashlib.sha256(f"{request.method} {request.full_path}\n".encode("utf-8", "surrogatepass"))
    digest.update(request.get_data(cache=True))
    return digest.hexdigest()
