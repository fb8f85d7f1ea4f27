"""The rumour desk's bounds as a reviewer tried them: other counties' claims and counts, objections, verdicts that are over."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.access import Role
from bot.errors import Conflict, Forbidden, Unacceptable
from bot.office import appeals, claim_curve, claims, reports, staff, verdicts
from bot.runtime import Runtime
from bot.store import residents
from bot.store.appeals import add_appeal
from bot.store.claim_lists import Sought
from bot.store.inquiries import ReportState
from bot.store.pages import Wanted
from bot.store.reports import note_told
from bot.store.tables import ReportRow
from knowledge.article import Validity
from knowledge.grouping import Fit
from tests.bot.office.acting import a_member, acting
from tests.bot.office.claims import FINDING, as_it_stands, corrected, edition, published, written
from tests.bot.store.people import put_report
from tests.clocks import TestClock
from tests.scenarios.test_response_loop import sent, the_worker_works

SAID = "听说县里的水库被人投毒了"
HERE, ELSEWHERE = "621121100201", "621122100201"
OWN = "621121000000"


def told_by(runtime: Runtime, who: int, words: str = SAID, area_code: str = HERE) -> tuple[int, int]:
    """Somebody reports; who they are in the store, and the report's number."""
    with runtime.database.transaction() as session:
        found = residents.recognise(session, f"oBounds{who:021}", vault=runtime.vault, now=runtime.clock())
        number = put_report(session, words, resident_id=found.id, area_code=area_code, now=runtime.clock())
    return found.id, number


def claim_of(runtime: Runtime, number: int) -> str:
    """The claim a report was put into."""
    the_worker_works(runtime)
    with runtime.database.reading() as session:
        return session.get_one(ReportRow, number).claim_id or ""


def objected(runtime: Runtime, asker: int, claim_id: str, words: str = "不对") -> int:
    with runtime.database.transaction() as session:
        return add_appeal(
            session,
            resident_id=asker,
            claim_id=claim_id,
            version=1,
            area_code=HERE,
            text=words,
            due_at=runtime.clock(),
            now=runtime.clock(),
        )


def test_a_suggestion_does_not_show_a_claim_of_another_county(runtime: Runtime) -> None:
    claim_id = claim_of(runtime, told_by(runtime, 1)[1])
    number = told_by(runtime, 2, "另一件不相干的事情", ELSEWHERE)[1]
    with runtime.database.transaction() as session:
        row = session.get_one(ReportRow, number)
        row.fit, row.suggested_claim_id = Fit.SUGGESTED, claim_id
    with acting(runtime, Role.AREA_LEAD, area_code="621122000000") as act:
        (suggestion,) = reports.list_suggestions(act, Wanted()).items
    assert (suggestion.report.number, suggestion.claim) == (number, None)


def test_days_are_counted_of_the_own_county_only(runtime: Runtime) -> None:
    claim_id = claim_of(runtime, told_by(runtime, 1)[1])
    assert claim_of(runtime, told_by(runtime, 2, area_code=ELSEWHERE)[1]) == claim_id
    with acting(runtime, Role.AREA_LEAD, area_code=OWN) as act:
        record = claims.show(act, claim_id)
    assert (record.count, sum(count for _, count in record.trend)) == (1, 1)


def test_whoever_only_picked_a_claim_makes_its_curve_no_higher(runtime: Runtime) -> None:
    claim_id = claim_of(runtime, told_by(runtime, 1)[1])
    claim = published(runtime, claim_id).published
    assert claim is not None
    reader = told_by(runtime, 2, "另一件不相干的事情")[0]
    with runtime.database.transaction() as session:
        note_told(session, resident_id=reader, claim=claim, area_code=HERE, now=runtime.clock())
    with acting(runtime, Role.REVIEWER) as act:
        assert sum(claim_curve.curve_of(act, claim_id).counts) == 1


def test_an_objection_is_shown_beside_its_claim_without_a_telephone_number(runtime: Runtime) -> None:
    asker, number = told_by(runtime, 1)
    claim_id = claim_of(runtime, number)
    published(runtime, claim_id)
    objected(runtime, asker, claim_id, "不对，打13893212345问我")
    with acting(runtime, Role.REVIEWER) as act:
        (shown,) = claims.show(act, claim_id).appeals
    assert shown.text == "不对，打[电话]问我"


def test_an_objection_upheld_opens_the_verdict_in_its_four_parts_however_long(runtime: Runtime) -> None:
    asker, number = told_by(runtime, 1)
    claim_id = claim_of(runtime, number)
    long = replace(FINDING, explanation=replace(FINDING.explanation, why="照片是外省旧闻。" * 70))
    published(runtime, claim_id, long)
    appeal = objected(runtime, asker, claim_id)
    with acting(runtime, Role.REVIEWER, name="第二人") as act:
        waiting = verdicts.waiting_version(act, appeals.uphold(act, appeal, answer="您说得对。"))
    assert waiting is not None
    assert waiting.finding == long


def test_what_held_until_yesterday_is_not_written_for_the_public(runtime: Runtime) -> None:
    claim_id = claim_of(runtime, told_by(runtime, 1)[1])
    yesterday = runtime.clock().date() - timedelta(days=1)
    with pytest.raises(Unacceptable):
        written(runtime, claim_id, replace(FINDING, validity=Validity(None, yesterday)))


def test_a_report_of_a_claim_closed_and_taken_up_again_counts_as_decided(runtime: Runtime) -> None:
    number = told_by(runtime, 1)[1]
    claim_id = claim_of(runtime, number)
    for step in (claims.close, claims.reopen):
        with acting(runtime, Role.REVIEWER) as act:
            step(act, claim_id, edition(runtime, claim_id), reason="查无实据")
        the_worker_works(runtime)
    published(runtime, claim_id)
    the_worker_works(runtime)
    assert as_it_stands(runtime, claim_id).version == 1
    with runtime.database.reading() as session:
        row = session.get_one(ReportRow, number)
        assert (row.told_version, row.state) == (1, ReportState.DECIDED)


def test_an_approver_gets_a_wider_area_only_from_two_administrators(runtime: Runtime) -> None:
    member = a_member(runtime, Role.APPROVER, name="县签发人", area_code=OWN)
    with acting(runtime, Role.ADMINISTRATOR) as act:
        assert staff.change_role(act, member.id, Role.APPROVER, area_code=None, reason="全州")
    with acting(runtime, Role.ADMINISTRATOR) as act:
        assert not staff.change_role(act, member.id, Role.APPROVER, area_code="621121100000", reason="镇")


def test_the_institution_on_a_public_page_is_nobodys_alone_to_change(runtime: Runtime) -> None:
    _, number = told_by(runtime, 1)
    claim_id = claim_of(runtime, number)
    published(runtime, claim_id)
    file = as_it_stands(runtime, claim_id)

    with acting(runtime, Role.REVIEWER) as act, pytest.raises(Conflict):
        claims.put_on_record(act, claim_id, file.edition, log=file.log, verified_with="另一个单位（示例）")


def test_a_claim_about_a_person_becomes_public_by_an_approver_only(runtime: Runtime) -> None:
    _, number = told_by(runtime, 1)
    claim_id = claim_of(runtime, number)
    with acting(runtime, Role.REVIEWER) as act:
        claims.restrict(act, claim_id, edition(runtime, claim_id), restricted=True, reason="说到个人")
    published(runtime, claim_id)

    with acting(runtime, Role.REVIEWER) as act, pytest.raises(Forbidden):
        claims.restrict(act, claim_id, edition(runtime, claim_id), restricted=False, reason="试试")


def test_a_claim_also_reported_elsewhere_is_not_ended_or_merged_from_one_county(runtime: Runtime) -> None:
    _, number = told_by(runtime, 1)
    claim_id = claim_of(runtime, number)
    told_by(runtime, 2, area_code=ELSEWHERE)
    _, another = told_by(runtime, 3, "听说明天全县停电三天不来电")
    other_id = claim_of(runtime, another)

    with acting(runtime, Role.REVIEWER, area_code=OWN) as act:
        with pytest.raises(Forbidden):
            claims.close(act, claim_id, edition(runtime, claim_id), reason="试试")
        with pytest.raises(Forbidden):
            claims.set_aside(act, claim_id, edition(runtime, claim_id), reason="试试")
        with pytest.raises(Forbidden):
            reports.merge(act, claim_id, edition(runtime, claim_id), into=other_id)
        assert claims.close(act, other_id, edition(runtime, other_id), reason="试试").closed_by


def test_a_verdict_that_is_over_is_told_to_nobody_who_comes_later(runtime: Runtime, clock: TestClock) -> None:
    _, number = told_by(runtime, 1)
    claim_id = claim_of(runtime, number)
    until = clock().date() + timedelta(days=1)
    published(runtime, claim_id, replace(FINDING, validity=Validity(None, until)))
    the_worker_works(runtime)
    before = len(sent(runtime))
    clock.advance(days=10)
    _, late = told_by(runtime, 2, "听说明天全县停电三天不来电")
    claim_of(runtime, late)

    with acting(runtime, Role.REVIEWER) as act:
        reports.move(act, [late], into=claim_id)
    the_worker_works(runtime)

    assert len(sent(runtime)) == before


def test_neither_order_nor_cursor_tells_how_often_a_claim_was_reported_elsewhere(runtime: Runtime) -> None:
    for words in (SAID, "听说明天全县停电三天不来电"):
        told_by(runtime, len(words), words)
    the_worker_works(runtime)

    with acting(runtime, Role.AREA_LEAD, area_code=OWN) as act:
        by_reports = claims.list_claims(act, Sought(), Wanted("-reports", limit=1))
        as_ever = claims.list_claims(act, Sought(), Wanted(limit=1))

    assert by_reports.following
    assert by_reports.following == as_ever.following


def test_a_verdict_taken_back_is_taken_back_from_everybody_who_was_told_it(runtime: Runtime) -> None:
    _, number = told_by(runtime, 1)
    claim_id = claim_of(runtime, number)
    published(runtime, claim_id)
    the_worker_works(runtime)
    before = len(sent(runtime))

    with acting(runtime, Role.APPROVER, name="另一位签发人") as act:
        claims.close(act, claim_id, edition(runtime, claim_id), reason="写错了")
    the_worker_works(runtime)
    the_worker_works(runtime)

    news = sent(runtime)[before:]
    assert len(news) == 1
    assert "已经收回" in str(news[0])


def test_a_report_moved_away_leaves_its_asker_among_those_a_correction_reaches(runtime: Runtime) -> None:
    _, first = told_by(runtime, 1)
    claim_id = claim_of(runtime, first)
    _, second = told_by(runtime, 2)
    claim_of(runtime, second)
    published(runtime, claim_id)
    the_worker_works(runtime)
    with acting(runtime, Role.REVIEWER) as act:
        reports.split(act, [second], text="别的说法")
    before = len(sent(runtime))

    corrected(runtime, claim_id)
    the_worker_works(runtime)

    assert len(sent(runtime)) - before == 2
