"""Logging: static event names with fields, JSON lines in service and colours at a terminal.

No openid, no secret and no message text ever goes in; `Redact` is the net below that rule, not the rule itself.
"""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

# An official account's openid: 28 letters, digits, - and _, beginning with o; and what a query string would leak.
OPENID = re.compile(r"\bo[A-Za-z0-9_-]{27}\b")
SECRET = re.compile(r"(?i)\b(access_token|secret|corpsecret|key|signature|msg_signature|token)=[^&\s\"']+")


def redact(text: str) -> str:
    """`text` with whatever looks like an openid or a secret struck out."""
    return SECRET.sub(r"\1=…", OPENID.sub("openid…", text))


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
    return {key: redact(value) if isinstance(value, str) else value for key, value in event.items()}
