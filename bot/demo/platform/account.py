"""Who the account is, and how much the platform lets it do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Account:
    """The official account and the WeCom corporation; both live on one address here."""

    app_id: str
    app_secret: str = field(repr=False)
    token: str = field(repr=False)
    encoding_aes_key: str = field(repr=False)
    corp_id: str
    agent_secret: str = field(repr=False)
    original_id: str = "gh_0a1b2c3d4e5f"
    name: str = "定心"


DAILY_CALLS: Mapping[str, int] = MappingProxyType(
    {
        "token": 2_000,
        "stable_token": 500_000,
        "menu/create": 1_000,
        "message/custom/send": 500_000,
        "message/mass/send": 100,
        "message/mass/sendall": 100,
        "message/mass/preview": 100,
        "message/template/send": 100_000,
        "qrcode/create": 100_000,
        "user/get": 500,
        "user/info": 5_000_000,
        "user/info/updateremark": 10_000,
        "media/upload": 100_000,
        "media/get": 200_000,
    }
)


@dataclass(frozen=True, slots=True)
class Limits:
    """The vendor's numbers for a new verified service account; they have changed before, so they are data.

    Sources: "API call limits", "Customer service messages", "Batch sends" and "Get stable access token" of the
    vendor's documentation; byte limits of WeCom messages from "Group robot" and "Create a group message".
    """

    daily_calls: Mapping[str, int] = field(default_factory=lambda: DAILY_CALLS)
    replies_per_message: int = 5
    message_window: timedelta = timedelta(hours=48)
    replies_per_touch: int = 3
    touch_window: timedelta = timedelta(minutes=1)
    text_bytes: int = 2_048
    mass_per_month: int = 4
    mass_per_minute: int = 60
    mass_list: tuple[int, int] = (2, 10_000)
    client_id_bytes: int = 64
    client_id_memory: timedelta = timedelta(hours=24)
    token_life: timedelta = timedelta(seconds=7_200)
    token_overlap: timedelta = timedelta(minutes=5)
    forced_per_day: int = 20
    forced_apart: timedelta = timedelta(seconds=30)
    clear_quota_per_month: int = 10
    tags: int = 100
    tag_name_bytes: int = 30
    tags_per_follower: int = 20
    tag_batch: int = 50
    info_batch: int = 100
    media_life: timedelta = timedelta(days=3)
    media_bytes: int = 10 * 1024 * 1024
    webhook_per_minute: int = 20
    webhook_markdown_bytes: int = 4_096
    app_messages_per_minute: int = 30
    group_text_bytes: int = 4_000
    group_list: int = 2_000
    group_attachments: int = 9
    reminders_per_day: int = 3
