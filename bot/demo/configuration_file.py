"""The demo's settings as a configuration file, so that commands of another process work on the same data."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import BaseModel, SecretStr

from bot.private_file import write_private
from bot.settings import Settings


def write_configuration(path: Path, settings: Settings) -> None:
    """All of it, secrets too: readable by its owner alone."""
    text = "\n".join(_tables(dict(settings), name=""))
    write_private(path, text.encode())


def _tables(fields: Mapping[str, object], *, name: str) -> Iterator[str]:
    """The scalars of a table, then the tables inside it, as TOML wants them."""
    if name:
        yield f"[{name}]"
    yield from (
        f"{key} = {_scalar(value)}" for key, value in fields.items() if not isinstance(value, BaseModel)
    )
    for key, value in fields.items():
        if isinstance(value, BaseModel):
            yield from _tables(dict(value), name=f"{name}.{key}" if name else key)


def _scalar(value: object) -> str:
    """Numbers and booleans are written as in JSON, and so are strings: TOML has the same escapes."""
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    plain = value if isinstance(value, bool | int | float) else str(value)
    return json.dumps(plain, ensure_ascii=False)
