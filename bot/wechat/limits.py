"""The platforms' numbers. They have changed before: every one can be set, none stands anywhere else."""

from dataclasses import dataclass

from bot.errors import PlatformRefused
from bot.wechat.codes import EMPTY_TEXT, LONG_TEXT

# Bytes of UTF-8, for a text reply and for a customer-service message: 682 Chinese characters.
TEXT_LIMIT = 2048


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes are of UTF-8. Defaults are the vendor's documentation as of 2026."""

    text_bytes: int = TEXT_LIMIT
    mass_fewest: int = 2
    mass_most: int = 10_000
    # The documentation says 64; a UUID of 36 was refused in practice.
    client_msg_id: int = 32
    tag_batch: int = 50
    scene_seconds: int = 2_592_000
    scene_characters: int = 64
    menu_entries: int = 3
    menu_below: int = 5
    webhook_bytes: int = 2048
    group_text_bytes: int = 4000
    group_chats: int = 2000
    group_page: int = 1000


def require_text(endpoint: str, text: str, *, limit: int) -> None:
    """Refuse what the platform would, before it is sent: it counts bytes. Raises PlatformRefused."""
    if not text.strip():
        raise PlatformRefused(endpoint, code=EMPTY_TEXT)
    if len(text.encode(errors="replace")) > limit:
        raise PlatformRefused(endpoint, code=LONG_TEXT)
