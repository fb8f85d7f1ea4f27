"""What went wrong, as problem+json (RFC 9457): a status, a word for programs, a sentence for people, faults by field.

Which error becomes which status stands in one table; the first class that fits counts.
"""

import secrets
from collections.abc import Mapping

import structlog
from flask import Response, request
from pydantic import BaseModel, ConfigDict, Field
from werkzeug.exceptions import HTTPException
from werkzeug.http import HTTP_STATUS_CODES

from bot.errors import (
    BadPayload,
    BotError,
    Conflict,
    Forbidden,
    NotFound,
    OutOfScope,
    PayloadTooLarge,
    RequestRejected,
    Stale,
    Unacceptable,
)
from broadcasts.errors import (
    BadSchedule,
    BroadcastError,
    EmptyAudience,
    Expired,
    Incomplete,
    SelfApproval,
    StaleRevision,
)

log = structlog.get_logger()

PROBLEM_JSON = "application/problem+json"
ABOUT = "about:blank"
SERVER_ERROR = 500

KINDS: tuple[tuple[type[Exception], int, str], ...] = (
    (OutOfScope, 403, "insufficient_scope"),
    (Forbidden, 403, "forbidden"),
    (NotFound, 404, "not_found"),
    (Stale, 409, "stale"),
    (Conflict, 409, "conflict"),
    (Unacceptable, 422, "unacceptable"),
    (SelfApproval, 409, "self_approval"),
    (StaleRevision, 409, "stale"),
    (Incomplete, 422, "incomplete"),
    (EmptyAudience, 422, "empty_audience"),
    (BadSchedule, 422, "bad_schedule"),
    (Expired, 422, "expired"),
    (BroadcastError, 409, "conflict"),
    (PayloadTooLarge, 413, "too_large"),
    (BadPayload, 400, "bad_request"),
)


class Problem(BaseModel):
    """RFC 9457. `code` is a fixed word; `errors` says for each field what is wrong; `request_id` stands in our log."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: str = ABOUT
    title: str
    status: int
    detail: str = ""
    code: str
    errors: dict[str, str] = Field(default_factory=dict)
    request_id: str


class Refused(Exception):
    """This call is refused at the door, before anything was done."""

    def __init__(
        self, status: int, code: str, detail: str, *, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.headers = dict(headers or {})


def unauthorised(detail: str, *, error: str = "") -> Refused:
    """401 with the challenge RFC 6750 asks for; `error` is one of its words."""
    challenge = f'Bearer realm="dingxin", error="{error}"' if error else 'Bearer realm="dingxin"'
    return Refused(401, "unauthorised", detail, headers={"WWW-Authenticate": challenge})


def from_anywhere(error: HTTPException) -> Response | HTTPException:
    """For the whole application: errors under /api/ become problems, also where no route was found; others stay."""
    return from_http(error) if request.path.startswith("/api/") else error


def from_refusal(refused: Refused) -> Response:
    """What the door says."""
    return _problem(refused.status, refused.code, refused.detail, headers=refused.headers)


def from_error(error: Exception) -> Response:
    """What our own functions say no with."""
    if isinstance(error, Unacceptable):
        return _problem(422, "unacceptable", "see errors", errors=dict(error.faults))
    status, code = next(
        ((status, code) for kind, status, code in KINDS if isinstance(error, kind)),
        (error.status, "bad_request") if isinstance(error, RequestRejected) else (SERVER_ERROR, "failed"),
    )
    detail = str(error) if status < SERVER_ERROR else ""
    return _problem(status, code, detail, headers=_challenge(error))


def _challenge(error: Exception) -> dict[str, str]:
    """The scope that is missing, as RFC 6750 has it."""
    if not isinstance(error, OutOfScope):
        return {}
    challenge = f'Bearer realm="dingxin", error="insufficient_scope", scope="{error.scope}"'
    return {"WWW-Authenticate": challenge}


def from_http(error: HTTPException) -> Response:
    """What Flask says: no such address or method, too large, or a crash (which Flask has logged)."""
    status = error.code or SERVER_ERROR
    headers = {name: value for name, value in error.get_headers() if name.lower() == "allow"}
    code = HTTP_STATUS_CODES.get(status, "error").lower().replace(" ", "_")
    return _problem(status, code, error.description or "", headers=headers)


def _problem(
    status: int,
    code: str,
    detail: str,
    *,
    errors: dict[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    problem = Problem(
        title=HTTP_STATUS_CODES.get(status, "Error"),
        status=status,
        detail=detail,
        code=code,
        errors=errors or {},
        request_id=secrets.token_hex(4),
    )
    log.info("api_refused", status=status, code=code, request_id=problem.request_id)
    response = Response(problem.model_dump_json(), status=status, content_type=PROBLEM_JSON)
    response.headers.update(headers or {})
    return response


ERRORS: tuple[type[Exception], ...] = (BotError, BroadcastError)
