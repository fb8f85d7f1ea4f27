"""The office's own group: one message for all that waits, urgent things at once, nothing twice, nobody's words."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.messages import Work
from bot.office_digest import LIMIT, LINES, digest_of, tell_office
from bot.settings import Service
from bot.store import office_alerts, outbox
from bot.store.engine import Database
from bot.store.office_alerts import Alert, OfficeAlert, raise_office_alert
from bot.store.outbox import DatabaseOutbox
from broadcasts.delivery import Batch
from broadcasts.outcome import Delivered
from tests.bot.town import Town, statuses, town_on
from tests.clocks import TestClock

KEY = "0d1e2f30-0000-4000-8000-5a6b7c8d9e0f"
SERVICE = Service(public_url="https://dingxin.example.gov.cn")


@pytest.fixture
def town(sqlite: Database, tmp_path: Path, clock: TestClock) -> Iterator[Town]:
    with town_on(sqlite, tmp_path, clock, wecom={"staff_webhook_key": KEY}) as town:
        yield town


def raised(town: Town, kind: OfficeAlert, *subjects: str) -> None:
    with town.runtime.database.transaction() as session:
        for subject in subjects:
            raise_office_alert(session, kind, subject, now=town.now)


def taken(town: Town) -> list[str]:
    """The texts of what a worker finds to send, each as sent."""
    box = DatabaseOutbox(town.runtime.database, town.runtime.vault)
    found: list[Batch] = []
    while batch := box.claim(now=town.now):
        box.record(batch, Delivered(), now=town.now)
        found.append(batch)
    assert all(batch.deliveries[0].recipient == outbox.OFFICE for batch in found)
    return [batch.body for batch in found]


def test_all_that_waits_goes_in_one_message_by_kind_with_links(town: Town) -> None:
    raised(town, OfficeAlert.OVERDUE, "claim late-1", "claim late-2")
    raised(town, OfficeAlert.BURST, "claim road 2022-07-14")
    tell_office(town.runtime)
    (text,) = taken(town)
    base = town.runtime.settings.service.public_url
    assert "超时未核实 2，线索激增 1" in text
    for claim_id in ("late-1", "late-2", "road"):
        assert f"{base}/console/claims/{claim_id}\n" in text + "\n"
    assert town.asked_for == [Work.DELIVERIES]


def test_nothing_is_told_twice_and_nothing_waiting_sends_nothing(town: Town) -> None:
    raised(town, OfficeAlert.OVERDUE, "claim late-1")
    raised(town, OfficeAlert.OVERDUE, "claim late-1")
    for _ in range(3):
        tell_office(town.runtime)
    assert len(taken(town)) == 1


def test_ordinary_things_wait_until_a_minute_has_gone(town: Town, clock: TestClock) -> None:
    raised(town, OfficeAlert.OVERDUE, "claim first")
    tell_office(town.runtime)
    raised(town, OfficeAlert.BURST, "claim second")
    for _ in range(11):
        clock.advance(seconds=5)
        tell_office(town.runtime)
    assert len(taken(town)) == 1
    clock.advance(seconds=5)
    tell_office(town.runtime)
    (text,) = taken(town)
    assert "/claims/second" in text


def test_a_new_high_risk_goes_at_once_and_takes_along_what_waits(town: Town, clock: TestClock) -> None:
    raised(town, OfficeAlert.OVERDUE, "claim first")
    tell_office(town.runtime)
    raised(town, OfficeAlert.BURST, "claim second")
    clock.advance(seconds=5)
    raised(town, OfficeAlert.HIGH_RISK, "claim third")
    tell_office(town.runtime)
    text = taken(town)[-1]
    assert text.index("/claims/third") < text.index("/claims/second")


def test_a_minute_of_nothing_but_high_risks_stays_below_the_webhooks_limit(
    town: Town, clock: TestClock
) -> None:
    for number in range(12):
        raised(town, OfficeAlert.HIGH_RISK, f"claim {number}")
        tell_office(town.runtime)
        clock.advance(seconds=5)
    assert len(statuses(town.runtime.database)) <= town.runtime.settings.broadcasts.webhook_per_minute


def test_without_a_webhook_nothing_is_queued_and_the_alerts_stay(sending_town: Town) -> None:
    raised(sending_town, OfficeAlert.HIGH_RISK, "claim third")
    tell_office(sending_town.runtime)
    assert statuses(sending_town.runtime.database) == {}
    with sending_town.runtime.database.transaction() as session:
        assert [one.subject for one in office_alerts.unsent(session, limit=5)] == ["claim third"]


def test_many_alerts_are_eight_lines_and_a_number(clock: TestClock) -> None:
    alerts = [Alert(n, OfficeAlert.OVERDUE, f"claim {n}", clock.now) for n in range(1, 31)]
    head, counts, *lines = digest_of(alerts, service=SERVICE, now=clock.now).splitlines()
    assert head.endswith("7月14日 20:00 请处理")
    assert counts == "超时未核实 30"
    assert len(lines) == LINES
    assert lines[-1] == "另有 23 项，见 https://dingxin.example.gov.cn/console/"


def test_a_long_address_never_makes_the_message_too_long(clock: TestClock) -> None:
    service = Service(public_url="https://" + "dingxin." * 30 + "example.gov.cn")
    alerts = [Alert(n, OfficeAlert.BURST, f"claim {'x' * 70}{n}", clock.now) for n in range(8)]
    text = digest_of(alerts, service=service, now=clock.now)
    assert len(text.encode()) <= LIMIT
    assert "另有" in text


@pytest.mark.parametrize("subject", ["somebody's words", "claim", ""])
def test_what_names_no_page_of_the_console_leads_home_and_is_not_repeated(
    clock: TestClock, subject: str
) -> None:
    text = digest_of([Alert(1, OfficeAlert.APPEAL, subject, clock.now)], service=SERVICE, now=clock.now)
    assert text.endswith("https://dingxin.example.gov.cn/console/")
    assert "words" not in text


def test_alerts_are_raised_once_a_kind_and_subject(database: Database, clock: TestClock) -> None:
    with database.transaction() as session:
        first = raise_office_alert(session, OfficeAlert.BURST, "claim a", now=clock.now)
        again = raise_office_alert(session, OfficeAlert.BURST, "claim a", now=clock.now)
        other = raise_office_alert(session, OfficeAlert.EXPIRING, "claim a", now=clock.now)
        waiting = office_alerts.unsent(session, limit=1)
        office_alerts.mark_sent(session, waiting, now=clock.now)
    with database.transaction() as session:
        left = office_alerts.unsent(session, limit=5)
        assert (first, again, other) == (True, False, True)
        assert [one.kind for one in left] == [OfficeAlert.EXPIRING]
        assert office_alerts.last_sent_at(session) == clock.now
        office_alerts.mark_sent(session, left, now=clock.now)
        assert not office_alerts.has_unsent(session)
