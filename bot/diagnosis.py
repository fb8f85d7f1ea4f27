"""What `dingxin doctor` looks at: our own house, then the platform's view of us. Nothing here sends a message.

Every check gives findings; a finding that is not well names its mend. The platform is asked with a token of our own
asking: stable_token gives the same one to whoever asks, so a running service is not disturbed.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

import requests

from bot.configuration import missing
from bot.errors import BotError, PlatformError
from bot.learning.inventory import ailment
from bot.learning.model_store import MODELS_FOLDER, ModelStore
from bot.ocr import require_ocr
from bot.public.fonts import find_faces
from bot.settings import Settings
from bot.store import schema
from bot.store.engine import database_answers, open_database
from bot.tasks import QueueError, WorkQueue, open_queue
from bot.wechat import connection, follow_ups, mass, quota, tags, users
from bot.wechat.calls import Observation
from bot.wechat.client import PlatformClient
from bot.wechat.credentials import Credentials
from bot.wechat.tokens import StoredToken
from bot.wechat.transport import Transport, pooled_session
from bot.wecom.connection import corp_token

CALLBACK_TIMEOUT = (3.0, 5.0)
NONCE_BYTES = 8
UNLISTED = frozenset({40164, 60020})
NO_RIGHT = 48001
MENDS: Mapping[int, str] = MappingProxyType(
    {
        40013: "[wechat] app_id is not the account's; copy it from the console",
        40125: "[wechat] app_secret is wrong or was reset; copy the new one from the console",
        89503: "an administrator must confirm this address on their phone",
        NO_RIGHT: "the account lacks this ability; have it verified as a service account (认证服务号)",
        48004: "the platform has banned this call; read its notice in the console at once",
        50002: "the platform has restricted the account; read its notice in the console at once",
        45009: "today's calls are used up; wait until midnight",
        60020: "put this address on the app's list of trusted ones in WeCom's console",
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One line. `mend` is empty when all is well."""

    what: str
    mend: str = ""

    @property
    def is_well(self) -> bool:
        return not self.mend


@dataclass(slots=True)
class Patient:
    """`seen_as` is our address as the platform last complained of it."""

    settings: Settings
    clock: Callable[[], datetime]
    seen_as: str = ""
    _client: PlatformClient | None = None

    def observe(self, seen: Observation) -> None:
        self.seen_as = seen.address or self.seen_as

    @property
    def client(self) -> PlatformClient:
        """The official account's, with a token kept for this visit only."""
        if self._client is None:
            wechat = self.settings.wechat
            self._client = connection.connect(
                wechat.api_base_url,
                _credentials(wechat.app_id, wechat.app_secret.get_secret_value()),
                store=OwnToken(),
                clock=self.clock,
                observe=self.observe,
            )
        return self._client


@dataclass(slots=True)
class OwnToken:
    """A token store for one visit."""

    token: StoredToken | None = field(default=None, repr=False)

    def load(self, name: str, *, now: datetime) -> StoredToken | None:
        """What was fetched before."""
        del name
        return self.token if self.token and self.token.expires_at > now else None

    def save(self, name: str, *, token: StoredToken) -> None:
        """For the rest of the visit."""
        del name
        self.token = token

    @contextmanager
    def lock(self, name: str) -> Iterator[None]:
        """Nobody else is here."""
        del name
        yield


def examine(settings: Settings, *, clock: Callable[[], datetime]) -> Iterator[Finding]:
    """Every finding, as soon as it is known."""
    patient = Patient(settings, clock)
    for check in CHECKS:
        yield from check(patient)


def configuration(patient: Patient) -> Iterator[Finding]:
    """What a real service needs."""
    faults = missing(patient.settings)
    for fault in faults:
        yield Finding("configuration", fault)
    if not faults:
        yield Finding("configuration is complete")
    if patient.settings.screenshots.enabled:
        try:
            require_ocr()
            yield Finding("the OCR extra is installed")
        except BotError as error:
            yield Finding("OCR extra", str(error))


def cards(patient: Patient) -> Iterator[Finding]:
    """Whether there is a Chinese font to draw the cards of verdicts with."""
    named = patient.settings.service.card_font
    if find_faces(named):
        yield Finding("a Chinese font for cards is there")
    elif named:
        yield Finding("font for cards", f"[service] card_font: {named} is no font that can be read")
    else:
        yield Finding(
            "font for cards",
            "no Chinese font is installed; install fonts-noto-cjk, or name a file in [service] card_font",
        )


def database(patient: Patient) -> Iterator[Finding]:
    """Reachable, and as new as the program."""
    with closing(open_database(patient.settings.database_url)) as ours:
        if not database_answers(ours):
            yield Finding("database", "[database] url: nobody answers there; is it running, is it right?")
        elif not schema.is_current(ours):
            yield Finding("database", "not up to date with this program; run: dingxin init")
        else:
            yield Finding("database answers and is up to date")


def queue(patient: Patient) -> Iterator[Finding]:
    """Reachable; what waits in it."""
    try:
        waiting = WorkQueue(open_queue(patient.settings)).waiting()
    except QueueError as error:
        yield Finding("queue", f"[queue] url: cannot be used ({type(error).__name__})")
    else:
        yield Finding(f"queue answers; hints waiting: {waiting}")


def models(patient: Patient) -> Iterator[Finding]:
    """Whether the version of the models that was to serve does; where it does not nobody notices, for another serves."""
    store = ModelStore(patient.settings.service.data_dir / MODELS_FOLDER)
    wrong = ailment(store)
    yield Finding("models", wrong) if wrong else Finding(f"models in use: {store.current}")


def official_account(patient: Patient) -> Iterator[Finding]:
    """Token and white-list first; without them the rest would only say the same again."""
    first = _probe(patient, "token and address", tags.every)
    yield first
    if first.is_well:
        for name, ability in ABILITIES.items():
            yield _probe(patient, name, ability)
        for endpoint in (follow_ups.SEND, mass.SEND):
            yield _quota(patient, endpoint)


def corporation(patient: Patient) -> Iterator[Finding]:
    """WeCom's token, where WeCom is switched on."""
    wecom = patient.settings.wecom
    if not wecom.corp_id:
        return
    transport = Transport(wecom.api_base_url, http=pooled_session(), observe=patient.observe)
    credentials = _credentials(wecom.corp_id, wecom.agent_secret.get_secret_value())
    try:
        corp_token(transport, credentials)
    except PlatformError as error:
        yield Finding("WeCom token", _mend(patient, error))
    else:
        yield Finding("WeCom token")


def callback(patient: Patient) -> Iterator[Finding]:
    """Whether the address in the platform's console leads here: it is asked as the platform asks."""
    echo, nonce = secrets.token_hex(NONCE_BYTES), secrets.token_hex(NONCE_BYTES)
    timestamp = str(int(patient.clock().timestamp()))
    signed = "".join(sorted((patient.settings.wechat.token.get_secret_value(), timestamp, nonce)))
    query = {
        "signature": hashlib.sha1(signed.encode(), usedforsecurity=False).hexdigest(),
        "timestamp": timestamp,
        "nonce": nonce,
        "echostr": echo,
    }
    address = f"{patient.settings.service.public_url}/wechat"
    yield Finding(f"callback {address}", _callback_mend(address, query, echo))


def _callback_mend(address: str, query: Mapping[str, str], echo: str) -> str:
    with pooled_session() as http:
        try:
            answer = http.get(address, params=dict(query), timeout=CALLBACK_TIMEOUT, allow_redirects=False)
        except requests.RequestException as error:
            kind = type(error).__name__  # its text would carry the signature
            return (
                f"not reached ({kind}); check [service] public_url, DNS, nginx, and that `dingxin run` runs"
            )
    if answer.status_code != requests.codes.ok:
        return f"answers {answer.status_code}; does nginx pass /wechat on, is [wechat] token the same there?"
    return "" if answer.text == echo else "something else answers there; check nginx and [service] public_url"


def _probe(patient: Patient, name: str, ask: Callable[[PlatformClient], object]) -> Finding:
    try:
        ask(patient.client)
    except PlatformError as error:
        return Finding(name, _mend(patient, error))
    return Finding(name)


def _quota(patient: Patient, endpoint: str) -> Finding:
    try:
        left = quota.look_up(patient.client, endpoint)
    except PlatformError as error:
        return Finding(f"quota of {endpoint}", _mend(patient, error))
    told = f"quota of {endpoint}: {left.left} of {left.limit} left today"
    return Finding(told, MENDS[45009] if left.limit and not left.left else "")


def _mend(patient: Patient, error: PlatformError) -> str:
    if error.code in UNLISTED:
        return f"put this machine's address on the white-list: {patient.seen_as or 'see the log'}"
    known = MENDS.get(error.code or 0)
    return f"{known} ({error.code})" if known else str(error)


def _credentials(app_id: str, secret: str) -> Credentials:
    return Credentials(app_id=app_id, app_secret=secret, token="", encoding_aes_key="")


# Asked so that nothing is sent or changed: lists, and the status of a message that does not exist.
ABILITIES: Mapping[str, Callable[[PlatformClient], object]] = MappingProxyType(
    {
        "ability: followers": users.page,
        "ability: mass messages": lambda client: mass.status(client, "1"),
    }
)
CHECKS = (configuration, cards, database, queue, models, official_account, corporation, callback)
