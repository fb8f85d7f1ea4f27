"""Every setting, frozen. TOML first, `DINGXIN_SECTION__KEY` in the environment over it.

Only `bot.cli` loads settings; everything else is handed them. What the sections mean to an operator stands in each
field's description, from which `config.example.toml` is checked.
"""

import base64
from datetime import time
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    SecretStr,
    field_validator,
    model_validator,
)

AES_KEY_LENGTH = 43


class Section(BaseModel):
    """A table of the configuration: frozen, and a misspelt key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)


def _aes_key(value: SecretStr) -> SecretStr:
    key = value.get_secret_value()
    if not key:
        return value
    try:
        decoded = base64.b64decode(key + "=", validate=True)
    except ValueError:
        decoded = b""
    if len(key) != AES_KEY_LENGTH or len(decoded) != 32:  # noqa: PLR2004 - AES-256, by the platform's definition
        raise ValueError("must be the 43 letters and digits shown in the platform's console (EncodingAESKey)")
    return value


AesKey = Annotated[SecretStr, AfterValidator(_aes_key)]


class Service(Section):
    name: str = Field("定心", description="How the service calls itself to residents.")
    public_url: str = Field(
        "http://127.0.0.1:8000", description="Where residents' browsers reach /p/ and /grid/."
    )
    data_dir: Path = Field(Path("var"), description="Folder of the SQLite files and uploads.")
    timezone: str = Field("Asia/Shanghai", description="The clock people go by.")
    office: str = Field("民政局", description="The office that speaks, as residents know it.")
    hotline: str = Field("12345", description="The number to call when the service cannot help.")
    card_font: str = Field(
        "", description="Font file with Chinese characters, for cards; empty: where systems keep them."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="What is logged.")

    @field_validator("timezone")
    @classmethod
    def _known_timezone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("is no known time zone; for China write Asia/Shanghai") from error
        return value

    @field_validator("public_url")
    @classmethod
    def _is_url(cls, value: str) -> str:
        HttpUrl(value)
        return value.rstrip("/")

    @property
    def is_public(self) -> bool:
        """Whether somebody has said where residents' browsers reach us: only then is an address sent to them."""
        return "public_url" in self.model_fields_set

    @property
    def zone(self) -> ZoneInfo:
        """The time zone as an object."""
        return ZoneInfo(self.timezone)


class Web(Section):
    host: str = Field("127.0.0.1", description="Address to listen on; nginx stands in front.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on.")
    workers: int = Field(1, ge=1, le=64, description="Web processes.")
    threads: int = Field(16, ge=2, le=256, description="Requests one process works on at once.")
    reply_within: float = Field(
        3.5, gt=0, le=4, description="Seconds of work before the answer becomes a follow-up."
    )
    retry_wait: float = Field(
        4.5, gt=0, le=4.8, description="Seconds a platform retry waits for the first attempt."
    )


class Database(Section):
    url: SecretStr = Field(
        SecretStr(""), description="Empty: SQLite in data_dir. Else postgresql+psycopg://…"
    )


class Queue(Section):
    url: SecretStr = Field(SecretStr(""), description="Empty: SQLite in data_dir. Else postgresql://…")
    workers: int = Field(2, ge=1, le=64, description="Threads of the worker process.")


class WeChat(Section):
    app_id: str = Field("", description="AppID of the official account.")
    app_secret: SecretStr = Field(SecretStr(""), description="AppSecret of the official account.")
    token: SecretStr = Field(SecretStr(""), description="Token of the callback, 3 to 32 letters and digits.")
    encoding_aes_key: AesKey = Field(
        SecretStr(""), description="EncodingAESKey of the callback, 43 characters."
    )
    mode: Literal["safe", "plain"] = Field("safe", description="Plain is for the demo and tests only.")
    api_base_url: str = Field(
        "https://api.weixin.qq.com", description="Every call goes here, the token's too."
    )
    account_kind: Literal["verified_service", "verified_subscription", "unverified"] = Field(
        "verified_service", description="What the account may do depends on it."
    )

    @field_validator("token")
    @classmethod
    def _token_shape(cls, value: SecretStr) -> SecretStr:
        token = value.get_secret_value()
        if token and not (token.isascii() and token.isalnum() and 3 <= len(token) <= 32):  # noqa: PLR2004 - platform rule
            raise ValueError("must be 3 to 32 letters and digits, as set in the platform's console")
        return value


class WeCom(Section):
    corp_id: str = Field("", description="CorpID; empty switches WeCom off.")
    agent_secret: SecretStr = Field(SecretStr(""), description="Secret of the self-built app.")
    token: SecretStr = Field(SecretStr(""), description="Token of the app's callback.")
    encoding_aes_key: AesKey = Field(SecretStr(""), description="EncodingAESKey of the app's callback.")
    api_base_url: str = Field(
        "https://qyapi.weixin.qq.com", description="Every call goes here, the token's too."
    )
    staff_webhook_key: SecretStr = Field(
        SecretStr(""), description="Webhook of the office's own group, for alerts."
    )


class Answering(Section):
    answer_at: float = Field(0.82, ge=0, le=1, description="Answer outright from this probability on.")
    reworded_at: float = Field(
        0.94,
        ge=0,
        le=1,
        description="Likewise where one word stands in another's place, or is one more.",
    )
    offer_at: float = Field(
        0.10,
        ge=0,
        le=1,
        description="Offer as a choice from this probability on; from three tenths of it what asks the same.",
    )
    choices: int = Field(5, ge=1, le=5, description="Most choices offered.")

    @model_validator(mode="after")
    def _ordered(self) -> "Answering":
        if self.offer_at > self.answer_at:
            raise ValueError("offer_at must not be above answer_at")
        return self


class Rumours(Section):
    known_at: float = Field(
        0.82, ge=0, le=1, description="Repeat a published verdict from this probability on."
    )
    known_asked_at: float = Field(
        0.95, ge=0, le=1, description="Likewise for a plain question, which passes nothing on."
    )
    suggest_at: float = Field(
        0.3, ge=0, le=1, description="Propose an open claim for a new report from this probability on."
    )
    suspect_at: float = Field(0.5, ge=0, le=1, description="A person should look from this likelihood on.")
    reports_per_day: int = Field(20, ge=1, description="Reports taken from one resident a day.")


class Screenshots(Section):
    enabled: bool = Field(
        default=False, description="Read pictures by OCR; needs the optional extra: pip install dingxin[ocr]."
    )
    largest_bytes: int = Field(5_000_000, ge=100_000, description="Larger pictures are not fetched.")


class Headcount(Section):
    largest_household: int = Field(
        30, ge=2, le=30, description="More people than this is asked about again; above 30 always is."
    )


class QuietHours(Section):
    starts_at: time = Field(time(21, 30), description="No broadcast after this time of day.")
    ends_at: time = Field(time(7, 0), description="No broadcast before this time of day.")


class Broadcasts(Section):
    quiet_hours: QuietHours = Field(QuietHours(), description="When nobody is disturbed.")
    mass_per_month: int = Field(
        4, ge=1, description="Mass messages one follower receives a month (platform rule)."
    )
    reserve: int = Field(1, ge=0, description="Of those, how many are kept for emergencies.")
    mass_batch: int = Field(10_000, ge=2, le=10_000, description="Recipients of one mass call.")
    webhook_per_minute: int = Field(20, ge=1, le=20, description="Messages one group webhook takes a minute.")
    grace_minutes: int = Field(
        60, ge=1, description="An occurrence missed by more is skipped, never sent stale."
    )

    @model_validator(mode="after")
    def _reserve_leaves_room(self) -> "Broadcasts":
        if self.reserve >= self.mass_per_month:
            raise ValueError("reserve must be smaller than mass_per_month, or nothing could ever be sent")
        return self


class Console(Section):
    secret_key: SecretStr = Field(
        SecretStr(""), description="Signs the forms' tokens; 32 random bytes in base64."
    )
    session_minutes: int = Field(30, ge=5, description="A session ends after this much quiet.")
    lock_out_after: int = Field(5, ge=1, description="Wrong passwords or codes before an account rests.")
    lock_out_minutes: int = Field(15, ge=1, description="How long it rests.")
    first_sign_in_hours: int = Field(
        48, ge=1, description="How long the password an account is opened with lets its holder in."
    )


class Api(Section):
    reads_per_minute: int = Field(120, ge=1, description="Reading calls one token may make a minute.")
    writes_per_minute: int = Field(30, ge=1, description="Writing calls one token may make a minute.")


class Privacy(Section):
    encryption_key: SecretStr = Field(
        SecretStr(""),
        description="Seals openids and messages in the database; 32 random bytes in base64. Keep a copy apart.",
    )
    message_days: int = Field(30, ge=1, description="Days a received message's text is kept.")
    report_days: int = Field(
        30, ge=1, description="Days after the verdict until asker and claim are unlinked."
    )
    headcount_days: int = Field(
        30, ge=1, description="Days after a drive's end until its rows are deleted, unless the drive says."
    )

    @field_validator("encryption_key")
    @classmethod
    def _key_size(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value():
            decode_key(value)
        return value


def decode_key(value: SecretStr) -> bytes:
    """The 32 bytes of a base64 key; ValueError says how to make one."""
    try:
        key = base64.b64decode(value.get_secret_value(), validate=True)
    except ValueError:
        key = b""
    if len(key) != 32:  # noqa: PLR2004 - AES-256
        raise ValueError("must be 32 random bytes in base64: openssl rand -base64 32")
    return key


class Settings(Section):
    """The whole configuration; the sections and keys are those of config.example.toml."""

    service: Service = Service()
    web: Web = Web()
    database: Database = Database()
    queue: Queue = Queue()
    wechat: WeChat = WeChat()
    wecom: WeCom = WeCom()
    answering: Answering = Answering()
    rumours: Rumours = Rumours()
    screenshots: Screenshots = Screenshots()
    headcount: Headcount = Headcount()
    broadcasts: Broadcasts = Broadcasts()
    console: Console = Console()
    api: Api = Api()
    privacy: Privacy = Privacy()

    @property
    def database_url(self) -> str:
        """Where the data lives; SQLite in `data_dir` unless told otherwise."""
        return (
            self.database.url.get_secret_value() or f"sqlite:///{self.service.data_dir / 'dingxin.sqlite3'}"
        )
