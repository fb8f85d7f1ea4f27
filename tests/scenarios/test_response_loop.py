"""Whoever asks hears: one claim of many reports, a verdict to everybody who asked, a correction to just those."""

from collections import Counter
from collections.abc import Callable

import pytest
from sqlalchemy import select

from bot.claim_watch import watch_claims
from bot.platforms import connect_platforms
from bot.report_grouping import Grouper
from bot.runtime import Runtime
from bot.senders.post import Senders
from bot.store.outbox import BODY, DatabaseOutbox
from bot.store.tables import ClaimRow, DeliveryRow, OfficeAlertRow, ReportRow
from bot.telling import tell_next
from broadcasts.delivery import deliver
from tests.bot.office.claims import FINDING, corrected, published
from tests.clocks import TestClock
from tests.scenarios.phone import Phone

RUMOUR = "听说县里的水库被人投毒了，是真的吗"
SAME = ("听说县里水库被人投毒了，真的假的", "县里的水库被人投毒了，大家都不要喝水")


def open_claim(runtime: Runtime) -> ClaimRow:
    with runtime.database.reading() as session:
        return session.scalars(select(ClaimRow).where(ClaimRow.opened_at.is_not(None))).one()


def sent(runtime: Runtime) -> list[tuple[int, str]]:
    """Follow-ups that wait to go out: to whom, and what; parts of one answer joined."""
    with runtime.database.reading() as session:
        rows = session.scalars(select(DeliveryRow).order_by(DeliveryRow.id)).all()
        joined: dict[str, tuple[int, str]] = {}
        for row in rows:
            key = row.client_msg_id.rpartition(".")[0]
            _, before = joined.get(key, (0, ""))
            joined[key] = (row.recipient, before + runtime.vault.open(row.body_sealed, BODY))
        return list(joined.values())


def the_worker_works(runtime: Runtime) -> None:
    """Everything a worker would do with hints, but for sending."""
    grouper = Grouper(runtime)
    while grouper.place_next():
        pass
    while tell_next(runtime):
        pass
    runtime.library.refresh()


@pytest.fixture
def three(new_phone: Callable[[str], Phone], runtime: Runtime) -> list[Phone]:
    """Three residents who told the same rumour, each in their own words."""
    phones = [new_phone(f"p{number}") for number in range(3)]
    for phone, words in zip(phones, (RUMOUR, *SAME), strict=True):
        phone.follows(scene=phone.scene_of(runtime, "621121100201"))
        assert "还没有核实" in phone.says(words)
    return phones


def test_three_reports_of_one_rumour_become_one_claim(three: list[Phone], runtime: Runtime) -> None:
    the_worker_works(runtime)

    claim = open_claim(runtime)
    assert (claim.report_count, claim.state, len(three)) == (3, "new", 3)
    with runtime.database.reading() as session:
        assert set(session.scalars(select(ReportRow.claim_id))) == {claim.id}


def test_placing_again_changes_nothing(three: list[Phone], runtime: Runtime) -> None:
    the_worker_works(runtime)
    the_worker_works(runtime)

    assert open_claim(runtime).report_count == len(three)


def test_everybody_who_asked_is_told_once_and_a_fourth_at_once(
    three: list[Phone], new_phone: Callable[[str], Phone], runtime: Runtime
) -> None:
    the_worker_works(runtime)
    published(runtime, open_claim(runtime).id)
    the_worker_works(runtime)
    the_worker_works(runtime)

    told = sent(runtime)
    assert Counter(recipient for recipient, _ in told).most_common() == [(one, 1) for one, _ in told]
    assert len(told) == len(three)
    assert all("【不实】" in body and FINDING.explanation.why in body for _, body in told)

    fourth = new_phone("fourth")
    fourth.follows()
    assert "【不实】" in fourth.says(RUMOUR)
    the_worker_works(runtime)
    assert len(sent(runtime)) == len(three)


def test_a_correction_reaches_the_same_four_each_once(
    three: list[Phone], new_phone: Callable[[str], Phone], runtime: Runtime
) -> None:
    the_worker_works(runtime)
    claim_id = open_claim(runtime).id
    published(runtime, claim_id)
    the_worker_works(runtime)
    fourth = new_phone("fourth")
    fourth.follows()
    fourth.says(RUMOUR)
    before = len(sent(runtime))

    corrected(runtime, claim_id)
    the_worker_works(runtime)
    the_worker_works(runtime)

    corrections = sent(runtime)[before:]
    assert len({recipient for recipient, _ in corrections}) == len(corrections) == len(three) + 1
    assert all(body.startswith("更正") and "【误导】" in body for _, body in corrections)
    late = new_phone("late")
    late.follows()
    assert "【误导】" in late.says(RUMOUR)


def test_49_hours_after_asking_the_next_hello_brings_the_verdict_exactly_once(
    three: list[Phone], runtime: Runtime, clock: TestClock
) -> None:
    the_worker_works(runtime)
    clock.advance(hours=49)
    published(runtime, open_claim(runtime).id)
    the_worker_works(runtime)
    senders = Senders(runtime, connect_platforms(runtime))
    deliver(DatabaseOutbox(runtime.database, runtime.vault), senders, clock=clock, limit=99)

    for phone in three:
        first, second = phone.says("你好"), phone.says("你好")
        assert first.count("编号") == 1
        assert "【不实】" in first
        assert "【不实】" not in second


def test_one_who_asked_twice_is_told_once_of_both_numbers(phone: Phone, runtime: Runtime) -> None:
    phone.follows()
    phone.says(RUMOUR)
    phone.says(SAME[0])
    the_worker_works(runtime)
    published(runtime, open_claim(runtime).id)
    the_worker_works(runtime)

    [(_, body)] = sent(runtime)
    with runtime.database.reading() as session:
        numbers = "、".join(str(number) for number in session.scalars(select(ReportRow.number)))
    assert f"编号 {numbers}" in body


def test_the_state_of_ones_own_report_changes_with_the_verdict(phone: Phone, runtime: Runtime) -> None:
    phone.follows()
    phone.says(RUMOUR)
    the_worker_works(runtime)
    assert "正在核实" in phone.says("我问过的")

    published(runtime, open_claim(runtime).id)
    the_worker_works(runtime)
    assert "已有结果" in phone.says("我问过的")


def test_when_the_clock_runs_out_each_asker_gets_one_dated_word(
    three: list[Phone], runtime: Runtime, clock: TestClock
) -> None:
    the_worker_works(runtime)
    clock.advance(hours=24, minutes=1)
    for _ in range(3):
        watch_claims(runtime)
        the_worker_works(runtime)

    told = sent(runtime)
    assert len({recipient for recipient, _ in told}) == len(told) == len(three)
    assert all("暂无法核实" in body and "下次查看时间" in body for _, body in told)
    with runtime.database.reading() as session:
        assert [row.kind for row in session.scalars(select(OfficeAlertRow))] == ["overdue"]
    assert "下次查看" in three[0].says("我问过的")


def test_five_reports_within_an_hour_are_a_burst_the_office_hears_of_once(
    new_phone: Callable[[str], Phone], runtime: Runtime
) -> None:
    for number in range(5):
        phone = new_phone(f"burst{number}")
        phone.follows()
        phone.says(RUMOUR)
    the_worker_works(runtime)
    watch_claims(runtime)
    watch_claims(runtime)

    with runtime.database.reading() as session:
        assert [row.kind for row in session.scalars(select(OfficeAlertRow))] == ["burst"]


def test_no_address_is_sent_while_nobody_has_said_what_it_is(
    three: list[Phone], new_phone: Callable[[str], Phone], runtime: Runtime
) -> None:
    the_worker_works(runtime)
    published(runtime, open_claim(runtime).id)
    the_worker_works(runtime)

    late = new_phone("late")
    late.follows()
    told = [*(body for _, body in sent(runtime)), late.says(RUMOUR)]
    assert len(told) == len(three) + 1
    assert not any("公开页面" in body or "127.0.0.1" in body for body in told)
