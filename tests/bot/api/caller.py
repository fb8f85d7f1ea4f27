"""A neighbouring system: it has a token and calls."""

from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.access import Role
from bot.office.tokens import Access, issue
from bot.runtime import Runtime
from tests.bot.office.acting import a_member

PREFIX = "/api/v1"
ALL = tuple(access.value for access in Access)


class Caller:
    """Calls with one token."""

    def __init__(self, client: FlaskClient, secret: str) -> None:
        self.client = client
        self.secret = secret

    @property
    def authorisation(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"}

    def get(self, path: str, query: Mapping[str, object] | None = None) -> TestResponse:
        return self.client.get(PREFIX + path, query_string=dict(query or {}), headers=self.authorisation)

    def post(self, path: str, body: object = None, *, key: str = "") -> TestResponse:
        return self.send("POST", path, body, key=key)

    def put(self, path: str, body: object = None, *, key: str = "") -> TestResponse:
        return self.send("PUT", path, body, key=key)

    def send(self, method: str, path: str, body: object = None, *, key: str = "") -> TestResponse:
        headers = {**self.authorisation, **({"Idempotency-Key": key} if key else {})}
        return self.client.open(PREFIX + path, method=method, json=body, headers=headers)

    def done(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        """What a call answered that was expected to work."""
        response = self.send(method, path, body) if method != "GET" else self.get(path)
        assert response.status_code < 300, response.text
        answer: dict[str, Any] = response.get_json()
        return answer

    def all_items(self, path: str, query: Mapping[str, object] | None = None) -> list[dict[str, Any]]:
        """A whole list, page by page."""
        items: list[dict[str, Any]] = []
        cursor = ""
        while True:
            response = self.get(path, {**(query or {}), **({"cursor": cursor} if cursor else {})})
            assert response.status_code == 200, response.text
            page = response.get_json()
            items += page["items"]
            cursor = page["next"]
            if not cursor:
                return items


class Systems:
    """Gives a system a token on behalf of somebody of a role."""

    def __init__(self, app: Flask, runtime: Runtime) -> None:
        self._app = app
        self._runtime = runtime

    def of(
        self,
        role: str,
        *,
        name: str = "",
        area_code: str | None = None,
        scopes: tuple[str, ...] = ALL,
        days: int = 30,
    ) -> Caller:
        member = a_member(self._runtime, Role(role), name=name, area_code=area_code)
        with self._runtime.database.transaction() as session:
            made = issue(
                session,
                member,
                name="示例系统",
                scopes=scopes,
                days=days,
                by="tests",
                now=self._runtime.clock(),
            )
        return Caller(self._app.test_client(), made.secret)

    def nobody(self) -> FlaskClient:
        """Without a token."""
        return self._app.test_client()
