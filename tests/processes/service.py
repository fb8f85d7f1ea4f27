"""A whole service of real processes around one database, with the platform's sandbox beside it."""

import json
import secrets
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import requests
from pydantic import SecretStr
from sqlalchemy import func, select, text

from bot.demo.platform.chats import Author
from bot.demo.sample import VILLAGE, Sample, load_sample, schedule_letters
from bot.demo.sandbox import Sandbox, make_sandbox
from bot.demo.serving import create_sandbox_app, serve
from bot.runtime import scene_of
from bot.settings import Section, Settings
from bot.store.engine import Database
from bot.store.tables import DeliveryRow, InboxRow
from bot.store.vault import Vault
from bot.supervision import answers_ready
from broadcasts.bodies import sample_letters
from tests.bot.processes import environment, eventually, free_port, started
from tests.conftest import VAULT_KEY
from tests.settings import settings_for
from tests.wechat import CREDENTIALS, Push, opened, signed

CORP_ID, CORP_SECRET = "ww0123456789abcdef", "agent-secret-of-the-tests"
SOON = timedelta(seconds=1)
NO_QUIET_HOURS: dict[str, object] = {"quiet_hours": {"starts_at": "00:00:00", "ends_at": "00:00:00"}}
VAULT = Vault(VAULT_KEY)

# A database in trouble: recording a reply takes seconds. This is how a test gets between accept and reply.
SQLITE_WAITS = """
CREATE VIEW slowly AS
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000000) SELECT max(i) AS i FROM n
"""
POSTGRES_WAITS = """
CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(3); RETURN NEW; END $$
"""
SLOW = {
    "sqlite": (
        SQLITE_WAITS,
        "CREATE TRIGGER slow BEFORE UPDATE OF state ON inbox BEGIN SELECT i FROM slowly; END",
    ),
    "postgresql": (
        POSTGRES_WAITS,
        "CREATE TRIGGER slow BEFORE UPDATE OF state ON inbox FOR EACH ROW EXECUTE FUNCTION slowly()",
    ),
}
QUICK = {"sqlite": "DROP TRIGGER slow", "postgresql": "DROP TRIGGER slow ON inbox"}


@dataclass(frozen=True)
class Service:
    """`sample` is what the database was filled with; times are the real clock's."""

    settings: Settings
    database: Database
    sandbox: Sandbox
    sample: Sample
    folder: Path

    @property
    def port(self) -> int:
        return self.settings.web.port

    @contextmanager
    def role(self, name: str, **changed: str) -> Iterator[subprocess.Popen[bytes]]:
        """`python -m bot NAME --config …`, killed with all it started when the test is over."""
        arguments = ["-m", "bot", name, "--config", str(self.folder / "config.toml")]
        surroundings, log = _surroundings(self.settings) | changed, self.folder / f"{name}.log"
        with started(arguments, surroundings, cwd=self.folder, log=log) as process:
            yield process

    @contextmanager
    def web(self, port: int | None = None) -> Iterator[subprocess.Popen[bytes]]:
        """The web role, ready."""
        port = port or self.port
        with self.role("web", DINGXIN_WEB__PORT=str(port)) as process:
            assert eventually(lambda: answers_ready("127.0.0.1", port)), self.log("web")
            yield process

    def post(self, xml: str, *, nonce: str = "", port: int | None = None) -> str:
        """One post of the platform, now; the reply as the resident reads it."""
        return self.push(signed(xml, at=datetime.now(UTC), nonce=nonce or secrets.token_hex(5)), port=port)

    def push(self, push: Push, *, port: int | None = None) -> str:
        answer = requests.post(
            f"http://127.0.0.1:{port or self.port}/wechat",
            params=push.query,
            data=push.body,
            headers={"Content-Type": push.content_type},
            timeout=10,
        )
        answer.raise_for_status()
        return opened(answer.content)["Content"] if answer.content else ""

    def slow_down(self) -> None:
        """From now on recording a reply takes seconds."""
        self._execute(*SLOW[self.database.engine.dialect.name])

    def speed_up(self) -> None:
        self._execute(QUICK[self.database.engine.dialect.name])

    def pass_time(self, by: timedelta) -> None:
        """Whatever is being worked on was begun that much earlier."""
        with self.database.transaction() as session:
            for row in session.scalars(select(InboxRow)):
                row.claimed_until -= by
                row.received_at -= by

    def count(self, table: type) -> int:
        with self.database.reading() as session:
            return session.scalar(select(func.count()).select_from(table)) or 0

    def inbox_states(self) -> list[str]:
        with self.database.reading() as session:
            return [str(state) for state in session.scalars(select(InboxRow.state))]

    def deliveries(self, channel: str) -> list[str]:
        """Where a channel's deliveries of broadcasts stand."""
        with self.database.reading() as session:
            found = session.scalars(
                select(DeliveryRow.status)
                .where(DeliveryRow.channel == channel, DeliveryRow.broadcast_id.is_not(None))
                .order_by(DeliveryRow.status)
            )
            return [str(status) for status in found]

    def village_follows(self, *chats: str) -> None:
        """These people follow by scanning their village's code, through the running web role."""
        for chat in chats:
            self.sandbox.handset.follow(self.sandbox.openid(chat), scene_of(VILLAGE, VAULT)).result(20)

    def send_letters(self) -> None:
        """The initiative letter is approved and due at once."""
        now = datetime.now(UTC)
        with self.database.transaction() as session:
            schedule_letters(session, sample_letters(day=now.date()), soon=now + SOON, now=now)

    def letters_on(self, chat: str) -> int:
        """How many times the letter stands on this phone."""
        bubbles = self.sandbox.platform.chats.of(chat)
        return sum("倡议书" in one.content.text and one.author is Author.THEM for one in bubbles)

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text("utf-8")

    def _execute(self, *statements: str) -> None:
        with self.database.engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))


@contextmanager
def service_on(database: Database, folder: Path) -> Iterator[Service]:
    """The sample in the database, the sandbox on a port, a configuration file; no role runs yet."""
    now, port = datetime.now(UTC), free_port()
    with database.transaction() as session:
        sample = load_sample(session, vault=VAULT, now=now, day=now.date())
    sandbox = make_sandbox(
        lambda: datetime.now(UTC),
        app_id=CREDENTIALS.app_id,
        app_secret=CREDENTIALS.app_secret,
        token=CREDENTIALS.token,
        encoding_aes_key=CREDENTIALS.encoding_aes_key,
        corp_id=CORP_ID,
        agent_secret=CORP_SECRET,
        callback_url=f"http://127.0.0.1:{port}",
        following=False,
    )
    with serve(create_sandbox_app(sandbox)) as server:
        url: dict[str, object] = {"url": database.engine.url.render_as_string(hide_password=False)}
        settings = settings_for(
            folder,
            platform=server.url,
            web={"port": port},
            database=url,
            queue=url if database.engine.dialect.name == "postgresql" else {},
            wecom={"corp_id": CORP_ID, "agent_secret": CORP_SECRET},
            broadcasts=NO_QUIET_HOURS,
        )
        (folder / "config.toml").write_text(_toml(settings), encoding="utf-8")
        yield Service(settings, database, sandbox, sample, folder)
    sandbox.close()


def _surroundings(settings: Settings) -> dict[str, str]:
    """Ours, without any setting: those come from the file."""
    return {key: value for key, value in environment(settings).items() if not key.startswith("DINGXIN_")}


def _toml(settings: Settings) -> str:
    """These settings as the file an operator would write."""
    return "".join(f"[{name}]\n{_table(getattr(settings, name))}\n" for name in Settings.model_fields)


def _table(section: Section) -> str:
    return "".join(f"{key} = {_value(getattr(section, key))}\n" for key in type(section).model_fields)


def _value(value: object) -> str:
    if isinstance(value, SecretStr):
        return json.dumps(value.get_secret_value())
    if isinstance(value, Section):
        return "{ " + _table(value).strip().replace("\n", ", ") + " }"
    if isinstance(value, bool | int | float):
        return json.dumps(value)
    return json.dumps(str(value), ensure_ascii=False)
