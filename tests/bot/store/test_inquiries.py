"""What was asked has a number, is shown to nobody but the asker, and is answered once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from bot.store import inquiries, reports
from bot.store.engine import Database
from bot.store.inquiries import IntakeChannel, Question, QuestionState, Report, ReportState
from bot.store.vault import Vault
from tests.bot.store.people import NOW, a_resident, put_report


def asked(database: Database, resident_id: int, text: str = "回村要报备吗") -> int:
    with database.transaction() as session:
        return inquiries.add_question(session, resident_id=resident_id, text=text, area_code=None, now=NOW)


def reported(
    database: Database,
    resident_id: int,
    *,
    state: ReportState = ReportState.NEW,
    ago: timedelta = timedelta(0),
) -> int:
    with database.transaction() as session:
        return put_report(
            session,
            "听说要停电",
            resident_id=resident_id,
            state=state,
            area_code="621121100201",
            channel=IntakeChannel.SCREENSHOT,
            likelihood=0.5,
            reasons=("hearsay", "urgency"),
            now=NOW - ago,
        )


def own(database: Database, resident_id: int, number: int) -> Report | Question | None:
    with database.reading() as session:
        return inquiries.own_inquiry(session, resident_id, number)


def test_questions_and_reports_share_one_row_of_numbers(database: Database, vault: Vault) -> None:
    person = a_resident(database, vault)
    assert [asked(database, person), reported(database, person), asked(database, person)] == [1, 2, 3]


def test_many_at_once_get_different_numbers(database: Database, vault: Vault) -> None:
    person, together = a_resident(database, vault), Barrier(4)

    def ask(_: int) -> int:
        together.wait()
        return asked(database, person)

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(ask, range(4)))) == 4


def test_a_report_is_kept_with_everything_that_was_noted(database: Database, vault: Vault) -> None:
    person = a_resident(database, vault)
    found = own(database, person, reported(database, person))
    assert found == Report(
        number=1,
        text="听说要停电",
        state=ReportState.NEW,
        claim_id=None,
        area_code="621121100201",
        channel=IntakeChannel.SCREENSHOT,
        likelihood=0.5,
        reasons=("hearsay", "urgency"),
        reported_at=NOW,
    )


def test_nobody_sees_what_somebody_else_asked(database: Database, vault: Vault) -> None:
    one, other = a_resident(database, vault, 1), a_resident(database, vault, 2)
    numbers = [asked(database, one), reported(database, one)]

    assert [own(database, other, number) for number in numbers] == [None, None]
    assert own(database, other, 999_999_999) is None
    with database.reading() as session:
        assert inquiries.own_inquiries(session, other, limit=9) == []


def test_ones_own_are_listed_newest_first_up_to_a_limit(database: Database, vault: Vault) -> None:
    person = a_resident(database, vault)
    for _ in range(2):
        asked(database, person)
        reported(database, person)
    with database.reading() as session:
        assert [one.number for one in inquiries.own_inquiries(session, person, limit=3)] == [4, 3, 2]


def test_only_what_is_still_open_is_put_before_the_staff(database: Database, vault: Vault) -> None:
    person = a_resident(database, vault)
    new, _known = reported(database, person), reported(database, person, state=ReportState.ANSWERED)
    first, second = asked(database, person), asked(database, person)
    with database.transaction() as session:
        inquiries.answer_question(session, first, answer="要", by="staff", now=NOW)
        assert [one.number for one in reports.open_reports(session, limit=9)] == [new]
        assert [one.number for one in inquiries.open_questions(session, limit=9)] == [second]


def test_of_two_answers_at_once_one_is_given(database: Database, vault: Vault) -> None:
    number, together = asked(database, a_resident(database, vault)), Barrier(2)

    def answer(text: str) -> bool:
        together.wait()
        with database.transaction() as session:
            known, _ = inquiries.answer_question(session, number, answer=text, by="staff", now=NOW)
            return known

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(answer, ["要", "不要"])) == [False, True]


def test_an_answer_goes_to_the_asker_and_stands_in_their_list(database: Database, vault: Vault) -> None:
    person = a_resident(database, vault)
    number = asked(database, person)
    with database.transaction() as session:
        assert inquiries.answer_question(session, number, answer="要", by="staff", now=NOW) == (True, person)
    found = own(database, person, number)
    assert isinstance(found, Question)
    assert (found.state, found.answer, found.answered_at) == (QuestionState.ANSWERED, "要", NOW)


def test_after_unlinking_it_stays_and_nobody_is_told(database: Database, vault: Vault) -> None:
    person = a_resident(database, vault)
    number = asked(database, person)
    reported(database, person)
    with database.transaction() as session:
        assert inquiries.unlink(session, person) == 2
        assert inquiries.unlink(session, person) == 0
        assert inquiries.answer_question(session, number, answer="要", by="staff", now=NOW) == (True, None)
    assert own(database, person, number) is None


def test_only_reports_since_then_count_against_a_flood(database: Database, vault: Vault) -> None:
    person, other = a_resident(database, vault, 1), a_resident(database, vault, 2)
    for ago in (timedelta(0), timedelta(hours=1), timedelta(days=2)):
        reported(database, person, ago=ago)
    reported(database, other)
    with database.reading() as session:
        assert reports.reports_since(session, person, NOW - timedelta(hours=1)) == 2


def test_an_alert_stands_open_with_its_place_and_no_word_of_what_was_said(database: Database) -> None:
    with database.transaction() as session:
        first = inquiries.raise_alert(session, kind="self_harm", area_code=None, now=NOW)
        second = inquiries.raise_alert(session, kind="violence", area_code="621121100201", now=NOW)
        alerts = inquiries.open_alerts(session, limit=9)
    assert [(one.number, one.kind) for one in alerts] == [(second, "violence"), (first, "self_harm")]
