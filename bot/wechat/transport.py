"""One HTTP call to the platform: an answer, or one of our errors.

The token, the secret and the webhook's key travel in the query, and every error of `requests` quotes the whole
address. So nothing of `requests` leaves this module: an error is turned into a class where it is caught and raised
after the `except` block, when it is no longer anybody's cause or context.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import NewConnectionError

from bot.errors import ConfigError, OutcomeUnknown, PlatformError, PlatformRefused, PlatformUnavailable
from bot.wechat.calls import Answer, Call, Observation, Observe
from bot.wechat.codes import BUSY, UNLISTED_ADDRESS, error_for

# Bytes. The longest answer, a page of 10,000 openids, is a third of a megabyte.
ANSWER_LIMIT = 4 * 1024 * 1024
CHUNK = 64 * 1024

BASE_URL = re.compile(r"https?://[0-9A-Za-z.:\[\]-]+(/[0-9A-Za-z._~/-]*)?")
RID = re.compile(r"rid:\s*([0-9a-f-]{8,64})")
ADDRESS = re.compile(r"\b(?:[0-9]{1,3}\.){3}[0-9]{1,3}\b|\b(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{1,4}\b")


def pooled_session() -> requests.Session:
    """Connections kept open, no proxy or password taken from the environment, nothing sent twice by itself."""
    session = requests.Session()
    session.trust_env = False
    adapter = HTTPAdapter(pool_connections=2, pool_maxsize=32, max_retries=0)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


class Transport:
    """HTTP to one base address. Redirects are not followed: they would carry the token to another host."""

    def __init__(
        self,
        base_url: str,
        *,
        http: requests.Session,
        connect_timeout: float = 3.0,
        read_timeout: float = 10.0,
        observe: Observe | None = None,
    ) -> None:
        if not BASE_URL.fullmatch(base_url):
            raise ConfigError("api_base_url: must be an address such as https://api.weixin.qq.com")
        self._base_url = base_url.rstrip("/")
        self._http = http
        self._timeout = (connect_timeout, read_timeout)
        self._observe = observe

    def ask(self, call: Call) -> dict[str, Any]:
        """The platform's answer, which is no error or one that `call` accepts. Raises PlatformError."""
        return self._judge(self._exchange(call, limit=ANSWER_LIMIT), call)

    def fetch(self, call: Call, *, limit: int) -> Answer:
        """A file of at most `limit` bytes. Raises PlatformError; PlatformRefused for a larger one."""
        answer = self._exchange(call, limit=limit)
        in_words = answer.content_type.startswith(("application/json", "text/"))
        if in_words or answer.status != requests.codes.ok:
            self._judge(answer, call)
            raise self._failed(PlatformRefused, call)  # an answer in words where a file was asked for
        if len(answer.content) > limit:
            raise self._failed(PlatformRefused, call)
        self._tell(Observation(call.endpoint, "ok"))
        return answer

    def _exchange(self, call: Call, *, limit: int) -> Answer:
        outcome: Answer | type[PlatformError]
        try:
            outcome = self._send(call, limit=limit)
        except requests.RequestException as error:
            outcome = PlatformUnavailable if _never_sent(error) else _in_doubt(call)
        if isinstance(outcome, Answer):
            return outcome
        raise self._failed(outcome, call)

    def _send(self, call: Call, *, limit: int) -> Answer:
        body = None if call.payload is None else _encoded(call.payload)
        upload = call.upload
        files = {"media": (upload.name, upload.content, upload.content_type)} if upload else None
        with self._http.request(
            call.method,
            f"{self._base_url}/{call.endpoint}",
            params=dict(call.query),
            data=body,
            files=files,
            headers={"Content-Type": "application/json; charset=utf-8"} if body else {},
            timeout=self._timeout,
            allow_redirects=False,
            stream=True,
        ) as response:
            content = bytearray()
            for chunk in response.iter_content(CHUNK):
                content += chunk
                if len(content) > limit:
                    break
            kind = response.headers.get("Content-Type", "").lower()
            return Answer(response.status_code, kind, bytes(content))

    def _judge(self, answer: Answer, call: Call) -> dict[str, Any]:
        body = _decoded(answer.content)
        code = body.get("errcode", 0) if body is not None else None
        if body is None or not isinstance(code, int):
            raise self._failed(_in_doubt(call), call)
        if code in call.accept or (code == 0 and answer.status < requests.codes.bad_request):
            self._tell(Observation(call.endpoint, "ok", code=code))
            return body
        doubtful = code in {0, BUSY}  # an HTTP error without a number, or busy: not said whether it was done
        kind = _in_doubt(call) if doubtful else error_for(code)
        raise self._failed(kind, call, code=code or None, message=str(body.get("errmsg", "")))

    def _failed(
        self, kind: type[PlatformError], call: Call, *, code: int | None = None, message: str = ""
    ) -> PlatformError:
        rid = RID.search(message)
        address = ADDRESS.search(message) if code in UNLISTED_ADDRESS else None
        error = kind(call.endpoint, code=code, rid=rid[1] if rid else "")
        self._tell(
            Observation(call.endpoint, kind.__name__, code or 0, error.rid, address[0] if address else "")
        )
        return error

    def _tell(self, observation: Observation) -> None:
        if self._observe is not None:
            self._observe(observation)


def _in_doubt(call: Call) -> type[PlatformError]:
    """It went out and no readable word came back: ask again if that is harmless, else leave it to be looked at."""
    return PlatformUnavailable if call.idempotent else OutcomeUnknown


def _never_sent(error: requests.RequestException) -> bool:
    """Whether no connection came about, so that nothing can have been carried out."""
    if isinstance(error, requests.ConnectTimeout):
        return True
    cause = error.args[0] if error.args else None
    return isinstance(getattr(cause, "reason", None), NewConnectionError)


def _encoded(payload: Mapping[str, Any]) -> bytes:
    r"""UTF-8 as it is: the platform shows `\uXXXX` to residents as six characters.

    Half a surrogate pair becomes a question mark: an encoding error would quote the text.
    """
    return json.dumps(payload, ensure_ascii=False, allow_nan=False).encode(errors="replace")


def _decoded(content: bytes) -> dict[str, Any] | None:
    """The object in an answer; None for an empty body, a proxy's web page, a list."""
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None
