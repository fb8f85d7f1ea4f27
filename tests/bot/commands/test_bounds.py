"""What is signed on the command line keeps to the bounds that the same account has in the console."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.access import Role
from bot.office.questions import LONGEST_ANSWER
from bot.store import audit, broadcasts, claims, headcounts, inquiries, reports
from bot.store.engine import Database
from bot.store.inquiries import IntakeChannel, ReportState
from bot.store.tables import ReportRow
from bot.store.vault import Vault
from broadcasts.broadcast import Broadcast, Status
from broadcasts.fingerprint import fingerprint
from knowledge.article import Scope
from knowledge.claim import Claim, Verdict
from tests.bot.commands.conftest import Dingxin
from tests.bot.commands.staffed import Office, employ
from tests.bot.commands.test_broadcasts import AT, approved, drafted, found, submitted
from tests.bot.commands.test_headcounts import DAYS, TITLE
from tests.bot.places import ANDING, BEIJIE, HEPING, PINGXIANG, PREFECTURE, TONGWEI
from tests.bot.store.people import NOW, a_resident

OUTSIDE = "outside the area of the account"
CLAIM = Claim(id="sample-power", text="明天全城停电", verdict=Verdict.FALSE, explanation="供电正常。")


@pytest.fixture
def office(settled: Path, dingxin: Dingxin, stored: Database) -> Office:
    """With an editor, a reviewer, an approver and an area lead of Tongwei; who is in Beijie is none of theirs."""
    assert settled.exists()
    employ(stored)
    bound = {
        "county writer": Role.EDITOR,
        "county reviewer": Role.REVIEWER,
        "county approver": Role.APPROVER,
        "county lead": Role.AREA_LEAD,
    }
    employ(stored, bound, area_code=TONGWEI.code)
    return Office(dingxin, stored)


@pytest.fixture
def asker(office: Office, seal: Vault) -> int:
    return a_resident(office.stored, seal)


def test_a_county_drafts_for_itself_only(office: Office) -> None:
    words = ("broadcasts", "draft", "--letter", "wedding", "--at", AT, "--area")

    assert OUTSIDE in office.refused(*words, BEIJIE.code, by="county writer")
    assert OUTSIDE in office.refused(*words, HEPING.code, "--area", PREFECTURE.code, by="county writer")
    office.done(*words, HEPING.code, by="county writer")

    with office.stored.reading() as session:
        assert len(broadcasts.with_status(session, Status.DRAFT)) == 1


def test_a_county_takes_no_step_with_what_reaches_beyond_it(office: Office) -> None:
    """What lies elsewhere does not exist for it."""
    (elsewhere,) = drafted(office)
    (beyond,) = drafted(office, area=PINGXIANG.code)
    employ(office.stored, {"village writer": Role.EDITOR}, area_code=HEPING.code)
    waiting, running = submitted(office), approved(office)
    seen = fingerprint(waiting.revision)

    for by, words, told in (
        ("village writer", ("submit", beyond), "beyond the area of the account"),
        ("county writer", ("submit", elsewhere), "there is no broadcast"),
        ("county approver", ("approve", waiting.id, "--fingerprint", seen), "there is no broadcast"),
        ("county approver", ("reject", waiting.id, "--reason", "日期不对"), "there is no broadcast"),
        ("county writer", ("halt", running.id, "--reason", "规定变了"), "there is no broadcast"),
    ):
        assert told in office.refused("broadcasts", *words, by=by)

    assert {found(office, one).status for one in (elsewhere, beyond)} == {Status.DRAFT}
    assert (found(office, waiting.id), found(office, running.id)) == (waiting, running)


def test_a_county_takes_every_step_inside_it(office: Office) -> None:
    (one,) = drafted(office, area=HEPING.code)
    office.done("broadcasts", "submit", one, by="county writer")
    seen = fingerprint(found(office, one).revision)
    office.done("broadcasts", "approve", one, "--fingerprint", seen, by="county approver")
    office.done("broadcasts", "halt", one, "--reason", "规定变了", by="county writer")

    assert found(office, one).status is Status.HALTED


def test_the_trail_says_why_and_of_what(office: Office) -> None:
    rejected, halted = submitted(office), approved(office)
    office.done("broadcasts", "reject", rejected.id, "--reason", "日期不对", by="approver")
    office.done("broadcasts", "halt", halted.id, "--reason", "规定变了", by="writer")

    assert last_detail(office, rejected) == {"revision": 1, "reason": "日期不对"}
    assert last_detail(office, halted) == {"revision": 1, "reason": "规定变了"}
    assert {"revision": 1, "fingerprint": fingerprint(halted.revision)} in details(office, halted)


@pytest.mark.parametrize("by", ["county writer", "county lead"])
def test_a_question_is_answered_by_whoever_looks_after_the_place(office: Office, asker: int, by: str) -> None:
    here, there, nowhere = (asked(office, asker, code) for code in (HEPING.code, BEIJIE.code, None))

    for number in (there, nowhere):
        told = office.refused("questions", "answer", number, "--text", "要报备", by=by)
        assert "there is no question" in told
    office.done("questions", "answer", here, "--text", "要报备", by=by)

    with office.stored.reading() as session:
        assert {one.number for one in inquiries.open_questions(session, limit=9)} == {there, nowhere}


def test_an_answer_is_as_long_as_in_the_console(office: Office, asker: int) -> None:
    number = asked(office, asker, HEPING.code)

    line = office.refused(
        "questions", "answer", number, "--text", "长" * (LONGEST_ANSWER + 1), by="writer", code=2
    )

    assert str(LONGEST_ANSWER) in line


def test_a_report_is_decided_by_whoever_may_review_and_looks_after_the_place(
    office: Office, asker: int
) -> None:
    here, there = (reported(office, asker, code) for code in (HEPING.code, BEIJIE.code))
    words = ("--claim", CLAIM.id)

    assert "editor" in office.refused("reports", "decide", here, *words, by="writer")
    assert "there is no report" in office.refused("reports", "decide", there, *words, by="county reviewer")
    office.done("reports", "decide", here, *words, by="county reviewer")

    assert claims_of(office, here, there) == [CLAIM.id, None]


def test_a_county_decides_with_what_holds_there_or_was_reported_from_there(
    office: Office, asker: int
) -> None:
    """What was said elsewhere only, about whoever it is, does not exist for it."""
    number = reported(office, asker, HEPING.code, told_in=BEIJIE.code)

    line = office.refused("reports", "decide", number, "--claim", CLAIM.id, by="county reviewer")

    assert f"there is no claim {CLAIM.id}" in line
    office.done("reports", "decide", number, "--claim", CLAIM.id, by="reviewer")
    assert claims_of(office, number) == [CLAIM.id]


def test_wrong_passwords_lock_the_account(office: Office) -> None:
    words = ("broadcasts", "draft", "--letter", "wedding", "--at", AT, "--area", BEIJIE.code)
    for _ in range(5):
        office.refused(*words, by="writer", password="guess")

    assert "rests for a while" in office.refused(*words, by="writer")


def test_a_county_counts_its_own_households_only(office: Office) -> None:
    words = ("headcounts", "open", "summer", *TITLE, *DAYS, "--area")

    assert OUTSIDE in office.refused(*words, PREFECTURE.code, by="county writer")
    assert OUTSIDE in office.refused(*words, ANDING.code, by="county writer")
    office.done(*words, TONGWEI.code, by="county writer")

    with office.stored.reading() as session:
        assert [drive.area_code for drive in headcounts.drives(session)] == [TONGWEI.code]


def asked(office: Office, asker: int, area_code: str | None) -> int:
    with office.stored.transaction() as session:
        return inquiries.add_question(
            session, resident_id=asker, text="回村要报备吗", area_code=area_code, now=NOW
        )


def claims_of(office: Office, *numbers: int) -> list[str | None]:
    with office.stored.reading() as session:
        return [session.get_one(ReportRow, number).claim_id for number in numbers]


def reported(office: Office, asker: int, area_code: str, *, told_in: str = TONGWEI.code) -> int:
    with office.stored.transaction() as session:
        claims.upsert_claims(session, [replace(CLAIM, scope=Scope(told_in))], now=NOW)
        return reports.add_report(
            session,
            resident_id=asker,
            text="听说明天停电",
            state=ReportState.NEW,
            claim_id=None,
            area_code=area_code,
            channel=IntakeChannel.CHAT,
            likelihood=0.73,
            reasons=(),
            now=NOW,
        )


def details(office: Office, one: Broadcast) -> list[object]:
    with office.stored.reading() as session:
        return [event.detail for event in audit.events_of(session, f"broadcast {one.id}")]


def last_detail(office: Office, one: Broadcast) -> object:
    return details(office, one)[-1]
