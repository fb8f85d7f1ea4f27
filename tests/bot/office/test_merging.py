"""Whoever asked about a claim that is merged into another hears what is known of that one, once, and as a correction where
they were told otherwise.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.access import Role
from bot.claim_watch import watch_claims
from bot.claim_wording import CLOSED_UNDECIDED, CORRECTED, HOLDING, WITHDRAWN
from bot.office import claims, reports
from bot.runtime import Runtime
from bot.store.engine import Database
from bot.store.tables import ReportRow
from bot.wording import DECIDED
from knowledge.claim import Verdict
from knowledge.risk import Harm
from knowledge.verdict_text import Explanation
from tests.bot.office.acting import acting
from tests.bot.office.claims import FINDING, corrected, edition, published
from tests.bot.office.hearing import a_claim, asks, everybody_hears, heard
from tests.bot.offices import an_office
from tests.clocks import TestClock

OTHERWISE = replace(FINDING, verdict=Verdict.MISLEADING, explanation=Explanation("一个村的蓄水池在清洗。"))
ONE, OTHER = "one", "other"
LONG = replace(
    FINDING,
    explanation=Explanation("事实。" * 190, "说法。" * 190, "误导。" * 190, "再说。" * 190),
)


@pytest.fixture
def runtime(database: Database, tmp_path: Path, clock: TestClock) -> Runtime:
    """Two claims that mean the same."""
    office = an_office(database, tmp_path, clock)
    for claim_id in (ONE, OTHER):
        a_claim(office, claim_id)
    return office


def begins(sentence: str, number: int) -> str:
    return sentence.split("{", maxsplit=1)[0] + str(number)


def taken_back_and_reopened(runtime: Runtime, claim_id: str) -> None:
    """In one breath: nobody has heard yet that it was taken back."""
    with acting(runtime, Role.APPROVER, name="另一位签发人") as act:
        file = claims.close(act, claim_id, edition(runtime, claim_id), reason="写错了")
        claims.reopen(act, claim_id, file.edition, reason="再查")


def taken_back_heard_and_reopened(runtime: Runtime, claim_id: str) -> None:
    """Everybody who was told has heard that it was taken back, and that they will hear again."""
    with acting(runtime, Role.APPROVER, name="另一位签发人") as act:
        claims.close(act, claim_id, edition(runtime, claim_id), reason="写错了")
    everybody_hears(runtime)
    with acting(runtime, Role.REVIEWER) as act:
        claims.reopen(act, claim_id, edition(runtime, claim_id), reason="再查")


def told_of_both_and_that_one_was_taken_back(runtime: Runtime, clock: TestClock) -> int:
    """Somebody asked of both and was told, then that one verdict no longer holds; the number of what they asked of that."""
    asks(runtime, 1, OTHER)
    number = asks(runtime, 1, ONE)
    clock.advance(minutes=1)
    published(runtime, ONE)
    published(runtime, OTHER, OTHERWISE)
    everybody_hears(runtime)
    clock.advance(minutes=1)
    taken_back_heard_and_reopened(runtime, ONE)
    clock.advance(minutes=1)
    return number


def merged(runtime: Runtime, claim_id: str, into: str) -> None:
    with acting(runtime, Role.REVIEWER) as act:
        reports.merge(act, claim_id, edition(runtime, claim_id), into=into)


def told_the_same_of_both(runtime: Runtime) -> int:
    """Somebody asked of one claim, and both say the same; the report's number."""
    number = asks(runtime, 1, ONE)
    published(runtime, ONE)
    published(runtime, OTHER)
    everybody_hears(runtime)
    taken_back_and_reopened(runtime, ONE)
    return number


def test_who_was_told_otherwise_hears_the_other_claims_verdict_once_as_a_correction(runtime: Runtime) -> None:
    number = asks(runtime, 1, ONE)
    published(runtime, ONE)
    published(runtime, OTHER, OTHERWISE)
    everybody_hears(runtime)
    taken_back_and_reopened(runtime, ONE)

    merged(runtime, ONE, OTHER)
    everybody_hears(runtime)
    everybody_hears(runtime)

    first, second = heard(runtime, 1)
    assert first.startswith(begins(DECIDED, number))
    assert second.startswith(begins(CORRECTED, number))
    assert "蓄水池" in second


def test_who_was_told_the_same_already_hears_nothing_more(runtime: Runtime) -> None:
    number = told_the_same_of_both(runtime)

    merged(runtime, ONE, OTHER)
    everybody_hears(runtime)

    assert len(heard(runtime, 1)) == 1
    with runtime.database.reading() as session:
        row = session.get_one(ReportRow, number)
        assert (row.claim_id, row.told_version, row.state) == (OTHER, 1, "decided")


def test_who_was_told_the_same_hears_of_a_later_correction(runtime: Runtime) -> None:
    number = told_the_same_of_both(runtime)
    merged(runtime, ONE, OTHER)
    everybody_hears(runtime)

    corrected(runtime, OTHER)
    everybody_hears(runtime)

    assert [body.startswith(begins(CORRECTED, number)) for body in heard(runtime, 1)] == [False, True]


def test_who_was_told_that_it_was_taken_back_hears_the_other_claims_verdict(runtime: Runtime) -> None:
    number = asks(runtime, 1, ONE)
    published(runtime, ONE)
    published(runtime, OTHER, OTHERWISE)
    everybody_hears(runtime)
    taken_back_heard_and_reopened(runtime, ONE)

    merged(runtime, ONE, OTHER)
    everybody_hears(runtime)

    assert [body.startswith(begins(DECIDED, number)) for body in heard(runtime, 1)] == [True, False, True]


def test_who_was_promised_a_new_answer_hears_the_other_claims_verdict_though_they_were_told_it_before(
    runtime: Runtime, clock: TestClock
) -> None:
    number = told_of_both_and_that_one_was_taken_back(runtime, clock)

    merged(runtime, ONE, OTHER)
    everybody_hears(runtime)
    everybody_hears(runtime)

    *before, withdrawal, promised = heard(runtime, 1)
    assert len(before) == 2
    assert withdrawal.startswith(begins(WITHDRAWN, number))
    assert promised.startswith(begins(DECIDED, number))
    assert "蓄水池" in promised


def test_who_was_promised_a_new_answer_hears_it_too_where_only_their_report_is_moved(
    runtime: Runtime, clock: TestClock
) -> None:
    number = told_of_both_and_that_one_was_taken_back(runtime, clock)

    with acting(runtime, Role.REVIEWER) as act:
        reports.move(act, [number], into=OTHER)
    everybody_hears(runtime)
    everybody_hears(runtime)

    assert len(heard(runtime, 1)) == 4
    assert heard(runtime, 1)[-1].startswith(begins(DECIDED, number))


def test_who_was_told_that_we_still_look_hears_the_other_claims_verdict_though_they_were_told_it_before(
    runtime: Runtime, clock: TestClock
) -> None:
    asks(runtime, 1, OTHER)
    number = asks(runtime, 1, ONE)
    clock.advance(minutes=1)
    published(runtime, OTHER, OTHERWISE)
    everybody_hears(runtime)
    with acting(runtime, Role.REVIEWER) as act:
        claims.triage(act, ONE, edition(runtime, ONE), harm=Harm.MODERATE)
    clock.advance(days=4)
    watch_claims(runtime)
    everybody_hears(runtime)
    clock.advance(minutes=1)

    merged(runtime, ONE, OTHER)
    everybody_hears(runtime)
    everybody_hears(runtime)

    _, holding, promised = heard(runtime, 1)
    assert holding.startswith(begins(HOLDING, number))
    assert promised.startswith(begins(DECIDED, number))


def test_who_heard_the_other_claims_verdict_after_the_promise_hears_nothing_more(
    runtime: Runtime, clock: TestClock
) -> None:
    asks(runtime, 1, OTHER)
    asks(runtime, 1, ONE)
    published(runtime, ONE)
    everybody_hears(runtime)
    clock.advance(minutes=1)
    taken_back_heard_and_reopened(runtime, ONE)
    clock.advance(minutes=1)
    published(runtime, OTHER, OTHERWISE)
    everybody_hears(runtime)
    clock.advance(minutes=1)

    merged(runtime, ONE, OTHER)
    everybody_hears(runtime)

    assert [body.startswith(begins(WITHDRAWN, 2)) for body in heard(runtime, 1)] == [False, True, False]


def test_into_an_open_claim_the_withdrawal_is_told_first_and_later_its_verdict(runtime: Runtime) -> None:
    number = asks(runtime, 1, ONE)
    published(runtime, ONE)
    everybody_hears(runtime)
    taken_back_and_reopened(runtime, ONE)

    merged(runtime, ONE, OTHER)
    everybody_hears(runtime)
    assert heard(runtime, 1)[-1].startswith(begins(WITHDRAWN, number))
    published(runtime, OTHER, OTHERWISE)
    everybody_hears(runtime)

    assert len(heard(runtime, 1)) == 3
    assert "蓄水池" in heard(runtime, 1)[-1]


def test_who_asked_about_both_is_told_of_the_other_claims_verdict_once(
    runtime: Runtime, clock: TestClock
) -> None:
    asks(runtime, 1, ONE)
    asks(runtime, 1, OTHER)
    clock.advance(minutes=1)
    published(runtime, OTHER, OTHERWISE)
    everybody_hears(runtime)

    merged(runtime, ONE, OTHER)
    everybody_hears(runtime)

    assert len(heard(runtime, 1)) == 1
    with runtime.database.reading() as session:
        assert {row.state for row in session.query(ReportRow)} == {"decided"}


def test_who_asked_again_after_they_were_told_gets_an_answer_to_that_too(
    runtime: Runtime, clock: TestClock
) -> None:
    asks(runtime, 1, OTHER)
    published(runtime, OTHER, OTHERWISE)
    everybody_hears(runtime)
    clock.advance(days=1)
    again = asks(runtime, 1, ONE)

    merged(runtime, ONE, OTHER)
    everybody_hears(runtime)

    assert [begins(DECIDED, again) in body for body in heard(runtime, 1)] == [False, True]


def test_one_with_a_told_and_an_untold_report_hears_a_long_correction_once_and_whole(
    runtime: Runtime,
) -> None:
    first = asks(runtime, 1, ONE)
    published(runtime, ONE)
    everybody_hears(runtime)
    second = asks(runtime, 1, ONE)
    published(runtime, ONE, LONG, note="说得不够清楚")

    everybody_hears(runtime)

    before, correction = heard(runtime, 1)
    assert before.startswith(begins(DECIDED, first))
    assert correction.startswith(f"{begins(CORRECTED, first)}、{second}）")
    assert all(correction.count(part * 190) == 1 for part in ("事实。", "说法。", "误导。", "再说。"))


def test_whoever_asked_of_a_claim_reopened_at_once_still_hears_that_it_was_taken_back(
    runtime: Runtime,
) -> None:
    number = asks(runtime, 1, ONE)
    published(runtime, ONE)
    everybody_hears(runtime)

    taken_back_and_reopened(runtime, ONE)
    everybody_hears(runtime)

    assert heard(runtime, 1)[-1].startswith(begins(WITHDRAWN, number))


def test_who_asked_again_just_before_a_withdrawal_hears_of_it_once(
    runtime: Runtime, clock: TestClock
) -> None:
    first = asks(runtime, 1, ONE)
    published(runtime, ONE)
    everybody_hears(runtime)
    clock.advance(minutes=1)
    again, other = asks(runtime, 1, ONE), asks(runtime, 2, ONE)

    with acting(runtime, Role.APPROVER) as act:
        claims.close(act, ONE, edition(runtime, ONE), reason="写错了")
    everybody_hears(runtime)

    assert heard(runtime, 1)[1:] == [
        WITHDRAWN.format(number=f"{first}、{again}", hotline=runtime.settings.service.hotline)
    ]
    assert [begins(CLOSED_UNDECIDED, other) in said for said in heard(runtime, 2)] == [True]


def test_who_asked_again_goes_on_waiting_where_the_claim_is_looked_into_anew(
    runtime: Runtime, clock: TestClock
) -> None:
    asks(runtime, 1, ONE)
    published(runtime, ONE)
    everybody_hears(runtime)
    clock.advance(minutes=1)
    again = asks(runtime, 1, ONE)

    taken_back_and_reopened(runtime, ONE)
    everybody_hears(runtime)
    published(runtime, ONE, OTHERWISE)
    everybody_hears(runtime)

    assert str(again) in heard(runtime, 1)[-1]
    assert FINDING.explanation.fact not in heard(runtime, 1)[-1]
