"""What we call of Flask-WTF, which is published without type information."""

from collections.abc import Mapping
from typing import Any

from wtforms import Form

class FlaskForm(Form):
    def __init__(
        self,
        formdata: Any = ...,
        *,
        obj: object = ...,
        data: Mapping[str, Any] | None = ...,
        prefix: str = ...,
    ) -> None: ...
    def is_submitted(self) -> bool: ...
    def validate_on_submit(self) -> bool: ...
    def hidden_tag(self) -> str: ...
