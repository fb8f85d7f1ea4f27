"""Logging: static event names with fields, JSON lines in service and colours at a terminal.

No openid, no secret and no message text ever goes in; `redact` is the net below that rule, not the rule itself.
"""

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

# An official account's openid: 28 letters, digits, - and _, beginning with o. Hanzi may stand right beside it.
OPENID = re.compile(r"(?<![A-Za-z0-9_-])o[A-Za-z0-9_-]{27}(?![A-Za-z0-9_-])")
# What a secret is called, alone or at the end of a longer name: access_token, app_secret, encryption_key.
NAMED = r"\w*(?:secret|token|key|signature|password)"
# As a query string, a JSON text or a header would leak it.
SECRET = re.compile(rf"(?i)(\b{NAMED}=|[\"']{NAMED}[\"']\s*:\s*[\"']|\bbearer\s+)[^&\s\"']+")
SECRET_FIELD = re.compile(rf"(?i){NAMED}")
STRUCK = "…"


def redact(text: str) -> str:
    """`text` with whatever looks like an openid or a secret struck out."""
    return SECRET.sub(rf"\1{STRUCK}", OPENID.sub(f"openid{STRUCK}", text))


def configure(*, level: str, terminal: bool | None = None) -> None:
    """Send structlog and the standard library's records to stderr in one form."""
    at_terminal = sys.stderr.isatty() if terminal is None else terminal
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _redact_fields,
    ]
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer()
        if at_terminal
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    # Their INFO lines carry whole addresses, with tokens in the query.
    for noisy in ("urllib3", "requests", "werkzeug", "apscheduler", "huey", "jieba", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def _redact_fields(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Fields that begin with _ are structlog's own and never rendered."""
    return {key: value if key.startswith("_") else _redacted(value, key) for key, value in event.items()}


def _redacted(value: object, name: str) -> object:
    """The value without secrets, however deep: what is neither a figure nor a table is written out first."""
    match value:
        case None | bool() | int() | float():
            return value
        case _ if SECRET_FIELD.fullmatch(name):
            return STRUCK
        case Mapping():
            return {key: _redacted(inner, str(key)) for key, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_redacted(inner, name) for inner in value]
        case _:
            return redact(value if isinstance(value, str) else repr(value))
