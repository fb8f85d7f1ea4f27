"""Codes with a scene, and their pictures as PNG."""

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import qrcode

from bot.demo.platform.refusal import PlatformError

BAD_ACTION = 40053
LONGEST = timedelta(days=30)
DEFAULT_LIFE = timedelta(seconds=60)
SCENE_CHARACTERS = 64
LARGEST_PERMANENT = 100_000
MODULE_PIXELS = 8


@dataclass(frozen=True, slots=True)
class Code:
    """`ends_at` is None for a permanent code."""

    ticket: str
    scene: str
    url: str
    ends_at: datetime | None

    def valid(self, at: datetime) -> bool:
        return self.ends_at is None or at < self.ends_at


class Codes:
    def __init__(self, mint: Callable[[], str]) -> None:
        self._mint = mint
        self._by_ticket: dict[str, Code] = {}

    def create(self, action: str, scene: object, *, seconds: int | None, at: datetime) -> Code:
        limited = action in {"QR_LIMIT_SCENE", "QR_LIMIT_STR_SCENE"}
        if not limited and action not in {"QR_SCENE", "QR_STR_SCENE"}:
            raise PlatformError(BAD_ACTION)
        words = _scene_words(scene) if action.endswith("STR_SCENE") else _scene_number(scene, limited=limited)
        life = DEFAULT_LIFE if seconds is None else min(timedelta(seconds=seconds), LONGEST)
        code = Code(
            ticket="gQ" + self._mint(),
            scene=words,
            url=f"http://weixin.qq.com/q/{self._mint()[:22]}",
            ends_at=None if limited else at + life,
        )
        self._by_ticket[code.ticket] = code
        return code

    def find(self, ticket: str) -> Code | None:
        return self._by_ticket.get(ticket)

    def of_scene(self, scene: str, at: datetime) -> Code | None:
        """The newest code that still carries this scene."""
        kept = (code for code in reversed(self._by_ticket.values()) if code.scene == scene and code.valid(at))
        return next(kept, None)

    def valid(self, at: datetime) -> list[Code]:
        return [code for code in self._by_ticket.values() if code.valid(at)]


def _scene_words(scene: object) -> str:
    if not isinstance(scene, str) or not 1 <= len(scene) <= SCENE_CHARACTERS:
        raise PlatformError(BAD_ACTION)
    return scene


def _scene_number(scene: object, *, limited: bool) -> str:
    largest = LARGEST_PERMANENT if limited else 2**32 - 1
    if not isinstance(scene, int) or not 1 <= scene <= largest:
        raise PlatformError(BAD_ACTION)
    return str(scene)


def picture(text: str) -> bytes:
    """The code as a PNG; written here because a grey picture of squares needs no imaging library."""
    code = qrcode.QRCode(border=2)
    code.add_data(text)
    code.make(fit=True)
    rows = [
        b"".join((b"\x00" if dark else b"\xff") * MODULE_PIXELS for dark in row) for row in code.get_matrix()
    ]
    pixels = b"".join((b"\x00" + row) * MODULE_PIXELS for row in rows)
    side = len(rows) * MODULE_PIXELS
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(name, data)
        for name, data in ((b"IHDR", header), (b"IDAT", zlib.compress(pixels)), (b"IEND", b""))
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
