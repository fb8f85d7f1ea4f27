"""Calls that need the access token: it is put on, and renewed once when the platform says it is bad."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar

import requests

from bot.errors import PlatformMisconfigured
from bot.wechat.calls import Answer, Call, Observe, Upload
from bot.wechat.codes import BAD_TOKEN
from bot.wechat.limits import Limits
from bot.wechat.tokens import TokenSource
from bot.wechat.transport import Transport

T = TypeVar("T")


class PlatformClient:
    """The official account or WeCom. Every method raises PlatformError.

    `idempotent` decides what an answer that got lost means: PlatformUnavailable, to be asked again, or
    OutcomeUnknown, which nobody sends again by itself.
    """

    def __init__(
        self,
        base_url: str,
        tokens: TokenSource,
        *,
        http: requests.Session,
        connect_timeout: float = 3.0,
        read_timeout: float = 10.0,
        limits: Limits | None = None,
        observe: Observe | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self._tokens = tokens
        self._transport = Transport(
            base_url, http=http, connect_timeout=connect_timeout, read_timeout=read_timeout, observe=observe
        )

    def get(
        self, endpoint: str, *, query: Mapping[str, str] | None = None, idempotent: bool = True
    ) -> dict[str, Any]:
        return self._ask(Call("GET", endpoint, idempotent, query=query or {}))

    def post(
        self, endpoint: str, *, payload: Mapping[str, Any], idempotent: bool, accept: Collection[int] = ()
    ) -> dict[str, Any]:
        """`accept`: error codes that are an answer to this call."""
        return self._ask(Call("POST", endpoint, idempotent, payload=payload, accept=frozenset(accept)))

    def upload(self, endpoint: str, *, query: Mapping[str, str], upload: Upload) -> dict[str, Any]:
        """Uploading twice leaves two files, of which one is used: harmless."""
        return self._ask(Call("POST", endpoint, idempotent=True, query=query, upload=upload))

    def download(self, endpoint: str, *, query: Mapping[str, str], limit: int) -> Answer:
        """A file of at most `limit` bytes."""
        call = Call("GET", endpoint, idempotent=True, query=query)
        return self._authorised(lambda token: self._transport.fetch(call.bearing(token), limit=limit))

    def _ask(self, call: Call) -> dict[str, Any]:
        return self._authorised(lambda token: self._transport.ask(call.bearing(token)))

    def _authorised(self, attempt: Callable[[str], T]) -> T:
        token = self._tokens.current()
        try:
            return attempt(token)
        except PlatformMisconfigured as refused:
            if refused.code not in BAD_TOKEN:
                raise
        return attempt(self._tokens.renew(rejected=token))
