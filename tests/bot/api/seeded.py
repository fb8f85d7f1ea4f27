"""An office in which there is some of everything the API tells of, and people whom it must never tell of."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from bot.access import Role
from bot.households.headcount import Headcount
from bot.office import article_steps
from bot.office import broadcasts as office
from bot.office.broadcast_form import BroadcastForm, Delivered
from bot.planning import plan_due
from bot.runtime import Runtime
from bot.store import headcounts, households, sightings
from bot.store.claim_files import open_claim
from bot.store.engine import Database
from bot.store.groups import GroupEntry, GroupKind
from bot.store.headcounts import HeadcountDrive
from bot.store.households import Household
from bot.store.tables import ResidentRow
from broadcasts.bodies import sample_letters
from broadcasts.content import BroadcastKind, Channel, Once
from broadcasts.fingerprint import fingerprint
from knowledge.article import Article
from tests.bot.office.acting import acting
from tests.bot.office.claims import published
from tests.bot.offices import an_office, followers, put_groups, worker
from tests.bot.places import BEIJIE, HEPING, PREFECTURE, TONGWEI
from tests.bot.store.people import put_report
from tests.clocks import TestClock

DRIVE = "summer"
# Our numbers of residents are set far from any other number, so that one is known where it comes up.
FIRST_RESIDENT = 77_000_001
CALLED = "13993210456"
EARLIER = datetime(2022, 1, 1, tzinfo=UTC)
FAMILY = Headcount(total=5, present=3, away=2, children=1, elderly=1)


@dataclass(frozen=True)
class Seeded:
    """`sent` has deliveries and relay tasks; `waiting` is submitted; `claim` is public, reported by residents. These are those of 和平村 and 北街社区."""

    runtime: Runtime
    sent: str
    waiting: str
    claim: str
    article: str
    residents: tuple[int, ...]


def seeded_office(database: Database, data_dir: Path, clock: TestClock) -> Seeded:
    office_runtime = an_office(
        database, data_dir, clock, api={"reads_per_minute": 1_000_000, "writes_per_minute": 1_000_000}
    )
    runtime = replace(office_runtime, letters=sample_letters(day=clock.now.date()))
    _number_residents_from(database, FIRST_RESIDENT)
    residents = (
        *followers(runtime, 6, community=HEPING.code),
        *followers(runtime, 2, community=BEIJIE.code, first=10),
    )
    worker(runtime, HEPING.code, bound_to=residents[0])
    worker(runtime, BEIJIE.code, name="另一网格员")
    put_groups(
        runtime,
        [
            GroupEntry(HEPING.code, "和平村群", GroupKind.WECOM_INTERNAL, webhook_key="a-secret-webhook-key"),
            GroupEntry(BEIJIE.code, "北街居民群", GroupKind.WECHAT, members=212),
        ],
    )
    _count_households(runtime, residents)
    waiting = _submitted(runtime, clock, TONGWEI.code)
    sent = _submitted(runtime, clock, PREFECTURE.code)
    with acting(runtime, Role.APPROVER) as act:
        record = office.show(act, sent)
        office.approve(act, sent, seen=fingerprint(record.broadcast.revision))
    clock.advance(hours=1)
    plan_due(runtime)
    return Seeded(runtime, sent, waiting, _reported(runtime, residents), _written(runtime), residents)


def _number_residents_from(database: Database, first: int) -> None:
    with database.transaction() as session:
        session.add(ResidentRow(id=first - 1, created_at=EARLIER, last_message_at=EARLIER))
        if database.engine.dialect.name == "postgresql":
            session.execute(text(f"ALTER SEQUENCE residents_id_seq RESTART WITH {first}"))


def _written(runtime: Runtime) -> str:
    """An article that is being written."""
    article = Article(id="", question="婚礼现在能办吗", answer="目前请缓办，确需举办的先登记。")
    with acting(runtime, Role.EDITOR) as act:
        return article_steps.create(act, article).id


def _reported(runtime: Runtime, residents: tuple[int, ...]) -> str:
    """A claim that five residents told us of, one with a telephone number, with a published verdict."""
    with runtime.database.transaction() as session:
        claim_id = open_claim(
            session, "20220714-1", text="县里的水库被人投毒", area_code="", now=runtime.clock()
        )
        for number, resident in enumerate(residents[:5]):
            put_report(
                session,
                f"听说水库投毒了，有事打{CALLED}，第{number}个问的",
                resident_id=resident,
                claim_id=claim_id,
                area_code=HEPING.code,
                now=runtime.clock(),
            )
            sightings.count_in(session, claim_id, HEPING.code, at=runtime.clock())
    published(runtime, claim_id)
    return claim_id


def _count_households(runtime: Runtime, residents: tuple[int, ...]) -> None:
    drive = HeadcountDrive(
        id=DRIVE,
        title="住户人数登记",
        purpose="安排物资",
        basis="〔2022〕8号通知",
        area_code=PREFECTURE.code,
        owner="市民政局",
        starts_on=date(2022, 7, 10),
        ends_on=date(2022, 7, 20),
        delete_on=date(2022, 8, 20),
        notice_version="1",
    )
    with runtime.database.transaction() as session:
        headcounts.add_drive(session, drive)
        households.put_households(
            session, [Household(HEPING.code, f"HH-{number}", "一网格") for number in range(8)]
        )
        for number, resident in enumerate(residents):
            community = HEPING if number < 6 else BEIJIE
            headcounts.confirm(
                session,
                resident,
                FAMILY,
                drive_id=DRIVE,
                community_code=community.code,
                now=runtime.clock(),
            )


def _submitted(runtime: Runtime, clock: TestClock, area_code: str) -> str:
    form = BroadcastForm(
        kind=BroadcastKind.NOTICE,
        title="停水通知",
        texts=dict.fromkeys(Channel, "今晚停水，请提前备水。"),
        delivered=Delivered(
            area_codes=frozenset({area_code}),
            schedule=Once(clock.now + timedelta(hours=1)),
            valid_until=clock.now + timedelta(days=3),
            urgent=True,
        ),
    )
    with acting(runtime, Role.EDITOR) as act:
        (drafted,) = office.draft(act, form)
        office.submit(act, drafted.id, seen=fingerprint(drafted.revision))
    return drafted.id
