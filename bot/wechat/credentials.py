"""Who we are to the platform."""

from dataclasses import dataclass, field
from enum import StrEnum


class Mode(StrEnum):
    """How the platform posts to us. In PLAIN the signature does not cover the body: demo and tests only."""

    SAFE = "safe"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Credentials:
    """An official account's identity; for WeCom `app_id` is the corp id and `app_secret` the app's secret."""

    app_id: str
    app_secret: str = field(repr=False)
    token: str = field(repr=False)
    encoding_aes_key: str = field(repr=False)
