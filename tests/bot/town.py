"""The sandbox of the platform on a real port, and our own database beside it: where senders and workers are tried."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import cast

from sqlalchemy import select

from bot.demo.clock import MovableClock
from bot.demo.platform.faults import Fault, FaultKind
from bot.demo.sandbox import Sandbox, make_sandbox
from bot.demo.serving import create_sandbox_app, serve
from bot.live import Live
from bot.messages import Work
from bot.metrics import Metrics
from bot.runtime import Places, Runtime, build_runtime
from bot.settings import Settings
from bot.store import outbox, residents
from bot.store.engine import Database
from bot.store.residents import Window
from bot.store.tables import BroadcastRow, DeliveryRow
from bot.store.vault import Vault
from broadcasts.broadcast import Status
from broadcasts.delivery import Batch, Delivery
from knowledge.library import Library
from tests.bot.store.people import a_follow_up
from tests.clocks import TestClock
from tests.conftest import VAULT_KEY
from tests.settings import settings_for
from tests.wechat import CREDENTIALS

CORP_ID, CORP_SECRET = "ww0123456789abcdef", "agent-secret-of-the-tests"
WINDOW = timedelta(hours=48)


@dataclass(frozen=True)
class Town:
    """`runtime` has no library and no places: what sends does not read."""

    sandbox: Sandbox
    url: str
    runtime: Runtime
    asked_for: list[Work]

    @property
    def now(self) -> datetime:
        return self.runtime.clock()

    def resident(self, chat: str, *, open_window: bool = True) -> int:
        """Our number of somebody in the sandbox; with a window, they have just written to both of us."""
        openid = self.sandbox.openid(chat)
        if open_window:
            self.sandbox.handset.text(openid, "在吗").result(10)
        with self.runtime.database.transaction() as session:
            found = residents.recognise(session, openid, vault=self.runtime.vault, now=self.now)
            if open_window:
                residents.open_window(session, found.id, Window(until=self.now + WINDOW, left=5))
            return found.id

    def seen_by(self, chat: str) -> list[str]:
        """What the service has put on that phone."""
        return [
            bubble.content.text
            for bubble in self.sandbox.platform.chats.of(chat)
            if bubble.content.text != "在吗"
        ]

    def fail(self, endpoint: str, code: int) -> None:
        """The next call of this endpoint answers with a number."""
        self.sandbox.platform.faults.set(endpoint, Fault(FaultKind.CODE, code=code, times=1))

    def lose_the_answer(self, endpoint: str) -> None:
        """The next call of this endpoint is carried out, and the connection breaks before its answer."""
        self.sandbox.platform.faults.set(endpoint, Fault(FaultKind.DROP_AFTER, times=1))

    def queue(self, *deliveries: Delivery) -> None:
        """Put into the outbox."""
        with self.runtime.database.transaction() as session:
            outbox.queue(session, deliveries, vault=self.runtime.vault, now=self.now)


@contextmanager
def town_on(
    database: Database, data_dir: Path, clock: TestClock, /, **sections: dict[str, object]
) -> Iterator[Town]:
    """A town whose platform and service share one clock."""

    def callback(_: str, _query: Mapping[str, str], _body: bytes, _seconds: float) -> tuple[int, bytes]:
        return 200, b"success"

    sandbox = make_sandbox(
        MovableClock(clock),
        app_id=CREDENTIALS.app_id,
        app_secret=CREDENTIALS.app_secret,
        token=CREDENTIALS.token,
        encoding_aes_key=CREDENTIALS.encoding_aes_key,
        corp_id=CORP_ID,
        agent_secret=CORP_SECRET,
        callback_url="http://127.0.0.1:9",
        rng=Random(7),  # noqa: S311 - the same openids every time
        transport=callback,
    )
    asked_for: list[Work] = []
    with serve(create_sandbox_app(sandbox)) as server:
        wecom = {"corp_id": CORP_ID, "agent_secret": CORP_SECRET, "api_base_url": server.url}
        rest = {name: keys for name, keys in sections.items() if name != "wecom"}
        settings = settings_for(
            data_dir,
            platform=server.url,
            wecom={**wecom, **sections.get("wecom", {})},
            **rest,
        )
        runtime = bare_runtime(settings, database, clock, asked_for)
        yield Town(sandbox, server.url, runtime, asked_for)
    sandbox.close()


def bare_runtime(settings: Settings, database: Database, clock: TestClock, asked_for: list[Work]) -> Runtime:
    """A runtime for what neither answers nor plans: loading articles takes a second and is not looked at."""
    return Runtime(
        settings=settings,
        database=database,
        vault=Vault(VAULT_KEY),
        clock=clock,
        library=cast("Live[Library]", None),
        places=cast("Live[Places]", None),
        letters=(),
        metrics=Metrics(),
        enqueue=asked_for.append,
    )


def whole_runtime(town: Town) -> Runtime:
    """Everything loaded, on the town's database."""
    return build_runtime(town.runtime.settings, enqueue=town.asked_for.append, clock=town.runtime.clock)


def statuses(database: Database) -> dict[str, str]:
    """Where every batch stands: its key → status."""
    with database.reading() as session:
        rows = session.execute(select(DeliveryRow.client_msg_id, DeliveryRow.status))
        return {key: status for key, status in rows}  # noqa: C416 - rows are no plain tuples for mypy


def a_delivery(recipient: int, *, at: datetime, key: str = "key-1", **fields: object) -> Delivery:
    """A follow-up to one resident unless told otherwise."""
    return a_follow_up(recipient, key=key, **{"body": "核实结果出来了。", "not_before": at, **fields})


def a_batch(deliveries: Iterable[Delivery], *, at: datetime) -> Batch:
    """Claimed just now."""
    rows = tuple(deliveries)
    return Batch(
        client_msg_id=rows[0].client_msg_id,
        channel=rows[0].channel,
        body=rows[0].body,
        claimed_until=at + timedelta(minutes=2),
        deliveries=rows,
    )


def a_broadcast(town: Town) -> str:
    """A broadcast that is being sent; its id."""
    now = town.now
    row = BroadcastRow(
        id="b1",
        kind="notice",
        title="通知",
        status=Status.SENDING,
        revision=1,
        content={},
        authors=["staff"],
        created_by="staff",
        created_at=now,
        valid_until=now + timedelta(days=1),
        updated_at=now,
    )
    with town.runtime.database.transaction() as session:
        session.add(row)
    return "b1"
