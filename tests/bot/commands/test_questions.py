"""What a person must look at, and the answer that reaches whoever asked, once and whole."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot import answer_wording, wording
from bot.store import audit, claims, inquiries, residents
from bot.store.claim_files import open_claim
from bot.store.engine import Database
from bot.store.inquiries import QuestionState
from bot.store.outbox import DatabaseOutbox
from bot.store.vault import Vault
from bot.wechat.limits import TEXT_LIMIT
from broadcasts.outcome import Accepted
from knowledge.article import Validity
from knowledge.claim import Claim, Verdict
from tests.bot.commands.conftest import Dingxin
from tests.bot.commands.staffed import PASSWORD, Office, employ
from tests.bot.office.hearing import everybody_hears
from tests.bot.offices import an_office
from tests.bot.places import HEPING
from tests.bot.store.people import NOW, a_resident, an_openid, put_report, rows_of
from tests.clocks import TestClock

CLAIM = Claim(
    id="sample-power",
    text="明天全城停电",
    verdict=Verdict.FALSE,
    explanation="供电一切正常。停电的说法没有根据。",
    published_on=date(2022, 7, 1),
)


@pytest.fixture
def office(settled: Path, dingxin: Dingxin, stored: Database) -> Office:
    assert settled.exists()
    employ(stored)
    return Office(dingxin, stored)


@pytest.fixture
def asker(office: Office, seal: Vault) -> int:
    return a_resident(office.stored, seal, community=HEPING.code)


def asked(office: Office, asker: int, text: str = "回村要报备吗") -> int:
    with office.stored.transaction() as session:
        return inquiries.add_question(session, resident_id=asker, text=text, area_code=HEPING.code, now=NOW)


def reported(office: Office, asker: int) -> int:
    with office.stored.transaction() as session:
        claims.upsert_claims(session, [CLAIM], now=NOW)
        return put_report(session, "听说明天停电", resident_id=asker, likelihood=0.73)


def told(office: Office, seal: Vault) -> list[tuple[int, str]]:
    """What goes out: recipient and text, in order."""
    outbox = DatabaseOutbox(office.stored, seal)
    sent = []
    while batch := outbox.claim(now=datetime.now(UTC)):
        sent += [(one.recipient, one.body) for one in batch.deliveries]
        outbox.record(batch, Accepted(""), now=datetime.now(UTC))
    return sent


def test_open_questions_are_listed_with_number_and_place_and_nobody(office: Office, asker: int) -> None:
    number = asked(office, asker)

    listed = office.dingxin("questions", "list").stdout

    assert listed == f"{number}\t通渭县平襄镇和平村\t回村要报备吗\n"
    assert an_openid() not in listed


def test_an_answer_reaches_the_asker_as_one_follow_up(office: Office, asker: int, seal: Vault) -> None:
    number = asked(office, asker)

    printed = office.done("questions", "answer", number, "--text", "要，提前三天。", by="writer")

    assert "the asker will be told" in printed
    assert told(office, seal) == [
        (asker, answer_wording.ANSWER_LATER.format(number=number, answer="要，提前三天。"))
    ]
    assert office.dingxin("questions", "list").stdout == ""
    with office.stored.reading() as session:
        own = inquiries.own_inquiry(session, asker, number)
        (event,) = audit.events_of(session, f"question {number}")
    assert own is not None
    assert (own.state, getattr(own, "answer", None)) == (QuestionState.ANSWERED, "要，提前三天。")
    assert (event.actor, event.action) == ("writer", "question.answer")


def test_a_question_is_answered_once(office: Office, asker: int) -> None:
    number = asked(office, asker)
    office.done("questions", "answer", number, "--text", "要。", by="writer")

    line = office.refused("questions", "answer", number, "--text", "不要。", by="reviewer")

    assert "answered already" in line
    assert len(rows_of(office.stored)) == 1


def test_a_question_that_was_never_asked_is_told(office: Office) -> None:
    assert "there is no question" in office.refused("questions", "answer", 77, "--text", "要", by="writer")


def test_the_answer_to_somebody_who_deleted_their_data_goes_to_nobody(
    office: Office, asker: int, seal: Vault
) -> None:
    number = asked(office, asker)
    with office.stored.transaction() as session:
        inquiries.unlink(session, asker)
        residents.erase(session, asker, NOW)

    printed = office.done("questions", "answer", number, "--text", "要。", by="writer")

    assert "unlinked" in printed
    assert told(office, seal) == []


def test_a_wrong_password_answers_nothing(office: Office, asker: int) -> None:
    number = asked(office, asker)

    office.refused("questions", "answer", number, "--text", "要", by="writer", password="guess")
    office.refused("questions", "answer", number, "--text", "要", by="auditor", password=PASSWORD)

    assert rows_of(office.stored) == []
    assert str(number) in office.dingxin("questions", "list").stdout


def test_a_long_answer_arrives_in_parts_that_the_platform_takes(
    office: Office, asker: int, seal: Vault
) -> None:
    """One part too long would be refused for good, and the asker would never hear."""
    number = asked(office, asker)
    answer = "".join(f"第{line}条：请带好证件。" for line in range(150))

    office.done("questions", "answer", number, "--text", answer, by="writer")

    parts = [body for _, body in told(office, seal)]
    assert "".join(parts) == answer_wording.ANSWER_LATER.format(number=number, answer=answer)
    assert len(parts) > 1
    assert max(len(part.encode()) for part in parts) <= TEXT_LIMIT


def test_an_empty_answer_is_refused(office: Office, asker: int) -> None:
    number = asked(office, asker)

    assert "--text" in office.refused("questions", "answer", number, "--text", " ", by="writer", code=2)
    assert rows_of(office.stored) == []


def test_open_reports_are_listed_with_their_likelihood(office: Office, asker: int) -> None:
    number = reported(office, asker)

    assert (
        office.dingxin("reports", "list").stdout == f"{number}\t0.73\t{wording.UNKNOWN_AREA}\t听说明天停电\n"
    )


def test_a_decided_report_tells_the_asker_the_verdict(
    office: Office, asker: int, seal: Vault, tmp_path: Path, clock: TestClock
) -> None:
    number = reported(office, asker)

    printed = office.done("reports", "decide", number, "--claim", CLAIM.id, by="reviewer")
    everybody_hears(an_office(office.stored, tmp_path, clock))

    assert "the asker will be told" in printed
    ((recipient, body),) = told(office, seal)
    assert recipient == asker
    for word in (str(number), wording.VERDICTS[CLAIM.verdict], CLAIM.explanation):
        assert word in body
    assert office.dingxin("reports", "list").stdout == ""
    assert "no undecided report" in office.refused(
        "reports", "decide", number, "--claim", CLAIM.id, by="reviewer"
    )


def test_a_report_is_decided_as_the_console_moves_it(office: Office, asker: int) -> None:
    number = reported(office, asker)

    office.done("reports", "decide", number, "--claim", CLAIM.id, by="reviewer")

    with office.stored.reading() as session:
        (event,) = audit.events_of(session, f"claim {CLAIM.id}")
    assert (event.actor, event.action) == ("reviewer", "report.move")
    assert event.detail == {"reports": [number], "from": []}


def test_a_report_of_somebody_who_deleted_their_data_is_decided_and_tells_nobody(
    office: Office, asker: int
) -> None:
    number = reported(office, asker)
    with office.stored.transaction() as session:
        inquiries.unlink(session, asker)

    assert "unlinked" in office.done("reports", "decide", number, "--claim", CLAIM.id, by="reviewer")


def test_a_report_is_decided_only_by_a_verdict_that_is_public_and_holds(office: Office, asker: int) -> None:
    number = reported(office, asker)
    ended = replace(CLAIM, id="sample-over", validity=Validity(None, date(2022, 7, 2)))
    with office.stored.transaction() as session:
        claims.upsert_claims(session, [ended], now=NOW)
        open_claim(session, "looked-into", text="明天停水", area_code="", now=NOW)

    for claim_id, told in (
        ("made-up", "no claim made-up"),
        ("looked-into", "no published verdict"),
        (ended.id, "does not hold today"),
    ):
        assert told in office.refused("reports", "decide", number, "--claim", claim_id, by="reviewer")
    assert str(number) in office.dingxin("reports", "list").stdout
    assert rows_of(office.stored) == []
