"""The OpenAPI 3.1 document, made from the table of routes and the shapes it names."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from bot.api.problems import PROBLEM_JSON, Problem
from bot.api.routing import Route
from bot.settings import Service

VERSION = "1"
REF = "#/components/schemas/{model}"
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The same key with the same call gets the same answer for a day, and nothing is done twice.",
    "schema": {"type": "string", "pattern": "^[\\x21-\\x7e]{1,80}$"},
}
SAYS = {
    400: "The body is no JSON.",
    401: "No token, or one that opens nothing.",
    403: "The token's scope, its owner's role or area does not reach so far.",
    404: "There is nothing of this name, or not in the owner's area.",
    409: "Not in this state, or somebody else was quicker.",
    413: "The body is larger than 1 MB.",
    415: "The body is no application/json.",
    422: "What was asked cannot be; `errors` says for each field why.",
    429: "Too many calls in this minute; `Retry-After` says when.",
}
ALWAYS = (401, 403, 422, 429)
WITH_A_BODY = (400, 413, 415)

Schemas = Mapping[Any, dict[str, Any]]


def document(routes: Sequence[Route], service: Service, *, prefix: str) -> dict[str, Any]:
    """The whole interface. Every operation names the permission and the scope it needs."""
    shapes = sorted(set(_shapes(routes)), key=lambda pair: (pair[0].__name__, pair[1]))
    schemas, definitions = models_json_schema(shapes, ref_template=REF)
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(
            route, schemas, definitions["$defs"]
        )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{service.name} Dingxin",
            "version": VERSION,
            "description": "For neighbouring systems of the office: what the console does, with the same rights.",
        },
        "servers": [{"url": prefix}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": definitions["$defs"],
        },
    }


def _shapes(
    routes: Sequence[Route],
) -> Iterator[tuple[type[BaseModel], Literal["validation", "serialization"]]]:
    yield Problem, "serialization"
    for route in routes:
        yield route.answer, "serialization"
        yield from ((shape, "validation") for shape in (route.parts, route.query))
        if route.body is not None:
            yield route.body, "validation"


def _operation(route: Route, schemas: Schemas, definitions: dict[str, Any]) -> dict[str, Any]:
    scope = f"{route.resource}:{route.access}"
    operation: dict[str, Any] = {
        "operationId": route.name,
        "summary": route.summary,
        "description": f"Needs the scope {route.access} or {scope}, and an owner with the right {route.needs}.",
        "tags": [route.resource],
        "parameters": [
            *_parameters(schemas[route.parts, "validation"], definitions, place="path"),
            *_parameters(schemas[route.query, "validation"], definitions, place="query"),
            *([KEY] if route.writes else []),
        ],
        "responses": {
            str(route.status): {
                "description": "Done.",
                "headers": _rate_headers(),
                "content": {"application/json": {"schema": schemas[route.answer, "serialization"]}},
            },
            **{str(status): _problem(status, schemas) for status in sorted(_refusals(route))},
        },
    }
    if route.body is not None:
        schema = schemas[route.body, "validation"]
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    return operation


def _refusals(route: Route) -> set[int]:
    found = {*ALWAYS, *route.also}
    if route.body is not None:
        found.update(WITH_A_BODY)
    if "{" in route.path:
        found.add(404)
    if route.writes:
        found.add(409)
    return found


def _parameters(
    schema: dict[str, Any], definitions: dict[str, Any], *, place: str
) -> Iterator[dict[str, Any]]:
    """One for each field. A query says nothing where a body would say null."""
    shape = definitions[schema["$ref"].rsplit("/", 1)[1]]
    for name, field in shape.get("properties", {}).items():
        yield {
            "name": name,
            "in": place,
            "required": name in shape.get("required", ()),
            "schema": _without_null(field),
        }


def _without_null(field: dict[str, Any]) -> dict[str, Any]:
    kinds = [kind for kind in field.get("anyOf", ()) if kind != {"type": "null"}]
    if not kinds:
        return field
    rest = {name: value for name, value in field.items() if name not in {"anyOf", "default"}}
    return {**rest, **kinds[0]}


def _problem(status: int, schemas: Schemas) -> dict[str, Any]:
    return {
        "description": SAYS[status],
        "content": {PROBLEM_JSON: {"schema": schemas[Problem, "serialization"]}},
    }


def _rate_headers() -> dict[str, Any]:
    names = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
    return {name: {"required": True, "schema": {"type": "integer", "minimum": 0}} for name in names}
