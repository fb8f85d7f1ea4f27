"""A request's parts made into the shapes a route names: every fault at once, by field.

Bodies are read strictly ("1" is no number); addresses and queries are text, so that numbers are read from it.
"""

from typing import Any, TypeVar, get_origin

from flask import Request
from pydantic import BaseModel, ValidationError

from bot.api.problems import Refused
from bot.errors import NotFound, Unacceptable

Shape = TypeVar("Shape", bound=BaseModel)

JSON = "application/json"
LARGEST_BODY = 1_000_000


def read_parts(shape: type[Shape], values: dict[str, Any]) -> Shape:
    """What stands in the address; what cannot be the name of anything is not found."""
    try:
        return shape.model_validate(values)
    except ValidationError:
        raise NotFound("there is nothing of this name") from None


def read_query(shape: type[Shape], request: Request) -> Shape:
    """The query. A parameter that takes several values may be repeated, any other may not. Raises Unacceptable."""
    values: dict[str, Any] = {}
    for name, given in request.args.lists():
        field = shape.model_fields.get(name)
        many = field is not None and get_origin(field.annotation) is tuple
        if not many and len(given) > 1:
            raise Unacceptable({name: "is given more than once"})
        values[name] = tuple(given) if many else given[0]
    return _checked(shape, values)


def read_body(shape: type[Shape], request: Request) -> Shape:
    """The body. Raises Refused for what is no JSON of ours, Unacceptable for what it says."""
    if request.mimetype != JSON:
        raise Refused(415, "unsupported_media_type", f"send {JSON}")
    if (request.content_length or 0) > LARGEST_BODY:
        raise Refused(413, "too_large", f"a body has at most {LARGEST_BODY} bytes")
    try:
        return shape.model_validate_json(request.get_data(cache=True), strict=True)
    except ValidationError as error:
        if error.errors(include_url=False)[0]["type"] == "json_invalid":
            raise Refused(400, "bad_request", "the body is no JSON") from None
        raise Unacceptable(_faults(error)) from None


def _checked(shape: type[Shape], values: dict[str, Any]) -> Shape:
    try:
        return shape.model_validate(values)
    except ValidationError as error:
        raise Unacceptable(_faults(error)) from None


def _faults(error: ValidationError) -> dict[str, str]:
    """By field, as "audience.area_codes.0"; never the value, which may be somebody's words."""
    return {
        ".".join(str(step) for step in fault["loc"]) or "body": fault["msg"]
        for fault in error.errors(include_url=False, include_input=False, include_context=False)
    }
