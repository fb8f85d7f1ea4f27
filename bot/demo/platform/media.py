"""Temporary media: what was uploaded or what a phone sent, for three days."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.demo.platform.account import Limits
from bot.demo.platform.refusal import PlatformError

BAD_KIND, BAD_MEDIA, TOO_LARGE, NO_DATA = 40004, 40007, 40009, 41005


class MediaKind(StrEnum):
    IMAGE = "image"
    VOICE = "voice"
    VIDEO = "video"
    THUMB = "thumb"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Medium:
    media_id: str
    kind: MediaKind
    body: bytes = field(repr=False)
    content_type: str
    stored_at: datetime


class Media:
    def __init__(self, limits: Limits, mint: Callable[[], str]) -> None:
        self._limits = limits
        self._mint = mint
        self._by_id: dict[str, Medium] = {}

    def keep(self, kind: str, body: bytes, content_type: str, *, at: datetime) -> Medium:
        if kind not in set(MediaKind):
            raise PlatformError(BAD_KIND)
        if not body:
            raise PlatformError(NO_DATA)
        if len(body) > self._limits.media_bytes:
            raise PlatformError(TOO_LARGE)
        medium = Medium(self._mint(), MediaKind(kind), body, content_type, at)
        self._by_id[medium.media_id] = medium
        return medium

    def known(self, media_id: object, at: datetime) -> Medium:
        """What is kept under that id; 40007 if nothing is, or no longer."""
        medium = self._by_id.get(media_id) if isinstance(media_id, str) else None
        if medium is None or at - medium.stored_at >= self._limits.media_life:
            raise PlatformError(BAD_MEDIA)
        return medium
