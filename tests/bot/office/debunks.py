"""Debunks of a claim on the desk: an office with a public verdict, and how far a broadcast that tells it has come."""

from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

from bot.access import Role
from bot.office import broadcasts, claims, debunks
from bot.office.broadcast_form import BroadcastForm, Delivered
from bot.planning import plan_due
from bot.runtime import Runtime
from bot.store.claim_files import open_claim
from bot.store.claims import all_claims, upsert_claims
from bot.store.engine import Database
from broadcasts.broadcast import Broadcast
from broadcasts.content import Once
from broadcasts.fingerprint import fingerprint
from knowledge.article import Scope, Validity
from knowledge.claim import Verdict
from tests.bot.office.acting import acting
from tests.bot.office.claims import FINDING, edition, published
from tests.bot.offices import an_office, followers, stored, worker
from tests.bot.places import HEPING, TONGWEI
from tests.clocks import TestClock

CLAIM = "20220714-1"
IMPORTED = "elsewhere"


def an_office_that_told(database: Database, data_dir: Path, clock: TestClock) -> Runtime:
    """With a published claim that holds in one county."""
    office = an_office(database, data_dir, clock)
    with office.database.transaction() as session:
        open_claim(session, CLAIM, text=FINDING.text, area_code="", now=clock())
    published(office, CLAIM, replace(FINDING, scope=Scope(TONGWEI.code)))
    return office


def drafted(runtime: Runtime, claim_id: str = CLAIM) -> Broadcast:
    with acting(runtime, Role.EDITOR) as act:
        return debunks.draft_debunk(act, claim_id)


def submitted(runtime: Runtime, claim_id: str = CLAIM) -> Broadcast:
    one = drafted(runtime, claim_id)
    with acting(runtime, Role.EDITOR) as act:
        return broadcasts.submit(act, one.id, seen=fingerprint(one.revision))


def approved(runtime: Runtime, claim_id: str = CLAIM) -> Broadcast:
    one = submitted(runtime, claim_id)
    with acting(runtime, Role.APPROVER) as act:
        return broadcasts.approve(act, one.id, seen=fingerprint(one.revision))


def running(runtime: Runtime, clock: TestClock) -> Broadcast:
    followers(runtime, 3, community=HEPING.code)
    worker(runtime, HEPING.code)
    one = approved(runtime)
    clock.advance(hours=1)
    plan_due(runtime)
    return stored(runtime, one.id)


def withdrawn(runtime: Runtime, claim_id: str = CLAIM) -> None:
    with acting(runtime, Role.APPROVER) as act:
        claims.close(act, claim_id, edition(runtime, claim_id), reason="写错了")


def restricted(runtime: Runtime, claim_id: str = CLAIM) -> None:
    with acting(runtime, Role.REVIEWER) as act:
        claims.restrict(act, claim_id, edition(runtime, claim_id), restricted=True, reason="说到个人")


def imported(runtime: Runtime, verdict: Verdict = Verdict.FALSE) -> None:
    """The same under another id, with this verdict, as an import brings it: the second time behind everybody's back."""
    with runtime.database.transaction() as session:
        (ours,) = (one for one in all_claims(session) if one.id == CLAIM)
        upsert_claims(session, [replace(ours, id=IMPORTED, verdict=verdict)], now=runtime.clock())


def ending(runtime: Runtime, last: date) -> None:
    """What is public from now on holds to the end of this day."""
    until = replace(FINDING, scope=Scope(TONGWEI.code), validity=Validity(None, last))
    published(runtime, CLAIM, until, note="只到那天")


def on_the_clock(runtime: Runtime, day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=runtime.settings.service.zone)


def form_of(one: Broadcast, *, valid_until: datetime, at: datetime | None = None) -> BroadcastForm:
    content = one.content
    return BroadcastForm(
        kind=content.kind,
        title=content.title,
        texts={text.channel: text.text for text in content.texts},
        delivered=Delivered(
            area_codes=content.audience.area_codes,
            schedule=Once(at) if at else content.schedule,
            valid_until=valid_until,
        ),
    )
