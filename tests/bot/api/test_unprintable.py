"""Every text the API takes has a rule that keeps out what a database does not take."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.api.blueprint import ROUTES
from tests.bot.api.caller import Caller, Systems

SHAPES = sorted(
    {shape for route in ROUTES for shape in (route.parts, route.query, route.body) if shape is not None},
    key=lambda shape: shape.__name__,
)


def strings(schema: Any, at: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Each text in a schema, with its place."""
    if isinstance(schema, list):
        for one in schema:
            yield from strings(one, at)
    elif isinstance(schema, dict):
        if schema.get("type") == "string":
            yield at, schema
        for name, one in schema.items():
            yield from strings(one, f"{at}.{name}")


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_no_text_comes_in_without_a_rule(shape: Any) -> None:
    free = [
        at
        for at, one in strings(shape.model_json_schema())
        if not {"enum", "const", "pattern", "format"} & one.keys()
    ]
    assert free == []


def test_what_no_database_takes_is_refused_in_words(editor: Caller) -> None:
    for word in ("\\u0000", "\\ud800", "\\udfff\\ud800", "\\u0007"):
        body = '{"kind": "notice", "title": "' + word + '", "body": "x"}'

        response = editor.client.post(
            "/api/v1/broadcasts", data=body, content_type="application/json", headers=editor.authorisation
        )

        assert response.status_code in {400, 422}
        assert response.mimetype == "application/problem+json"


def test_an_address_of_nothing_is_not_found(editor: Caller) -> None:
    for path in ("/claims/%00", "/articles/a%00b", "/broadcasts/%00", "/claims/%ED%A0%80"):
        assert editor.get(path).status_code == 404


def test_a_query_of_nothing_is_refused(systems: Systems) -> None:
    auditor = systems.of("auditor")
    for path in ("/claims", "/audit-events", "/areas", "/broadcasts"):
        for name in ("cursor", "sort", "q", "state", "actor", "subject"):
            assert auditor.get(path, {name: "\x00"}).status_code == 422
