"""The platforms' numbers. They have changed before: every one can be set, none stands anywhere else."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes are of UTF-8. Defaults are the vendor's documentation as of 2026."""

    text_bytes: int = 2048
    mass_fewest: int = 2
    mass_most: int = 10_000
    # The documentation says 64; a UUID of 36 was refused in practice.
    client_msg_id: int = 32
    tag_batch: int = 50
    scene_seconds: int = 2_592_000
    user_batch: int = 100
    webhook_bytes: int = 2048
    group_text_bytes: int = 4000
    group_chats: int = 2000
